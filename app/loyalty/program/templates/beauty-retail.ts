import { amountOff, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

export const beautyRetail: Template = {
  id: "beauty-retail",
  name: "Beauty counter",
  summary:
    "Points on every order, three tiers by what is spent in a calendar year, and a birthday gift. A tier that is reached lasts for the rest of the year and all of the next.",
  objectives: ["reward the best", "bring back"],
  goodFor: "Shops whose customers come back several times a year and like to be seen.",
  make: (unit) =>
    programme({
      points: { one: "point", other: "points" },
      earning: [
        rule("every-order", "Shopping", { kind: "per amount", points: 1, per: unit }),
        rule("birthday", "Birthday gift", { kind: "reward", rewardId: "birthday-gift" }, { on: { kind: "birthday" } }),
        rule(
          "luminous-birthday",
          "Luminous birthday",
          { kind: "fixed", points: 250 },
          { on: { kind: "birthday" }, when: when({ kind: "tier", tiers: ["luminous"] }), boosted: false },
        ),
      ],
      tiers: {
        levels: [
          { id: "glow", name: "Glow", colour: "#d9a5b3", icon: "heart", perks: [{ id: "birthday", name: "A gift on your birthday" }] },
          {
            id: "radiant",
            name: "Radiant",
            colour: "#b5546f",
            icon: "star",
            reach: [{ kind: "spend", least: 350 * unit }],
            times: 12_500,
            perks: [{ id: "early", name: "First to see new launches" }],
          },
          {
            id: "luminous",
            name: "Luminous",
            colour: "#6d1f3a",
            icon: "diamond",
            reach: [{ kind: "spend", least: 1000 * unit }],
            times: 15_000,
            perks: [
              { id: "early", name: "First to see new launches" },
              { id: "events", name: "Invitations to events", note: "Invite to the next event in the nearest store.", task: true },
            ],
          },
        ],
        window: { kind: "calendar year" },
        term: { kind: "rest of this year and next" },
      },
      rewards: [
        amountOff("ten-off", "Ten off", 500, 10 * unit, { minimum: 10 * unit }),
        amountOff("birthday-gift", "Birthday gift", 250, 5 * unit, { offered: false, codeDays: 30 }),
      ],
      policies: { expiry: { kind: "inactivity", months: 12 } },
    }),
  examples: [
    {
      name: "A tier lasts for the rest of the year and all of the next",
      steps: [
        { at: "2026-03-02", buys: [{ title: "Serum", price: 200 }], so: { earns: 200, tier: "glow" } },
        // The order that reaches a tier is not yet paid by it.
        { at: "2026-06-10", buys: [{ title: "Night cream", price: 160 }], so: { earns: 160, tier: "radiant" } },
        { at: "2027-05-01", buys: [{ title: "Lipstick", price: 40 }], so: { earns: 50, has: 410, tier: "radiant" } },
        { at: "2027-12-31T23:59", looks: "The last minute of the next year", so: { tier: "radiant" } },
        { at: "2028-01-01T00:01", looks: "A new year", so: { tier: "glow", has: 410 } },
      ],
    },
    {
      name: "The best earn half as much again, and more on their birthday",
      member: { joined: "2026-01-05", birthday: "09-20" },
      steps: [
        { at: "2026-02-01", buys: [{ title: "Perfume", price: 1000 }], so: { earns: 1000, tier: "luminous" } },
        { at: "2026-03-01", buys: [{ title: "Brush set", price: 80 }], so: { earns: 120, has: 1120 } },
        { at: "2026-04-01", takes: "ten-off", so: { refused: false, has: 620 } },
        { at: "2026-09-21", looks: "The day after the birthday", so: { gifts: ["birthday-gift"], has: 870 } },
      ],
    },
    {
      name: "Every member has a birthday gift",
      member: { joined: "2026-01-15", birthday: "04-12" },
      steps: [
        { at: "2026-02-01", buys: [{ title: "Mascara", price: 24.9 }], so: { earns: 24 } },
        { at: "2026-04-11", looks: "The day before the birthday", so: { gifts: [] } },
        { at: "2026-04-12", looks: "The birthday", so: { gifts: ["birthday-gift until 2026-05-11"], has: 24 } },
      ],
    },
    {
      name: "Points end after a year without a purchase, and a small one keeps them all",
      steps: [
        { at: "2026-01-10", buys: [{ title: "Foundation", price: 100 }], so: { has: 100 } },
        { at: "2026-12-20", buys: [{ title: "Cotton pads", price: 10 }], so: { has: 110 } },
        { at: "2027-12-19", looks: "A day before the year is over", so: { has: 110 } },
        { at: "2027-12-21", looks: "A day after", so: { expired: 110, has: 0 } },
      ],
    },
  ],
};
