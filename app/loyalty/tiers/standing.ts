import { type Counters, type Missing, missingFor } from "./counting.ts";
import { floorUntil } from "./floors.ts";
import type { Tier } from "./ladder.ts";
import { forEver } from "./terms.ts";
import type { TierDecision, TrailEntry } from "./trail.ts";
import { type Here, type Walk, type WalkInput, walk } from "./walk.ts";
import type { TierStep, TierWhy } from "./why.ts";

export type { Counters, Missing } from "./counting.ts";
export type { LadderInForce, TierDecision, TrailEntry } from "./trail.ts";
export type { TierStep, TierWhy } from "./why.ts";

/** Everything that a member's tier follows from. Trail and decisions may come in any order. All instants are epoch milliseconds. */
export type StandingInput = WalkInput & { trail: readonly TrailEntry[]; decisions: readonly TierDecision[] };

export type Standing = {
  tierId: string | null;
  since: number;
  /** When the tier ends if nothing more happens; null where it has no end. In its grace, when it ended. */
  until: number | null;
  /** Set while only grace keeps the tier, and nothing comes in time. */
  graceUntil: number | null;
  why: TierWhy;
  counters: Counters;
  /** The next tier that can be reached, and what is missing: all of these, or any of them. */
  next: Goal | null;
  /** What is missing to reach the present tier again, where it has to be. */
  keep: Goal | null;
  steps: TierStep[];
  /** When time alone changes any of this next. Between now and then it is constant. */
  reviewAt: number | null;
};

export type Goal = { tierId: string; by: "any" | "all"; missing: Missing[]; share: number };

/**
 * A member's standing at an instant: a fold over what they did, in the order of doing. The same trail gives the same
 * standing in every order of arrival.
 */
export function standingAt(input: StandingInput, at: number): Standing {
  const walked = walkThrough(input, (one) => one.at <= at);
  walked.advance(at);
  const { here } = walked;
  const tierId = tierOf(here);
  const steps = stepsOf(here, input.joinedAt);
  const last = lastOf(steps, input.joinedAt);
  const seen = { ...seenOf(here), counters: structuredClone(here.counters) };
  return { tierId, since: last.at, why: last.why, ...seen, steps, ...whatComes(walked, tierId) };
}

/** The tier in which somebody stands where a walk is now, since when and why: the part of a standing that the past says alone. */
export function stoodAt(here: Here, joinedAt: number): Pick<Standing, "tierId" | "since" | "why" | "steps"> {
  const steps = stepsOf(here, joinedAt);
  const last = lastOf(steps, joinedAt);
  return { tierId: tierOf(here), since: last.at, why: last.why, steps };
}

const lastOf = (steps: readonly TierStep[], joinedAt: number): TierStep =>
  steps.at(-1) ?? { at: joinedAt, from: null, to: null, why: { because: "joined" } };

/**
 * The tier in which an order placed at an instant finds its member: by all that happened before it. An order that
 * reaches a tier is not yet paid by it.
 */
export function tierAt(input: StandingInput, at: number): string | null {
  const walked = walkThrough(input, (one) => one.at < at);
  walked.advance(at);
  return tierOf(walked.here);
}

export const tierOf = ({ ladder, index }: Here): string | null => ladder?.levels[index]?.id ?? null;

/** Walks through what was done and decided, all of one instant together. */
export function walkThrough(input: StandingInput, isBefore: (one: { at: number }) => boolean = () => true): Walk {
  const walked = walk(input);
  liveThrough(walked, input.trail.filter(isBefore), input.decisions.filter(isBefore));
  return walked;
}

/** Walks on through what was done and decided; nothing of it may lie before what was lived through already. */
export function liveThrough(walked: Walk, trail: readonly TrailEntry[], decisions: readonly TierDecision[]): void {
  const instants = new Map<number, { entries: TrailEntry[]; decisions: TierDecision[] }>();
  const on = (at: number) => {
    const known = instants.get(at) ?? { entries: [], decisions: [] };
    instants.set(at, known);
    return known;
  };
  for (const entry of trail) on(entry.at).entries.push(entry);
  for (const decision of decisions) on(decision.at).decisions.push(decision);
  for (const [at, happened] of [...instants].sort(([a], [b]) => a - b)) walked.happen(at, happened);
}

/** What happened before a member joined, such as orders that were imported, is one step: how they began. */
function stepsOf({ steps }: Here, joinedAt: number): TierStep[] {
  const first = steps.findIndex((one) => one.at > joinedAt);
  const before = steps.slice(0, first === -1 ? undefined : first);
  const last = before.at(-1);
  if (!last) return steps.slice();
  const why: TierWhy = before.length === 1 || last.why.because !== "programme" ? last.why : { because: "joined" };
  const began = last.to === null ? [] : [{ at: joinedAt, from: null, to: last.to, why }];
  return [...began, ...steps.slice(before.length)];
}

function seenOf(here: Here): Pick<Standing, "next" | "keep"> {
  const { ladder, index, levels, counters } = here;
  const next = ladder?.levels.slice(index + 1).find((tier) => tier.reach.length > 0);
  const present = ladder?.levels[index];
  const again = present && present.reach.length > 0 && !levels.get(present.id)?.qualifies && !levels.get(present.id)?.forEver;
  return { next: next ? goalOf(next, counters) : null, keep: again ? goalOf(present, counters) : null };
}

function goalOf(tier: Tier, counters: Counters): Goal {
  const missing = missingFor(tier, counters);
  const shares = missing.map(({ have, least }) => have / least);
  const met = tier.reach.length - missing.length;
  const share = tier.by === "all" ? (met + shares.reduce((sum, one) => sum + one, 0)) / tier.reach.length : Math.max(0, ...shares);
  return { tierId: tier.id, by: tier.by, missing, share: Math.floor(share * 100) };
}

/**
 * Walks on through what time alone will bring, to see until when the tier is safe and when anything changes next. A
 * grace out of which something comes in time, such as an order that counts only after its return window, ends nothing.
 */
function whatComes({ here, advance, nextChange }: Walk, tierId: string | null): Pick<Standing, "until" | "graceUntil" | "reviewAt"> {
  const seen = lookOf(here);
  let inGrace = onlyByGrace(here);
  let until: number | null = inGrace ? (here.levels.get(tierId ?? "")?.lostAt ?? null) : null;
  let changesAt: number | null = null;
  for (let at = nextChange(); at < forEver; at = nextChange()) {
    advance(at);
    if (changesAt === null && lookOf(here) !== seen) changesAt = at;
    // A version to come may have other tiers below it, or be without it.
    const place = here.ladder?.levels.findIndex((tier) => tier.id === tierId) ?? -1;
    const lost = tierId !== null && (place === -1 || here.index < place);
    if (lost) {
      const reviewAt = Math.min(changesAt ?? at, inGrace ? at : (until ?? at));
      return { until: until ?? at, graceUntil: inGrace ? at : null, reviewAt };
    }
    if (tierOf(here) === tierId && onlyByGrace(here)) until ??= at;
    else {
      until = null;
      inGrace = false;
    }
  }
  return { until: null, graceUntil: null, reviewAt: changesAt };
}

function onlyByGrace(here: Here): boolean {
  const tierId = tierOf(here);
  const held = here.levels.get(tierId ?? "");
  return tierId !== null && held !== undefined && !held.firm && here.now < held.graceEnd && here.now >= floorUntil(here.floors, tierId);
}

const lookOf = (here: Here): string => JSON.stringify([tierOf(here), here.counters, seenOf(here)]);
