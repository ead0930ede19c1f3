import { createHash } from "node:crypto";
import type { Balance, Posting } from "../loyalty/ledger/accounts.ts";
import type { Book } from "../loyalty/ledger/book.ts";
import type { Lot, LotUse } from "../loyalty/ledger/lots.ts";
import type { Tx } from "./database.ts";

/** Why points moved: every transaction has one cause, and one cause has one transaction. */
export type TransactionKind =
  | "order"
  | "reserve"
  | "redeem"
  | "release"
  | "mature"
  | "expire"
  | "adjust"
  | "import"
  | "import undone"
  | "claim"
  | "event"
  | "gift";

export type Transaction = {
  transactionId: string;
  kind: TransactionKind;
  source: string;
  memberId: string | null;
  shopId: string | null;
  orderGid: string | null;
  redemptionId: string | null;
  version: number | null;
  actor: string | null;
  explanation: object;
  /** When it happened in the world; recorded is when we learnt of it. */
  occurredAt: Date;
  postings: Posting[];
  newLots: Lot[];
  uses: LotUse[];
};

/**
 * Writes transactions for a whole batch in a few statements. The books are the ones the postings were made in;
 * PostgreSQL applies the postings to the balances on its own and must come to the same result.
 *
 * A cause that was posted before is left alone when its contents are the same, and is an error when they differ.
 * @returns the ids that were new
 */
export async function post(tx: Tx, held: Iterable<Book>, transactions: Transaction[], now: Date): Promise<Set<string>> {
  if (transactions.length === 0) return new Set();
  const books = [...held];
  const written = await writeTransactions(tx, transactions, now);
  const fresh = transactions.filter((one) => written.has(one.transactionId));
  if (fresh.length < transactions.length) throw new AlreadyPosted(transactions.filter((one) => !written.has(one.transactionId)));

  await writePostings(tx, fresh);
  await writeLots(tx, books, fresh);
  await applyToBalances(tx, books, fresh);
  for (const { kind, postings } of fresh)
    tx.happened({ what: "posted", kind, points: postings.reduce((sum, posting) => sum + posting.amount, 0) });
  return written;
}

/** The same cause came with the same contents: what the caller wanted is done already. Roll back and read it. */
export class AlreadyPosted extends Error {
  override name = "AlreadyPosted";
  causes: { kind: string; source: string }[];
  constructor(transactions: Transaction[]) {
    super(`Already posted: ${transactions.map((one) => `${one.kind} ${one.source}`).join(", ")}.`);
    this.causes = transactions.map(({ kind, source }) => ({ kind, source }));
  }
}

async function writeTransactions(tx: Tx, transactions: Transaction[], now: Date): Promise<Set<string>> {
  const rows = transactions.map((one) => ({ ...one, postings: undefined, newLots: undefined, uses: undefined, inputHash: hashOf(one) }));
  const written = await tx.rows<{ transaction_id: string }>(
    `insert into transaction (program_id, transaction_id, kind, source, input_hash, member_id, shop_id, order_gid, redemption_id, version, actor, explanation, occurred_at, recorded_at)
     select $1, "transactionId", kind, source, "inputHash", "memberId", "shopId", "orderGid", "redemptionId", version, actor, explanation, "occurredAt", $3
     from json_to_recordset($2) as t("transactionId" uuid, kind text, source text, "inputHash" text, "memberId" uuid, "shopId" uuid, "orderGid" text, "redemptionId" uuid, version int, actor text, explanation jsonb, "occurredAt" timestamptz)
     on conflict (program_id, kind, source) do nothing returning transaction_id`,
    [tx.scope.programId, JSON.stringify(rows), now],
  );
  if (written.length < rows.length) await sameContents(tx, rows, new Set(written.map((row) => row.transaction_id)));
  return new Set(written.map((row) => row.transaction_id));
}

async function sameContents(
  tx: Tx,
  rows: { transactionId: string; kind: string; source: string; inputHash: string }[],
  written: Set<string>,
): Promise<void> {
  for (const row of rows.filter((one) => !written.has(one.transactionId))) {
    const before = await tx.one<{ input_hash: string }>(
      "select input_hash from transaction where program_id = $1 and kind = $2 and source = $3",
      [tx.scope.programId, row.kind, row.source],
    );
    if (before?.input_hash !== row.inputHash)
      throw new Error(`The cause "${row.kind} ${row.source}" was posted before with other contents.`);
  }
}

const hashOf = (one: Transaction): string =>
  createHash("sha256")
    .update(JSON.stringify([one.memberId, one.orderGid, one.redemptionId, one.postings]))
    .digest("base64url");

async function writePostings(tx: Tx, transactions: Transaction[]): Promise<void> {
  const rows = transactions.flatMap((one) =>
    one.postings.map((posting, seq) => ({
      t: one.transactionId,
      seq,
      fa: posting.from.account,
      fm: posting.from.member ?? null,
      ta: posting.to.account,
      tm: posting.to.member ?? null,
      unit: posting.unit,
      amount: posting.amount,
    })),
  );
  if (rows.length === 0) return;
  await tx.rows(
    `insert into posting (program_id, transaction_id, seq, from_account, from_member, to_account, to_member, unit, amount)
     select $1, t, seq, fa, fm, ta, tm, unit, amount from json_to_recordset($2) as p(t uuid, seq smallint, fa text, fm uuid, ta text, tm uuid, unit text, amount bigint)`,
    [tx.scope.programId, JSON.stringify(rows)],
  );
}

