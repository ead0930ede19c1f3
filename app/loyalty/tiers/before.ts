import { byPlacing, type Trail } from "../earning/trail.ts";
import type { Definition } from "../program/definition.ts";
import { tierOf, walkThrough } from "./standing.ts";
import type { LadderInForce, TierDecision, TrailEntry } from "./trail.ts";

/** The ladders of a programme's versions, each from the instant on from which it was in force. */
export const laddersOf = (versions: readonly { from: number; definition: Definition }[]): LadderInForce[] =>
  versions.map(({ from, definition }) => ({ from, ladder: definition.tiers }));

type History = {
  trails: ReadonlyMap<string, Trail>;
  ladders: readonly LadderInForce[];
  decisions: readonly TierDecision[];
  joinedAt: number;
  timeZone: string;
};

/** The tier that a member was in when something happened: by what came before it, as it stood then. */
export function tierBefore(occasion: { key: string; placedAt: number }, history: History): string | null {
  const { ladders, joinedAt, timeZone } = history;
  if (!ladders.some((one) => one.ladder !== null)) return null;
  const trail: TrailEntry[] = [];
  for (const one of history.trails.values())
    if (byPlacing(one, occasion) < 0) for (const entry of entriesFor(one)) if (entry.at <= occasion.placedAt) trail.push(entry);
  const decisions = history.decisions.filter((one) => one.at < occasion.placedAt);
  const walked = walkThrough({ ladders, joinedAt, timeZone, trail, decisions });
  walked.advance(occasion.placedAt);
  return tierOf(walked.here);
}

/** A trail as tiers count it. */
export const entriesFor = (trail: Trail): TrailEntry[] =>
  trail.entries.map((entry) => ({
    at: entry.at,
    placedAt: trail.isOrder ? trail.placedAt : null,
    spend: entry.spend ?? 0,
    points: entry.points ?? {},
    orders: trail.isOrder ? (entry.orders ?? 0) : 0,
    items: entry.items ?? 0,
    referrals: entry.referrals ?? 0,
    buys: entry.buys ?? [],
  }));
