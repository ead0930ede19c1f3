import type { Tree } from "../../earning/tree.ts";
import { amountOff, anyOf, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

type Month = Extract<Tree, { kind: "recurring" }>["month"];

const everyYearOn = (month: NonNullable<Month>, day: number): Tree => ({
  kind: "recurring",
  every: "year",
  month,
  day,
  place: null,
  weekday: null,
});

const birthday = (id: string, name: string, rewardId: string, tiers: string[]) =>
  rule(id, name, { kind: "reward", rewardId }, { on: { kind: "birthday" }, when: when({ kind: "tier", tiers }) });

const extra = [{ id: "extra", every: "month" as const, gift: { kind: "reward" as const, reward: "free-extra" }, endsWithPeriod: true }];

export const coffeeHouse: Template = {
  id: "coffee-house",
  name: "Coffee house",
  summary:
    "Stars for everything spent, more of them in higher tiers, and double-star days. A regular's stars end after six months without a visit, a favourite's never do.",
  objectives: ["bring back", "reward the best"],
  goodFor: "Small purchases, many of them.",
  make: (unit) =>
    programme({
      points: { one: "star", other: "stars" },
      earning: [
        rule("every-order", "Stars", { kind: "per amount", points: 1, per: unit }),
        birthday("birthday-regular", "Birthday drink", "birthday-day", ["regular"]),
        birthday("birthday-favourite", "Birthday drink", "birthday-week", ["favourite"]),
        birthday("birthday-connoisseur", "Birthday drink", "birthday-month", ["connoisseur"]),
      ],
      boosts: [
        {
          id: "double-stars",
          name: "Double-star day",
          active: true,
          times: 20_000,
          when: when(
            { kind: "tier", tiers: ["favourite", "connoisseur"] },
            anyOf(everyYearOn("1", 20), everyYearOn("4", 20), everyYearOn("7", 20), everyYearOn("10", 20)),
          ),
        },
        {
          id: "more-double-stars",
          name: "Connoisseurs' double-star day",
          active: true,
          times: 20_000,
          when: when({ kind: "tier", tiers: ["connoisseur"] }, anyOf(everyYearOn("6", 1), everyYearOn("12", 1))),
        },
      ],
      tiers: {
        levels: [
          { id: "regular", name: "Regular", colour: "#6b8e5a", icon: "leaf", grants: extra },
          {
            id: "favourite",
            name: "Favourite",
            colour: "#c9a227",
            icon: "cup",
            reach: [{ kind: "points earned", least: 500 }],
            times: 12_000,
            grants: extra,
            expiry: { kind: "never" },
          },
          {
            id: "connoisseur",
            name: "Connoisseur",
            colour: "#3f2a1d",
            icon: "crown",
            reach: [{ kind: "points earned", least: 2500 }],
            times: 17_000,
            grants: extra,
            expiry: { kind: "never" },
          },
        ],
        window: { kind: "rolling", months: 12 },
        term: { kind: "while it holds" },
      },
      rewards: [
        amountOff("extra", "An extra shot", 25, unit),
        amountOff("two-off", "Two off", 60, 2 * unit),
        amountOff("brewed", "Brewed coffee or bakery", 100, 4 * unit),
        amountOff("handcrafted", "Handcrafted drink", 200, 7 * unit),
        amountOff("lunch", "Sandwich or salad", 300, 10 * unit),
        amountOff("merchandise", "A cup to keep", 400, 20 * unit),
        amountOff("free-extra", "Extra of the month", 25, unit, { offered: false }),
        amountOff("birthday-day", "Birthday drink", 200, 7 * unit, { offered: false, codeDays: 1 }),
        amountOff("birthday-week", "Birthday drink", 200, 7 * unit, { offered: false, codeDays: 7 }),
        amountOff("birthday-month", "Birthday drink", 200, 7 * unit, { offered: false, codeDays: 30 }),
      ],
      policies: { expiry: { kind: "inactivity", months: 6 } },
    }),
  asks: ["The double-star days: six are set, change them under Campaigns.", "What the drinks cost in your shop."],
  examples: [
    {
      name: "A regular's stars end six months after the last visit",
      steps: [
        { at: "2026-01-10", buys: [{ title: "Beans", price: 120 }], so: { earns: 120, tier: "regular" } },
        { at: "2026-07-09", looks: "A day before", so: { has: 120 } },
        { at: "2026-07-11", looks: "A day after", so: { expired: 120, has: 0 } },
      ],
    },
    {
      name: "One free extra a month, also in the month in which a member rises",
      steps: [
        { at: "2026-03-02", buys: [{ title: "Latte", price: 5 }], so: { tier: "regular", gifts: ["free-extra until 2026-03-31"] } },
        { at: "2026-03-20", buys: [{ title: "Espresso machine", price: 500 }], so: { tier: "favourite", gifts: [] } },
        { at: "2026-04-02", looks: "A new month", so: { tier: "favourite", gifts: ["free-extra until 2026-04-30"] } },
      ],
    },
    {
      name: "A favourite earns a fifth more, twice that on double-star days, and the stars stay",
      member: { birthday: "05-05" },
      steps: [
        { at: "2026-03-01", buys: [{ title: "Espresso machine", price: 500 }], so: { earns: 500, tier: "favourite" } },
        { at: "2026-03-02", buys: [{ title: "Latte", price: 5 }], so: { earns: 6, has: 506 } },
        { at: "2026-04-20", buys: [{ title: "Latte", price: 5 }], so: { earns: 12, has: 518 } },
        {
          at: "2026-05-06",
          looks: "The day after the birthday",
          so: { gifts: ["free-extra until 2026-05-31", "birthday-week until 2026-05-11"] },
        },
        // Connoisseurs alone have this one.
        { at: "2026-06-01", buys: [{ title: "Latte", price: 5 }], so: { earns: 6, has: 524 } },
        { at: "2027-02-28", looks: "Nine months later", so: { has: 524, tier: "favourite" } },
        { at: "2027-03-02", looks: "A year after the tier was reached", so: { has: 524, tier: "regular" } },
      ],
    },
    {
      name: "A birthday drink waits for a day, a week or a month, by tier",
      member: { joined: "2026-02-01", birthday: "06-20" },
      steps: [
        { at: "2026-06-19", looks: "The day before the birthday", so: { tier: "regular" } },
        { at: "2026-06-20", looks: "The birthday", so: { gifts: ["birthday-day until 2026-06-20"] } },
        {
          at: "2026-07-02",
          buys: [{ title: "Roaster's choice", price: 2500 }],
          so: { earns: 2500, tier: "connoisseur" },
        },
        { at: "2026-12-01", buys: [{ title: "Latte", price: 10 }], so: { earns: 34 } },
        { at: "2027-06-19", looks: "The day before the next birthday" },
        { at: "2027-06-20", looks: "The next birthday", so: { gifts: ["birthday-month until 2027-07-19"] } },
      ],
    },
  ],
};
