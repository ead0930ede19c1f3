import { programme } from "./parts.ts";
import type { Template } from "./template.ts";

export const luxury: Template = {
  id: "luxury",
  name: "Luxury",
  summary:
    "No points: tiers by what is spent in a calendar year, counted when the return window has passed, and perks that are done by people. The best have a personal shopper.",
  objectives: ["reward the best"],
  goodFor: "Few customers who spend much, and for whom service says more than money.",
  make: (unit) => {
    const spent = (least: number) => [{ kind: "spend" as const, least: least * unit }];
    return programme({
      points: { one: "point", other: "points" },
      earning: [],
      tiers: {
        levels: [
          { id: "bronze", name: "Bronze", colour: "#9c6b3f", icon: "medal" },
          {
            id: "silver",
            name: "Silver",
            colour: "#8f979e",
            icon: "medal",
            reach: spent(2500),
            perks: [{ id: "express", name: "One free express delivery a year", note: "Send the code by e-mail.", task: true }],
          },
          {
            id: "gold",
            name: "Gold",
            colour: "#c9a227",
            icon: "star",
            reach: spent(5000),
            perks: [
              { id: "express", name: "Two free express deliveries a year", note: "Send the codes by e-mail.", task: true },
              { id: "early", name: "Early access to collections" },
            ],
          },
          {
            id: "platinum",
            name: "Platinum",
            colour: "#4b5563",
            icon: "crown",
            reach: spent(7500),
            perks: [
              { id: "shipping", name: "Free shipping" },
              { id: "early", name: "Early access to collections" },
            ],
          },
          {
            id: "private",
            name: "Private client",
            colour: "#111827",
            icon: "diamond",
            reach: spent(10_000),
            perks: [
              {
                id: "shopper",
                name: "A personal shopper",
                note: "Call within two days and ask how they like to be contacted.",
                task: true,
              },
              { id: "try-on", name: "Try on at home: 30 items for 7 days", note: "Send what was chosen with the personal shopper." },
              { id: "shipping", name: "Free shipping" },
            ],
          },
        ],
        window: { kind: "calendar year" },
        term: { kind: "rest of this year and next" },
        countsAfterDays: 30,
      },
      rewards: [],
    });
  },
  asks: ["Your return window: 30 days are set under Tiers."],
  examples: [
    {
      name: "Spend counts when it can no longer be sent back, and the best get a personal shopper",
      steps: [
        { at: "2026-03-01", buys: [{ title: "Handbag", price: 10_400 }], so: { earns: 0, tier: "bronze" } },
        { at: "2026-03-30", looks: "Within the return window", so: { tier: "bronze" } },
        { at: "2026-04-01", looks: "After it", so: { tier: "private" } },
        { at: "2027-12-31", looks: "The end of the next year", so: { tier: "private" } },
        { at: "2028-01-02", looks: "Nothing bought since", so: { tier: "bronze" } },
      ],
    },
    {
      name: "What is sent back never raised anybody",
      steps: [
        { at: "2026-05-01", buys: [{ title: "Coat", price: 6000 }], so: { tier: "bronze" } },
        { at: "2026-05-20", returns: "everything" },
        { at: "2026-07-01", looks: "Two months later", so: { tier: "bronze" } },
        { at: "2026-07-02", buys: [{ title: "Gloves", price: 400 }] },
        { at: "2026-09-01", looks: "Two months later again", so: { tier: "bronze" } },
        { at: "2026-09-02", buys: [{ title: "Boots", price: 2100 }] },
        { at: "2026-10-05", looks: "What was kept adds up", so: { tier: "silver" } },
      ],
    },
    {
      name: "Spend of one year adds up, and a new year counts anew",
      steps: [
        { at: "2026-02-01", buys: [{ title: "Shoes", price: 2000 }] },
        { at: "2026-06-01", buys: [{ title: "Dress", price: 3000 }] },
        { at: "2026-07-02", looks: "A month later", so: { tier: "gold" } },
        { at: "2027-03-01", buys: [{ title: "Scarf", price: 2600 }] },
        { at: "2027-12-31", looks: "The tier of 2026", so: { tier: "gold" } },
        { at: "2028-01-02", looks: "The tier of 2027", so: { tier: "silver" } },
      ],
    },
  ],
};
