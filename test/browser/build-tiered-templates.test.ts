import { describe, expect, test } from "vitest";
import { coffeeHouse } from "../../app/loyalty/program/templates/coffee-house.ts";
import { luxury } from "../../app/loyalty/program/templates/luxury.ts";
import { pharmacy } from "../../app/loyalty/program/templates/pharmacy.ts";
import { openAdmin } from "../support/admin.ts";
import { useBrowser } from "../support/browser.ts";
import { draftOf, hasMade } from "../support/draft-of.ts";
import { certificate, fixed, handsOf, perAmount, unboosted } from "../support/editor-hands.ts";
import { useTown } from "../support/town.ts";

describe("a merchant builds by hand", { timeout: 400_000 }, () => {
  const town = useTown({ shops: { coffee: {}, pharmacy: {}, luxury: {} } });
  const browser = useBrowser();
  /** Hands in a shop whose first rule and reward are deleted. */
  const beginIn = async (shop: string) => {
    const hands = handsOf(openAdmin(town, shop, await browser.tab()));
    await hands.clear();
    return hands;
  };

  test("a coffee house, with gifts by tier, days that come back and stars that stay", async () => {
    const hands = await beginIn("coffee");
    await hands.settings({
      texts: { One: "star", Several: "stars", "Months without earning or spending": "6" },
      choices: { "When points end": "After months without earning or spending" },
    });
    const offers = { "An extra shot": [25, 1], "Two off": [60, 2], "Brewed coffee or bakery": [100, 4], "Handcrafted drink": [200, 7] };
    const more = { "Sandwich or salad": [300, 10], "A cup to keep": [400, 20] };
    for (const [name, [costs, amount]] of Object.entries({ ...offers, ...more }))
      await hands.reward({ name, texts: { Costs: `${costs}`, "Amount off": `${amount}` } });
    const given = { "Members can choose it": false };
    await hands.reward({ name: "Extra of the month", texts: { Costs: "25", "Amount off": "1" }, ticks: given });
    for (const days of ["1", "7", "30"])
      await hands.reward({
        name: "Birthday drink",
        texts: { Costs: "200", "Amount off": "7", "Days its code can be used": days },
        ticks: given,
      });

    const extra = [
      {
        choices: { Every: "Calendar month", Gift: "A reward", Reward: "Extra of the month" },
        ticks: { "It ends with the month, quarter or year": true },
      },
    ];
    const earned = (least: string) => ({ measure: "Points earned", texts: { "Earned at least": least } });
    const stay = { "When points of its members end": "Never" };
    await hands.tiers(
      [
        { texts: { Name: "Regular", Colour: "#6b8e5a" }, choices: { Icon: "Leaf" }, grants: extra },
        {
          texts: { Name: "Favourite", Colour: "#c9a227", "Members earn": "120" },
          choices: { Icon: "Cup", ...stay },
          reach: earned("500"),
          grants: extra,
        },
        {
          texts: { Name: "Connoisseur", Colour: "#3f2a1d", "Members earn": "170" },
          choices: { Icon: "Crown", ...stay },
          reach: earned("2500"),
          grants: extra,
        },
      ],
      {
        choices: { "What counts": "The last months", "How long a tier is held": "As long as the measure holds" },
        texts: { Months: "12" },
      },
    );

    await hands.rule({ name: "Stars", gives: perAmount, texts: { Points: "1", "For every": "1" } });
    const inTiers = (...names: string[]) => ({ label: "Member's tier", ticks: Object.fromEntries(names.map((name) => [name, true])) });
    const lasting = { Regular: "1 day", Favourite: "7 days", Connoisseur: "30 days" };
    for (const [tier, days] of Object.entries(lasting))
      await hands.rule({
        name: "Birthday drink",
        occasion: "A member's birthday",
        gives: "A reward, free of charge",
        conditions: [inTiers(tier)],
        choices: { Reward: `Birthday drink (code lasts ${days})` },
      });
    const everyYear = (month: string, day: string) => ({
      label: "A day that comes back",
      choices: { Every: "Year, on a date", Month: month },
      texts: { Day: day },
    });
    const doubled = (name: string, tiers: string[], days: ReturnType<typeof everyYear>[]) => ({
      name,
      texts: { "Multiply by": "200" },
      conditions: [inTiers(...tiers), { joined: "any" as const, of: days }],
    });
    await hands.boost(
      doubled(
        "Double-star day",
        ["Favourite", "Connoisseur"],
        ["January", "April", "July", "October"].map((month) => everyYear(month, "20")),
      ),
    );
    await hands.boost(doubled("Connoisseurs' double-star day", ["Connoisseur"], [everyYear("June", "1"), everyYear("December", "1")]));
    await hasMade(town.shop("coffee"), coffeeHouse.make(100));
  });

  test("a pharmacy, with credits for events and a membership that is bought", async () => {
    const hands = await beginIn("pharmacy");
    await hands.unit({ texts: { One: "health credit", Several: "health credits" } });
    const note = { ticks: { "Members can choose it": false, "What is not used in time is lost": true } };
    const given = { ticks: { "Members can choose it": false } };
    const lasts = (days: string) => ({ "Days its code can be used": days });
    await hands.reward({ name: "Two off", texts: { Costs: "200", "Amount off": "2", ...lasts("90") }, ...note });
    await hands.reward({
      name: "Five off for your health",
      texts: { Costs: "10", "Amount off": "5", ...lasts("90") },
      choices: { Of: "health credits" },
      ...note,
    });
    await hands.reward({ name: "Bonus of the month", texts: { Costs: "1000", "Amount off": "10" }, ...given });
    await hands.reward({ name: "Happy birthday", texts: { Costs: "300", "Amount off": "3", ...lasts("30") }, ...given });
    await hands.rule({
      name: "Two per cent back",
      gives: "A percentage back",
      texts: { "Per cent": "2", "What one is worth": "0.01" },
    });
    await hands.rule({ name: "Your note", gives: certificate, texts: { Every: "200" }, choices: { Reward: "Two off" } });
    await hands.rule({
      name: "Prescriptions",
      occasion: "A custom event",
      event: "prescription.filled",
      gives: fixed,
      limits: [{ texts: { "At most": "100" }, choices: { Per: "Calendar year" } }],
      texts: { Points: "1" },
      choices: { Of: "health credits" },
      ticks: unboosted,
    });
    await hands.rule({
      name: "Your health note",
      gives: certificate,
      texts: { Every: "10" },
      choices: { Of: "health credits", Reward: "Five off for your health" },
    });
    await hands.rule({
      name: "Birthday",
      occasion: "A member's birthday",
      gives: "A reward, free of charge",
      choices: { Reward: "Happy birthday" },
    });
    await hands.tiers([
      { texts: { Name: "Member" }, choices: { Icon: "Heart" } },
      {
        texts: { Name: "Plus", Colour: "#b3202a", "Months that one purchase lasts": "1" },
        choices: { Icon: "Medal" },
        ticks: { "It can be bought": true },
        grants: [
          {
            choices: { Every: "Calendar month", Gift: "A reward", Reward: "Bonus of the month" },
            ticks: { "It ends with the month, quarter or year": true },
          },
        ],
        perks: [
          {
            name: "20% off our own brand",
            texts: { "Note for staff": "Tag members in Shopify and give the tag an automatic discount." },
          },
          { name: "Free delivery" },
        ],
      },
    ]);
    await hasMade(town.shop("pharmacy"), pharmacy.make(100));
  });

  test("what buys the pharmacy's membership, chosen by its name", async () => {
    const shop = town.shop("pharmacy");
    await shop.control("/selling-plan-groups", { name: "Plus", plans: ["Monthly", "Yearly"] });
    const admin = openAdmin(town, "pharmacy", await browser.tab());
    const { app, tab } = admin;
    await admin.open("/tiers");
    const plus = app.locator("details.laurel-level").nth(1);
    await plus.locator("summary").click();
    await plus.getByRole("button", { name: "Choose products" }).click();
    const picker = tab.getByRole("dialog", { name: "Select products" });
    const title = (await picker.getByRole("listitem").first().locator(".name").textContent()) ?? "";
    await picker.getByRole("listitem").first().click();
    await picker.getByRole("button", { name: "Select" }).click();
    await plus.getByRole("button", { name: `Remove ${title}` }).waitFor();
    await plus.getByRole("combobox", { name: "Selling plans that buy it" }).selectOption({ label: "Plus: Monthly" });
    await plus.getByRole("button", { name: "Remove Plus: Monthly" }).waitFor();
    await admin.saveBar.save.click();
    await admin.toast("Tiers saved");

    // Only ids are kept: whoever comes back reads names all the same.
    await admin.open("/tiers");
    await plus.locator("summary").click();
    await plus.getByRole("button", { name: `Remove ${title}` }).waitFor();
    await plus.getByRole("button", { name: "Remove Plus: Monthly" }).waitFor();
    const { tiers } = await draftOf(shop);
    expect(tiers?.levels[1]?.bought).toMatchObject({
      products: [expect.stringMatching(/Product/)],
      sellingPlans: [expect.stringMatching(/SellingPlan/)],
    });
  });

  test("luxury, with nothing but tiers and what people do for their members", async () => {
    const hands = await beginIn("luxury");
    const task = { "Make a task for staff when a member reaches the tier": true };
    const spent = (least: string) => ({ measure: "Money spent", texts: { "Spent at least": least } });
    await hands.tiers(
      [
        { texts: { Name: "Bronze", Colour: "#9c6b3f" }, choices: { Icon: "Medal" } },
        {
          texts: { Name: "Silver", Colour: "#8f979e" },
          choices: { Icon: "Medal" },
          reach: spent("2500"),
          perks: [{ name: "One free express delivery a year", texts: { "Note for staff": "Send the code by e-mail." }, ticks: task }],
        },
        {
          texts: { Name: "Gold", Colour: "#c9a227" },
          choices: { Icon: "Star" },
          reach: spent("5000"),
          perks: [
            { name: "Two free express deliveries a year", texts: { "Note for staff": "Send the codes by e-mail." }, ticks: task },
            { name: "Early access to collections" },
          ],
        },
        {
          texts: { Name: "Platinum", Colour: "#4b5563" },
          choices: { Icon: "Crown" },
          reach: spent("7500"),
          perks: [{ name: "Free shipping" }, { name: "Early access to collections" }],
        },
        {
          texts: { Name: "Private client", Colour: "#111827" },
          choices: { Icon: "Diamond" },
          reach: spent("10000"),
          perks: [
            {
              name: "A personal shopper",
              texts: { "Note for staff": "Call within two days and ask how they like to be contacted." },
              ticks: task,
            },
            {
              name: "Try on at home: 30 items for 7 days",
              texts: { "Note for staff": "Send what was chosen with the personal shopper." },
            },
            { name: "Free shipping" },
          ],
        },
      ],
      {
        choices: { "What counts": "The calendar year", "How long a tier is held": "For the rest of this year and the next" },
        texts: { "Days until spend counts": "30" },
      },
    );
    await hasMade(town.shop("luxury"), luxury.make(100));
  });
});
