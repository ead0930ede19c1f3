import type { LocalMoment } from "../local-time.ts";
import { type Granted, grantCause, grantsDue, nextGrantAt } from "../tiers/grants.ts";
import type { Grant, Tier, TierGift } from "../tiers/ladder.ts";
import { entryCause, entryStillDue, hasReached } from "../tiers/reached.ts";
import { liveThrough, stoodAt, walkThrough } from "../tiers/standing.ts";
import type { LadderInForce, TierDecision, TrailEntry } from "../tiers/trail.ts";
import type { Walk } from "../tiers/walk.ts";
import type { TierStep } from "../tiers/why.ts";

/** What a tier gave a member: on reaching it, or for a period. */
export type TierGiven = {
  at: number;
  tierId: string;
  on: "entry" | Grant["every"];
  gift: TierGift;
  cause: string;
  /** Left out: as the programme says. */
  expiresAt?: Date;
};

type Who = {
  memberId: string;
  isActive: boolean;
  birthday: string | null;
  decisions: readonly TierDecision[];
  ladders: readonly LadderInForce[];
  timeZone: string;
  clock: (at: number) => LocalMoment;
};

export type Review = { given: TierGiven[]; tier: Tier | undefined; steps: readonly TierStep[]; hasMoved: boolean };

/**
 * Looks at a member's standing whenever the live programme would: when something of theirs was settled, when time
 * changes it, and when the next period of a grant begins. It knows what was known then, and nothing of what came later.
 */
export function tierReviews({ memberId, isActive, birthday, decisions, ladders, timeZone, clock }: Who) {
  const of = { timeZone, birthday };
  const decided = [...decisions].sort((a, b) => a.at - b.at);
  const known: TrailEntry[] = [];
  const causes = new Set<string>();
  const hadOnEntry = new Map<string, TierGift[]>();
  const granted: Granted[] = [];
  let [joined, lived, decisionsKnown] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  let walked: Walk | null = null;
  let held: string | null = null;
  let nextGrant = Number.POSITIVE_INFINITY;

  function walkTo(at: number, fresh: readonly TrailEntry[], joinedAt: number): Walk {
    const from = decisionsKnown;
    while ((decided[decisionsKnown]?.at ?? Number.POSITIVE_INFINITY) <= at) decisionsKnown += 1;
    const news = decided.slice(from, decisionsKnown);
    known.push(...fresh);
    const first = Math.min(...fresh.map((one) => one.at), ...news.map((one) => one.at));
    // What is older than where the walk has come is only learned of now: it begins anew.
    const isOnward = walked !== null && joinedAt === joined && first > lived && first >= walked.here.now;
    if (isOnward && walked) liveThrough(walked, fresh, news);
    else walked = walkThrough({ ladders, timeZone, joinedAt, trail: known, decisions: decided.slice(0, decisionsKnown) });
    joined = joinedAt;
    lived = Math.max(lived, ...fresh.map((one) => one.at), ...news.map((one) => one.at));
    walked?.advance(at);
    return walked as Walk;
  }

  function once(cause: string, given: Omit<TierGiven, "cause">): TierGiven[] {
    if (causes.has(cause)) return [];
    causes.add(cause);
    return [{ ...given, cause }];
  }

  return {
    /** @param levels the ladder's of the version in force */
    review(at: number, fresh: readonly TrailEntry[], joinedAt: number, levels: readonly Tier[]): Review {
      const standing = stoodAt(walkTo(at, fresh, joinedAt).here, joinedAt);
      const { steps } = standing;
      const tier = levels.find((one) => one.id === standing.tierId);
      const from = held;
      held = standing.tierId;
      nextGrant = tier ? (nextGrantAt(tier.grants, at, of) ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
      const hasMoved = from !== held;
      if (!tier || !isActive) return { given: [], tier, steps, hasMoved };
      const given: TierGiven[] = [];
      if (tier.entry.length > 0 && hasReached({ levels, from, to: tier, standing }, at)) {
        const cause = entryCause(memberId, tier.id, clock(standing.since).year);
        const had = hadOnEntry.get(cause) ?? [];
        hadOnEntry.set(cause, had);
        for (const gift of entryStillDue(tier.entry, had))
          given.push({ at, tierId: tier.id, on: "entry", gift, cause: `${cause} ${had.push(gift) - 1}` });
      }
      if (tier.grants.length === 0) return { given, tier, steps, hasMoved };
      for (const { grant, gift, period } of grantsDue({ tier, levels, granted }, at, of)) {
        const one = { tierId: tier.id, grantId: grant.id, period: period.key };
        granted.push({ ...one, gift });
        const ends = grant.endsWithPeriod ? { expiresAt: new Date(period.to) } : {};
        given.push(...once(grantCause(memberId, one), { at, tierId: tier.id, on: grant.every, gift, ...ends }));
      }
      return { given, tier, steps, hasMoved };
    },
    /** The tier that was written down when somebody looked last. */
    tierNow: (): string | null => held,
    /** When somebody looks next, if nothing more is settled. */
    next: (): number =>
      Math.min(walked?.nextChange() ?? Number.POSITIVE_INFINITY, decided[decisionsKnown]?.at ?? Number.POSITIVE_INFINITY, nextGrant),
  };
}
