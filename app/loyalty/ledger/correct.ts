import type { Points } from "../points.ts";
import { addLot, type Book, mature, move, repay, takeAvailable, use } from "./book.ts";
import type { Lot } from "./lots.ts";

/** Everything about a sale's points but their number. */
export type SaleLot = Pick<
  Lot,
  "lotId" | "transactionId" | "shopId" | "orderGid" | "availableFrom" | "expiresAt" | "netSaleMinor" | "currency" | "earnedAt"
> &
  Partial<Pick<Lot, "origin">>;

type Correction = {
  due: Points;
  recorded: Points;
  sale: SaleLot;
  now: Date;
  expired: ReadonlyMap<string, Points>;
  isOwn?: (lot: Lot) => boolean;
};

/**
 * Brings what an order has earned from `recorded` to `due` by posting the difference.
 *
 * More is a new lot. Less takes the order's own lots first (pending, then available), then reverses what of
 * them had expired (which the member has lost already, so it is never taken twice), and the rest, which was
 * reserved or spent, from the member's other points or as a debt.
 *
 * `expired` says for each lot of the order how much of it has expired and not been reversed. What is no order, and
 * so has no id of Shopify's, says itself which lots are its own.
 */
export function correct(book: Book, order: Correction): void {
  const isOwn = order.isOwn ?? ((lot: Lot) => lot.orderGid === order.sale.orderGid && lot.shopId === order.sale.shopId);
  const own = book.lots.filter(isOwn);
  for (const lot of own) redate(book, lot, order);

  const difference = order.due - order.recorded;
  if (difference > 0) {
    const matured = order.sale.availableFrom !== null && order.sale.availableFrom <= order.now;
    // What comes later ends with what came first: of one order, whenever it was heard of.
    const expiresAt = own.reduce((ends, lot) => later(ends, lot.expiresAt), order.sale.expiresAt);
    addLot(book, "issued", { origin: "sale", ...order.sale, expiresAt, amount: difference, matured });
  }
  if (difference < 0) takeBack(book, own, -difference, order.expired);
  mature(book, order.now);
}

// A pending lot follows its order: unpaid it has no day, paid it has one. What has matured stays matured. Where an older
// order that came late puts the member into another tier, its terms are right now; yet nothing is shortened or called back,
// and whoever is due nothing of the order has nothing longer of it.
function redate(book: Book, lot: Lot, { due, sale, now }: Correction): void {
  const hasEnded = lot.expiresAt !== null && lot.expiresAt <= now;
  const availableFrom = lot.matured ? lot.availableFrom : sale.availableFrom;
  const expiresAt = hasEnded || due === 0 ? lot.expiresAt : later(lot.expiresAt, sale.expiresAt);
  if (isSame(availableFrom, lot.availableFrom) && isSame(expiresAt, lot.expiresAt)) return;
  Object.assign(lot, { availableFrom, expiresAt });
  book.touched.add(lot.lotId);
}

const isSame = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();

/** The later of two ends; null is never. */
const later = (a: Date | null, b: Date | null): Date | null => (a === null || b === null ? null : a > b ? a : b);

function takeBack(book: Book, own: Lot[], amount: Points, expired: ReadonlyMap<string, Points>): void {
  let wanted = amount;
  const pendingFirst = [...own].sort((a, b) => Number(a.matured) - Number(b.matured));

  for (const lot of pendingFirst) {
    const part = Math.min(wanted, lot.left);
    if (part === 0) continue;
    move(book, lot.matured ? "available" : "pending", "issued", part);
    use(book, lot, "taken back", part);
    wanted -= part;
  }

  for (const lot of own) {
    const part = Math.min(wanted, expired.get(lot.lotId) ?? 0);
    if (part === 0) continue;
    move(book, "expired", "issued", part);
    use(book, lot, "expired", -part);
    use(book, lot, "taken back", part);
    wanted -= part;
  }

  // From here on the points were reserved or spent: others stand in for them, and what they cannot cover is owed.
  const standIn = Math.min(wanted, book.balance.available);
  takeAvailable(book, standIn, "taken back");
  move(book, "available", "issued", standIn);
  move(book, "owed", "issued", wanted - standIn);
  repay(book);
}
