import type { Points } from "../points.ts";
import { addLot, type Book, move, use } from "./book.ts";
import type { Lot } from "./lots.ts";

type Opening = Pick<Lot, "lotId" | "transactionId" | "expiresAt"> & { points: Points; now: Date };

/** An opening balance from elsewhere: one lot, given free, spendable at once. */
export function giveOpening(book: Book, { lotId, transactionId, expiresAt, points, now }: Opening): void {
  const lot = {
    lotId,
    transactionId,
    expiresAt,
    origin: "gift" as const,
    amount: points,
    matured: true,
    availableFrom: now,
    earnedAt: now,
  };
  addLot(book, "imported", { ...lot, shopId: null, orderGid: null, netSaleMinor: null, currency: null });
}

/**
 * Takes an opening balance back: what is left of its lots. What was spent, reserved or has expired stays as it
 * is, for the member had it in good faith.
 * @returns how many points could be taken
 */
export function takeOpening(book: Book, lotIds: ReadonlySet<string>): Points {
  let taken = 0;
  for (const lot of book.lots) {
    if (!lotIds.has(lot.lotId) || lot.left === 0) continue;
    const part = lot.left;
    move(book, lot.matured ? "available" : "pending", "imported", part);
    use(book, lot, "import undone", part);
    taken += part;
  }
  return taken;
}
