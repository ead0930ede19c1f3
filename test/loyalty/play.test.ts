import { expect, test } from "vitest";
import { play } from "../../app/loyalty/program/play.ts";
import type { Story } from "../../app/loyalty/program/story.ts";
import { programme } from "../support/rules.ts";
import { whatWentOtherwise } from "../support/what-went-otherwise.ts";

const shop = { timeZone: "America/New_York", currency: "USD", unit: 100 };
const tiers = {
  levels: [
    { id: "base", name: "Base" },
    { id: "gold", name: "Gold" },
  ],
} as never;
const status = programme({
  tiers,
  earning: [{ id: "status", award: { kind: "tier", tierId: "gold", months: 1 } }],
});

test.each<Story>([
  {
    name: "a tier that an order gave for a month ends with the month, also where the next one is shorter",
    steps: [
      { at: "2026-01-31", buys: [{ title: "Coat", price: 80 }], so: { tier: "gold" } },
      { at: "2026-02-28T11:59", looks: "The last minute", so: { tier: "gold" } },
      { at: "2026-02-28T12:00", looks: "A month later", so: { tier: "base" } },
    ],
  },
  {
    name: "a month across a change of clocks ends by the clocks",
    steps: [
      { at: "2026-02-20", buys: [{ title: "Coat", price: 80 }], so: { tier: "gold" } },
      { at: "2026-03-20T11:59", looks: "The last minute", so: { tier: "gold" } },
      { at: "2026-03-20T12:00", looks: "A month later", so: { tier: "base" } },
    ],
  },
  {
    name: "a tier that an order gave goes with what is sent back, and with nothing less than all of it",
    steps: [
      {
        at: "2026-01-31",
        buys: [
          { title: "Coat", price: 80 },
          { title: "Hat", price: 20 },
        ],
        so: { tier: "gold" },
      },
      { at: "2026-02-02", returns: { title: "Hat" }, so: { tier: "gold" } },
      { at: "2026-02-03", returns: "everything", so: { tier: "base" } },
    ],
  },
])("$name", (story) => {
  expect(whatWentOtherwise(story, play(status, story, shop))).toEqual([]);
});
