import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { beautyRetail } from "../../app/loyalty/program/templates/beauty-retail.ts";
import { departmentStore } from "../../app/loyalty/program/templates/department-store.ts";
import { punchCard } from "../../app/loyalty/program/templates/punch-card.ts";
import { type Admin, openAdmin } from "../support/admin.ts";
import { desktop, phone, type Tab, useBrowser } from "../support/browser.ts";
import { draftOf, hasMade } from "../support/draft-of.ts";
import { addCondition, certificate, fixed, handsOf, perAmount, type RuleByHand, unboosted } from "../support/editor-hands.ts";
import { press, reach, typeInto } from "../support/keyboard.ts";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";
import { until } from "../support/until.ts";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describe("a merchant in the editor", () => {
  const town = useTown({ shops: { punch: {}, beauty: {}, store: {}, keys: {} } });
  const browser = useBrowser();

  beforeAll(async () => {
    for (const name of ["punch", "beauty", "store"]) await withNothing(town.shop(name));
  });
  const openAt = async (shop: string, viewport = desktop): Promise<Admin> => openAdmin(town, shop, await browser.tab(viewport));
  const frameOf = (tab: Tab): Frame => tab.frames().find((frame) => frame.url().startsWith(town.app)) ?? tab.mainFrame();

  test("builds a punch card", async () => {
    const hands = handsOf(await openAt("punch"));
    await hands.settings({ texts: { One: "stamp", Several: "stamps" } });
    await hands.reward({
      name: "The tenth is free",
      texts: { Costs: "9", "Amount off": "5", "Days its code can be used": "180" },
      ticks: { "Members can choose it": false },
    });
    await hands.rule({
      name: "Coffee",
      gives: "Stamps",
      conditions: [{ label: "Product type", lists: { "Product types": ["Coffee"] } }],
      texts: { Stamps: "1" },
      choices: { "For every": "Item that counts" },
      ticks: unboosted,
    });
    await hands.rule({
      name: "To begin with",
      occasion: "Somebody joins the programme",
      gives: fixed,
      texts: { Points: "2" },
      choices: { "Charged to": "Acquisition" },
      ticks: unboosted,
    });
    await hands.rule({ name: "A full card", gives: certificate, texts: { Every: "9" }, choices: { Reward: "The tenth is free" } });
    await hasMade(town.shop("punch"), punchCard.make(100));
  });

  test("builds a beauty counter with tiers and birthday gifts", async () => {
    const hands = handsOf(await openAt("beauty"));
    await hands.settings({
      choices: { "When points end": "After months without earning or spending" },
      texts: { "Months without earning or spending": "12" },
    });
    await hands.tiers(
      [
        { texts: { Name: "Glow", Colour: "#d9a5b3" }, choices: { Icon: "Heart" }, perks: [{ name: "A gift on your birthday" }] },
        {
          texts: { Name: "Radiant", Colour: "#b5546f", "Members earn": "125" },
          choices: { Icon: "Star" },
          reach: { measure: "Money spent", texts: { "Spent at least": "350" } },
          perks: [{ name: "First to see new launches" }],
        },
        {
          texts: { Name: "Luminous", Colour: "#6d1f3a", "Members earn": "150" },
          choices: { Icon: "Diamond" },
          reach: { measure: "Money spent", texts: { "Spent at least": "1000" } },
          perks: [
            { name: "First to see new launches" },
            {
              name: "Invitations to events",
              texts: { "Note for staff": "Invite to the next event in the nearest store." },
              ticks: { "Make a task for staff when a member reaches the tier": true },
            },
          ],
        },
      ],
      byTheYear,
    );
    await hands.reward({ name: "Ten off", texts: { Costs: "500", "Amount off": "10", "Minimum order": "10" } });
    await hands.reward({
      name: "Birthday gift",
      texts: { Costs: "250", "Amount off": "5", "Days its code can be used": "30" },
      ticks: { "Members can choose it": false },
    });
    await hands.rule({ name: "Shopping", gives: perAmount, texts: { Points: "1", "For every": "1" } });
    await hands.rule({
      name: "Birthday gift",
      occasion: "A member's birthday",
      gives: "A reward, free of charge",
      choices: { Reward: "Birthday gift" },
    });
    await hands.rule({
      name: "Luminous birthday",
      occasion: "A member's birthday",
      gives: fixed,
      conditions: [{ label: "Member's tier", ticks: { Luminous: true } }],
      texts: { Points: "250" },
      ticks: unboosted,
    });
    await hasMade(town.shop("beauty"), beautyRetail.make(100));
  });

  test("builds a department store with a unit of its own, tiers by it, and rules that compete", async () => {
    const hands = handsOf(await openAt("store"));
    await hands.unit({
      texts: { One: "status point", Several: "status points", "Days until it can be spent": "0", "Years after the year of earning": "0" },
      choices: { "When they end": "With the calendar year" },
    });
    await hands.reward({
      name: "A note of ten",
      texts: { Costs: "1000", "Amount off": "10", "Days its code can be used": "30" },
      ticks: { "Members can choose it": false, "What is not used in time is lost": true },
    });
    const reached = (least: string) => ({
      measure: "Points earned",
      choices: { Of: "status points" },
      texts: { "Earned at least": least },
    });
    await hands.tiers(
      [
        { texts: { Name: "Bronze", Colour: "#9c6b3f" }, choices: { Icon: "Medal" } },
        { texts: { Name: "Silver", Colour: "#8f979e" }, choices: { Icon: "Medal" }, reach: reached("1") },
        {
          texts: { Name: "Gold", Colour: "#c9a227" },
          choices: { Icon: "Star" },
          reach: reached("500"),
          perks: [{ name: "Free shipping" }],
        },
        {
          texts: { Name: "Platinum", Colour: "#4b5563" },
          choices: { Icon: "Crown" },
          reach: reached("1200"),
          perks: [{ name: "Free shipping" }, { name: "A service line of their own" }],
        },
      ],
      { ...byTheYear, texts: { "Days until spend counts": "7" } },
    );
    const withCard = { label: "Payment method", lists: { "Payment methods": ["store card"] } };
    const inTier = (name: string) => ({ label: "Member's tier", ticks: { [name]: true } });
    const earns = (name: string, points: string, conditions: RuleByHand["conditions"] = []): RuleByHand => ({
      name,
      gives: perAmount,
      conditions,
      texts: { Points: points, "For every": "1", "Competes in": "purchase" },
    });
    await hands.rule(earns("Shopping", "1"));
    await hands.rule(earns("Shopping with the card", "2", [withCard]));
    await hands.rule(earns("Gold, with the card", "3", [withCard, inTier("Gold")]));
    await hands.rule(earns("Platinum, with the card", "5", [withCard, inTier("Platinum")]));
    await hands.rule({
      name: "Spent on the card",
      gives: perAmount,
      conditions: [withCard],
      texts: { Points: "1", "For every": "1" },
      choices: { Of: "status points" },
      ticks: unboosted,
    });
    await hands.rule({ name: "Your note", gives: certificate, texts: { Every: "1000" }, choices: { Reward: "A note of ten" } });
    await hasMade(town.shop("store"), departmentStore.make(100));
  });

  test("makes a rule with conditions by the keyboard alone, and takes back what was removed", async () => {
    const admin = await openAt("keys");
    const { app, tab } = admin;
    await admin.open("/earning/new");
    await typeInto(app.getByRole("textbox", { name: "Name", exact: true }), "Big baskets");
    await typeInto(app.getByRole("textbox", { name: /^Points/ }), "5");
    await typeInto(app.getByRole("textbox", { name: /^For every/ }), "1");
    await press(app.getByRole("button", { name: "Add condition" }));
    await tab.keyboard.type("order am");
    // Enter takes the match that is marked: it is, a moment after it is shown.
    await until("the match is marked", () =>
      app
        .getByRole("option", { name: "Order amount" })
        .evaluate((it) => it.ownerDocument.activeElement?.getAttribute("aria-activedescendant") === it.id),
    );
    await tab.keyboard.press("Enter");
    // The new condition has the focus: what is typed goes into it.
    await until("the condition has the focus", () =>
      app.getByRole("textbox", { name: /^At least/ }).evaluate((it) => it === it.ownerDocument.activeElement),
    );
    await tab.keyboard.type("60");
    await app.getByText("5 points for every $1 spent, on orders of $60 or more.").waitFor();
    await app.getByText(/^Big baskets (gives|gave) nothing: /).waitFor();

    await press(app.getByRole("button", { name: "Remove Order amount" }));
    await app.getByText("An order of $50 earns 250 points.").waitFor();
    // The way back has the focus.
    await tab.keyboard.press("Enter");
    await app.getByText("5 points for every $1 spent, on orders of $60 or more.").waitFor();

    // So has a limit that is added.
    await press(app.getByRole("button", { name: "Add limit" }));
    await until("the limit has the focus", () =>
      app.getByRole("textbox", { name: "At most" }).evaluate((it) => it === it.ownerDocument.activeElement),
    );
    await tab.keyboard.type("500");
    await app.getByText("5 points for every $1 spent, on orders of $60 or more, up to 500 points a day.").waitFor();

    await typeInto(app.getByRole("textbox", { name: /^Price/ }), "75");
    await app.getByText("An order of $75 earns 375 points.").waitFor();
    await press(admin.saveBar.save, "Shift+Tab");
    await admin.toast("Saved");
    await admin.isAt("Earning");
    const { earning } = await draftOf(town.shop("keys"));
    expect(earning.at(-1)).toMatchObject({
      name: "Big baskets",
      when: { kind: "all", of: [{ kind: "order amount", least: 6000 }] },
      limits: [{ most: 500, of: "points", per: "day" }],
    });
  });

  test("joins conditions by all, any and none, in groups", async () => {
    const admin = await openAt("keys");
    const { app } = admin;
    await admin.open("/earning/new");
    await app.getByRole("textbox", { name: "Name", exact: true }).fill("Groups");
    await app.getByRole("textbox", { name: /^Points/ }).fill("1");
    await app.getByRole("textbox", { name: /^For every/ }).fill("1");
    await app.getByRole("button", { name: "Add group" }).click();
    // Of two buttons of that name the first is the group's own.
    await app.getByRole("button", { name: "Add condition" }).first().click();
    await app.getByRole("combobox", { name: "Search conditions" }).fill("first");
    await app.getByRole("option", { name: "First order" }).click();
    await app.getByRole("combobox", { name: "How these conditions are joined" }).nth(1).selectOption({ label: "none" });
    await addCondition(admin, { label: "Day of the week and hours", ticks: { Saturday: true, Sunday: true } });
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Earning");
    const { earning } = await draftOf(town.shop("keys"));
    expect(earning.at(-1)?.when).toMatchObject({
      kind: "all",
      of: [
        { kind: "none", of: [{ kind: "first order" }] },
        { kind: "weekday and hours", days: ["6", "7"], from: null, until: null },
      ],
    });
    // What comes back is on the calendar: five weekends, the last of them of the new year.
    await admin.open("/campaigns?month=2026-12");
    expect(await app.getByRole("table", { name: "December 2026" }).getByRole("link", { name: "Groups" }).count()).toBe(10);
    await app.getByRole("row", { name: /^Groups Rule On 8 days of the month Comes back/ }).waitFor();
  });

  test("picks a collection of the shop, and finds the boost on the calendar", async () => {
    const admin = await openAt("keys");
    const { app, tab } = admin;
    await admin.open("/boosts/new");
    await app.getByRole("textbox", { name: "Name", exact: true }).fill("Double weekend");
    await app.getByRole("textbox", { name: /^Multiply by/ }).fill("200");
    await app.getByLabel("Starts").fill("2026-11-27T09:00");
    await app.getByLabel("Ends").fill("2026-11-30T00:00");
    await addCondition(admin, { label: "Item in a collection" });
    await app.getByRole("button", { name: "Choose collections" }).click();
    const picker = tab.getByRole("dialog", { name: "Select collections" });
    const first = picker.getByRole("listitem").first();
    const title = (await first.locator(".name").textContent()) ?? "";
    await first.click();
    await picker.getByRole("button", { name: "Select" }).click();
    await app.getByText(`Double points on ${title}, from Nov 27, 2026, 9:00 AM until Nov 29, 2026.`).waitFor();
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Campaigns");
    await admin.open("/campaigns?month=2026-11");
    const month = app.getByRole("table", { name: "November 2026" });
    expect(await month.getByRole("link", { name: "Double weekend" }).count()).toBe(3);
    await app.getByRole("link", { name: "Next month" }).click();
    const next = app.getByRole("table", { name: "December 2026" });
    await next.waitFor();
    expect(await next.getByRole("link", { name: "Double weekend" }).count()).toBe(0);
  });

  test("chooses a customer segment of the shop", async () => {
    await town.shop("keys").control("/segments", { name: "Champions" });
    const admin = await openAt("keys");
    const { app } = admin;
    await admin.open("/earning/new");
    await app.getByRole("textbox", { name: "Name", exact: true }).fill("For champions");
    await app.getByRole("textbox", { name: /^Points/ }).fill("2");
    await app.getByRole("textbox", { name: /^For every/ }).fill("1");
    await addCondition(admin, { label: "Shopify segment", choices: { Segments: "Champions" } });
    await app.getByRole("button", { name: "Remove Champions" }).waitFor();
    await admin.saveBar.save.click();
    await admin.toast("Saved");
    await admin.isAt("Earning");
    const { earning } = await draftOf(town.shop("keys"));
    expect(earning.at(-1)?.when).toMatchObject({ of: [{ kind: "segment", segments: [{ title: "Champions" }] }] });
  });

  describe.each([
    ["telephone", phone],
    ["desk", desktop],
  ])("finds at a %s that every page is accessible and fits", (_, viewport) => {
    const pages = {
      "a rule with conditions": "/earning/gold-with-the-card",
      "a boost": "/boosts/new",
      campaigns: "/campaigns",
      tiers: "/tiers",
      "units and budgets": "/settings/units",
      settings: "/settings",
      "a reward": "/rewards/a-note-of-ten",
    };
    test.each(Object.entries(pages))("%s", async (_name, path) => {
      const admin = await openAt("store", viewport);
      await admin.open(path);
      await frameOf(admin.tab).evaluate(() => {
        for (const one of document.querySelectorAll("details")) one.open = true;
      });
      expect(await wrongWith(frameOf(admin.tab))).toEqual([]);
      await admin.tab.context().close();
    });

    test("a search for a condition, a removed one and errors", async () => {
      const admin = await openAt("store", viewport);
      const { app } = admin;
      await admin.open("/earning/new");
      await app.getByRole("button", { name: "Add condition" }).click();
      await app.getByRole("option", { name: "Order amount" }).waitFor();
      expect(await wrongWith(frameOf(admin.tab))).toEqual([]);
      await app.getByRole("combobox", { name: "Search conditions" }).fill("weather");
      await app.getByRole("option", { name: "Show all conditions" }).waitFor();
      expect(await wrongWith(frameOf(admin.tab))).toEqual([]);
      await app.getByRole("option", { name: "Show all conditions" }).click();
      await app.getByRole("option", { name: "Order amount" }).click();
      await app.getByRole("button", { name: "Add limit" }).click();
      await app.getByRole("button", { name: "Remove Limit 1" }).click();
      await reach(app.getByRole("button", { name: "Undo" }));
      await admin.saveBar.save.click();
      await app.getByText("Fill this in.").first().waitFor();
      expect(await wrongWith(frameOf(admin.tab))).toEqual([]);
      await admin.tab.context().close();
    });
  });
});

const byTheYear = { choices: { "What counts": "The calendar year", "How long a tier is held": "For the rest of this year and the next" } };

/** The programme of a merchant who begins with nothing. */
async function withNothing(shop: TownShop): Promise<void> {
  const { saveDraft } = await import("../../app/flows/programme/save-draft.ts");
  const saved = await saveDraft(await shop.context(), { definition: { ...(await draftOf(shop)), earning: [], rewards: [] } });
  expect(saved).toHaveProperty("revision");
}

/** What is wrong with what is shown: WCAG 2.1 A and AA, and whether it is wider than the screen. */
async function wrongWith(place: Page | Frame): Promise<string[]> {
  await place.addScriptTag({ path: axe });
  return place.evaluate(async () => {
    type Axe = {
      run: (what: Document, how: object) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    };
    const { violations } = await (window as unknown as { axe: Axe }).axe.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
    });
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return [
      ...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`)),
      ...(wide > 0 ? [`${wide} pixels too wide`] : []),
    ];
  });
}
