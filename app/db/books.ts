import type { Balance } from "../loyalty/ledger/accounts.ts";
import { type Book, openBook } from "../loyalty/ledger/book.ts";
import type { Lot, LotUse } from "../loyalty/ledger/lots.ts";
import type { Tx } from "./database.ts";

export const POINTS = "points";

/**
 * Locks the members' balances, in the one order that everybody keeps (by id), and opens their books without
 * lots. What is decided on them stays true until the transaction ends.
 */
export async function holdBooks(tx: Tx, memberIds: readonly string[], unit = POINTS): Promise<Map<string, Book>> {
  const ids = [...new Set(memberIds)].sort();
  if (ids.length === 0) return new Map();
  const these = "balance where program_id = $1 and unit = $2 and member_id = any ($3)";
  const select = `select member_id, pending, available, reserved, owed from ${these} and (select count(*) from ${these}) = $4 order by member_id for update`;
  // All of them or none: whoever held some, and made the others then, would hold them in another order.
  let held = await tx.rows<{ member_id: string } & Balance>(select, [tx.scope.programId, unit, ids, ids.length]);
  if (held.length < ids.length) {
    await tx.rows(
      "insert into balance (program_id, member_id, unit) select $1, m, $2 from unnest($3::uuid[]) m order by m on conflict do nothing",
      [tx.scope.programId, unit, ids],
    );
    held = await tx.rows<{ member_id: string } & Balance>(select, [tx.scope.programId, unit, ids, ids.length]);
  }
  return new Map(
    held.map(({ member_id, pending, available, reserved, owed }) => [
      member_id,
      openBook({ memberId: member_id, unit, balance: { pending, available, reserved, owed }, lots: [] }),
    ]),
  );
}

/** Puts all lots with something left into the books of these members. Call it before anything is taken from them. */
export async function bringOpenLots(tx: Tx, books: Map<string, Book>, memberIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(memberIds)];
  if (ids.length === 0) return;
  place(
    books,
    await tx.rows<LotRow>(`select ${columns} from lot where program_id = $1 and member_id = any ($2) and unit = $3 and "left" > 0`, [
      tx.scope.programId,
      ids,
      unitOf(books),
    ]),
  );
}

/** Puts the lots into the books that gave what is set aside for an open redemption: they live on as what is left does. */
export async function bringReservedLots(tx: Tx, books: Map<string, Book>, memberIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(memberIds)].filter((id) => (books.get(id)?.balance.reserved ?? 0) > 0);
  if (ids.length === 0) return;
  place(
    books,
    await tx.rows<LotRow>(
      `select ${columns} from lot where program_id = $1 and lot_id in (select u.lot_id from redemption r join lot_use u using (program_id, redemption_id)
         where r.program_id = $1 and r.member_id = any ($2) and r.unit = $3 and r.state in ('reserved', 'issued', 'releasing'))`,
      [tx.scope.programId, ids, unitOf(books)],
    ),
  );
}

/** Puts all lots of these orders into the books of the members who hold them, spent ones too. */
export async function bringOrderLots(
  tx: Tx,
  books: Map<string, Book>,
  orders: readonly { shopId: string; orderGid: string }[],
): Promise<void> {
  if (orders.length === 0) return;
  const rows = await tx.rows<LotRow>(
    `select ${columns} from lot where program_id = $1 and (shop_id, order_gid) in (select * from unnest($2::uuid[], $3::text[]))`,
    [tx.scope.programId, orders.map((order) => order.shopId), orders.map((order) => order.orderGid)],
  );
  place(books, rows);
}

