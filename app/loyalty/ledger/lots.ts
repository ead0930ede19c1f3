import type { Points } from "../points.ts";

/** Points that came together and expire together. amount never changes; left is what nothing has taken yet. */
export type Lot = {
  lotId: string;
  memberId: string;
  unit: string;
  transactionId: string;
  /** Accounting needs to know whether a sale earned them or they were given free (PRODUCT.md §9). */
  origin: "sale" | "gift";
  shopId: string | null;
  orderGid: string | null;
  amount: Points;
  left: Points;
  matured: boolean;
  /** null: waits for the order to be paid. */
  availableFrom: Date | null;
  expiresAt: Date | null;
  /** It ends then, whatever lets others live longer: a month's bonus that ends with its month. */
  endsThen?: boolean;
  netSaleMinor: number | null;
  currency: string | null;
  earnedAt: Date;
};

/** What took from a lot. "taken back" is a refund's or an edit's; "owed" repays an older debt. */
export type UseReason = "reserved" | "taken back" | "owed" | "expired" | "adjusted" | "import undone";

/** amount is positive where the lot gave and negative where it got back. left = amount − the sum of its uses. */
export type LotUse = { lotId: string; reason: UseReason; amount: Points; redemptionId: string | null };

/** Soonest expiry first, then oldest: what a member would lose first is spent first. */
export function spendingOrder(a: Lot, b: Lot): number {
  const expiry = (a.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - (b.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
  if (expiry !== 0 && !Number.isNaN(expiry)) return expiry;
  return a.earnedAt.getTime() - b.earnedAt.getTime() || (a.lotId < b.lotId ? -1 : 1);
}
