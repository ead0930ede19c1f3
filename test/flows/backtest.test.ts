import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { settleAgain } from "../../app/flows/await-facts.ts";
import { publishProgramme } from "../../app/flows/publish-programme.ts";
import { runBacktest } from "../../app/flows/run-backtest.ts";
import type { Definition, definition } from "../../app/loyalty/program/definition.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

type Wish = Partial<z.input<typeof definition>>;

const perDollar = { kind: "per amount" as const, points: 1, per: 100 };
const shopping = { id: "shopping", name: "Shopping", active: true, award: perDollar, minimum: null };

// Silver from $100 on earns double, what comes back counts no more; limits by day and month; a second order brings more; a
// budget that stops; stamps beside the points.
const rich: Wish = {
  units: [{ id: "stamps", name: { one: "stamp", other: "stamps" } }],
  earning: [
    { ...shopping, limits: [{ most: 150, of: "points", per: "day" }] },
    {
      ...shopping,
      id: "second",
      name: "Second order",
      when: { kind: "nth order", which: "exactly", number: 2 },
      award: { kind: "fixed", points: 50 },
    },
    {
      ...shopping,
      id: "monthly",
      name: "Once a month",
      award: { kind: "fixed", points: 20 },
      limits: [{ most: 1, of: "times", per: "month" }],
      budget: "acquisition",
    },
    { ...shopping, id: "stamp", name: "Stamp", award: { kind: "stamp", stamps: 1, per: "order", unit: "stamps" } as never },
  ],
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 10_000 }], times: 20_000 },
    ],
    window: { kind: "rolling", months: 2 },
    term: { kind: "while it holds" },
  },
  budgets: { acquisition: { points: 50, per: "month" } },
};

/** Everything that waits is done, and what that makes due, until nothing is. */
async function settled(story: Story): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await story.drain();
    const jobs = await story.jobs("settle-again");
    if (jobs.length === 0) return;
    await story.drop("settle-again");
    for (const { payload } of jobs)
      await settleAgain(story.context, { memberId: String(payload.memberId), since: new Date(String(payload.since)) });
  }
  throw new Error("It never ends.");
}

type Fate = { customer: number; hour: number; price: number; fate: string; later: number };

function bodiesOf(id: number, { customer, hour, price, fate, later }: Fate): object[] {
  const instant = (hours: number) => new Date(Date.UTC(2026, 2, 28, hours)).toISOString();
  const first: OrderWish = { id, customer, at: instant(hour), updated: instant(hour), lines: [{ id: id * 10, price: `${price}.00` }] };
  if (fate === "kept") return [orderBody(first)];
  const updated = instant(hour + later);
  if (fate === "cancelled") return [orderBody(first), orderBody({ ...first, updated, cancelled: updated })];
  const half = fate === "half" ? (price / 2).toFixed(2) : `${price}.00`;
  return [
    orderBody(first),
    orderBody({
      ...first,
      updated,
      status: fate === "half" ? "partially_refunded" : "refunded",
      lines: [{ id: id * 10, price: `${price}.00`, ...(fate === "half" ? {} : { current: 0 }) }],
      refunds:
        fate === "half"
          ? [{ id: id * 100, at: updated, discrepancy: `-${half}` }]
          : [{ id: id * 100, at: updated, lines: [{ line: id * 10, quantity: 1, subtotal: half }] }],
    }),
  ];
}

const orders = fc.array(
  fc.record({
    customer: fc.integer({ min: 7, max: 9 }),
    hour: fc.integer({ min: 0, max: 24 * 80 }),
    price: fc.integer({ min: 1, max: 150 }),
    fate: fc.constantFrom("kept", "kept", "refunded", "half", "cancelled"),
    later: fc.integer({ min: 1, max: 900 }),
  }),
  { minLength: 2, maxLength: 12 },
);

async function published(story: Story, wish: Definition, effectiveFrom: string): Promise<void> {
  const found = await publishProgramme(story.context, { definition: wish, basedOn: 1, effectiveFrom: new Date(effectiveFrom) } as never);
  if (isRefusal(found)) throw new Error(found.sentence);
}

describe("the live side of a backtest", () => {
  test("is what the ledger holds, order by order: tiers, limits, budgets, refunds, several versions", async () => {
    let [compared, refunded] = [0, 0];
    await fc.assert(
      fc.asyncProperty(orders, fc.infiniteStream(fc.nat(1000)), async (wished, shuffle) => {
        const story = await openStory(at, { definition: programmeOf(rich) });
        story.clock.at = new Date("2026-04-20T00:00:00Z");
        await published(
          story,
          programmeOf({
            ...rich,
            earning: [
              { ...shopping, award: { ...perDollar, points: 3 }, limits: [{ most: 200, of: "points", per: "rolling", days: 20 }] },
              ...(rich.earning ?? []).slice(1),
            ],
          }),
          "2026-04-20T00:00:00Z",
        );
        story.clock.at = new Date("2026-08-01T00:00:00Z");
        const keys = shuffle.take(100);
        const bodies = wished.flatMap((one, n) => bodiesOf(n + 1, one)).map((body) => ({ body, key: keys.next().value ?? 0 }));
        for (const { body } of bodies.sort((a, b) => a.key - b.key)) await story.deliver("orders/updated", body);
        await settled(story);
        expect(story.failures).toEqual([]);
        const report = await runBacktest(story.context, { definition: programmeOf(rich), checkLedger: true });
        expect(report.ledger).toEqual({ equal: wished.length, different: 0, examples: [] });
        compared += report.live.points;
        refunded += wished.filter((one) => one.fate !== "kept").length;
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(1000);
    expect(refunded).toBeGreaterThan(10);
  });
});
