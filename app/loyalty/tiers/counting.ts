import type { Calendar } from "./calendar.ts";
import type { Ladder, Measure, Tier } from "./ladder.ts";
import { windowEnd } from "./terms.ts";
import type { TrailEntry } from "./trail.ts";

/** What counts now, each within the ladder's window. Points by unit. */
export type Counters = { spend: number; orders: number; items: number; referrals: number; points: Record<string, number> };

/** How far a measure is from what it takes. */
export type Missing = { measure: Measure["kind"]; unit?: string; least: number; have: number };

/** When an entry counts: from one instant until before another, under the rules of one ladder. */
export type Counting = { entry: TrailEntry; enters: number; leaves: number };

/**
 * An order is dated by the day on which it counts, which is its own or, with a return window, the end of that: so it
 * counts in exactly one year. A refund counts from when it was made, in the window of its order, and leaves with it:
 * inside the return window the two meet on one instant, and the order never counted.
 */
export function countingOf(entry: TrailEntry, ladder: Ladder, calendar: Calendar): Counting {
  const ofOrder = entry.placedAt != null || entry.orders !== 0 || entry.spend !== 0 || entry.items !== 0;
  const placedAt = entry.placedAt ?? entry.at;
  const dated = ofOrder ? calendar.addDays(placedAt, ladder.countsAfterDays) : entry.at;
  return { entry, enters: Math.max(entry.at, dated), leaves: windowEnd(ladder, calendar, dated) };
}

export const nothing = (): Counters => ({ spend: 0, orders: 0, items: 0, referrals: 0, points: {} });

export function count(counters: Counters, entry: TrailEntry, sign: 1 | -1): void {
  counters.spend += sign * entry.spend;
  counters.orders += sign * entry.orders;
  counters.items += sign * entry.items;
  counters.referrals += sign * entry.referrals;
  for (const [unit, points] of Object.entries(entry.points)) {
    const sum = (counters.points[unit] ?? 0) + sign * points;
    if (sum === 0) delete counters.points[unit];
    else counters.points[unit] = sum;
  }
}

export function have(counters: Counters, measure: Measure): number {
  return measure.kind === "points earned" ? (counters.points[measure.unit] ?? 0) : counters[measure.kind];
}

/** Whether a tier's reach is met. A tier that is only bought or given never is. */
export function meets({ reach, by }: Tier, counters: Counters): boolean {
  if (reach.length === 0) return false;
  const met = (measure: Measure) => have(counters, measure) >= measure.least;
  return by === "all" ? reach.every(met) : reach.some(met);
}

/** Whether what came in belongs to one of a tier's measures. */
export const grows = ({ reach }: Tier, came: Counters): boolean => reach.some((measure) => have(came, measure) > 0);

export const missingFor = ({ reach }: Tier, counters: Counters): Missing[] =>
  reach.filter((measure) => have(counters, measure) < measure.least).map((measure) => progressOf(measure, counters));

export const metOf = ({ reach }: Tier, counters: Counters): Missing[] =>
  reach.filter((measure) => have(counters, measure) >= measure.least).map((measure) => progressOf(measure, counters));

const progressOf = (measure: Measure, counters: Counters): Missing => ({
  measure: measure.kind,
  ...(measure.kind === "points earned" ? { unit: measure.unit } : {}),
  least: measure.least,
  have: Math.max(0, have(counters, measure)),
});
