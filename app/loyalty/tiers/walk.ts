import { type Calendar, calendarOf } from "./calendar.ts";
import { type Counters, type Counting, count, countingOf, metOf, missingFor, nothing } from "./counting.ts";
import { buy, decide, type Floors, floorUntil, nextFloorEnd, noFloors } from "./floors.ts";
import type { Ladder, Tier } from "./ladder.ts";
import { carryLevels, isKept, judgeLevels, type Levels, leaveLevels } from "./levels.ts";
import { forEver, never } from "./terms.ts";
import type { LadderInForce, TierDecision, TrailEntry } from "./trail.ts";
import type { TierStep, TierWhy } from "./why.ts";

export type WalkInput = { ladders: readonly LadderInForce[]; joinedAt: number; timeZone: string };

export type Happened = { entries: readonly TrailEntry[]; decisions: readonly TierDecision[] };

/** Where a walk through a member's time stands now. */
export type Here = {
  now: number;
  ladder: Ladder | null;
  counters: Counters;
  levels: Levels;
  floors: Floors;
  /** The place in the ladder: -1 without a tier. */
  index: number;
  steps: TierStep[];
};

/**
 * Walks through a member's time, from one instant at which something changes to the next: first what time alone
 * brings (a term ends, an order leaves the window or has passed its return window), then a version that comes into
 * force, then what happens. Instants only go forward.
 */
