import type { Tx } from "../../db/database.ts";
import { post, type Transaction } from "../../db/ledger.ts";
import { markCards } from "../../db/members.ts";
import { newId } from "../../ids.ts";
import { type Book, turnPage } from "../../loyalty/ledger/book.ts";

/**
 * Posts what `bringUpToDate` found due in a member's book (expired, matured, debts repaid), as a transaction of
 * its own, so that no reservation or adjustment hides it.
 */
export async function settleDueLots(tx: Tx, book: Book, now: Date): Promise<boolean> {
  const transaction = dueTransaction(book, now);
  if (!transaction) return false;
  await post(tx, [book], [transaction], now);
  book.touched.clear();
  await markCards(tx, [book.memberId], now);
  return true;
}

export function dueTransaction(book: Book, now: Date): Transaction | undefined {
  const written = turnPage(book);
  if (written.postings.length === 0) return undefined;
  const sum = (to: string) =>
    written.postings.filter((posting) => posting.to.account === to).reduce((total, posting) => total + posting.amount, 0);
  const expired = sum("expired");
  const matured = sum("available");
  const transactionId = newId();
  return {
    transactionId,
    kind: expired > 0 ? "expire" : "mature",
    source: transactionId,
    memberId: book.memberId,
    shopId: null,
    orderGid: null,
    redemptionId: null,
    version: null,
    actor: "laurel",
    explanation: { expired, matured, repaid: sum("owed"), ...(book.unit === "points" ? {} : { unit: book.unit }) },
    occurredAt: now,
    ...written,
  };
}
