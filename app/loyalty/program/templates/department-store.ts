import { amountOff, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

export const departmentStore: Template = {
  id: "department-store",
  name: "Department store",
  summary:
    "One point for each unit of money, two to five with the shop's own card, by tier. Every 1,000 points become a note of ten by themselves, good for 30 days.",
  objectives: ["raise the basket", "reward the best"],
  goodFor: "Shops with a card of their own, and a broad assortment.",
  make: (unit) => {
    const card = { kind: "payment gateway" as const, gateways: ["store card"] };
    const earn = (id: string, name: string, points: number, ...of: Parameters<typeof when>) =>
      rule(id, name, { kind: "per amount", points, per: unit }, { when: when(...of), group: "purchase" });
    return programme({
      points: { one: "point", other: "points" },
      // What is spent on the card raises members. It is counted beside the points and cannot be spent.
      units: [{ id: "card-spend", name: { one: "status point", other: "status points" }, expiry: { kind: "end of year", years: 0 } }],
      earning: [
        earn("any-payment", "Shopping", 1),
        earn("card", "Shopping with the card", 2, card),
        earn("card-gold", "Gold, with the card", 3, card, { kind: "tier", tiers: ["gold"] }),
        earn("card-platinum", "Platinum, with the card", 5, card, { kind: "tier", tiers: ["platinum"] }),
        rule(
          "card-spend",
          "Spent on the card",
          { kind: "per amount", points: 1, per: unit, unit: "card-spend" },
          { when: when(card), boosted: false },
        ),
        rule("note", "Your note", { kind: "certificate", points: 1000, rewardId: "note" }),
      ],
      tiers: {
        levels: [
          { id: "bronze", name: "Bronze", colour: "#9c6b3f", icon: "medal" },
          {
            id: "silver",
            name: "Silver",
            colour: "#8f979e",
            icon: "medal",
            reach: [{ kind: "points earned", least: 1, unit: "card-spend" }],
          },
          {
            id: "gold",
            name: "Gold",
            colour: "#c9a227",
            icon: "star",
            reach: [{ kind: "points earned", least: 500, unit: "card-spend" }],
            perks: [{ id: "shipping", name: "Free shipping" }],
          },
          {
            id: "platinum",
            name: "Platinum",
            colour: "#4b5563",
            icon: "crown",
            reach: [{ kind: "points earned", least: 1200, unit: "card-spend" }],
            perks: [
              { id: "shipping", name: "Free shipping" },
              { id: "service", name: "A service line of their own" },
            ],
          },
        ],
        window: { kind: "calendar year" },
        term: { kind: "rest of this year and next" },
        countsAfterDays: 7,
      },
      rewards: [amountOff("note", "A note of ten", 1000, 10 * unit, { offered: false, codeDays: 30, unusedIsLost: true })],
    });
  },
  asks: ["The name that your card has as a payment method in Shopify: “store card” is only an example."],
  examples: [
    {
      name: "The card raises its holder a week after the purchase, and earns by tier",
      steps: [
        {
          at: "2026-02-01",
          buys: [{ title: "Suit", price: 600 }],
          paidWith: "store card",
          so: { earns: { points: 1200, "card-spend": 600 }, tier: "bronze", gifts: ["note until 2026-03-03"], has: 200 },
        },
        { at: "2026-02-07", looks: "Six days later", so: { tier: "bronze" } },
        { at: "2026-02-09", looks: "Eight days later", so: { tier: "gold" } },
        { at: "2026-02-10", buys: [{ title: "Shirt", price: 100 }], paidWith: "store card", so: { earns: 300, has: 500 } },
        {
          at: "2026-02-11",
          buys: [{ title: "Shirt", price: 100 }],
          paidWith: "another card",
          so: { earns: { points: 100, "card-spend": 0 }, has: 600 },
        },
      ],
    },
    {
      name: "Silver, gold and platinum earn two, three and five for each on the card",
      steps: [
        { at: "2026-01-10", buys: [{ title: "Scarf", price: 20 }], paidWith: "store card", so: { earns: 40 } },
        { at: "2026-01-18", buys: [{ title: "Coat", price: 470 }], paidWith: "store card", so: { earns: 940, tier: "silver" } },
        { at: "2026-01-26", buys: [{ title: "Boots", price: 710 }], paidWith: "store card", so: { earns: 1420, tier: "silver" } },
        { at: "2026-02-10", buys: [{ title: "Bag", price: 10 }], paidWith: "store card", so: { earns: 50, tier: "platinum" } },
      ],
    },
    {
      name: "Every 1,000 points are a note, without asking for it",
      steps: [
        { at: "2026-05-02", buys: [{ title: "Luggage", price: 999.9 }], so: { earns: 999, gifts: [] } },
        { at: "2026-05-03", buys: [{ title: "Umbrella", price: 30 }], so: { earns: 30, gifts: ["note"], has: 29 } },
        { at: "2026-06-03", buys: [{ title: "Watch", price: 2500 }], so: { gifts: ["note", "note"], has: 529 } },
      ],
    },
    {
      name: "Tiers are reviewed on 1 January: what was reached lasts through the next year",
      steps: [
        { at: "2026-11-02", buys: [{ title: "Armchair", price: 1300 }], paidWith: "store card" },
        { at: "2026-12-01", looks: "Four weeks later", so: { tier: "platinum", has: { "card-spend": 1300 } } },
        { at: "2027-01-01T00:01", looks: "A new year counts anew", so: { tier: "platinum", has: { "card-spend": 0 } } },
        { at: "2027-12-31T23:59", looks: "The end of that year", so: { tier: "platinum" } },
        { at: "2028-01-01T00:01", looks: "Nothing on the card since", so: { tier: "bronze" } },
      ],
    },
    {
      name: "What is sent back within the week never counts",
      steps: [
        {
          at: "2026-03-01",
          buys: [{ title: "Television", price: 1500 }],
          paidWith: "store card",
          so: { gifts: ["note", "note", "note"], has: 0 },
        },
        { at: "2026-03-05", returns: "everything", so: { earns: { points: -3000, "card-spend": -1500 } } },
        { at: "2026-03-20", looks: "Two weeks later", so: { tier: "bronze" } },
      ],
    },
  ],
};