export function walk({ ladders, joinedAt, timeZone }: WalkInput) {
  const calendar: Calendar = calendarOf(timeZone, joinedAt);
  const versions = [...ladders].sort((a, b) => a.from - b.from);
  const entries: TrailEntry[] = [];
  let coming: Change[] = [];
  let version = -1;
  /** The last that was in force: what members held lives through a version without tiers. */
  let known: Ladder | null = null;
  const here: Here = { now: never, ladder: null, counters: nothing(), levels: new Map(), floors: noFloors(), index: -1, steps: [] };

  function nextChange(): number {
    let next = Math.min(coming.at(-1)?.at ?? forEver, versions[version + 1]?.from ?? forEver, nextFloorEnd(here.floors, here.now));
    if (here.ladder)
      for (const { firm, until, graceEnd } of here.levels.values()) {
        if (firm && until > here.now && until < next) next = until;
        if (graceEnd > here.now && graceEnd < next) next = graceEnd;
      }
    return next;
  }

  /** Lives through all that time alone brings, up to an instant and with it. */
  function advance(to: number): void {
    for (let at = nextChange(); at <= to && at < forEver; at = nextChange()) {
      here.now = at;
      // What ends as a version comes into force ends by the ladder before it, with the grace of that.
      judge(at, applyComing(at), unchanged);
      if (versions[version + 1]?.from === at) enact(at);
    }
    if (to > here.now) here.now = to;
  }

  /** What happens at one instant; nothing of it may lie before the last. */
  function happen(at: number, { entries: done, decisions }: Happened): void {
    if (at < here.now) throw new Error("A member's time only goes forward.");
    advance(at);
    const came = nothing();
    for (const entry of done) {
      entries.push(entry);
      if (here.ladder) take(countingOf(entry, here.ladder, calendar), at, came);
    }
    for (const entry of [...done].sort(purchasesFirst)) buy(here.floors, entry, calendar);
    for (const decision of decisions) decide(here.floors, decision);
    judge(at, came, unchanged);
  }

  function enact(at: number): void {
    // Several at one instant: the last one counts.
    while (versions[version + 1]?.from === at) version += 1;
    const before = here.ladder;
    if (before) leaveLevels(here.levels, { ladder: before, calendar }, at);
    here.ladder = versions[version]?.ladder ?? null;
    here.counters = nothing();
    coming = [];
    if (here.ladder) {
      for (const entry of entries) take(countingOf(entry, here.ladder, calendar), at, null);
      const starts = carryLevels(here.levels, known, { ladder: here.ladder, calendar }, at);
      known = here.ladder;
      judge(at, null, starts, before);
    } else {
      // Terms that have a day wait for tiers to come back; what was only held by qualifying does not.
      for (const held of here.levels.values()) held.qualifies = false;
      step(at, before, { because: "programme" });
    }
  }

  function take(counting: Counting, at: number, came: Counters | null): void {
    const { entry, enters, leaves } = counting;
    if (leaves <= enters || leaves <= at) return;
    if (enters <= at) {
      count(here.counters, entry, 1);
      if (came) count(came, entry, 1);
    } else insert(coming, { at: enters, entry, sign: 1 });
    if (leaves < forEver) insert(coming, { at: leaves, entry, sign: -1 });
  }

  function applyComing(at: number): Counters {
    const came = nothing();
    while (coming.at(-1)?.at === at) {
      const { entry, sign } = coming.pop() as Change;
      count(here.counters, entry, sign);
      if (sign === 1) count(came, entry, 1);
    }
    return came;
  }

  function judge(at: number, came: Counters | null, starts: (tier: Tier) => boolean, before: Ladder | null | undefined = undefined): void {
    const { ladder } = here;
    if (!ladder) return;
    judgeLevels(here.levels, { ladder, calendar }, { at, counters: here.counters, came, starts });
    const index = topOf(here, at);
    if (before !== undefined) step(at, before, { because: "programme" });
    else if (index > here.index) step(at, ladder, whyUp(ladder.levels[index] as Tier, at));
    else if (index < here.index) step(at, ladder, whyDown(ladder.levels[here.index] as Tier, at));
  }

  function step(at: number, before: Ladder | null, why: TierWhy): void {
    const from = before?.levels[here.index]?.id ?? null;
    here.index = topOf(here, at);
    const to = here.ladder?.levels[here.index]?.id ?? null;
    if (from === to) return;
    const last = here.steps.at(-1);
    // Two at one instant are one.
    if (last?.at === at) {
      here.steps.pop();
      if (last.from !== to) here.steps.push({ at, from: last.from, to, why });
    } else here.steps.push({ at, from, to, why: from === null && here.index === 0 && at <= joinedAt ? { because: "joined" } : why });
  }

  function whyUp(tier: Tier, at: number): TierWhy {
    const { hold, given, bought } = here.floors;
    for (const floor of [hold.get(tier.id), given.get(tier.id)])
      if (floor?.at === at)
        return {
          because: floor.kind === "hold" ? "held" : "given",
          by: floor.by,
          said: floor.why,
          until: floor.until === forEver ? null : floor.until,
        };
    const paid = bought.get(tier.id);
    if (paid?.purchases.at(-1)?.at === at) return { because: "bought", months: paid.months, until: paid.until };
    return { because: "reached", met: metOf(tier, here.counters) };
  }

  function whyDown(tier: Tier, at: number): TierWhy {
    const held = here.levels.get(tier.id);
    if (held?.graceEnd === at) return { because: "fell short", missing: missingFor(tier, here.counters), afterGrace: held.lostAt < at };
    for (const floor of [here.floors.hold.get(tier.id), here.floors.given.get(tier.id)])
      if (floor?.until === at) {
        const because = floor.endedBy === "release" ? "released" : floor.kind === "hold" ? "hold over" : "given time over";
        return { because, by: floor.by, said: floor.why };
      }
    return { because: "paid time over" };
  }

  return { here, advance, happen, nextChange };
}

export type Walk = ReturnType<typeof walk>;

type Change = { at: number; entry: TrailEntry; sign: 1 | -1 };

const unchanged = () => false;

const purchasesFirst = (a: TrailEntry, b: TrailEntry) => (b.buys[0]?.months ?? 0) - (a.buys[0]?.months ?? 0);

/** Keeps the next change last, where it is cheap to take. */
function insert(coming: Change[], change: Change): void {
  let low = 0;
  let high = coming.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((coming[middle] as Change).at > change.at) low = middle + 1;
    else high = middle;
  }
  coming.splice(low, 0, change);
}

/** The highest level that anything keeps the member in; the first where everybody begins there. */
export function topOf({ ladder, levels, floors }: Here, at: number): number {
  if (!ladder) return -1;
  for (let index = ladder.levels.length - 1; index >= 0; index -= 1) {
    const { id } = ladder.levels[index] as Tier;
    if (isKept(levels.get(id), at) || at < floorUntil(floors, id)) return index;
  }
  return everybodyBegins(ladder) ? 0 : -1;
}

const everybodyBegins = ({ levels: [first] }: Ladder) => first?.reach.length === 0 && first.bought === null;
