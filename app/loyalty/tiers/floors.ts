import type { Calendar } from "./calendar.ts";
import { forEver, never } from "./terms.ts";
import type { TierDecision, TrailEntry } from "./trail.ts";

type Purchase = { at: number; months: number };
type Bought = { purchases: readonly Purchase[]; firstAt: number; months: number; until: number };
type Decided = { kind: "given" | "hold"; at: number; until: number; endedBy: "time" | "release"; by: string; why: string };

/** What keeps a member at least in a tier, whatever they did: bought, given, held by staff. By tier. */
export type Floors = { bought: Map<string, Bought>; given: Map<string, Decided>; hold: Map<string, Decided> };

export const noFloors = (): Floors => ({ bought: new Map(), given: new Map(), hold: new Map() });

export const floorUntil = ({ bought, given, hold }: Floors, tierId: string): number =>
  Math.max(bought.get(tierId)?.until ?? never, given.get(tierId)?.until ?? never, hold.get(tierId)?.until ?? never);

/** The next instant at which one of them ends. */
export function nextFloorEnd({ bought, given, hold }: Floors, now: number): number {
  let next = forEver;
  for (const floor of [bought, given, hold]) for (const { until } of floor.values()) if (until > now && until < next) next = until;
  return next;
}

/** A bought tier lasts to the end of its last day, so that a renewal on that day is in time. */
export function buy({ bought }: Floors, { at, placedAt, buys }: TrailEntry, calendar: Calendar): void {
  for (const { tierId, months } of buys) {
    const before = bought.get(tierId) ?? notBought;
    if (months > 0) bought.set(tierId, renewed(before, { at, months }, calendar));
    else {
      const left = withoutOne(before.purchases, placedAt ?? at, -months);
      bought.set(
        tierId,
        left.reduce((bought, one) => renewed(bought, one, calendar), notBought),
      );
    }
  }
}

const notBought: Bought = { purchases: [], firstAt: never, months: 0, until: never };

/** Every renewal adds its months to the first day, so that 31 January goes on to 31 March; one that is late begins anew. */
function renewed(before: Bought, purchase: Purchase, calendar: Calendar): Bought {
  const { firstAt, months } = purchase.at < before.until ? before : { firstAt: purchase.at, months: 0 };
  const whole = months + purchase.months;
  return {
    purchases: [...before.purchases, purchase],
    firstAt,
    months: whole,
    until: calendar.endOfDay(calendar.addMonths(firstAt, whole)),
  };
}

/**
 * A purchase that came back takes its months with it: those that are left are as though it had never been. Two orders
 * of one second cannot be told apart here, and need not: their months are added up.
 */
function withoutOne(purchases: readonly Purchase[], at: number, months: number): Purchase[] {
  let back = months;
  const left: Purchase[] = [];
  for (const one of purchases) {
    const taken = one.at === at ? Math.min(back, one.months) : 0;
    back -= taken;
    if (taken < one.months) left.push({ at: one.at, months: one.months - taken });
  }
  return left;
}

export function decide(floors: Floors, { at, kind, tierId, until, by, why }: TierDecision): void {
  if (kind === "release") {
    for (const floor of [floors.given, floors.hold]) {
      const ended = floor.get(tierId);
      if (ended && at < ended.until) floor.set(tierId, { ...ended, until: at, endedBy: "release", by, why });
    }
    return;
  }
  const end = until ?? forEver;
  const before = floors[kind].get(tierId);
  const longest = kind === "given" && before ? Math.max(before.until, end) : end;
  floors[kind].set(tierId, { kind, at, until: longest, endedBy: "time", by, why });
}
