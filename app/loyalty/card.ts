import type { Points, PointsName } from "./points.ts";

/**
 * What a theme, a checkout or an account page may read of a member: the one contract with extensions/.
 * Published as the app-owned customer metafield `$app:card` (JSON). No personal data.
 */
export type Card = {
  /** Raised when a field changes its meaning. */
  v: 1;
  /** The programme gives this member points now. */
  open: boolean;
  points: Points;
  pending: Points;
  owed: Points;
  name: PointsName;
  /** The cheapest reward they cannot have yet; null when they can have all. */
  next: { name: string; points: Points; missing: Points } | null;
  /** Ids of rewards that their points cover. */
  affordable: string[];
  /** Codes that are issued and unused. */
  codes: { redemptionId: string; code: string; reward: string; expiresAt: string }[];
  at: string;
};

/** The programme as everybody may see it: the app-owned shop metafield `laurel.programme` on the installation. */
export type ProgrammeCard = {
  v: 1;
  open: boolean;
  name: PointsName;
  currency: string;
  proxyPath: string;
  earning: { name: string; sentence: string }[];
  rewards: { id: string; name: string; sentence: string; points: Points }[];
};
