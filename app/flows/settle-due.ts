import { bringOpenLots, holdBooks } from "../db/books.ts";
import { post, type Transaction } from "../db/ledger.ts";
import { markCards } from "../db/members.ts";
import { bringUpToDate } from "../loyalty/ledger/redeem.ts";
import type { Context } from "./context.ts";
import { dueTransaction } from "./settle-lots.ts";

const bite = 500;

/** Lots whose day has come mature or expire. Done in bites, each a transaction. @returns how many members it concerned */
export async function settleDue(context: Pick<Context, "db" | "now" | "scope">): Promise<number> {
  let concerned = 0;
  for (;;) {
    const done = await context.db.inProgramme(context.scope, async (tx) => {
      const now = context.now();
      const due = await tx.rows<{ member_id: string }>(
        `select distinct member_id from lot where program_id = $1 and "left" > 0 and ((not matured and available_from <= $2) or expires_at <= $2) limit ${bite}`,
        [tx.scope.programId, now],
      );
      const books = await holdBooks(
        tx,
        due.map((row) => row.member_id),
      );
      await bringOpenLots(tx, books, books.keys());
      const transactions: Transaction[] = [];
      for (const book of books.values()) {
        bringUpToDate(book, now);
        const transaction = dueTransaction(book, now);
        if (transaction) transactions.push(transaction);
      }
      await post(tx, books.values(), transactions, now);
      await markCards(tx, books.keys(), now);
      return due.length;
    });
    concerned += done;
    if (done < bite) return concerned;
  }
}
