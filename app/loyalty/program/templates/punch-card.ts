import { amountOff, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

export const punchCard: Template = {
  id: "punch-card",
  name: "Punch card",
  summary:
    "Nine bought, the tenth free. A new card begins by itself, and the first one begins with two stamps: a card that is begun gets filled more often.",
  objectives: ["bring back", "recruit"],
  goodFor: "Cafés, bakeries, barbers: one thing that is bought again and again.",
  make: (unit) =>
    programme({
      points: { one: "stamp", other: "stamps" },
      earning: [
        rule(
          "coffee",
          "Coffee",
          { kind: "stamp", stamps: 1, per: "item", unit: "points" },
          { when: when({ kind: "product type", types: ["Coffee"] }), boosted: false },
        ),
        rule(
          "head-start",
          "To begin with",
          { kind: "fixed", points: 2 },
          { on: { kind: "joined" }, budget: "acquisition", boosted: false },
        ),
        rule("full-card", "A full card", { kind: "certificate", points: 9, rewardId: "free-coffee" }),
      ],
      rewards: [amountOff("free-coffee", "The tenth is free", 9, 5 * unit, { offered: false, codeDays: 180 })],
    }),
  asks: ["What is stamped: products of the type “Coffee” are only an example.", "What the free one costs in your shop."],
  examples: [
    {
      name: "Nine are bought, the tenth is free; the first card begins with two stamps",
      steps: [
        { at: "2026-03-02", buys: [{ title: "Flat white", price: 4.5, type: "Coffee" }], so: { earns: 1, has: 3 } },
        {
          at: "2026-03-03",
          buys: [
            { title: "Flat white", price: 4.5, type: "Coffee", quantity: 2 },
            { title: "Croissant", price: 3, type: "Bakery" },
          ],
          so: { earns: 2, has: 5 },
        },
        {
          at: "2026-03-10",
          buys: [{ title: "Espresso", price: 3, type: "Coffee", quantity: 4 }],
          so: { earns: 4, gifts: ["free-coffee until 2026-09-06"], has: 0 },
        },
        { at: "2026-04-01", buys: [{ title: "Espresso", price: 3, type: "Coffee", quantity: 8 }], so: { gifts: [], has: 8 } },
        {
          at: "2026-04-02",
          buys: [{ title: "Espresso", price: 3, type: "Coffee", quantity: 2 }],
          so: { gifts: ["free-coffee"], has: 1 },
        },
      ],
    },
    {
      name: "One that is given back loses its stamp",
      steps: [
        { at: "2026-05-04", buys: [{ title: "Cold brew", price: 5, type: "Coffee", quantity: 3 }], so: { has: 5 } },
        { at: "2026-05-05", returns: { title: "Cold brew" }, so: { earns: -1, has: 4 } },
      ],
    },
  ],
};
