import { bringOpenLots, holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import {
  type DueLine,
  type Import,
  lotsGiven,
  markLines,
  membersByEmail,
  nextLines,
  readImport,
  setImportState,
  strangersOf,
} from "../../db/imports.ts";
import { post, type Transaction } from "../../db/ledger.ts";
import { guestGid, joinedAtOf, markCards, membersOf } from "../../db/members.ts";
import { programmeNow } from "../../db/programme-now.ts";
import { newId } from "../../ids.ts";
import { type Book, turnPage } from "../../loyalty/ledger/book.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import { giveOpening, takeOpening } from "../../loyalty/ledger/opening.ts";
import { customersByEmail, mostEmails } from "../../shopify/customers-by-email.ts";
import type { Context } from "../context.ts";

// Few enough that nobody who redeems meanwhile waits for long, many enough to be quick.
const bite = 200;

/** The job: gives or takes back, some rows at a time, until none is left. A job that dies goes on where it stopped. */
export async function importBalances(context: Context, importId: string): Promise<void> {
  for (;;) {
    await meetCustomers(context, importId);
    const more = await context.db.inProgramme(context.scope, async (tx) => {
      const one = await readImport(tx, importId, true);
      if (one?.state === "running") return giveSome(tx, context, one);
      if (one?.state === "undoing") return takeSome(tx, context, one);
      return false;
    });
    if (!more) return;
  }
}

// Balances come from another app, so most are of customers whom we have not met: the shop knows them by their
// e-mail. Asked outside of any transaction; whoever is not found is kept as a guest.
async function meetCustomers(context: Context, importId: string): Promise<void> {
  const { db, scope, now } = context;
  const { shopId } = scope;
  if (shopId === "*") throw new Error("Balances are imported into one shop.");
  const strangers = await db.inProgramme(scope, (tx) => strangersOf(tx, importId, bite));
  if (strangers.length === 0) return;
  const admin = await context.adminOf(shopId);
  for (let from = 0; from < strangers.length; from += mostEmails) {
    const customers = await customersByEmail(admin, strangers.slice(from, from + mostEmails));
    if (customers.length > 0)
      await db.inProgramme(scope, (tx) =>
        membersOf(
          tx,
          customers.map((one) => ({ ...one, shopId, seenAt: now() })),
        ),
      );
  }
}

async function giveSome(tx: Tx, context: Context, one: Import): Promise<boolean> {
  const now = context.now();
  const lines = await nextLines(tx, one.importId, "waiting", bite);
  if (lines.length === 0) {
    await setImportState(tx, one.importId, "done", now);
    return false;
  }
  const members = await membersFor(tx, context, lines);
  const books = await holdBooks(tx, [...members.values()]);
  const { definition, timeZone } = await programmeNow(tx, now);
  const joined = await joinedAtOf(tx, [...members.values()]);
  const endOf = (memberId: string) =>
    expiresAt(definition.policies.expiry, { earnedAt: now, joinedAt: joined.get(memberId) ?? now, timeZone });

  const given = lines.map((line) => ({ line: line.line, points: line.points, memberId: memberOf(members, line.email) }));
  const transactions = given.map(({ line, points, memberId }) => {
    const book = bookOf(books, memberId);
    const transactionId = newId();
    // The lot bears the id of its transaction, so that an undo finds it.
    giveOpening(book, { lotId: transactionId, transactionId, expiresAt: endOf(memberId), points, now });
    return transactionOf("import", { one, line, memberId, transactionId, points, now, book });
  });
  await post(tx, books.values(), transactions, now);
  await markLines(tx, one.importId, "given", given);
  await markCards(tx, members.values(), now);
  return true;
}

async function takeSome(tx: Tx, context: Context, one: Import): Promise<boolean> {
  const now = context.now();
  const lines = await nextLines(tx, one.importId, "given", bite);
  if (lines.length === 0) {
    await setImportState(tx, one.importId, "undone", now);
    return false;
  }
  const lots = await lotsGiven(
    tx,
    one.importId,
    lines.map((line) => line.line),
  );
  const books = await holdBooks(
    tx,
    lots.map((lot) => lot.memberId),
  );
  await bringOpenLots(tx, books, books.keys());

  const transactions = lots.flatMap(({ line, lotId, memberId }) => {
    const book = bookOf(books, memberId);
    const points = takeOpening(book, new Set([lotId]));
    return points === 0 ? [] : [transactionOf("import undone", { one, line, memberId, transactionId: newId(), points, now, book })];
  });
  await post(tx, books.values(), transactions, now);
  await markLines(tx, one.importId, "taken back", lines);
  await markCards(tx, books.keys(), now);
  return true;
}

// Whoever we do not know is kept as a guest by their e-mail, and claims the balance when they log in.
async function membersFor(tx: Tx, context: Context, lines: readonly DueLine[]): Promise<Map<string, string>> {
  const { shopId, programId } = tx.scope;
  if (shopId === "*") throw new Error("Balances are imported into one shop.");
  const members = await membersByEmail(
    tx,
    lines.map((line) => line.email),
  );
  const guests = lines
    .filter((line) => !members.has(line.email))
    .map(({ email }) => ({
      shopId,
      customerGid: guestGid(context.fingerprint(`guest of ${programId}`, email)),
      name: null,
      email,
      locale: null,
      hasAccount: false,
      seenAt: context.now(),
    }));
  const known = await membersOf(tx, guests);
  for (const { customerGid, email } of guests) {
    const guest = known.get(`${shopId} ${customerGid}`);
    if (guest) members.set(email, guest.memberId);
  }
  return members;
}

function memberOf(members: ReadonlyMap<string, string>, email: string): string {
  const memberId = members.get(email);
  if (!memberId) throw new Error("A row of the import has no member.");
  return memberId;
}

function bookOf(books: ReadonlyMap<string, Book>, memberId: string): Book {
  const book = books.get(memberId);
  if (!book) throw new Error(`The balance of member ${memberId} is not held.`);
  return book;
}

type Posted = { one: Import; line: number; memberId: string; transactionId: string; points: number; now: Date; book: Book };

function transactionOf(kind: "import" | "import undone", { one, line, memberId, transactionId, points, now, book }: Posted): Transaction {
  return {
    transactionId,
    kind,
    source: `${one.importId} ${line}`,
    memberId,
    shopId: null,
    orderGid: null,
    redemptionId: null,
    version: null,
    actor: one.createdBy,
    explanation: { fileName: one.fileName, line, points },
    occurredAt: now,
    ...turnPage(book),
  };
}
