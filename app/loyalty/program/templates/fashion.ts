import { amountOff, programme, rule } from "./parts.ts";
import type { Template } from "./template.ts";

const forDoing = (id: string, name: string, event: string, points: number, limits: Parameters<typeof rule>[3]) =>
  rule(id, name, { kind: "fixed", points }, { on: { kind: "event", name: event }, boosted: false, ...limits });

export const fashion: Template = {
  id: "fashion",
  name: "Fashion",
  summary:
    "Every 200 points become a voucher. Points and progress begin anew with each member's own year; 500 points in one make a Plus member, whose shipping is free.",
  objectives: ["bring back", "raise the basket"],
  goodFor: "Shops with new things every season, where members should come back soon.",
  make: (unit) =>
    programme({
      points: { one: "point", other: "points" },
      earning: [
        rule("every-order", "Shopping", { kind: "per amount", points: 1, per: unit }),
        forDoing("profile", "Profile completed", "profile.completed", 20, { limits: [{ most: 1, of: "times", per: "lifetime" }] }),
        forDoing("recycled", "Clothes brought back", "garments.recycled", 20, { limits: [{ most: 2, of: "times", per: "day" }] }),
        forDoing("review", "Review", "review.written", 1, { limits: [{ most: 10, of: "times", per: "month" }] }),
        rule("voucher", "Your voucher", { kind: "certificate", points: 200, rewardId: "voucher" }),
      ],
      tiers: {
        levels: [
          {
            id: "member",
            name: "Member",
            colour: "#8a8a8a",
            icon: "leaf",
            perks: [
              {
                id: "shipping",
                name: "Free shipping on larger orders",
                note: "A free shipping rate over an amount, in Shopify's shipping settings.",
              },
            ],
          },
          {
            id: "plus",
            name: "Plus",
            colour: "#c2185b",
            icon: "star",
            reach: [{ kind: "points earned", least: 500 }],
            perks: [
              { id: "shipping", name: "Free shipping on every order" },
              { id: "returns", name: "Free returns" },
              { id: "early", name: "Early access to collections" },
            ],
          },
        ],
        window: { kind: "membership year" },
        term: { kind: "rest of this year and next" },
      },
      rewards: [amountOff("voucher", "Voucher", 200, 5 * unit, { offered: false, codeDays: 90 })],
      policies: { expiry: { kind: "membership year" } },
    }),
  asks: [
    "From which amount shipping is free: set that rate in Shopify's shipping settings.",
    "Who tells of completed profiles, recycled clothes and reviews: your other apps, by Shopify Flow or the API.",
  ],
  examples: [
    {
      name: "Every 200 points are a voucher",
      steps: [
        { at: "2026-05-20", buys: [{ title: "Jeans", price: 179.9 }], so: { earns: 179, gifts: [] } },
        { at: "2026-05-21", does: "profile.completed", so: { earns: 20, gifts: [], has: 199 } },
        { at: "2026-05-22", does: "profile.completed", so: { earns: 0 } },
        { at: "2026-06-02", does: "review.written", so: { earns: 1, gifts: ["voucher until 2026-08-31"], has: 0 } },
      ],
    },
    {
      name: "Points and progress begin anew with the member's own year",
      member: { joined: "2026-05-20" },
      steps: [
        { at: "2026-08-01", buys: [{ title: "Coat", price: 450 }], so: { gifts: ["voucher", "voucher"], has: 50, tier: "member" } },
        { at: "2027-05-19", looks: "The last day of the first year", so: { has: 50 } },
        { at: "2027-05-20T00:01", looks: "The second year begins", so: { expired: 50, has: 0 } },
        { at: "2027-06-01", buys: [{ title: "Dress", price: 90 }], so: { tier: "member", has: 90 } },
      ],
    },
    {
      name: "Plus is reached with 500 points, for the rest of that year and all of the next",
      member: { joined: "2026-05-20" },
      steps: [
        { at: "2026-08-01", buys: [{ title: "Coat", price: 480 }], so: { tier: "member" } },
        { at: "2026-09-01", does: "garments.recycled", so: { tier: "plus" } },
        { at: "2028-05-19", looks: "The end of the next year", so: { tier: "plus" } },
        { at: "2028-05-21", looks: "The day after", so: { tier: "member" } },
      ],
    },
  ],
};
