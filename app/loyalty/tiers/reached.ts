import type { Tier, TierGift } from "./ladder.ts";
import type { Standing } from "./standing.ts";

/** What was reached long ago and is only learned of now is imported history. */
const lateDays = 30;

type Reached = {
  levels: readonly Tier[];
  /** The tier that was written down when somebody looked last; null without one, or where nobody had. */
  from: string | null;
  to: Tier;
  standing: Pick<Standing, "since" | "why">;
};

/**
 * Whether a member has reached a tier so that it gives what it gives on entry. A publish moves members by the thousand,
 * and history that is imported does too: neither hands out gifts.
 */
export function hasReached({ levels, from, to, standing: { since, why } }: Reached, at: number): boolean {
  const isRise = from !== to.id && levels.indexOf(to) > levels.findIndex((one) => one.id === from);
  return isRise && why.because !== "programme" && at - since < lateDays * 86_400_000;
}

/** Once in a calendar year for each tier: who buys, reaches, sends back and buys again is not given it twice. */
export const entryCause = (memberId: string, tierId: string, year: number): string => `tier ${memberId} ${tierId} ${year}`;

/**
 * What a tier gives on entry and a member has not had for it: as many as are left to be given, also where the programme
 * lists them otherwise by now. What is like one of those that they had is not given a second time.
 */
export function entryStillDue(entry: readonly TierGift[], had: readonly TierGift[]): TierGift[] {
  const left = [...had];
  const fresh = entry.filter((gift) => {
    const at = left.findIndex((one) => isAlike(one, gift));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return fresh.slice(0, Math.max(0, entry.length - had.length));
}

const isAlike = (a: TierGift, b: TierGift): boolean =>
  a.kind === "points" ? b.kind === "points" && a.unit === b.unit : b.kind === "reward" && a.reward === b.reward;
