import { amountOff, programme, rule, when } from "./parts.ts";
import type { Template } from "./template.ts";

export const homeGoods: Template = {
  id: "home-goods",
  name: "Home goods",
  summary:
    "Two per cent back for everybody, five with the shop's own card, ten in a member's first 30 days with it. What is earned can be used after 30 days, as credit of its own accord.",
  objectives: ["raise the basket", "bring back"],
  goodFor: "Large, rare purchases that are sometimes sent back.",
  make: (unit) => {
    const each = unit / 100;
    const card = { kind: "payment gateway" as const, gateways: ["store card"] };
    // Of rules that compete the best one counts: the rates do not add up.
    const back = (id: string, name: string, percent: number, ...of: Parameters<typeof when>) =>
      rule(id, name, { kind: "percent back", percent, each }, { when: when(...of), group: "back" });
    return programme({
      points: { one: "credit point", other: "credit points" },
      earning: [
        back("silver", "Two per cent back", 200),
        back("gold", "Five per cent back with the card", 500, card),
        back("gold-welcome", "Ten per cent in your first 30 days", 1000, card, {
          kind: "member since",
          least: null,
          most: 30,
          from: null,
          before: null,
        }),
        rule("credit", "Your credit", { kind: "certificate", points: 1000, rewardId: "credit" }),
      ],
      rewards: [amountOff("credit", "Credit of ten", 1000, 10 * unit, { offered: false, codeDays: 730 })],
      policies: { holdDays: 30 },
    });
  },
  asks: ["The name that your card has as a payment method in Shopify: “store card” is only an example."],
  examples: [
    {
      name: "Credit comes of itself, 30 days after the order",
      member: { joined: "2026-01-01" },
      steps: [
        { at: "2026-03-01", buys: [{ title: "Sofa", price: 1250 }], so: { earns: 2500, spendable: 0 } },
        { at: "2026-03-30", looks: "29 days later", so: { gifts: [], spendable: 0, has: 2500 } },
        { at: "2026-04-01", looks: "31 days later", so: { gifts: ["credit until 2028-03-30", "credit"], spendable: 500, has: 500 } },
      ],
    },
    {
      name: "The card earns five per cent in place of two, and ten in the first 30 days",
      member: { joined: "2026-01-01" },
      steps: [
        { at: "2026-01-20", buys: [{ title: "Rug", price: 100 }], paidWith: "store card", so: { earns: 1000 } },
        { at: "2026-01-31", buys: [{ title: "Rug", price: 100 }], paidWith: "store card", so: { earns: 1000 } },
        { at: "2026-02-01", buys: [{ title: "Rug", price: 100 }], paidWith: "store card", so: { earns: 500 } },
        { at: "2026-02-02", buys: [{ title: "Rug", price: 100 }], paidWith: "another card", so: { earns: 200 } },
      ],
    },
    {
      name: "What is sent back within the 30 days never becomes credit",
      member: { joined: "2026-01-01" },
      steps: [
        { at: "2026-05-01", buys: [{ title: "Table", price: 900 }], so: { earns: 1800, spendable: 0 } },
        { at: "2026-05-20", returns: "everything", so: { earns: -1800, has: 0 } },
        { at: "2026-06-15", looks: "A month later", so: { gifts: [], has: 0 } },
      ],
    },
  ],
};
