import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { Used } from "../earning/judgement.ts";
import type { Limit } from "../earning/limit.ts";
import { type LimitOf, limitsOf } from "../earning/limits-of.ts";
import type { TrailEntry } from "../earning/trail.ts";
import type { LocalMoment } from "../local-time.ts";

const dayMs = 86_400_000;

/** What is counted for a rule's limit (for all rules together: "*"), whichever version it stands in. */
type Counted = { counts: string; of: Limit["of"]; per: LimitOf["limit"]["per"]; days: number };

/** What one member used of one limit: of its latest period, of a window that slides, or of all time. */
type Use = { period: number; sum: number; window: { placedAt: number; amount: number }[] };

/** One for each thing that is counted; nothing where the member never used any. */
export type Uses = (Use | undefined)[];

export type LimitsUsed = {
  /** Adds what an occasion gave, or what was taken back of it, to the period in which it was placed. */
  add: (uses: Uses, entry: TrailEntry, placed: { at: number; local: () => LocalMoment }) => void;
  /** What was used of each of a version's limits when something is placed. */
  before: (uses: Uses, programme: CompiledProgramme, now: { at: number; local: () => LocalMoment }) => Used;
  counts: boolean;
};

/**
 * The same sums as `standingBefore` makes of a whole history, kept up to date instead: a member's next occasion costs
 * as much as their first. Occasions come in the order of placing.
 */
export function limitsUsed(programmes: readonly CompiledProgramme[]): LimitsUsed {
  const counted: Counted[] = [];
  const placesOf = new Map<string, number[]>();
  const keysOf = new Map<CompiledProgramme, { key: string; place: number }[]>();

  const placeOf = ({ counts, limit: { of, per, days } }: LimitOf): number => {
    const known = counted.findIndex((one) => one.counts === counts && one.of === of && one.per === per && one.days === (days ?? 0));
    if (known >= 0) return known;
    counted.push({ counts, of, per, days: days ?? 0 });
    placesOf.set(counts, [...(placesOf.get(counts) ?? []), counted.length - 1]);
    return counted.length - 1;
  };
  for (const programme of programmes) {
    if (!programme.needs.has("history")) continue;
    keysOf.set(
      programme,
      limitsOf(programme.definition).map((one) => ({ key: one.key, place: placeOf(one) })),
    );
  }
  const none: number[] = [];
  const ofAllPoints = (placesOf.get("*") ?? []).filter((place) => counted[place]?.of === "points");

  const addOf = (of: Limit["of"], uses: Uses, amounts: Record<string, number> | undefined, placed: When): void => {
    for (const counts in amounts) {
      const amount = amounts[counts];
      if (amount)
        for (const place of placesOf.get(counts) ?? none) if (counted[place]?.of === of) addTo(uses, place, counted[place], amount, placed);
    }
  };

  const add: LimitsUsed["add"] = (uses, entry, placed) => {
    if (counted.length === 0) return;
    addOf("points", uses, entry.rules, placed);
    addOf("times", uses, entry.times, placed);
    const points = entry.points?.points;
    if (!points) return;
    for (const place of ofAllPoints) addTo(uses, place, counted[place] as Counted, points, placed);
  };

  const before: LimitsUsed["before"] = (uses, programme, now) => {
    const used: Record<string, number> = {};
    for (const { key, place } of keysOf.get(programme) ?? []) {
      const use = uses[place];
      const sum = use ? sumAt(use, counted[place] as Counted, now) : 0;
      if (sum > 0) used[key] = sum;
    }
    return used;
  };

  return { add, before, counts: counted.length > 0 };
}

type When = { at: number; local: () => LocalMoment };

function addTo(uses: Uses, place: number, { per }: Counted, amount: number, placed: When): void {
  const use = uses[place] ?? { period: Number.NEGATIVE_INFINITY, sum: 0, window: [] };
  uses[place] = use;
  if (per === "rolling") {
    slide(use, amount, placed.at);
    return;
  }
  const period = per === "lifetime" ? 0 : periodOf(per, placed.local());
  // What is taken back of an older period than the latest concerns no limit any more.
  if (period < use.period) return;
  use.sum = period > use.period ? amount : use.sum + amount;
  use.period = period;
}

// What has left the window already goes to its head, and leaves it again.
function slide({ window }: Use, amount: number, placedAt: number): void {
  let place = window.length;
  while (place > 0 && (window[place - 1]?.placedAt ?? 0) > placedAt) place -= 1;
  const before = window[place - 1];
  if (before?.placedAt === placedAt) before.amount += amount;
  else window.splice(place, 0, { placedAt, amount });
}

function sumAt(use: Use, { per, days }: Counted, now: When): number {
  if (per === "rolling") {
    const { window } = use;
    while (window[0] && now.at - window[0].placedAt >= days * dayMs) window.shift();
    return window.reduce((sum, one) => sum + one.amount, 0);
  }
  if (per === "lifetime") return use.sum;
  return use.period === periodOf(per, now.local()) ? use.sum : 0;
}

// Larger for later periods.
function periodOf(per: Exclude<Counted["per"], "rolling" | "lifetime">, { year, month, date, weekday }: LocalMoment): number {
  if (per === "day") return (year * 100 + month) * 100 + date;
  if (per === "month") return year * 100 + month;
  if (per === "year") return year;
  return Date.UTC(year, month - 1, date) / dayMs - (weekday - 1);
}
