import { expect } from "vitest";
import type { Balance } from "../../app/loyalty/ledger/accounts.ts";
import { nothing } from "../../app/loyalty/ledger/accounts.ts";
import { addLot, type Book, move, openBook, takeAvailable, turnPage } from "../../app/loyalty/ledger/book.ts";
import { correct } from "../../app/loyalty/ledger/correct.ts";
import type { Lot, LotUse } from "../../app/loyalty/ledger/lots.ts";
import { bringUpToDate, charge, release, reserve, type Standing } from "../../app/loyalty/ledger/redeem.ts";

const begin = Date.parse("2026-01-01T00:00:00Z");
export const dayOf = (day: number): Date => new Date(begin + day * 86_400_000);

type Order = { due: number; placed: number; held: number; paid: number | null; expires: number | null };
type Redemption = Standing & { uses: LotUse[] };
type Account = "pending" | "available" | "reserved" | "owed" | "issued" | "redeemed" | "expired" | "adjusted";

/**
 * One member and their whole history, worked on as the flows do: a book is opened with only the lots that the
 * flow would bring, and what it wrote is kept.
 */
export class LedgerWorld {
  balance: Balance = { ...nothing };
  lots = new Map<string, Lot>();
  uses: LotUse[] = [];
  orders = new Map<string, Order>();
  redemptions = new Map<string, Redemption>();
  /** Every account's sum of all postings, the programme's own too. */
  sums = new Map<Account, number>();
  /** What each order has been posted to have earned: its issued postings. */
  recorded = new Map<string, number>();
  day = 0;
  graceDays = 30;
  #ids = 0;

  get now(): Date {
    return dayOf(this.day);
  }

  /** Settles an order at what it is due, as often as one likes. */
  settle(name: string, change: Partial<Order> & { due: number }): void {
    const before = this.orders.get(name);
    const order = { placed: this.day, held: 0, paid: this.day, expires: null, ...before, ...change };
    this.orders.set(name, order);
    const recorded = this.recorded.get(name) ?? 0;
    const losing = recorded > order.due;
    const mine = (lot: Lot) => before !== undefined && lot.orderGid === name;
    this.#write(
      (lot) => mine(lot) || ((losing || this.balance.owed > 0) && lot.left > 0),
      (book) => {
        const expired = new Map(
          [...this.lots.values()].filter(mine).map((lot) => [lot.lotId, this.#usedOf(lot.lotId, (use) => use.reason === "expired")]),
        );
        const id = this.#id("lot");
        correct(book, {
          due: order.due,
          recorded,
          now: this.now,
          expired,
          sale: {
            lotId: id,
            transactionId: id,
            shopId: "shop",
            orderGid: name,
            availableFrom: order.paid === null ? null : dayOf(order.paid + order.held),
            expiresAt: order.expires === null ? null : dayOf(order.placed + order.expires),
            netSaleMinor: order.due * 100,
            currency: "USD",
            earnedAt: dayOf(order.placed),
          },
        });
        this.recorded.set(name, order.due);
      },
    );
  }

  /** What is due at this instant: what expires, then what matures. */
  sweep(): void {
    this.#write(
      (lot) => lot.left > 0,
      (book) => bringUpToDate(book, this.now),
    );
  }

