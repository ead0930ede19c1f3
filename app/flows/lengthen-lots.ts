import { bringOpenLots, holdBooks } from "../db/books.ts";
import type { Tx } from "../db/database.ts";
import { writeLotChanges } from "../db/ledger.ts";
import { expiresAt } from "../loyalty/ledger/expires-at.ts";
import type { Holder } from "./give-tier-gifts.ts";

/**
 * The points that a member has live as long as the tier lets them that they are in now, where that is longer. Never
 * shorter: what was promised when they were earned stays promised, also to who falls.
 */
export async function lengthenLots(tx: Tx, { memberId, tier, past, programme }: Holder, now: Date): Promise<void> {
  const expiry = tier.expiry ?? programme.definition.policies.expiry;
  const books = await holdBooks(tx, [memberId]);
  await bringOpenLots(tx, books, [memberId]);
  const joinedAt = new Date(past.joinedAt);
  const longer = (books.get(memberId)?.lots ?? []).flatMap((lot) => {
    if (lot.left === 0 || lot.expiresAt === null || lot.expiresAt <= now) return [];
    const until = expiresAt(expiry, { earnedAt: lot.earnedAt, joinedAt, timeZone: programme.timeZone });
    return until === null || until > lot.expiresAt ? [{ ...lot, expiresAt: until }] : [];
  });
  await writeLotChanges(tx, longer);
}
