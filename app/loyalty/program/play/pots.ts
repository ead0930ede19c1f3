import { addLot, type Book, expire, mature, move, takeAvailable } from "../../ledger/book.ts";
import { correct } from "../../ledger/correct.ts";
import { expiresAt } from "../../ledger/expires-at.ts";
import { keepAlive, keepAliveNow } from "../../ledger/longer-lots.ts";
import { termsOf } from "../../ledger/terms-of.ts";
import { bookOf, type PlayedOrder, type Table } from "./table.ts";

const dayMs = 86_400_000;

function dates(table: Table, unit: string, earnedAt: number, tierId: string | null) {
  const { holdDays, expiry } = termsOf(table.programme, unit, tierId);
  const ends = expiresAt(expiry, {
    earnedAt: new Date(earnedAt),
    joinedAt: new Date(table.member.joinedAt),
    timeZone: table.shop.timeZone,
  });
  return { earnedAt: new Date(earnedAt), availableFrom: new Date(earnedAt + holdDays * dayMs), expiresAt: ends };
}

const nextLot = (table: Table): string => {
  table.lots += 1;
  return `lot-${table.lots}`;
};

const sale = { transactionId: "story", shopId: null, netSaleMinor: null, currency: null };

/** Posts what an order earns now, against what it earned before. */
export function post(table: Table, played: PlayedOrder, due: Record<string, number>, tierId: string | null): Record<string, number> {
  const change: Record<string, number> = {};
  for (const unit of new Set([...table.books.keys(), ...Object.keys(due), ...Object.keys(played.due)])) {
    const [now, before] = [due[unit] ?? 0, played.due[unit] ?? 0];
    const book = bookOf(table, unit);
    const lot = { ...sale, ...dates(table, unit, Date.parse(played.order.placedAt), tierId), lotId: nextLot(table), orderGid: played.key };
    if (endsByInactivity(table, unit, tierId)) keepAlive(book, lot.expiresAt, lot.earnedAt);
    if (now === before) continue;
    correct(book, { due: now, recorded: before, sale: lot, now: new Date(table.now), expired: expiredOf(book) });
    change[unit] = now - before;
  }
  return change;
}

/** Posts what no order earned. Points are spendable at once, for a return window is counted from a payment; other units wait their days. */
export function give(table: Table, unit: string, amount: number, wish: { ends?: number | null } = {}): void {
  if (amount <= 0) return;
  const { expiresAt: ends, earnedAt, availableFrom } = dates(table, unit, table.now, table.tierId);
  const from = unit === "points" ? earnedAt : availableFrom;
  addLot(bookOf(table, unit), "issued", {
    ...sale,
    earnedAt,
    availableFrom: from,
    matured: from.getTime() <= table.now,
    origin: "gift",
    lotId: nextLot(table),
    orderGid: null,
    amount,
    ...(wish.ends ? { expiresAt: new Date(wish.ends), endsThen: true } : { expiresAt: ends }),
  });
}

/** Takes what is exchanged; false where there is not enough. */
export function spend(table: Table, unit: string, amount: number): boolean {
  const book = bookOf(table, unit);
  if (book.balance.available < amount) return false;
  takeAvailable(book, amount, "reserved");
  move(book, "available", "redeemed", amount);
  return true;
}

/** Points that end when nothing happens live on: the member has done something. */
export function liveOn(table: Table, unit: string): void {
  const { expiry } = termsOf(table.programme, unit, table.tierId);
  keepAliveNow(bookOf(table, unit), expiry, { now: new Date(table.now), timeZone: table.shop.timeZone });
}

const endsByInactivity = ({ programme }: Table, unit: string, tierId: string | null): boolean =>
  termsOf(programme, unit, tierId).expiry.kind === "inactivity";

/** What time did to the books by this instant: what ended, and what can be spent from now on. */
export function bringUpToDate({ books, now }: Table): { expired: Record<string, number>; matured: Record<string, number> } {
  const expired: Record<string, number> = {};
  const matured: Record<string, number> = {};
  for (const [unit, book] of books) {
    const held = book.balance.available + book.balance.pending;
    expire(book, new Date(now));
    const ended = held - book.balance.available - book.balance.pending;
    if (ended > 0) expired[unit] = ended;
    const pending = book.balance.pending;
    mature(book, new Date(now));
    if (pending > book.balance.pending) matured[unit] = pending - book.balance.pending;
  }
  return { expired, matured };
}

/** A tier whose points live longer than those at hand were to live lengthens them. It never shortens any. */
export function lengthen(table: Table): void {
  for (const lot of bookOf(table, "points").lots) {
    if (lot.left === 0 || lot.endsThen || lot.expiresAt === null) continue;
    const { expiresAt: ends } = dates(table, "points", lot.earnedAt.getTime(), table.tierId);
    if (ends === null || ends > lot.expiresAt) lot.expiresAt = ends;
  }
}

function expiredOf(book: Book): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { lotId, reason, amount } of book.uses) if (reason === "expired") sums.set(lotId, (sums.get(lotId) ?? 0) + amount);
  return sums;
}
