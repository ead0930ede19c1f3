import type { Trail } from "../earning/trail.ts";
import { entriesFor } from "../tiers/before.ts";
import { tierOf, walkThrough } from "../tiers/standing.ts";
import type { LadderInForce, TierDecision, TrailEntry } from "../tiers/trail.ts";
import { type Walk, walk } from "../tiers/walk.ts";

/** A member's way through the ladder so far: walked on, never from its beginning. */
export type TierSoFar = {
  walked: Walk | null;
  joinedAt: number;
  decisions: readonly TierDecision[];
  decided: number;
  done: TrailEntry[];
  /** What is known and has not been walked through: the next one last. */
  coming: TrailEntry[];
};

export type Ladders = { ladders: readonly LadderInForce[]; timeZone: string };

export const noTierYet = (decisions: readonly TierDecision[]): TierSoFar => ({
  walked: null,
  joinedAt: Number.NaN,
  decisions: [...decisions].sort((a, b) => a.at - b.at),
  decided: 0,
  done: [],
  coming: [],
});

export function comeToTiers(so: TierSoFar, trail: Trail): void {
  for (const entry of entriesFor(trail)) {
    so.done.push(entry);
    let place = so.coming.length;
    while (place > 0 && (so.coming[place - 1] as TrailEntry).at <= entry.at) place -= 1;
    so.coming.splice(place, 0, entry);
  }
}

/** The tier that somebody is in when something is placed: as `tierBefore`, which walks from the beginning. */
export function tierWhen(so: TierSoFar, at: number, joinedAt: number, { ladders, timeZone }: Ladders): string | null {
  const walked = walkTo(so, (one) => one.at < at, joinedAt, { ladders, timeZone });
  if (so.coming.at(-1)?.at === at) {
    // Something else of the very same instant came before: the two belong to one step, and more may still join it.
    const until = walkThrough({
      ladders,
      timeZone,
      joinedAt,
      trail: so.done.filter((one) => one.at <= at),
      decisions: so.decisions.filter((one) => one.at < at),
    });
    until.advance(at);
    return tierOf(until.here);
  }
  walked.advance(at);
  return tierOf(walked.here);
}

/** The tier that somebody is in at the end of an instant. Afterwards only later ones can be asked. */
export function tierAfter(so: TierSoFar, at: number, joinedAt: number, ladders: Ladders): string | null {
  const walked = walkTo(so, (one) => one.at <= at, joinedAt, ladders);
  walked.advance(at);
  return tierOf(walked.here);
}

function walkTo(so: TierSoFar, isBefore: (one: { at: number }) => boolean, joinedAt: number, { ladders, timeZone }: Ladders): Walk {
  if (so.walked === null || so.joinedAt !== joinedAt) begin(so, joinedAt, { ladders, timeZone });
  const walked = so.walked as Walk;
  for (;;) {
    const next = Math.min(so.coming.at(-1)?.at ?? Number.POSITIVE_INFINITY, so.decisions[so.decided]?.at ?? Number.POSITIVE_INFINITY);
    if (!isBefore({ at: next })) return walked;
    const happened: { entries: TrailEntry[]; decisions: TierDecision[] } = { entries: [], decisions: [] };
    while (so.coming.at(-1)?.at === next) happened.entries.push(so.coming.pop() as TrailEntry);
    while (so.decisions[so.decided]?.at === next) happened.decisions.push(so.decisions[so.decided++] as TierDecision);
    walked.happen(next, happened);
  }
}

// The first order may be older than what was known of joining: only then it begins a second time.
function begin(so: TierSoFar, joinedAt: number, { ladders, timeZone }: Ladders): void {
  so.walked = walk({ ladders, joinedAt, timeZone });
  so.joinedAt = joinedAt;
  so.decided = 0;
  so.coming = [...so.done].sort((a, b) => b.at - a.at);
}
