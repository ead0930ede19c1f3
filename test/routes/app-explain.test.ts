import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { explainOrder } from "../../app/flows/explaining/explain-order.ts";
import { saveDraft } from "../../app/flows/programme/save-draft.ts";
import { drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { fetchTags } from "../../app/flows/receiving/fetch-missing.ts";
import { receiveEvents } from "../../app/flows/receiving/receive-event.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { segmentsNamed, tierNamed } from "../../app/ui/explain/order-told.ts";
import { type AShop, aContext, aShop } from "../support/a-shop.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { threeTiers } from "../support/tiers.ts";
import { useMerchant } from "./merchant.ts";

const { at, ask, anotherShop } = useMerchant();

const noShopify = () => {
  throw new Error("Nothing here calls Shopify.");
};

const shopping = {
  id: "shopping",
  name: "Shopping",
  active: true,
  award: { kind: "per amount" as const, points: 1, per: 100 },
  minimum: null,
};
const big = { id: "big", name: "Big basket", active: true, award: { kind: "fixed" as const, points: 50 }, minimum: 5_000 };

/** A shop whose second version is in force since January 2026, and what may be done there. */
async function aShopWith(definition: Definition, from?: AShop) {
  const shop = from ?? (await anotherShop());
  const run = (sql: string, values: unknown[]) => at.owner.query(sql, values);
  await run(
    "insert into program_version (program_id, version, definition, effective_from, published_at, published_by) values ($1, 2, $2, '2026-01-02', now(), 'test')",
    [shop.scope.programId, JSON.stringify(definition)],
  );
  const context = aContext(at, shop.scope, noShopify);
  const failures: unknown[] = [];
  const deliver = async (wish: OrderWish) => {
    const body = orderBody(wish);
    const event = { shop: shop.shop, topic: "orders/updated", webhookId: randomUUID(), eventId: null, apiVersion: "2026-10" };
    await receiveEvents(at.db, [{ ...event, triggeredAt: new Date(body.updated_at), body: JSON.stringify(body) }], new Date());
    const drain = { ...context, settled: () => undefined, failed: (_: unknown, error: unknown) => void failures.push(error) };
    while ((await drainProgramme(drain, shop.scope.programId)) > 0);
    expect(failures).toEqual([]);
  };
  const look = async (order: number | string, search = "") => {
    const { loader } = await import("../../app/routes/app.explain.$order.tsx");
    return ask(loader, { path: `/app/explain/${order}${search}`, params: { order: String(order) }, from: shop });
  };
  const find = async (search = "") => {
    const { loader } = await import("../../app/routes/app.explain._index.tsx");
    return ask(loader, { path: `/app/explain${search}`, from: shop });
  };
  return { shop, context, deliver, look, find };
}

const status = (answer: Promise<unknown>): Promise<number> =>
  answer.then(
    () => 200,
    (thrown) => (thrown instanceof Response ? thrown.status : Promise.reject(thrown)),
  );

test("an order is explained as it was recorded, beside what another version says, and nothing is posted", async () => {
  const { shop, deliver, look } = await aShopWith(
    programmeOf({ earning: [{ ...shopping, award: { ...shopping.award, points: 2 } }, big] }),
  );
  await deliver({ id: 501, lines: [{ price: "42.00", title: "Mug" }] });
  const posted = async () =>
    (await at.owner.query("select count(*)::int as n from posting where program_id = $1", [shop.scope.programId])).rows[0];
  const before = await posted();

  const { recorded, chosen, own, by, choices, order } = await look(501);
  expect({ own, by, name: order.name }).toEqual({ own: 2, by: "its own", name: "#501" });
  expect(recorded).toMatchObject({ sum: "84 points", checked: true, version: 2 });
  expect(recorded?.rules.map((one) => one.units[0]?.sentence)).toEqual([
    "Shopping gave 84 points.",
    "Big basket gave nothing: the order came to $42 and the rule asks for $50.",
  ]);
  expect(chosen).toMatchObject({ sum: "84 points", more: ["$8 more would have earned 66 points more."] });
  expect(chosen?.lines).toEqual([{ title: "Mug", counts: "$42", points: 84, parts: ["Shopping 84 points"], why: null }]);
  expect(choices.versions.map((one) => one.version)).toEqual([2, 1]);

  expect((await look(501, "?by=1")).chosen).toMatchObject({ sum: "42 points", version: 1 });
  expect(await posted()).toEqual(before);
});

test("what an order comes to names the rewards beside the points: versions that differ in those do not come to the same", async () => {
  const gift = { ...big, id: "gift", name: "Gift", award: { kind: "reward" as const, rewardId: "five-off" }, minimum: null };
  const { deliver, look } = await aShopWith(programmeOf({ earning: [shopping, gift] }));
  await deliver({ id: 503, lines: [{ price: "42.00" }] });
  expect((await look(503)).chosen?.sum).toBe("42 points + the reward “Thank you”");
  expect((await look(503, "?by=1")).chosen?.sum).toBe("42 points");
});

test("the draft judges too, and one that cannot says what has to be settled first", async () => {
  const { context, deliver, look } = await aShopWith(programmeOf({ earning: [shopping] }));
  await deliver({ id: 502 });
  expect((await look(502)).choices.hasDraft).toBe(false);
  const { workingProgramme } = await import("../../app/db/drafts.ts");
  const save = async (change: (before: Definition) => Definition) => {
    const { revision } = await at.db.inProgramme(context.scope, workingProgramme);
    await saveDraft(context, { revision, change, what: "test" });
  };
  await save((before) => ({
    ...before,
    earning: before.earning.map((one) => ({ ...one, award: { ...shopping.award, points: 3, unit: "points" } })),
  }));
  const by = await look(502, "?by=draft");
  expect(by).toMatchObject({ chosen: { sum: "300 points", version: null }, recorded: { sum: "100 points" }, choices: { hasDraft: true } });

  await save((before) => ({
    ...before,
    earning: before.earning.map((one) => ({ ...one, award: { kind: "reward" as const, rewardId: "no-such-reward" } })),
  }));
  const broken = await look(502, "?by=draft");
  expect(broken.chosen).toBeNull();
  expect(broken.problems.join(" ")).toMatch(/no-such-reward/);
});

test("an order is judged in the standing that its member had before it", async () => {
  const second = {
    id: "second",
    name: "Second order",
    active: true,
    when: { kind: "nth order" as const, which: "exactly" as const, number: 2 },
    award: { kind: "fixed" as const, points: 9 },
    minimum: null,
  };
  const daily = { ...shopping, limits: [{ most: 150, of: "points" as const, per: "day" as const }] };
  const { shop, context, deliver, look } = await aShopWith(programmeOf({ earning: [daily, second], tiers: threeTiers() }));
  await deliver({ id: 511, at: "2026-05-01T08:00:00Z" });
  await fetchTags(
    { ...context, adminOf: async () => smallShopify().admin },
    { shopId: shop.scope.shopId, customerGid: "gid://shopify/Customer/7" },
  );
  await deliver({ id: 512, at: "2026-05-01T09:00:00Z" });
  await deliver({ id: 513, at: "2026-05-01T10:00:00Z" });
  const { chosen, known, recorded } = await look(512);
  expect(recorded?.sum).toBe("59 points");
  expect(chosen?.sum).toBe("59 points");
  expect(known.ordersBefore).toBe(1);
  // No rule asked: that is not the same as in none.
  expect(known.segments).toBeNull();
  expect(chosen?.rules[0]?.units[0]?.steps).toContain(
    "Cut from 100 points to 50 points: up to 150 points a day, and 100 points had been used.",
  );
  expect(chosen?.rules[1]?.units[0]?.tree).toEqual({ phrase: "on the 2nd order", found: "it was the 2nd", passed: true });
});

test("a tier that a draft lacks is called what the version of its day calls it", () => {
  const tiers = threeTiers();
  const [draft, own] = [programmeOf({ earning: [shopping] }), programmeOf({ earning: [shopping], tiers })];
  const gold = tiers.levels.at(-1);
  expect(gold?.name).not.toBe(gold?.id);
  expect(tierNamed(gold?.id, [draft, own])).toBe(gold?.name);
  expect([tierNamed("gone", [draft, own]), tierNamed(null, [draft]), tierNamed(undefined, [draft])]).toEqual(["gone", null, undefined]);
});

test("segments are called what a version calls them, and by their id where none does", () => {
  const segment = (id: number, title: string) => ({ gid: `gid://shopify/Segment/${id}`, title });
  const when = { kind: "segment" as const, segments: [segment(4, "Champions")] };
  const asking = programmeOf({ earning: [{ ...shopping, when: { kind: "none", of: [when] } }] });
  const named = (...ids: number[]) =>
    segmentsNamed(
      ids.map((id) => segment(id, "").gid),
      [asking],
    );
  expect([named(4), named(4, 5), named(), segmentsNamed(null, [asking])]).toEqual([
    ["Champions"],
    ["Champions", "gid://shopify/Segment/5"],
    [],
    null,
  ]);
});

test("an order that waits for facts says for what, and is shown as far as it is known", async () => {
  const onCoffee = { kind: "product type" as const, types: ["Coffee"] };
  const { deliver, look, find } = await aShopWith(programmeOf({ earning: [shopping, { ...big, minimum: null, when: onCoffee }] }));
  await deliver({ id: 521, lines: [{ price: "10.00", product: 77 }] });
  const { order, recorded, chosen } = await look(521);
  expect(order.waitingFor).toBe("products");
  expect(recorded).toBeNull();
  expect(chosen?.sum).toBe("10 points");
  expect((await find()).orders).toEqual([]);
  expect((await find("?q=521")).orders).toMatchObject([{ name: "#521", waitingFor: "products" }]);
});

test("an order is found by its name with or without the sign, and by Shopify's number", async () => {
  const { deliver, find } = await aShopWith(programmeOf({ earning: [shopping] }));
  await deliver({ id: 531 });
  await deliver({ id: 532 });
  const names = async (search: string) => (await find(search)).orders.map((one) => one.name);
  expect(await names("")).toEqual(["#532", "#531"]);
  for (const asked of ["531", "%23531", " 531 "]) expect(await names(`?q=${asked}`)).toEqual(["#531"]);
  expect(await names("?q=53")).toEqual([]);
});

test("another shop's order is not there, nor is a version that never was, nor nonsense", async () => {
  const mine = await aShopWith(programmeOf({ earning: [shopping] }));
  const other = await aShopWith(programmeOf({ earning: [shopping] }));
  await other.deliver({ id: 541 });
  expect(await status(other.look(541))).toBe(200);
  expect(await status(mine.look(541))).toBe(404);
  expect((await mine.find("?q=541")).orders).toEqual([]);
  // A shop of the same programme shares its members, and not its orders.
  const sister = await aShop(at, { programId: other.shop.scope.programId });
  const asked = { orderGid: "gid://shopify/Order/541", by: "its own" as const };
  expect(await explainOrder(other.context, asked)).toBeDefined();
  expect(await explainOrder({ ...other.context, scope: sister.scope }, asked)).toBeUndefined();
  for (const search of ["?by=9", "?by=0", "?by=x"]) expect(await status(other.look(541, search))).toBe(404);
  expect(await status(other.look("541x"))).toBe(404);
});

test("a member's statement says why, by the version of the order's day, with what would have earned more", async () => {
  const { shop, deliver } = await aShopWith(programmeOf({ earning: [shopping, big] }));
  await deliver({ id: 551, lines: [{ price: "42.00" }] });
  const { rows } = await at.owner.query("select member_id from customer where program_id = $1", [shop.scope.programId]);
  const memberId = rows[0].member_id;
  const { loader } = await import("../../app/routes/app.members.$memberId.tsx");
  const { statement } = await ask(loader, { path: `/app/members/${memberId}`, params: { memberId }, from: shop });
  expect(statement.rows[0]).toMatchObject({ order: "551", sentence: "#551 earned 42 points." });
  expect(statement.rows[0]?.steps).toEqual([
    "$42 of the order counts.",
    "Shopping gave 42 points. 1 point for every $1 spent, and $42 counted: 42 points.",
    "Big basket gave nothing: the order came to $42 and the rule asks for $50.",
    "$8 more would have earned 58 points more.",
    "Version 2 of the programme decided, rounding down, once per rule and order.",
  ]);
});
