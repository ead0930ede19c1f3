import type { Points } from "../points.ts";
import { addLot, type Book, expire, mature, move, repay, takeAvailable, use } from "./book.ts";
import type { Lot, LotUse, UseReason } from "./lots.ts";

/** Sets points aside for a redemption. Due lots expire and mature first, so nobody spends what is gone. */
export function reserve(book: Book, points: Points, redemptionId: string): void {
  takeAvailable(book, points, "reserved", redemptionId);
  move(book, "available", "reserved", points);
}

/** What is due at this instant happens before anything is decided on the balance. */
export function bringUpToDate(book: Book, now: Date): void {
  expire(book, now);
  mature(book, now);
}

/**
 * When points come back: not earlier than `graceDays` from now do they expire. `cameBack` says of lots when points had
 * come back to them before this redemption took them again.
 */
export type Restore = { now: Date; graceDays: number; cameBack?: ReadonlyMap<string, Date> };

/** The lot for what no old lot can take, and when it ends. */
type NewLot = Pick<Lot, "lotId" | "transactionId" | "expiresAt">;

/** How a redemption stands: where its points are, and how many of them an order has cost. */
export type Standing = { redemptionId: string; points: Points; charged: Points; where: "reserved" | "used" | "released" };

/**
 * Brings a redemption to the cost that its order says, by posting the difference: an order that used $3 of $5
 * costs three fifths, a cancelled one nothing, and an order that arrives after its points were given back takes
 * them again.
 *
 * `held` are the lots that the redemption took, as recorded so far; lots of them must be in the book.
 */
export function charge(book: Book, standing: Standing, cost: Points, held: readonly LotUse[], restore: Restore & { lot: NewLot }): void {
  if (standing.where === "reserved") {
    move(book, "reserved", "redeemed", cost);
    giveBack(book, standing, standing.points - cost, held, restore, "reserved");
    return;
  }
  const more = cost - standing.charged;
  if (more < 0) giveBack(book, standing, -more, held, restore, "redeemed");
  if (more > 0) takeAgain(book, standing, more, held);
}

/** A redemption that was never used gives its points back. */
export function release(book: Book, standing: Standing, held: readonly LotUse[], restore: Restore): void {
  if (standing.where !== "reserved") throw new Error(`Redemption ${standing.redemptionId} has nothing reserved.`);
  giveBack(book, standing, standing.points, held, restore, "reserved");
}

/**
 * A redemption that was not used in time and whose points do not come back: they have expired, in the lots that gave
 * them. Should an order with its code arrive after all, it is paid from these.
 */
export function forfeit(book: Book, standing: Standing, held: readonly LotUse[]): void {
  if (standing.where !== "reserved") throw new Error(`Redemption ${standing.redemptionId} has nothing reserved.`);
  move(book, "reserved", "expired", standing.points);
  for (const { lotId, amount } of netByLot(held, "reserved")) swap(book, lotId, { from: "reserved", to: "expired" }, amount, standing);
}

// Lots get back in the reverse of the order in which they gave, so that what was really used is what would have
// expired first. A lot that expired meanwhile gets days of grace: what comes back must be worth something. It gets them
// once, or points that are redeemed and handed back again and again would never end.
function giveBack(
  book: Book,
  standing: Standing,
  points: Points,
  held: readonly LotUse[],
  restore: Restore & { lot?: NewLot },
  from: "reserved" | "redeemed",
): void {
  if (points === 0) return;
  const graceFrom = (from: Date) => new Date(from.getTime() + restore.graceDays * 86_400_000);
  const grace = graceFrom(restore.now);
  const lots = netByLot(held, "reserved");
  // What no lot gave was a debt. It is struck off first: lots that gave get their points back, not a stranger's debt.
  const debt = from === "redeemed" ? standing.charged - lots.reduce((sum, one) => sum + one.amount, 0) : 0;
  const struck = Math.min(points, debt, book.balance.owed);
  move(book, "redeemed", "owed", struck);

  let wanted = points - struck;
  for (const given of lots.reverse()) {
    if (wanted === 0) break;
    const lot = book.lots.find((one) => one.lotId === given.lotId);
    if (!lot) throw new Error(`Lot ${given.lotId} of redemption ${standing.redemptionId} is not in the book.`);
    const part = Math.min(wanted, given.amount);
    use(book, lot, "reserved", -part, standing.redemptionId);
    const before = restore.cameBack?.get(lot.lotId);
    const hadGrace = before !== undefined && lot.expiresAt !== null && lot.expiresAt <= graceFrom(before);
    if (lot.expiresAt && lot.expiresAt < grace && !hadGrace) {
      lot.expiresAt = grace;
      book.touched.add(lot.lotId);
    }
    wanted -= part;
  }
  move(book, from, "available", points - struck - wanted);
  repay(book);
  if (wanted > 0) forgive(book, from, wanted, restore);
}

// A debt that was repaid since comes back as a new lot: whatever repaid it is gone.
function forgive(book: Book, from: "reserved" | "redeemed", points: Points, restore: Restore & { lot?: NewLot }): void {
  if (from === "reserved" || !restore.lot)
    throw new Error(`The lots of member ${book.memberId} gave ${points} points fewer than were reserved.`);
  const sale = {
    shopId: null,
    orderGid: null,
    availableFrom: restore.now,
    netSaleMinor: null,
    currency: null,
    earnedAt: restore.now,
  };
  addLot(book, "redeemed", { ...sale, ...restore.lot, origin: "gift", amount: points, matured: true });
}

function takeAgain(book: Book, standing: Standing, points: Points, held: readonly LotUse[]): void {
  let wanted = points;
  // What was lost with the code pays first: nobody pays twice for one reward.
  for (const { lotId, amount } of netByLot(held, "expired")) {
    const part = Math.min(wanted, amount);
    if (part === 0) continue;
    move(book, "expired", "redeemed", part);
    swap(book, lotId, { from: "expired", to: "reserved" }, part, standing);
    wanted -= part;
  }
  const covered = Math.min(wanted, book.balance.available);
  takeAvailable(book, covered, "reserved", standing.redemptionId);
  move(book, "available", "redeemed", covered);
  move(book, "owed", "redeemed", wanted - covered);
}

// What a lot gave stays given; only what for is another.
function swap(
  book: Book,
  lotId: string,
  { from, to }: { from: UseReason; to: UseReason },
  amount: Points,
  { redemptionId }: Standing,
): void {
  const lot = book.lots.find((one) => one.lotId === lotId);
  if (!lot) throw new Error(`Lot ${lotId} of redemption ${redemptionId} is not in the book.`);
  use(book, lot, from, -amount, redemptionId);
  use(book, lot, to, amount, redemptionId);
}

function netByLot(uses: readonly LotUse[], reason: UseReason): { lotId: string; amount: Points }[] {
  const net = new Map<string, Points>();
  for (const one of uses) if (one.reason === reason) net.set(one.lotId, (net.get(one.lotId) ?? 0) + one.amount);
  return [...net].map(([lotId, amount]) => ({ lotId, amount })).filter((one) => one.amount > 0);
}
