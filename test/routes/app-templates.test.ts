import { expect, test } from "vitest";
import { aContext } from "../support/a-shop.ts";
import { useMerchant } from "./merchant.ts";

const { at, ask, shop, anotherShop } = useMerchant();

const opened = async (templateId: string, from = shop()) => {
  const { loader } = await import("../../app/routes/app.templates.$templateId.tsx");
  return ask(loader, { path: `/app/templates/${templateId}`, params: { templateId }, from });
};
const use = async (templateId: string, revision: number, from = shop()) => {
  const { action } = await import("../../app/routes/app.templates.$templateId.tsx");
  return ask(action, { path: `/app/templates/${templateId}`, params: { templateId }, body: { what: "use", revision }, from });
};
const rules = async (from = shop()) => {
  const { loader } = await import("../../app/routes/app.earning._index.tsx");
  return (await ask(loader, { path: "/app/earning", from })).rows.map((row) => row.name);
};

test("the gallery has every template with what it is for, and nothing that is not built", async () => {
  const { loader } = await import("../../app/routes/app.templates._index.tsx");
  const { cards } = await ask(loader, { path: "/app/templates" });
  expect(cards.map((card) => card.id)).toEqual([
    "simple-points",
    "punch-card",
    "beauty-retail",
    "coffee-house",
    "home-goods",
    "department-store",
    "fashion",
    "pharmacy",
    "airline",
    "luxury",
  ]);
  expect(JSON.stringify(cards)).not.toMatch(/referral|refer a friend|donat|charity/i);
});

test("a template is told in the shop's currency, with how its stories went", async () => {
  const { template } = await opened("beauty-retail");
  expect(template.rules[0]?.sentence).toBe("1 point for every $1 spent");
  expect(template.tiers.map((tier) => tier.sentence)).toEqual([
    "With nothing to reach",
    "Reached with $350 spent, members earn 125%",
    "Reached with $1,000 spent, members earn 150%",
  ]);
  const [story] = template.stories;
  expect(story?.lines[1]).toMatchObject({
    what: "Buys Night cream ($160).",
    why: ["Shopping: 160 points for $160.", "Reaches Radiant, until Dec 31, 2027."],
    has: ["360 points"],
    tier: { name: "Radiant" },
  });
});

test("a template takes the draft's place, is not live, and one undo brings back what was there", async () => {
  const merchant = await anotherShop();
  const { standing } = await opened("punch-card", merchant);
  expect(standing).toMatchObject({ rules: 1, rewards: 1, tiers: 0, changes: 0 });

  const answer = await use("punch-card", standing.revision, merchant);
  expect(answer).toMatchObject({ done: true, said: "Punch card is in your draft" });
  expect(await rules(merchant)).toEqual(["Coffee", "To begin with", "A full card"]);

  const { loader } = await import("../../app/routes/app.settings.history.tsx");
  const { versions } = await ask(loader, { path: "/app/settings/history", from: merchant });
  expect(versions).toHaveLength(1);

  const { action } = await import("../../app/routes/app.publish.tsx");
  const undo = (answer as { undo: number }).undo;
  expect(await ask(action, { path: "/app/publish", body: { what: "undo", revision: undo }, from: merchant })).toMatchObject({ done: true });
  expect(await rules(merchant)).toEqual(["Shopping"]);
});

test("who takes part stays as the shop has it", async () => {
  const merchant = await anotherShop();
  const { saveDraft } = await import("../../app/flows/programme/save-draft.ts");
  const { workingProgramme } = await import("../../app/db/drafts.ts");
  const context = aContext(at, merchant.scope, () => {
    throw new Error("Shopify is not asked.");
  });
  const working = await context.db.inProgramme(context.scope, workingProgramme);
  const policies = { ...working.definition.policies, excludeTag: "wholesale", shippingEarns: true, excludedProductTags: ["final sale"] };
  await saveDraft(context, { definition: { ...working.definition, policies } });

  const { standing } = await opened("fashion", merchant);
  expect(standing.changes).toBe(3);
  await use("fashion", standing.revision, merchant);
  const after = await context.db.inProgramme(context.scope, workingProgramme);
  expect(after.definition.policies).toMatchObject({
    excludeTag: "wholesale",
    shippingEarns: true,
    excludedProductTags: ["final sale"],
    expiry: { kind: "membership year" },
  });
});

test("what somebody changed meanwhile is not replaced unseen", async () => {
  const merchant = await anotherShop();
  const { standing } = await opened("luxury", merchant);
  await use("airline", standing.revision, merchant);
  expect(await use("luxury", standing.revision, merchant)).toMatchObject({ done: false });
  expect(await rules(merchant)).toContain("Miles");
});

test("there is no page for a template that there is not", async () => {
  const answer = await opened("newsletter").catch((thrown) => thrown);
  expect(answer).toMatchObject({ status: 404 });
});
