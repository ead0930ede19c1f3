import { amountOff, noneOf, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

const reach = (least: number) => [{ kind: "points earned" as const, least, unit: "status" }];

export const airline: Template = {
  id: "airline",
  name: "Airline",
  summary:
    "Award miles to spend, which never end, and status miles beside them, which decide the tier and begin anew each year. Status lasts until the end of January after the next year.",
  objectives: ["reward the best"],
  goodFor: "Large sums, travel, and anything where status itself is the reward.",
  make: (unit) => {
    const notBasic = when(noneOf({ kind: "product tag", tags: ["basic"] }));
    return programme({
      points: { one: "mile", other: "miles" },
      units: [{ id: "status", name: { one: "status mile", other: "status miles" }, expiry: { kind: "end of year", years: 0 } }],
      earning: [
        rule("miles", "Miles", { kind: "per amount", points: 5, per: unit }, { when: notBasic }),
        rule("status", "Status miles", { kind: "per amount", points: 1, per: unit, unit: "status" }, { when: notBasic, boosted: false }),
        rule(
          "head-start",
          "Head start of the card",
          { kind: "fixed", points: 2500, unit: "status" },
          { on: { kind: "event", name: "card.year-began" }, limits: [{ most: 1, of: "times", per: "year" }], boosted: false },
        ),
      ],
      tiers: {
        levels: [
          { id: "traveller", name: "Traveller", colour: "#5c6f82", icon: "plane" },
          {
            id: "silver",
            name: "Silver",
            colour: "#8f979e",
            icon: "plane",
            reach: reach(5_000),
            times: 14_000,
            perks: [{ id: "boarding", name: "Priority boarding" }],
          },
          {
            id: "gold",
            name: "Gold",
            colour: "#c9a227",
            icon: "plane",
            reach: reach(10_000),
            times: 16_000,
            perks: [{ id: "bags", name: "Free extra bag" }],
          },
          {
            id: "platinum",
            name: "Platinum",
            colour: "#4b5563",
            icon: "crown",
            reach: reach(15_000),
            times: 18_000,
            perks: [{ id: "lounge", name: "Lounge on travel days" }],
          },
          {
            id: "diamond",
            name: "Diamond",
            colour: "#1f4e79",
            icon: "diamond",
            reach: reach(28_000),
            times: 22_000,
            perks: [{ id: "contact", name: "A contact of their own", note: "Call and introduce yourself.", task: true }],
          },
        ],
        window: { kind: "calendar year" },
        term: { kind: "rest of this year and next" },
        // Through 31 January.
        graceDays: 31,
      },
      rewards: [amountOff("short-haul", "Short haul", 5_000, 50 * unit), amountOff("long-haul", "Long haul", 25_000, 250 * unit)],
    });
  },
  asks: [
    "Tag fares or products that should earn nothing with “basic”.",
    "Who tells that a card's year has begun: your card partner, by Shopify Flow or the API.",
  ],
  examples: [
    {
      name: "Status is counted apart from the miles that are spent",
      steps: [
        { at: "2026-02-01", buys: [{ title: "Flight", price: 5200 }], so: { earns: { points: 26_000, status: 5200 }, tier: "silver" } },
        { at: "2026-03-01", takes: "long-haul", so: { has: { points: 1000, status: 5200 }, tier: "silver" } },
        { at: "2026-03-02", buys: [{ title: "Flight", price: 1000 }], so: { earns: { points: 7000, status: 1000 } } },
        { at: "2026-03-03", buys: [{ title: "Basic fare", price: 300, tags: ["basic"] }], so: { earns: { points: 0, status: 0 } } },
      ],
    },
    {
      name: "Status lasts until the end of January after the next year, miles for ever",
      steps: [
        { at: "2026-06-01", buys: [{ title: "Flight", price: 10_000 }], so: { tier: "gold", has: { points: 50_000, status: 10_000 } } },
        { at: "2027-01-01T00:01", looks: "Status miles begin anew", so: { tier: "gold", has: { points: 50_000, status: 0 } } },
        { at: "2028-01-31T23:00", looks: "The last evening", so: { tier: "gold" } },
        { at: "2028-02-01T00:01", looks: "The day after", so: { tier: "traveller", has: 50_000 } },
      ],
    },
    {
      name: "The higher the status, the more miles a flight earns",
      steps: [
        { at: "2026-01-10", buys: [{ title: "Flight", price: 10_000 }], so: { earns: 50_000, tier: "gold" } },
        { at: "2026-02-10", buys: [{ title: "Flight", price: 5000 }], so: { earns: 40_000, tier: "platinum" } },
        { at: "2026-03-10", buys: [{ title: "Flight", price: 13_000 }], so: { earns: 117_000, tier: "diamond" } },
        { at: "2026-04-10", buys: [{ title: "Flight", price: 100 }], so: { earns: 1100 } },
      ],
    },
    {
      name: "The card gives a head start, once a year",
      steps: [
        { at: "2026-01-15", does: "card.year-began", so: { earns: { status: 2500 } } },
        { at: "2026-01-16", does: "card.year-began", so: { earns: { status: 0 } } },
        { at: "2026-05-01", buys: [{ title: "Flight", price: 2500 }], so: { tier: "silver" } },
      ],
    },
  ],
};
