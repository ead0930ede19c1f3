import { nothing } from "../ledger/accounts.ts";
import { addLot, type Book, move, openBook, takeAvailable, turnPage } from "../ledger/book.ts";
import { correct } from "../ledger/correct.ts";
import type { Expiry } from "../ledger/expiry.ts";
import { keepAlive, keepAliveNow, longerSince } from "../ledger/longer-lots.ts";
import type { Lot, LotUse } from "../ledger/lots.ts";
import { bringUpToDate, charge, forfeit, release, reserve } from "../ledger/redeem.ts";
import type { Points } from "../points.ts";

/**
 * What one member holds on one side of a backtest: the ledger's own books and the ledger's own movements, with nothing
 * written down. A book has the lots with something left; what is spent is laid aside until something asks for it.
 */
export type Purse = {
  books: Map<string, Book>;
  spent: Map<string, Lot>;
  /** The lots of what earned them, by "<occasion> <unit>", and what was recorded for it so far. */
  earned: Map<string, { lots: Set<string>; recorded: Points }>;
  taken: Map<string, Taken>;
  expired: Map<string, Points>;
  /** When points of rewards that were never used last came back to a lot. */
  cameBack: Map<string, Date>;
  lots: number;
};

type Taken = {
  unit: string;
  points: Points;
  charged: Points;
  where: "reserved" | "used" | "released";
  held: LotUse[];
  cameBack: ReadonlyMap<string, Date>;
};

/** What became of points that were set aside: an order had so many of them, they came back, or they were lost. */
export type Fate = { after: number } & ({ what: "used"; cost: Points } | { what: "released" | "lost" });

export const emptyPurse = (): Purse => ({
  books: new Map(),
  spent: new Map(),
  earned: new Map(),
  taken: new Map(),
  expired: new Map(),
  cameBack: new Map(),
  lots: 0,
});

const nobody = { shopId: null, orderGid: null, netSaleMinor: null, currency: null, transactionId: "" };

export function bookOf({ books }: Purse, unit: string): Book {
  let book = books.get(unit);
  if (!book) {
    book = openBook({ memberId: "", unit, balance: nothing, lots: [] });
    books.set(unit, book);
  }
  return book;
}

export type Dates = { earnedAt: Date; availableFrom: Date | null; expiresAt: Date | null };

/** Brings what an occasion has earned to what it is due now. */
export function earn(
  purse: Purse,
  { key, unit, by, dates, isActivity, now }: { key: string; unit: string; by: Points; dates: Dates; isActivity: boolean; now: Date },
): void {
  const book = bookOf(purse, unit);
  const of = `${key} ${unit}`;
  const before = purse.earned.get(of) ?? { lots: new Set<string>(), recorded: 0 };
  bringLots(purse, book, before.lots);
  const lotId = newLotId(purse);
  const due = before.recorded + by;
  correct(book, {
    due,
    recorded: before.recorded,
    sale: { ...nobody, lotId, ...dates },
    now,
    expired: purse.expired,
    isOwn: (lot) => before.lots.has(lot.lotId),
  });
  if (isActivity) {
    bringSetAside(purse, book);
    keepAlive(book, dates.expiresAt, dates.earnedAt);
  }
  if (by > 0) before.lots.add(lotId);
  purse.earned.set(of, { ...before, recorded: due });
  write(purse, book);
}

/** Points that nothing earned: gifts of tiers, what staff gave, opening balances. */
export function give(
  purse: Purse,
  {
    unit,
    points,
    expiresAt,
    endsThen = false,
    now,
  }: { unit: string; points: Points; expiresAt: Date | null; endsThen?: boolean; now: Date },
): void {
  const book = bookOf(purse, unit);
  const lot = { ...nobody, origin: "gift" as const, matured: true, availableFrom: now, earnedAt: now };
  addLot(book, "issued", { ...lot, lotId: newLotId(purse), amount: points, expiresAt, endsThen });
  write(purse, book);
}

/** Takes points for ever, as many of them as there are. */
export function takeAway(purse: Purse, unit: string, points: Points): void {
  const book = bookOf(purse, unit);
  const part = Math.min(points, book.balance.available);
  takeAvailable(book, part, "adjusted");
  move(book, "available", "adjusted", part);
  write(purse, book);
}

/** Sets points aside for a reward, as many of them as there are. */
export function setAside(purse: Purse, id: string, unit: string, wanted: Points, isCertificate: boolean): void {
  const book = bookOf(purse, unit);
  const points = Math.min(wanted, book.balance.available);
  purse.taken.set(id, { unit, points, charged: 0, where: "reserved", held: [], cameBack: new Map(isCertificate ? [] : purse.cameBack) });
  reserve(book, points, id);
  write(purse, book);
}

/** endOf: when points of a unit end that are given now. */
type Fated = { now: Date; graceDays: number; endOf: (unit: string) => Date | null };

