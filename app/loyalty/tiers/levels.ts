import type { Calendar } from "./calendar.ts";
import { type Counters, grows, meets } from "./counting.ts";
import type { Ladder, Tier } from "./ladder.ts";
import { dwellEnd, forEver, never, protectedEnd, termEnd } from "./terms.ts";

/**
 * How a member holds one level by what they did. Each level is kept on its own, and the highest of them is the tier:
 * so that who loses Gold falls to what they reached meanwhile, with the term that they reached it for.
 */
export type Held = {
  /** What it takes is met within the window now. */
  qualifies: boolean;
  /** The end of the term of whoever met it last. */
  until: number;
  forEver: boolean;
  /** Qualifies, or within its term. */
  firm: boolean;
  lostAt: number;
  graceEnd: number;
  /** Grace that a ladder before this one left them, should they lose it sooner. */
  graceLeft: number;
};

export type Levels = Map<string, Held>;

export const isKept = (held: Held | undefined, at: number): held is Held => held !== undefined && (held.firm || at < held.graceEnd);

export function heldOf(levels: Levels, tierId: string): Held {
  const known = levels.get(tierId);
  if (known) return known;
  const held: Held = { qualifies: false, until: never, forEver: false, firm: false, lostAt: never, graceEnd: never, graceLeft: never };
  levels.set(tierId, held);
  return held;
}

type Rules = { ladder: Ladder; calendar: Calendar };
type News = { at: number; counters: Counters; came: Counters | null; starts: (tier: Tier) => boolean };

/**
 * Looks at every level from the highest down. What came in and meets a tier's reach starts its term anew, so a term
 * counts from the last purchase that reached it: who spends more never has a tier for a shorter time.
 */
export function judgeLevels(levels: Levels, { ladder, calendar }: Rules, { at, counters, came, starts }: News): void {
  for (let index = ladder.levels.length - 1; index >= 0; index -= 1) {
    const tier = ladder.levels[index] as Tier;
    const held = heldOf(levels, tier.id);
    held.qualifies = meets(tier, counters);
    if (held.qualifies && (starts(tier) || (came !== null && grows(tier, came)))) keep(held, termEnd(ladder, calendar, at));

    const wasFirm = held.firm;
    held.firm = held.qualifies || held.forEver || at < held.until;
    if (held.firm) {
      held.lostAt = never;
      held.graceEnd = never;
    } else if (wasFirm) {
      held.lostAt = at;
      held.graceEnd = Math.max(calendar.addDays(at, ladder.graceDays), held.graceLeft);
      fallFrom(levels, { ladder, calendar }, index, at);
    }
  }
}

/**
 * What a ladder leaves as another takes its place: who has a level has no less of it, and of the one below, than who
 * lost it a moment before. Else who spent more, and so lost it under stricter rules, would have it for a shorter time.
 */
export function leaveLevels(levels: Levels, { ladder, calendar }: Rules, at: number): void {
  for (let index = ladder.levels.length - 1; index >= 0; index -= 1) {
    const held = levels.get((ladder.levels[index] as Tier).id);
    if (!held || !(held.firm || held.forEver || at < held.until)) continue;
    held.graceLeft = Math.max(held.graceLeft, calendar.addDays(at, ladder.graceDays));
    fallFrom(levels, { ladder, calendar }, index, at);
  }
}

/**
 * Takes what members hold into the next version of a ladder. Nobody is dropped by a publish: a term that has a date
 * keeps it; who met the old rules keeps the tier for one term, or one window, of the new where those are others; and of
 * a tier that is gone the member has the next one below for as long. Whoever meets rules that are new starts their term.
 */
export function carryLevels(levels: Levels, old: Ladder | null, { ladder, calendar }: Rules, at: number) {
  const safe = protectedEnd(ladder, calendar, at);
  const here = new Map(ladder.levels.map((tier) => [tier.id, tier]));
  for (let index = (old?.levels.length ?? 0) - 1; index >= 0; index -= 1) {
    const id = old?.levels[index]?.id ?? "";
    const held = levels.get(id);
    if (!held || here.has(id)) continue;
    levels.delete(id);
    const below = old?.levels.slice(0, index).findLast((tier) => here.get(tier.id)?.reach.length);
    if (!below) continue;
    const lower = heldOf(levels, below.id);
    keep(lower, Math.max(held.until, held.graceEnd, held.graceLeft));
    if (held.qualifies || held.forEver) keep(lower, safe);
  }
  const before = new Map(old?.levels.map((tier) => [tier.id, whatItTakes(old, tier)]));
  const isNew = (tier: Tier) => before.get(tier.id) !== whatItTakes(ladder, tier);
  for (const tier of ladder.levels) {
    const held = levels.get(tier.id);
    if (!held) continue;
    const endless = held.forEver && ladder.term.kind !== "for ever";
    if (endless) held.forEver = false;
    // Whether they meet the new rules is not asked: who does may do so for a day.
    if (endless || (held.qualifies && isNew(tier))) keep(held, safe);
  }
  return isNew;
}

/** Who loses a level and falls one tier has the one below for a while. */
function fallFrom(levels: Levels, { ladder, calendar }: Rules, index: number, at: number): void {
  const below = ladder.drop === "stepwise" ? reachableBelow(ladder, index) : undefined;
  if (below) keep(heldOf(levels, below.id), dwellEnd(ladder, calendar, at));
}

function keep(held: Held, until: number): void {
  if (until === forEver) held.forEver = true;
  else held.until = Math.max(held.until, until);
}

/** One tier below, among those that can be reached: nobody falls into one that is only bought. */
const reachableBelow = (ladder: Ladder, index: number): Tier | undefined =>
  ladder.levels.slice(0, index).findLast((tier) => tier.reach.length > 0);

const whatItTakes = (ladder: Ladder, { reach, by }: Tier): string =>
  JSON.stringify([reach, by, ladder.window, ladder.term, ladder.countsAfterDays]);
