import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { type Background, standingBefore } from "../../app/loyalty/earning/history.ts";
import type { Limit } from "../../app/loyalty/earning/limit.ts";
import { limitsOf } from "../../app/loyalty/earning/limits-of.ts";
import { byPlacing, type Trail, type TrailEntry } from "../../app/loyalty/earning/trail.ts";
import { limitsUsed } from "../../app/loyalty/insight/limits-used.ts";
import { addTrail, joinedAtOf, newMember, standingNow } from "../../app/loyalty/insight/member-so-far.ts";
import { placedAt } from "../../app/loyalty/insight/side.ts";
import { tierAfter } from "../../app/loyalty/insight/tier-so-far.ts";
import { clockOf } from "../../app/loyalty/local-time.ts";
import { entriesFor, laddersOf, tierBefore } from "../../app/loyalty/tiers/before.ts";
import { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { standingAt, type TierDecision } from "../../app/loyalty/tiers/standing.ts";
import { programme } from "../support/rules.ts";

const timeZone = "America/New_York";
const clock = clockOf(timeZone);
const hour = 3_600_000;
// Across the end of a year and the night on which clocks go forward.
const start = Date.UTC(2025, 10, 20);

const limit = (most: number, of: Limit["of"], per: Limit["per"], days: number | null = null): Limit => ({ most, of, per, days });
const unit = (of: string) => ({ points: 10, unit: of, per: null });
const limits: Limit[] = [
  limit(100, "points", "day"),
  limit(2, "times", "week"),
  limit(100, "points", "month"),
  limit(100, "points", "year"),
  limit(100, "points", "rolling", 3),
  limit(3, "times", "rolling", 40),
  limit(100, "points", "lifetime"),
];
const pointsAndMiles = { kind: "several units" as const, rows: [unit("points"), unit("miles")] };
const levels = (silver: number) => [
  { id: "all", name: "All" },
  { id: "silver", name: "Silver", reach: [{ kind: "spend" as const, least: silver }] },
  { id: "gold", name: "Gold", reach: [{ kind: "orders" as const, least: 4 }], bought: { products: [], sellingPlans: [], months: 1 } },
];
const ladders = fc.constantFrom(
  ladder.parse({ levels: levels(300) }),
  ladder.parse({ levels: levels(200), window: { kind: "rolling", months: 1 }, term: { kind: "while it holds" }, graceDays: 3 }),
  ladder.parse({
    levels: levels(200),
    window: { kind: "membership year" },
    term: { kind: "months", months: 1 },
    countsAfterDays: 2,
    drop: "stepwise",
  }),
  ladder.parse({ levels: levels(100), window: { kind: "calendar year" }, term: { kind: "rest of this year and next" } }),
);

// Few instants, so that occasions, refunds and decisions fall on the same one.
const instant = fc.integer({ min: 0, max: 120 }).map((n) => start + n * 37 * hour);
const entry = fc.record({
  points: fc.integer({ min: -50, max: 80 }),
  other: fc.integer({ min: -20, max: 30 }),
  spend: fc.integer({ min: -100, max: 250 }),
  later: fc.integer({ min: 0, max: 60 }),
});
const trails = fc.array(
  fc.record({
    placed: instant,
    isOrder: fc.boolean(),
    first: entry,
    later: fc.array(entry, { maxLength: 2 }),
    cancelled: fc.option(fc.integer({ min: 0, max: 40 })),
    buys: fc.boolean(),
  }),
  { maxLength: 14 },
);
const decisions = fc.array(
  fc.record({
    at: instant,
    kind: fc.constantFrom("given" as const, "hold" as const, "release" as const),
    tierId: fc.constantFrom("silver", "gold"),
    until: fc.option(instant.map((at) => at + 200 * hour)),
  }),
  { maxLength: 3 },
);

type Wished = (typeof trails)["generate"] extends (...args: never[]) => { value: infer V }
  ? V extends (infer One)[]
    ? One
    : never
  : never;

function trailOf(one: Wished, n: number): Trail {
  const tell = ({ points, other, spend }: Wished["first"], at: number): TrailEntry => ({
    at,
    points: { points },
    rules: { a: points, b: other, "b:miles": points - other },
    times: { a: Math.sign(points), b: Math.sign(other), "*": Math.sign(points - other) },
    spend,
    items: 1,
  });
  const entries: TrailEntry[] = [tell({ ...one.first, spend: Math.abs(one.first.spend) }, one.placed)];
  if (one.isOrder)
    entries[0] = { ...(entries[0] as TrailEntry), orders: 1, ...(one.buys ? { buys: [{ tierId: "gold", months: 1 }] } : {}) };
  for (const then of one.later) entries.push(tell(then, one.placed + then.later * 37 * hour));
  if (one.isOrder && one.cancelled !== null) {
    const gone: TrailEntry = { at: one.placed + one.cancelled * 37 * hour, orders: -1 };
    entries.push(one.buys ? { ...gone, buys: [{ tierId: "gold", months: -1 }] } : gone);
  }
  return {
    key: `order ${String(n).padStart(3, "0")}`,
    placedAt: one.placed,
    isOrder: one.isOrder,
    entries: entries.sort((a, b) => a.at - b.at),
  };
}

test("standing that is kept up to date is the standing that a whole history gives, at every occasion", () => {
  const counted = fc.option(fc.record({ orders: fc.integer({ min: 0, max: 9 }), lastOrderAt: fc.option(instant), at: instant }));
  // What is known now, and what was pinned with each: nothing, that nobody had counted, or a count of its own.
  const counts = fc.tuple(counted, fc.array(fc.option(fc.record({ counted })), { minLength: 14, maxLength: 14 }));
  fc.assert(
    fc.property(trails, decisions, ladders, ladders, counts, instant, instant, (wished, decided, early, late, both, joinedAt, change) => {
      const [known, pins] = both;
      const programmes = [early, late].map((tiers, n) =>
        compile(
          n + 1,
          programme({
            earning: [
              { id: "a", limits },
              { id: "b", award: pointsAndMiles, limits: limits.slice(n * 3) },
            ],
            units: [{ id: "miles", name: { one: "mile", other: "miles" }, holdDays: 0, expiry: { kind: "never" } }],
            tiers,
            policies: { limits: limits.slice(n) },
          }),
          { timeZone, currency: "USD" },
        ),
      );
      const inForce = laddersOf(programmes.map(({ definition }, n) => ({ from: n === 0 ? 0 : change, definition })));
      const rules = { ladders: inForce, timeZone, limits: limitsUsed(programmes) };
      const all = wished.map(trailOf).sort(byPlacing);
      const background: Background = { joinedAt, birthday: null, counted: known };
      const instants = [known, ...pins.map((one) => one?.counted)].flatMap((one) => one?.at ?? []);
      const told = new Map(instants.map((at) => [at, all.filter((one) => one.isOrder && one.placedAt <= at).length]));
      const decisions: TierDecision[] = decided.map((one) => ({ ...one, by: "Ada", why: "" }));
      const member = newMember({ background, told, decisions }, rules);

      for (const [n, trail] of all.entries()) {
        const pin = pins[n] ?? null;
        const placed = placedAt(trail.placedAt, timeZone);
        for (const one of programmes) {
          const now = standingNow(member, placed, one, rules, { kind: trail.isOrder ? "order" : "event", pins: pin });
          const before = standingBefore(trail, {
            trails: all,
            background: { ...background, counted: pin ? pin.counted : known },
            limits: limitsOf(one.definition),
            clock,
          });
          const history = { trails: new Map(all.map((each) => [each.key, each])), ladders: inForce, decisions, timeZone };
          expect(now).toEqual({
            member: {
              ordersBefore: before.ordersBefore,
              lastOrderAt: before.lastOrderAt,
              tierId: tierBefore(trail, { ...history, joinedAt: before.joinedAt }),
            },
            used: before.used,
          });
        }
        addTrail(member, trail, placed, rules);
      }
      const end = start + 400 * 24 * hour;
      const joined = Math.min(joinedAt, ...all.map((one) => one.placedAt));
      expect(joinedAtOf(member)).toBe(joined);
      const standing = standingAt({ ladders: inForce, joinedAt: joined, timeZone, trail: all.flatMap(entriesFor), decisions }, end);
      expect(member.tier && tierAfter(member.tier, end, joined, rules)).toBe(standing.tierId);
    }),
    { numRuns: 120 },
  );
});
