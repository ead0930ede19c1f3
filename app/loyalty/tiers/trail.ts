import type { Minor } from "../money.ts";
import type { Ladder } from "./ladder.ts";

/**
 * What a member did, as tiers count it: one entry for each order, refund or event that gave points.
 * It is a counter of its own: what members spend, lose or are given by hand never touches it.
 */
export type TrailEntry = {
  /** Epoch milliseconds: when the order was placed, the refund made, the event happened. */
  at: number;
  /** Of an order, and of a refund of it: when the order was placed. A refund has negative amounts. */
  placedAt?: number | null;
  spend: Minor;
  /** Points earned, by unit. */
  points: Readonly<Record<string, number>>;
  orders: number;
  items: number;
  referrals: number;
  /** Tiers that the order bought. A refund takes the months back: they are negative there. */
  buys: readonly { tierId: string; months: number }[];
};

/**
 * What was decided about a member's tier. "given" is an award; "hold" is staff's and keeps the member at least there;
 * until null neither ends by itself. "release" ends both.
 */
export type TierDecision = {
  at: number;
  kind: "given" | "hold" | "release";
  tierId: string;
  until: number | null;
  by: string;
  why: string;
};

/** A ladder and the instant from which it is in force; null where a version of the programme has none. */
export type LadderInForce = { from: number; ladder: Ladder | null };
