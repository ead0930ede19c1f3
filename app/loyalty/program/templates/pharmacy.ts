import { amountOff, programme, rule } from "./parts.ts";
import type { Template } from "./template.ts";

const membership = "gid://shopify/Product/1";

export const pharmacy: Template = {
  id: "pharmacy",
  name: "Pharmacy",
  summary:
    "Two per cent of every purchase come back as notes that are good for 90 days. A paid membership brings a bonus each month, and filled prescriptions earn beside it.",
  objectives: ["bring back", "reward the best"],
  goodFor: "Everyday needs, where money back says more than points.",
  make: (unit) =>
    programme({
      points: { one: "point", other: "points" },
      units: [{ id: "health-credits", name: { one: "health credit", other: "health credits" } }],
      earning: [
        rule("two-per-cent", "Two per cent back", { kind: "percent back", percent: 200, each: unit / 100 }),
        rule("note", "Your note", { kind: "certificate", points: 200, rewardId: "two-off" }),
        rule(
          "prescription",
          "Prescriptions",
          { kind: "fixed", points: 1, unit: "health-credits" },
          {
            on: { kind: "event", name: "prescription.filled" },
            // Ten of them are five: a hundred a year are fifty.
            limits: [{ most: 100, of: "points", per: "year" }],
            boosted: false,
          },
        ),
        rule("health-note", "Your health note", { kind: "certificate", points: 10, unit: "health-credits", rewardId: "health-five" }),
        rule("birthday", "Birthday", { kind: "reward", rewardId: "birthday" }, { on: { kind: "birthday" } }),
      ],
      tiers: {
        levels: [
          { id: "member", name: "Member", colour: "#8a8a8a", icon: "heart" },
          {
            id: "plus",
            name: "Plus",
            colour: "#b3202a",
            icon: "medal",
            bought: { products: [], sellingPlans: [], months: 1 },
            grants: [{ id: "bonus", every: "month", gift: { kind: "reward", reward: "monthly-bonus" }, endsWithPeriod: true }],
            perks: [
              { id: "own-brand", name: "20% off our own brand", note: "Tag members in Shopify and give the tag an automatic discount." },
              { id: "delivery", name: "Free delivery" },
            ],
          },
        ],
      },
      rewards: [
        amountOff("two-off", "Two off", 200, 2 * unit, { offered: false, codeDays: 90, unusedIsLost: true }),
        amountOff("health-five", "Five off for your health", 10, 5 * unit, {
          unit: "health-credits",
          offered: false,
          codeDays: 90,
          unusedIsLost: true,
        }),
        amountOff("monthly-bonus", "Bonus of the month", 1000, 10 * unit, { offered: false }),
        amountOff("birthday", "Happy birthday", 300, 3 * unit, { offered: false, codeDays: 30 }),
      ],
    }),
  asks: ["The product that sells the Plus membership: choose it in the tier Plus. Until then nobody can buy it."],
  filledIn: (made) => ({
    ...made,
    tiers: made.tiers && {
      ...made.tiers,
      levels: made.tiers.levels.map((tier) => (tier.bought ? { ...tier, bought: { ...tier.bought, products: [membership] } } : tier)),
    },
  }),
  examples: [
    {
      name: "Two per cent come back, and each two of them are a note",
      steps: [
        { at: "2026-02-03", buys: [{ title: "Vitamins", price: 99.99 }], so: { earns: 199, gifts: [], has: 199 } },
        { at: "2026-02-20", buys: [{ title: "Plasters", price: 4.5 }], so: { earns: 9, gifts: ["two-off until 2026-05-21"], has: 8 } },
        {
          at: "2026-03-15",
          buys: [{ title: "Sun cream", price: 300 }],
          so: { earns: 600, gifts: ["two-off", "two-off", "two-off"], has: 8 },
        },
      ],
    },
    {
      name: "A paid membership has its bonus each month, and ends when it is not renewed",
      steps: [
        {
          at: "2026-03-15",
          buys: [{ title: "Plus membership", price: 5, productGid: membership }],
          so: { earns: 10, tier: "plus", gifts: ["monthly-bonus until 2026-03-31"] },
        },
        { at: "2026-04-02", looks: "A new month", so: { gifts: ["monthly-bonus"] } },
        { at: "2026-04-10", buys: [{ title: "Plus membership", price: 5, productGid: membership }], so: { tier: "plus", gifts: [] } },
        { at: "2026-05-14", looks: "Still paid for", so: { tier: "plus", gifts: ["monthly-bonus"] } },
        { at: "2026-05-16", looks: "Two months after it began", so: { tier: "member" } },
        { at: "2026-06-02", looks: "Another month", so: { gifts: [] } },
      ],
    },
    {
      name: "Ten prescriptions are a note, a hundred a year the most",
      steps: [
        { at: "2026-01-20", does: "prescription.filled", times: 9, so: { earns: { "health-credits": 9 }, gifts: [] } },
        {
          at: "2026-02-20",
          does: "prescription.filled",
          so: { earns: { "health-credits": 1 }, gifts: ["health-five until 2026-05-21"], has: { "health-credits": 0 } },
        },
        { at: "2026-08-01", does: "prescription.filled", times: 90, so: { earns: { "health-credits": 90 } } },
        { at: "2026-12-31", does: "prescription.filled", so: { earns: { "health-credits": 0 } } },
        { at: "2027-01-02", does: "prescription.filled", so: { earns: { "health-credits": 1 }, has: { "health-credits": 1 } } },
      ],
    },
  ],
};