  give(points: number, expires: number | null = null): void {
    const id = this.#id("gift");
    this.#write(
      (lot) => lot.left > 0,
      (book) =>
        addLot(book, "adjusted", {
          lotId: id,
          transactionId: id,
          origin: "gift",
          shopId: null,
          orderGid: null,
          amount: points,
          matured: true,
          availableFrom: this.now,
          expiresAt: expires === null ? null : dayOf(this.day + expires),
          netSaleMinor: null,
          currency: null,
          earnedAt: this.now,
        }),
    );
  }

  take(points: number): void {
    this.#write(
      (lot) => lot.left > 0,
      (book) => {
        takeAvailable(book, points, "adjusted");
        move(book, "available", "adjusted", points);
      },
    );
  }

  /** @returns whether there were enough */
  reserve(name: string, points: number): boolean {
    this.sweep();
    if (this.balance.available < points) return false;
    this.redemptions.set(name, { redemptionId: name, points, charged: 0, where: "reserved", uses: [] });
    this.#write(
      (lot) => lot.left > 0,
      (book) => reserve(book, points, name),
    );
    return true;
  }

  /** An order costs so much of a redemption; zero where it was cancelled. */
  charge(name: string, cost: number): void {
    const one = this.redemption(name);
    const id = this.#id("back");
    this.#write(this.#openOr(one), (book) =>
      charge(book, one, cost, one.uses, {
        now: this.now,
        graceDays: this.graceDays,
        lot: { lotId: id, transactionId: id, expiresAt: null },
      }),
    );
    Object.assign(one, { charged: cost, where: cost === 0 ? "released" : "used" });
  }

  release(name: string): void {
    const one = this.redemption(name);
    this.#write(this.#openOr(one), (book) => release(book, one, one.uses, { now: this.now, graceDays: this.graceDays }));
    one.where = "released";
  }

  redemption(name: string): Redemption {
    const one = this.redemptions.get(name);
    if (!one) throw new Error(`There is no redemption ${name}.`);
    return one;
  }

  /** What must hold after every step, whatever happened. */
  expectSound(): void {
    const lots = [...this.lots.values()];
    for (const lot of lots) expect(lot.left, `what is left of lot ${lot.lotId}`).toBe(lot.amount - this.#usedOf(lot.lotId, () => true));
    const left = (matured: boolean) => lots.filter((lot) => lot.matured === matured).reduce((sum, lot) => sum + lot.left, 0);
    const open = [...this.redemptions.values()].filter((one) => one.where === "reserved");
    expect(this.balance, "the balance by its parts").toEqual({
      pending: left(false),
      available: left(true),
      reserved: open.reduce((sum, one) => sum + one.points, 0),
      owed: this.balance.owed,
    });
    for (const [account, points] of Object.entries(this.balance)) expect(points, account).toBeGreaterThanOrEqual(0);
    if (this.balance.owed > 0) expect(this.balance.available, "available while something is owed").toBe(0);
    const { pending, available, reserved, owed } = this.balance;
    const programme = (["issued", "redeemed", "expired", "adjusted"] as const).reduce((sum, one) => sum + (this.sums.get(one) ?? 0), 0);
    expect(programme + pending + available + reserved - owed, "the sum of all accounts").toBe(0);
    const due = [...this.orders.values()].reduce((sum, order) => sum + order.due, 0);
    expect(0 - (this.sums.get("issued") ?? 0), "what was issued is what the orders are due").toBe(due);
    const charged = [...this.redemptions.values()].reduce((sum, one) => sum + one.charged, 0);
    expect(this.sums.get("redeemed") ?? 0, "what was redeemed is what orders were charged").toBe(charged);
  }

  #id(kind: string): string {
    this.#ids += 1;
    return `${kind} ${String(this.#ids).padStart(4, "0")}`;
  }

  #usedOf(lotId: string, which: (use: LotUse) => boolean): number {
    return this.uses.filter((use) => use.lotId === lotId && which(use)).reduce((sum, use) => sum + use.amount, 0);
  }

  #openOr =
    (one: Redemption) =>
    (lot: Lot): boolean =>
      lot.left > 0 || one.uses.some((use) => use.lotId === lot.lotId);

  #write(brings: (lot: Lot) => boolean, work: (book: Book) => void): void {
    const book = openBook({ memberId: "ann", unit: "points", balance: this.balance, lots: [...this.lots.values()].filter(brings) });
    work(book);
    const { postings, uses } = turnPage(book);
    for (const { from, to, amount } of postings) {
      expect(amount, "a posting's amount").toBeGreaterThan(0);
      this.sums.set(from.account as Account, (this.sums.get(from.account as Account) ?? 0) - amount);
      this.sums.set(to.account as Account, (this.sums.get(to.account as Account) ?? 0) + amount);
    }
    // The postings alone, as PostgreSQL applies them, lead to the balance that was decided on.
    for (const account of ["pending", "available", "reserved"] as const)
      expect(book.balance[account], account).toBe(this.sums.get(account) ?? 0);
    expect(book.balance.owed, "owed").toBe(0 - (this.sums.get("owed") ?? 0));
    this.balance = book.balance;
    for (const lot of book.lots) this.lots.set(lot.lotId, lot);
    this.uses.push(...uses);
    for (const use of uses) if (use.redemptionId) this.redemption(use.redemptionId).uses.push(use);
  }
}
