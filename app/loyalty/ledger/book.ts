import type { Points } from "../points.ts";
import type { Balance, MemberAccount, Place, Posting, ProgrammeAccount } from "./accounts.ts";
import { type Lot, type LotUse, spendingOrder, type UseReason } from "./lots.ts";

/**
 * A member's points of one unit, open for writing: what is changed here is posted as one transaction.
 * Functions below change the draft they are handed and nothing else.
 */
export type Book = {
  memberId: string;
  unit: string;
  balance: Balance;
  /** Lots with something left, and all lots of the orders at hand. */
  lots: Lot[];
  postings: Posting[];
  uses: LotUse[];
  newLots: Lot[];
  /** Lots whose dates changed. */
  touched: Set<string>;
};

export function openBook(page: { memberId: string; unit: string; balance: Balance; lots: Lot[] }): Book {
  return {
    ...page,
    balance: { ...page.balance },
    lots: page.lots.map((lot) => ({ ...lot })),
    postings: [],
    uses: [],
    newLots: [],
    touched: new Set(),
  };
}

/** Hands out what was written since the last time, and goes on with an empty page. */
export function turnPage(book: Book): Pick<Book, "postings" | "uses" | "newLots"> {
  const written = { postings: book.postings, uses: mergeUses(book.uses), newLots: book.newLots };
  book.postings = [];
  book.uses = [];
  book.newLots = [];
  return written;
}

/** Moves points and keeps the balance in step. Zero moves nothing. @throws when an account would go below zero */
export function move(book: Book, from: MemberAccount | ProgrammeAccount, to: MemberAccount | ProgrammeAccount, amount: Points): void {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`Cannot move ${amount} points.`);
  if (amount === 0) return;
  change(book, from, -amount);
  change(book, to, amount);
  const last = book.postings.at(-1);
  if (last && last.from.account === from && last.to.account === to) last.amount += amount;
  else book.postings.push({ from: place(book, from), to: place(book, to), unit: book.unit, amount });
}

/** Adds a lot that came from a programme account, pending until it matures. Older debts are repaid from what is available. */
export function addLot(book: Book, from: ProgrammeAccount, lot: Omit<Lot, "memberId" | "unit" | "left">): void {
  const added: Lot = { ...lot, memberId: book.memberId, unit: book.unit, left: lot.amount };
  book.newLots.push(added);
  book.lots.push(added);
  move(book, from, lot.matured ? "available" : "pending", lot.amount);
  repay(book);
}

/** Pending lots whose day has come become available. */
export function mature(book: Book, now: Date): void {
  for (const lot of book.lots) {
    if (lot.matured || lot.availableFrom === null || lot.availableFrom > now) continue;
    lot.matured = true;
    book.touched.add(lot.lotId);
    move(book, "pending", "available", lot.left);
  }
  repay(book);
}

/** Lots past their day lose what is left of them. A lot on its very instant has expired. */
export function expire(book: Book, now: Date): void {
  for (const lot of book.lots) {
    if (lot.left === 0 || lot.expiresAt === null || lot.expiresAt > now) continue;
    move(book, lot.matured ? "available" : "pending", "expired", lot.left);
    use(book, lot, "expired", lot.left);
  }
}

/** Takes available points from lots in spending order. @throws when there are not enough: ask before */
export function takeAvailable(book: Book, amount: Points, reason: UseReason, redemptionId: string | null = null): void {
  let wanted = amount;
  for (const lot of book.lots.filter((lot) => lot.matured && lot.left > 0).sort(spendingOrder)) {
    if (wanted === 0) break;
    const part = Math.min(wanted, lot.left);
    use(book, lot, reason, part, redemptionId);
    wanted -= part;
  }
  if (wanted > 0) throw new Error(`The lots of member ${book.memberId} hold ${wanted} ${book.unit} fewer than their balance.`);
}

/** What a member owes is repaid as soon as something is available. */
export function repay(book: Book): void {
  const amount = Math.min(book.balance.owed, book.balance.available);
  if (amount === 0) return;
  takeAvailable(book, amount, "owed");
  move(book, "available", "owed", amount);
}

/** Records what took from a lot, or gave back to it (negative). */
export function use(book: Book, lot: Lot, reason: UseReason, amount: Points, redemptionId: string | null = null): void {
  lot.left -= amount;
  if (lot.left < 0 || lot.left > lot.amount) throw new RangeError(`Lot ${lot.lotId} of ${lot.amount} would have ${lot.left} left.`);
  book.uses.push({ lotId: lot.lotId, reason, amount, redemptionId });
}

function place(book: Book, account: MemberAccount | ProgrammeAccount): Place {
  return isMemberAccount(account) ? { account, member: book.memberId } : { account };
}

function change(book: Book, account: MemberAccount | ProgrammeAccount, amount: Points): void {
  if (!isMemberAccount(account)) return;
  // A debt is the one account that grows when points leave it.
  const after = account === "owed" ? book.balance.owed - amount : book.balance[account] + amount;
  if (after < 0) throw new RangeError(`${account} of member ${book.memberId} would be ${after}.`);
  book.balance[account] = after;
}

const isMemberAccount = (account: MemberAccount | ProgrammeAccount): account is MemberAccount =>
  account === "pending" || account === "available" || account === "reserved" || account === "owed";

function mergeUses(uses: LotUse[]): LotUse[] {
  const merged = new Map<string, LotUse>();
  for (const one of uses) {
    const key = `${one.lotId} ${one.reason} ${one.redemptionId ?? ""}`;
    const seen = merged.get(key);
    if (seen) seen.amount += one.amount;
    else merged.set(key, { ...one });
  }
  return [...merged.values()].filter((one) => one.amount !== 0);
}