/** What became of a reward: as an order that used it, the end of its day, or whoever gave it back would have it. */
export function settleFate(purse: Purse, id: string, fate: Fate, { now, graceDays, endOf }: Fated): void {
  const taken = purse.taken.get(id);
  if (!taken) return;
  const book = bookOf(purse, taken.unit);
  bringLots(
    purse,
    book,
    taken.held.map((one) => one.lotId),
  );
  const standing = { redemptionId: id, points: taken.points, charged: taken.charged, where: taken.where };
  const restore = { now, graceDays };
  if (fate.what === "used") {
    taken.charged = Math.min(fate.cost, taken.points);
    taken.where = taken.charged > 0 ? "used" : "released";
    const lot = { lotId: newLotId(purse), transactionId: "", expiresAt: endOf(taken.unit) };
    charge(book, standing, taken.charged, taken.held, { ...restore, lot });
  } else if (taken.where === "reserved") {
    taken.where = "released";
    if (fate.what === "lost") forfeit(book, standing, taken.held);
    else {
      release(book, standing, taken.held, { ...restore, cameBack: taken.cameBack });
      for (const { lotId } of taken.held) purse.cameBack.set(lotId, now);
    }
  }
  write(purse, book);
}

/** What time did to the books by now. @returns whether it did anything */
export function passTime(purse: Purse, now: Date): boolean {
  let isSome = false;
  for (const book of purse.books.values()) {
    bringUpToDate(book, now);
    if (book.postings.length > 0) isSome = true;
    write(purse, book);
  }
  return isSome;
}

/** When time alone changes something next. */
export function nextDue({ books }: Purse): number {
  let next = Number.POSITIVE_INFINITY;
  for (const { lots } of books.values())
    for (const { matured, availableFrom, expiresAt } of lots) {
      if (!matured && availableFrom !== null && availableFrom.getTime() < next) next = availableFrom.getTime();
      if (expiresAt !== null && expiresAt.getTime() < next) next = expiresAt.getTime();
    }
  return next;
}

/** Whoever redeems does something: what is left lives on. */
export function liveOn(purse: Purse, unit: string, expiry: Expiry, at: { now: Date; timeZone: string }): void {
  const book = bookOf(purse, unit);
  bringSetAside(purse, book);
  keepAliveNow(book, expiry, at);
  write(purse, book);
}

/** Tiers whose points live longer lengthen those that are there. */
export function lengthen(purse: Purse, ...[entered, of]: [Parameters<typeof longerSince>[0], Parameters<typeof longerSince>[2]]): void {
  const book = bookOf(purse, "points");
  bringSetAside(purse, book);
  const longer = new Map(longerSince(entered, book.lots, of).map((lot) => [lot.lotId, lot.expiresAt]));
  for (const lot of book.lots) if (longer.has(lot.lotId)) lot.expiresAt = longer.get(lot.lotId) ?? null;
  write(purse, book);
}

// What is set aside lives on as what is left does: it may come back.
function bringSetAside(purse: Purse, book: Book): void {
  if (book.balance.reserved === 0) return;
  for (const { unit, where, held } of purse.taken.values())
    if (unit === book.unit && where === "reserved")
      bringLots(
        purse,
        book,
        held.map((one) => one.lotId),
      );
}

/** Points that a member could still turn into something, with those that wait or are set aside for a reward they chose. */
export function openIn({ books, taken }: Purse, isChosen: (id: string) => boolean): Points {
  const balance = books.get("points")?.balance ?? nothing;
  let open = balance.pending + balance.available - balance.owed;
  for (const [id, { unit, where, points }] of taken) if (unit === "points" && where === "reserved" && isChosen(id)) open += points;
  return Math.max(0, open);
}

function write(purse: Purse, book: Book): void {
  for (const one of turnPage(book).uses) {
    if (one.reason === "expired") purse.expired.set(one.lotId, (purse.expired.get(one.lotId) ?? 0) + one.amount);
    if (one.redemptionId !== null) purse.taken.get(one.redemptionId)?.held.push(one);
  }
  if (!book.lots.some((lot) => lot.left === 0)) return;
  for (const lot of book.lots) if (lot.left === 0) purse.spent.set(lot.lotId, lot);
  book.lots = book.lots.filter((lot) => lot.left > 0);
}

function bringLots(purse: Purse, book: Book, ids: Iterable<string>): void {
  for (const id of ids) {
    const lot = purse.spent.get(id);
    if (!lot) continue;
    purse.spent.delete(id);
    book.lots.push(lot);
  }
}

// Of two lots that end together and are as old, the one that came first is spent first, as it is where ids tell their time.
function newLotId(purse: Purse): string {
  purse.lots += 1;
  return String(purse.lots).padStart(9, "0");
}
