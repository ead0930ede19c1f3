import { bringOpenLots, holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { writeLotChanges } from "../../db/ledger.ts";
import { longerBy } from "../../loyalty/ledger/longer-lots.ts";
import type { Holder } from "./give-tier-gifts.ts";

/**
 * The points that a member has live as long as the tier lets them that they are in now, where that is longer. Never
 * shorter: what was promised when they were earned stays promised, also to who falls.
 */
export async function lengthenLots(tx: Tx, { memberId, tier, past, programme }: Holder, now: Date): Promise<void> {
  const expiry = tier.expiry ?? programme.definition.policies.expiry;
  const books = await holdBooks(tx, [memberId]);
  await bringOpenLots(tx, books, [memberId]);
  const of = { now, joinedAt: new Date(past.joinedAt), timeZone: programme.timeZone };
  const longer = longerBy(expiry, books.get(memberId)?.lots ?? [], of);
  await writeLotChanges(tx, longer);
}
