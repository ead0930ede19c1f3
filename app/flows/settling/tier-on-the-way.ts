import { byPlacing, type Trail } from "../../loyalty/earning/trail.ts";
import { comeToTiers, noTierYet, type TierSoFar, tierWhen } from "../../loyalty/insight/tier-so-far.ts";
import { entriesFor } from "../../loyalty/tiers/before.ts";
import type { LadderInForce, TierDecision } from "../../loyalty/tiers/trail.ts";

type Occasion = Pick<Trail, "key" | "placedAt">;

export type Way = { so: TierSoFar; came: Set<string>; last: Occasion };

type Walked = {
  trails: ReadonlyMap<string, Trail>;
  decisions: readonly TierDecision[];
  ladders: readonly LadderInForce[];
  timeZone: string;
  way: Way | null;
};

/**
 * The tier that a member was in when something was placed, by what came before it. Occasions that are asked for in the
 * order of placing, each with its trail as it is by then, are walked through once, however many the member has.
 */
export function tierOnTheWay(occasion: Occasion, history: Walked, joinedAt: number): string | null {
  if (!history.ladders.some((one) => one.ladder !== null)) return null;
  const isOnward = history.way !== null && byPlacing(occasion, history.way.last) >= 0;
  const way = isOnward && history.way ? history.way : { so: noTierYet(history.decisions), came: new Set<string>(), last: occasion };
  for (const trail of history.trails.values()) {
    if (byPlacing(trail, occasion) >= 0 || way.came.has(trail.key)) continue;
    way.came.add(trail.key);
    // The first walk sorts them all at once.
    if (isOnward) comeToTiers(way.so, trail);
    else way.so.done.push(...entriesFor(trail));
  }
  way.last = occasion;
  history.way = way;
  return tierWhen(way.so, occasion.placedAt, joinedAt, history);
}
