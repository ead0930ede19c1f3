import { byPlacing } from "../earning/trail.ts";
import type { Points } from "../points.ts";

/** Where an occasion stands among all: by its instant, of one instant by its key. */
export type Position = { placedAt: number; key: string };

/** The occasion for which a budget had no longer enough, and what it had left. Behind it, it has nothing. */
export type Stop = Position & { room: Points };

/** Where budgets stop, by `termsKey`: at most once for each period and version. */
export type Stops = Readonly<Record<string, Stop>>;

/** What an occasion would have of a budget that never ends. */
export type Demand = Position & {
  amount: Points;
  terms: string;
  /** Nothing where it has it already, whatever the budget says. */
  most: Points | null;
};

export const periodKey = (budget: string, period: string): string => `${budget} ${period}`;
export const termsKey = (budget: string, period: string, version: number): string => `${budget} ${period} ${version}`;

/** What is left of a budget for an occasion; nothing where it has enough. */
export function roomAt(stop: Stop | undefined, at: Position): Points | undefined {
  if (!stop) return undefined;
  const side = byPlacing(at, stop);
  return side < 0 ? undefined : side === 0 ? stop.room : 0;
}

/** Lets all that was wanted of one budget in one period have it, in the order of placing, until nothing is left. */
export function stopsOf(demands: readonly Demand[]): Record<string, Stop> {
  const stops: Record<string, Stop> = {};
  let used = 0;
  for (const { placedAt, key, amount, terms, most } of [...demands].sort(byPlacing)) {
    const room = most === null ? amount : Math.max(0, most - used);
    if (amount > room) stops[terms] ??= { placedAt, key, room };
    used += Math.min(amount, room);
  }
  return stops;
}

export function sameStops(a: Stops, b: Stops): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => {
      const [one, other] = [a[name], b[name]];
      return one && other && byPlacing(one, other) === 0 && one.room === other.room;
    })
  );
}
