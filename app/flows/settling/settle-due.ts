import { bringOpenLots, holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { post, type Transaction } from "../../db/ledger.ts";
import { markCards } from "../../db/members.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { bringUpToDate } from "../../loyalty/ledger/redeem.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import type { Context } from "../context.ts";
import { certificatesDue } from "./certificates.ts";
import { dueTransaction } from "./settle-lots.ts";

const bite = 500;

/** Lots whose day has come mature or expire. Done in bites, each a transaction. @returns how many members it concerned */
export async function settleDue(context: Pick<Context, "db" | "now" | "scope">): Promise<number> {
  let concerned = 0;
  for (;;) {
    const done = await context.db.inProgramme(context.scope, (tx) => settleBite(tx, context.now()));
    concerned += done;
    if (done < bite) return concerned;
  }
}

async function settleBite(tx: Tx, now: Date): Promise<number> {
  const due = await tx.rows<{ unit: string; members: string[] }>(
    `select unit, array_agg(distinct member_id) as members from (
       select distinct unit, member_id from lot where program_id = $1 and "left" > 0 and ((not matured and available_from <= $2) or expires_at <= $2) limit ${bite}) d
     group by unit order by unit`,
    [tx.scope.programId, now],
  );
  if (due.length === 0) return 0;
  // The points stand for their members: they are held first, also where stamps come due.
  const members = due.flatMap((one) => one.members);
  const points = await holdBooks(tx, members);
  for (const { unit, members: concerned } of due) {
    const books = unit === "points" ? points : await holdBooks(tx, concerned, unit);
    await bringOpenLots(tx, books, concerned);
    const transactions: Transaction[] = [];
    for (const book of books.values()) {
      bringUpToDate(book, now);
      const transaction = dueTransaction(book, now);
      if (transaction) transactions.push(transaction);
    }
    await post(tx, books.values(), transactions, now);
    await askForCertificates(tx, books.values(), now);
  }
  await markCards(tx, members, now);
  return members.length;
}

async function askForCertificates(tx: Tx, books: Parameters<typeof certificatesDue>[2], now: Date): Promise<void> {
  const version = versionAt(await publishedVersions(tx), now);
  if (version) await certificatesDue(tx, await compiledVersion(tx, version.version), books, now);
}
