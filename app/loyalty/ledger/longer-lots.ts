import type { Book } from "./book.ts";
import { expiresAt } from "./expires-at.ts";
import type { Expiry } from "./expiry.ts";
import type { Lot } from "./lots.ts";

/**
 * Points that end when nothing happens live on with all that are there: something has happened.
 * @param at when it did: what had ended by then stays so, also where nobody has taken it yet
 */
export function keepAlive(book: Book, until: Date | null, at?: Date): void {
  for (const lot of book.lots) {
    if (at && lot.expiresAt !== null && lot.expiresAt <= at) continue;
    if (until === null || lot.left === 0 || lot.endsThen || lot.expiresAt === null || lot.expiresAt >= until) continue;
    lot.expiresAt = until;
    book.touched.add(lot.lotId);
  }
}

/** Whoever redeems does something: of what ends by inactivity, what is left lives on. */
export function keepAliveNow(book: Book, expiry: Expiry, { now, timeZone }: { now: Date; timeZone: string }): void {
  if (expiry.kind === "inactivity") keepAlive(book, expiresAt(expiry, { earnedAt: now, joinedAt: now, timeZone }), now);
}

/** Lots that live longer by another rule, each with its new end. None lives shorter, and what has ended stays so. */
export function longerBy(
  expiry: Expiry,
  lots: readonly Lot[],
  { now, joinedAt, timeZone }: { now: Date; joinedAt: Date; timeZone: string },
): Lot[] {
  return lots.flatMap((lot) => {
    if (lot.left === 0 || lot.endsThen || lot.expiresAt === null || lot.expiresAt <= now) return [];
    const until = expiresAt(expiry, { earnedAt: lot.earnedAt, joinedAt, timeZone });
    return until === null || until > lot.expiresAt ? [{ ...lot, expiresAt: until }] : [];
  });
}
