import type { LocalMoment } from "../local-time.ts";
import type { Used } from "./judgement.ts";
import type { Limit } from "./limit.ts";
import type { LimitOf } from "./limits-of.ts";
import { byPlacing, type Trail } from "./trail.ts";

/** What a shop knew of a customer's orders before Laurel did. */
export type Background = {
  joinedAt: number;
  birthday: string | null;
  /** null where it never was asked, or does not know the customer. */
  counted: Counted | null;
};

/** How many orders Shopify counted of a customer, those that Laurel knows among them, and when it was asked. */
export type Counted = { orders: number; lastOrderAt: number | null; at: number };

export type Before = { ordersBefore: number; lastOrderAt: number | null; joinedAt: number; used: Used };

/**
 * How a member stood before an occasion: what was placed earlier, as it stood at that instant. Orders that arrive
 * late count, orders that were placed later do not, and a refund counts from when it happened.
 */
export function standingBefore(
  occasion: Pick<Trail, "key" | "placedAt">,
  history: { trails: readonly Trail[]; background: Background; limits: readonly LimitOf[]; clock: (at: number) => LocalMoment },
): Before {
  const { trails, background, limits, clock } = history;
  const earlier = trails.filter((one) => byPlacing(one, occasion) < 0);
  let known = 0;
  let lastOrderAt: number | null = null;
  for (const trail of earlier) {
    if (!trail.isOrder) continue;
    const orders = total(trail, occasion.placedAt, (entry) => entry.orders);
    known += orders;
    if (orders > 0 && (lastOrderAt === null || trail.placedAt > lastOrderAt)) lastOrderAt = trail.placedAt;
  }
  const unknown = beforeLaurel(background, trails, occasion.placedAt);
  return {
    ordersBefore: known + unknown.orders,
    lastOrderAt: lastOrderAt ?? unknown.lastOrderAt,
    // Whoever does something is a member by then, also when it is told before what was first.
    joinedAt: earlier.reduce((first, one) => Math.min(first, one.placedAt), Math.min(background.joinedAt, occasion.placedAt)),
    used: usedOf(earlier, occasion.placedAt, limits, clock),
  };
}

function beforeLaurel(background: Background, trails: readonly Trail[], at: number): { orders: number; lastOrderAt: number | null } {
  const orders = ordersBeforeLaurel(background, trails);
  const last = background.counted?.lastOrderAt ?? null;
  return { orders, lastOrderAt: orders > 0 && last !== null && last < at ? last : null };
}

/** Shopify counts all orders of a customer: those of them that we know are not counted twice. */
export function ordersBeforeLaurel({ counted }: Pick<Background, "counted">, trails: Iterable<Trail>): number {
  if (!counted) return 0;
  let told = 0;
  for (const one of trails) if (one.isOrder && one.placedAt <= counted.at) told += 1;
  return Math.max(0, counted.orders - told);
}

function usedOf(earlier: readonly Trail[], at: number, limits: readonly LimitOf[], clock: (at: number) => LocalMoment): Used {
  const used: Record<string, number> = {};
  if (limits.length === 0 || earlier.length === 0) return used;
  const moments = new Map<number, LocalMoment>();
  const momentOf = (instant: number): LocalMoment => {
    let moment = moments.get(instant);
    if (!moment) {
      moment = clock(instant);
      moments.set(instant, moment);
    }
    return moment;
  };
  for (const { key, counts, limit } of limits) {
    let sum = 0;
    for (const trail of earlier) {
      if (!samePeriod(limit.per, limit.days, trail.placedAt, at, momentOf)) continue;
      sum += total(trail, at, (entry) => amountFor(entry, counts, limit.of));
    }
    if (sum > 0) used[key] = sum;
  }
  return used;
}

function amountFor(entry: Trail["entries"][number], counts: string, of: Limit["of"]): number | undefined {
  if (of === "times") return entry.times?.[counts];
  return counts === "*" ? entry.points?.points : entry.rules?.[counts];
}

/** In days, with the hours that clocks may be put back. */
const longest = { day: 1.2, week: 7.2, month: 31.2, year: 366.2 } as const;

function samePeriod(
  per: LimitOf["limit"]["per"],
  days: number | null,
  then: number,
  now: number,
  momentOf: (at: number) => LocalMoment,
): boolean {
  if (per === "lifetime") return true;
  if (per === "rolling") return now - then < (days ?? 0) * 86_400_000;
  // Clocks are dear to read: what lies further back than the period is long need not be asked.
  if (now - then > longest[per] * 86_400_000) return false;
  const [a, b] = [momentOf(then), momentOf(now)];
  if (per === "day") return a.day === b.day;
  if (per === "month") return a.year === b.year && a.month === b.month;
  if (per === "year") return a.year === b.year;
  return mondayOf(a) === mondayOf(b);
}

// Days since 1970 of the week's Monday.
const mondayOf = ({ year, month, date, weekday }: LocalMoment): number => Date.UTC(year, month - 1, date) / 86_400_000 - (weekday - 1);

function total(trail: Trail, until: number, of: (entry: Trail["entries"][number]) => number | undefined): number {
  let sum = 0;
  for (const entry of trail.entries) if (entry.at <= until) sum += of(entry) ?? 0;
  return sum;
}