/** The lots that redemptions took from, in the order in which they were taken, and the lots themselves into the books. */
export async function bringRedemptionLots(
  tx: Tx,
  books: Map<string, Book>,
  redemptionIds: readonly string[],
): Promise<Map<string, LotUse[]>> {
  if (redemptionIds.length === 0) return new Map();
  const uses = await tx.rows<{ redemption_id: string; lot_id: string; reason: LotUse["reason"]; amount: number }>(
    `select u.redemption_id, u.lot_id, u.reason, u.amount from lot_use u join lot l using (program_id, lot_id)
     where u.program_id = $1 and u.redemption_id = any ($2) order by u.transaction_id, l.expires_at nulls last, l.earned_at, l.lot_id`,
    [tx.scope.programId, redemptionIds],
  );
  const rows = await tx.rows<LotRow>(`select ${columns} from lot where program_id = $1 and lot_id = any ($2)`, [
    tx.scope.programId,
    [...new Set(uses.map((one) => one.lot_id))],
  ]);
  place(books, rows);
  const byRedemption = new Map<string, LotUse[]>();
  for (const one of uses) {
    const used = byRedemption.get(one.redemption_id) ?? [];
    used.push({ lotId: one.lot_id, reason: one.reason, amount: one.amount, redemptionId: one.redemption_id });
    byRedemption.set(one.redemption_id, used);
  }
  return byRedemption;
}

/** When the points of redemptions that were never used last came back to these lots, before an instant. */
export async function cameBackTo(tx: Tx, lotIds: readonly string[], before: Date): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ lot_id: string; at: Date }>(
    `select u.lot_id, max(t.occurred_at) as at from lot_use u join transaction t using (program_id, transaction_id)
       join redemption r on r.program_id = u.program_id and r.redemption_id = u.redemption_id
     where u.program_id = $1 and u.lot_id = any ($2) and u.reason = 'reserved' and u.amount < 0 and t.kind = 'release' and t.occurred_at < $3
       and r.state = 'released' group by 1`,
    [tx.scope.programId, lotIds, before],
  );
  return new Map(rows.map((row) => [row.lot_id, row.at]));
}

/** How much of each lot has expired and has not been reversed. */
export async function expiredOf(tx: Tx, lotIds: readonly string[]): Promise<Map<string, number>> {
  if (lotIds.length === 0) return new Map();
  const rows = await tx.rows<{ lot_id: string; expired: number }>(
    "select lot_id, sum(amount)::bigint as expired from lot_use where program_id = $1 and lot_id = any ($2) and reason = 'expired' group by lot_id",
    [tx.scope.programId, lotIds],
  );
  return new Map(rows.map((row) => [row.lot_id, row.expired]));
}

// A gift says in its explanation that it ends on a day of its own.
const columns = `lot_id, member_id, unit, transaction_id, origin, shop_id, order_gid, amount, "left", matured, available_from, expires_at, net_sale_minor, currency, earned_at,
  origin = 'gift' and exists (select from transaction t where t.program_id = lot.program_id and t.transaction_id = lot.transaction_id and t.explanation ? 'ends') as ends_then`;

type LotRow = {
  lot_id: string;
  member_id: string;
  unit: string;
  transaction_id: string;
  origin: Lot["origin"];
  shop_id: string | null;
  order_gid: string | null;
  amount: number;
  left: number;
  matured: boolean;
  available_from: Date | null;
  expires_at: Date | null;
  ends_then: boolean;
  net_sale_minor: number | null;
  currency: string | null;
  earned_at: Date;
};

// Books that are held together are of one unit.
const unitOf = (books: Map<string, Book>): string => books.values().next().value?.unit ?? POINTS;

function place(books: Map<string, Book>, rows: LotRow[]): void {
  for (const row of rows) {
    const book = books.get(row.member_id);
    if (!book || book.unit !== row.unit || book.lots.some((lot) => lot.lotId === row.lot_id)) continue;
    book.lots.push({
      lotId: row.lot_id,
      memberId: row.member_id,
      unit: row.unit,
      transactionId: row.transaction_id,
      origin: row.origin,
      shopId: row.shop_id,
      orderGid: row.order_gid,
      amount: row.amount,
      left: row.left,
      matured: row.matured,
      availableFrom: row.available_from,
      expiresAt: row.expires_at,
      ...(row.ends_then ? { endsThen: true } : {}),
      netSaleMinor: row.net_sale_minor,
      currency: row.currency,
      earnedAt: row.earned_at,
    });
  }
}
