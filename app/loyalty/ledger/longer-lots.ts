import type { Book } from "./book.ts";
import { expiresAt } from "./expires-at.ts";
import type { Expiry } from "./expiry.ts";
import type { Lot } from "./lots.ts";

/**
 * Points that end when nothing happens live on with all that are there: something has happened.
 * @param at when it did: what had ended by then stays so, also where nobody has taken it yet, and what was earned
 * later has an end of its own
 */
export function keepAlive(book: Book, until: Date | null, at: Date): void {
  for (const lot of book.lots) {
    if (lot.earnedAt > at || (lot.expiresAt !== null && lot.expiresAt <= at)) continue;
    if (until === null || lot.endsThen || lot.expiresAt === null || lot.expiresAt >= until) continue;
    lot.expiresAt = until;
    book.touched.add(lot.lotId);
  }
}

/** Whoever redeems does something: of what ends by inactivity, what is left lives on. */
export function keepAliveNow(book: Book, expiry: Expiry, { now, timeZone }: { now: Date; timeZone: string }): void {
  if (expiry.kind === "inactivity") keepAlive(book, expiresAt(expiry, { earnedAt: now, joinedAt: now, timeZone }), now);
}

type Of = { now: Date; joinedAt: Date; timeZone: string };

/** Lots that live longer by another rule, each with its new end. None lives shorter, and what has ended stays so. */
export const longerBy = (expiry: Expiry, lots: readonly Lot[], of: Of): Lot[] => longerSince([{ at: of.now.getTime(), expiry }], lots, of);

/** A tier that a member came into, and how long points live in it. */
export type Entered = { at: number; expiry: Expiry };

/**
 * Lots that were there when their member came into tiers whose points live longer, each with its new end: also those
 * that were heard of only later. What had ended by then, or has since, stays so.
 * @param entered in the order of time
 */
export function longerSince(entered: readonly Entered[], lots: readonly Lot[], { now, joinedAt, timeZone }: Of): Lot[] {
  return lots.flatMap((lot) => {
    if (lot.endsThen || lot.expiresAt === null || lot.expiresAt <= now) return [];
    let ends: Date | null = lot.expiresAt;
    for (const { at, expiry } of entered) {
      if (lot.earnedAt.getTime() > at || ends === null || ends.getTime() <= at) continue;
      const until = expiresAt(expiry, { earnedAt: lot.earnedAt, joinedAt, timeZone });
      if (until === null || until > ends) ends = until;
    }
    return ends?.getTime() === lot.expiresAt.getTime() ? [] : [{ ...lot, expiresAt: ends }];
  });
}