async function writeLots(tx: Tx, books: readonly Book[], transactions: Transaction[]): Promise<void> {
  const fresh = new Map<string, Lot>();
  const changed = new Map<string, Lot>();
  const added = new Set(transactions.flatMap((one) => one.newLots.map((lot) => lot.lotId)));
  const used = new Set(transactions.flatMap((one) => one.uses.map((use) => use.lotId)));
  for (const book of books) {
    for (const lot of book.lots) {
      if (added.has(lot.lotId)) fresh.set(lot.lotId, lot);
      else if (used.has(lot.lotId) || book.touched.has(lot.lotId)) changed.set(lot.lotId, lot);
    }
  }
  if (fresh.size > 0) {
    await tx.rows(
      `insert into lot (program_id, lot_id, member_id, unit, transaction_id, origin, shop_id, order_gid, amount, "left", matured, available_from, expires_at, net_sale_minor, currency, earned_at)
       select $1, "lotId", "memberId", unit, "transactionId", origin, "shopId", "orderGid", amount, "left", matured, "availableFrom", "expiresAt", "netSaleMinor", currency, "earnedAt"
       from json_to_recordset($2) as l("lotId" uuid, "memberId" uuid, unit text, "transactionId" uuid, origin text, "shopId" uuid, "orderGid" text, amount bigint, "left" bigint, matured boolean, "availableFrom" timestamptz, "expiresAt" timestamptz, "netSaleMinor" bigint, currency text, "earnedAt" timestamptz)`,
      [tx.scope.programId, JSON.stringify([...fresh.values()])],
    );
  }
  await writeLotChanges(tx, [...changed.values()]);
  const uses = transactions.flatMap((one) => one.uses.map((use) => ({ ...use, t: one.transactionId })));
  if (uses.length === 0) return;
  await tx.rows(
    `insert into lot_use (program_id, transaction_id, lot_id, reason, amount, redemption_id)
     select $1, t, "lotId", reason, amount, "redemptionId" from json_to_recordset($2) as u(t uuid, "lotId" uuid, reason text, amount bigint, "redemptionId" uuid)`,
    [tx.scope.programId, JSON.stringify(uses)],
  );
}

/** Writes what is left of lots and their dates, also where no points moved. */
export async function writeLotChanges(tx: Tx, lots: Lot[]): Promise<void> {
  if (lots.length === 0) return;
  await tx.rows(
    `update lot set "left" = c."left", matured = c.matured, available_from = c."availableFrom", expires_at = c."expiresAt"
     from json_to_recordset($2) as c("lotId" uuid, "left" bigint, matured boolean, "availableFrom" timestamptz, "expiresAt" timestamptz)
     where lot.program_id = $1 and lot.lot_id = c."lotId"`,
    [
      tx.scope.programId,
      JSON.stringify(
        lots.map(({ lotId, left, matured, availableFrom, expiresAt }) => ({ lotId, left, matured, availableFrom, expiresAt })),
      ),
    ],
  );
}

type Change = Balance & { member: string; unit: string };

async function applyToBalances(tx: Tx, books: readonly Book[], transactions: Transaction[]): Promise<void> {
  const changes = new Map<string, Change>();
  const change = (member: string, unit: string): Change => {
    const key = `${member} ${unit}`;
    const found = changes.get(key) ?? { member, unit, pending: 0, available: 0, reserved: 0, owed: 0 };
    changes.set(key, found);
    return found;
  };
  for (const { from, to, unit, amount } of transactions.flatMap((one) => one.postings)) {
    if (from.member) change(from.member, unit)[from.account] += from.account === "owed" ? amount : -amount;
    if (to.member) change(to.member, unit)[to.account] += to.account === "owed" ? -amount : amount;
  }
  if (changes.size === 0) return;

  const after = await tx.rows<Change>(
    `update balance b set pending = b.pending + c.pending, available = b.available + c.available, reserved = b.reserved + c.reserved, owed = b.owed + c.owed
     from json_to_recordset($2) as c(member uuid, unit text, pending bigint, available bigint, reserved bigint, owed bigint)
     where b.program_id = $1 and b.member_id = c.member and b.unit = c.unit
     returning b.member_id as member, b.unit, b.pending, b.available, b.reserved, b.owed`,
    [tx.scope.programId, JSON.stringify([...changes.values()])],
  );
  if (after.length < changes.size) throw new Error("A balance that points were posted to does not exist.");
  const expected = new Map(books.map((book) => [`${book.memberId} ${book.unit}`, book.balance]));
  for (const row of after) {
    const wanted = expected.get(`${row.member} ${row.unit}`);
    const same =
      wanted &&
      row.pending === wanted.pending &&
      row.available === wanted.available &&
      row.reserved === wanted.reserved &&
      row.owed === wanted.owed;
    if (!same) throw new Error(`The postings of member ${row.member} do not add up to the balance that was decided on.`);
  }
}
