import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import type { CertificateTally, TierGiftTally } from "./beside.ts";
import type { BudgetUse } from "./budgets-so-far.ts";
import type { ChangedOrder } from "./most-changed.ts";
import type { GiftTally, RuleTally } from "./tally.ts";

/** What a point costs, and how much of what is given is taken to be redeemed. */
export type Worth = {
  /** The best that points can become; null where no reward is worth money. */
  rate: { minor: Minor; points: Points } | null;
  /** Hundredths of a per cent. */
  redeemed: number;
};

export type SideReport = {
  /** With what tiers gave. */
  points: Points;
  /** By unit, points among them. */
  units: Record<string, Points>;
  /** Orders and events that gave something. */
  orders: number;
  events: number;
  rules: RuleTally[];
  gifts: GiftTally[];
  certificates: CertificateTally[];
  tierGifts: TierGiftTally[];
  budgets: BudgetUse[];
  /**
   * What certificates cost at face value, and points that became none at the best rate, when the assumed share of them is
   * redeemed; null without a rate and a certificate.
   */
  cost: Minor | null;
  /** Given free: rewards that rules and tiers gave, at their face value. */
  giftCost: Minor;
  open: Points;
  /** Open points at the best rate, and certificates that can still be used. */
  liability: Minor | null;
  worth: Worth;
  /** Members by tier at the end; "" is without one. */
  tiers: Record<string, number>;
};

export type MonthTier = { month: string; tierId: string | null; live: Points; draft: Points };
export type DayTotal = { day: string; live: Points; draft: Points; orders: number; changed: number };
export type MemberChange = { memberId: string; live: Points; draft: Points };

/** What a backtest found: plain values, the same for the same past on every machine. */
export type BacktestReport = {
  v: 1;
  /** ledger: the live side is what was posted. simulated: both sides are worked out, as though live from the first order. */
  basis: "ledger" | "simulated";
  currency: string;
  timeZone: string;
  from: string | null;
  until: string;
  counted: { orders: number; events: number; imported: number; members: number; waiting: number; changed: number };
  live: SideReport;
  draft: SideReport;
  months: MonthTier[];
  days: DayTotal[];
  moves: { from: string | null; to: string | null; members: number }[];
  gains: MemberChange[];
  loses: MemberChange[];
  changedOrders: ChangedOrder[];
  /** The draft's points if its rules gave so many per cent of what they give. */
  sensitivity: { rate: number; points: Points }[];
  /** How many orders had something else in the ledger than the live side gives for them; null where nobody looked. */
  ledger: {
    equal: number;
    different: number;
    examples: { orderGid: string; ledger: Points; live: Points }[];
    /** Members whose gifts of tiers and certificates are those of the ledger; left out where no version gives any. */
    beside?: { equal: number; different: number; examples: { memberId: string; ledger: string[]; live: string[] }[] };
  } | null;
  holdsConstant: string[];
};
