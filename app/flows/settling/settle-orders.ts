import { bringOpenLots, bringOrderLots, bringRedemptionLots, bringReservedLots, expiredOf, holdBooks, POINTS } from "../../db/books.ts";
import { writeBudgets } from "../../db/budgets.ts";
import type { Tx } from "../../db/database.ts";
import { type GiftsDue, noteGifts } from "../../db/gifts.ts";
import { post, type Transaction, writeLotChanges } from "../../db/ledger.ts";
import { joinedAtOf, joinedBy, markCards } from "../../db/members.ts";
import { type HeldOrder, type Missing, recordSettled, type Settled } from "../../db/orders.ts";
import { holdVersions } from "../../db/programme.ts";
import { type Recorded, recordedFor } from "../../db/recorded.ts";
import { lockRedemptions, type Redemption, redemptionsOn } from "../../db/redemptions.ts";
import { markStandings } from "../../db/tiers.ts";
import type { Book } from "../../loyalty/ledger/book.ts";
import type { LotUse } from "../../loyalty/ledger/lots.ts";
import type { Points } from "../../loyalty/points.ts";
import { certificatesDue } from "./certificates.ts";
import { historiesOf } from "./histories.ts";
import { type Judged, judgeOrders } from "./judge-orders.ts";
import { hasTiers } from "./ladders.ts";
import { endsBy, livedSince } from "./lived-since.ts";
import { lookAgain } from "./look-again.ts";
import { compiledFor, type Past, pastOf } from "./past-of.ts";
import { type People, personOf } from "./people-of.ts";
import { backgroundsToPin } from "./pin-customer.ts";
import { pinOrder } from "./pin-order.ts";
import { bookOf, duesOf, keepsAlive, type Shelves, settleAward } from "./settle-award.ts";
import { settleRedemption } from "./settle-redemption.ts";

/** Orders that could not be judged yet, and what they lack. */
export type Waiting = { missing: Missing; shopId: string; orderGid: string; customerGid: string | null; productGids: string[] };

export type Settlement = { settled: number; points: Points; waiting: Waiting[] };

/** Whose orders are settled again anyway, as soon as these are, and from when on. */
export type Soon = { memberId: string; since: number };

/**
 * Settles orders by their difference: what is due under the version of the order's day, less what is recorded,
 * is posted. Duplicates, late versions, refunds and edits need nothing of their own.
 *
 * The orders are held already (locked); from here on the order of locks is members, then redemptions, then budgets.
 */
export async function settleOrders(
  tx: Tx,
  orders: readonly HeldOrder[],
  people: People,
  now: Date,
  soon: Soon | null = null,
): Promise<Settlement> {
  await holdVersions(tx);
  const past = await pastOf(tx, orders);
  const backgrounds = await backgroundsToPin(tx, orders, people, past);
  const pinned = orders.map((order) => pinOrder(order, people, past, backgrounds));
  const waiting = pinned.filter((order) => order.waitingFor !== null);
  const ready = pinned.filter((order) => order.waitingFor === null);

  const again = ready.filter((order) => order.settlements > 0);
  const recorded = await recordedFor(tx, again);
  const used = await redemptionsFor(tx, ready);

  const owners = ready.flatMap((order) => [...(order.memberId ? [order.memberId] : []), ...(recorded.get(keyOf(order))?.keys() ?? [])]);
  const shelves = await holdShelves(tx, [...owners, ...used.map((one) => one.memberId)], unitsOf(ready, used, past));
  const members = [...(shelves.get(POINTS)?.keys() ?? [])];
  await nobodyMergedMeanwhile(tx, members);
  const redemptions = await lockRedemptions(
    tx,
    used.map((one) => one.redemptionId),
  );

  const bought = boughtBefore(ready, people);
  const notYet = await joinedBy(tx, bought);

  const histories = await historiesOf(tx, members, past);
  const verdicts = await judgeOrders(tx, ready, past, histories);
  const { judged } = verdicts;
  const brought = await bringLots(tx, shelves, judged, recorded, redemptions);
  const joinedAt = needJoined(past) ? await joinedAtOf(tx, members) : new Map<string, Date>();

  const transactions: Transaction[] = [];
  for (const one of judged) {
    const before = transactions.length;
    transactions.push(...(await settleUses(tx, one, redemptions, shelves, brought.held, now)));
    transactions.push(
      ...settleAward({ ...one, shelves, recorded: recorded.get(keyOf(one.order)), expired: brought.expired, joinedAt, now }),
    );
    if (transactions.length > before) one.order.settlements += 1;
  }

  const books = [...shelves.values()].flatMap((shelf) => [...shelf.values()]);
  await post(tx, books, transactions, now);
  await writeLotChanges(tx, redated(books, transactions));
  await recordSettled(tx, [...judged.map((one) => one.order), ...waiting], now);
  await writeBudgets(tx, verdicts.budgets.values());
  await noteGifts(
    tx,
    judged.flatMap((one) => giftsOf(one, now)),
  );
  await certificatesDue(tx, past.compiled.values(), books, now);
  const moved = movedFrom(orders, pinned, past);
  if (await hasTiers(tx, past.versions)) await markStandings(tx, [...verdicts.changed, ...moved.map((one) => one.memberId)], now);
  const lived = await livedSince(
    tx,
    transactions,
    past,
    judged.map(({ order }) => keyOf(order)),
  );
  const unwritten = bought.flatMap(({ memberId, at }) => (notYet.has(memberId) ? [{ memberId, since: at.getTime() }] : []));
  for (const { memberId, since } of [...verdicts.again, ...moved, ...lived, ...unwritten])
    if (memberId !== soon?.memberId || since < soon.since) await lookAgain(tx, memberId, since);
  await markCards(
    tx,
    transactions.flatMap((one) => one.memberId ?? []),
    now,
  );
  return {
    settled: ready.length,
    points: judged.reduce((sum, one) => sum + one.judgement.due, 0),
    waiting: waiting.flatMap(waitingOf),
  };
}

export const keyOf = (order: { shopId: string; orderGid: string }): string => `${order.shopId} ${order.orderGid}`;

function waitingOf({ waitingFor, shopId, orderGid, facts }: Settled): Waiting[] {
  if (!waitingFor) return [];
  const productGids = [...new Set(facts.lines.flatMap((line) => line.productGid ?? []))];
  return [{ missing: waitingFor, shopId, orderGid, customerGid: facts.customerGid, productGids }];
}

// Whose the orders are was read before the balances were locked: a guest may have claimed their points between.
async function nobodyMergedMeanwhile(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const merged = await tx.one<{ member_id: string }>(
    "select member_id from member where program_id = $1 and member_id = any ($2) and merged_into is not null limit 1",
    [tx.scope.programId, memberIds],
  );
  if (merged) throw new Error(`Member ${merged.member_id} became somebody else meanwhile: the orders are settled again.`);
}

function unitsOf(orders: readonly Settled[], redemptions: readonly Redemption[], past: Past): string[] {
  const units = new Set([POINTS]);
  for (const order of orders) for (const unit of compiledFor(order, past).definition.units) units.add(unit.id);
  for (const one of redemptions) units.add(one.unit);
  return [...units].sort();
}

// The points of a member are always held, and first: they stand for the member.
async function holdShelves(tx: Tx, memberIds: readonly string[], units: readonly string[]): Promise<Map<string, Map<string, Book>>> {
  const shelves = new Map([[POINTS, await holdBooks(tx, memberIds)]]);
  for (const unit of units) if (unit !== POINTS) shelves.set(unit, await holdBooks(tx, memberIds, unit));
  return shelves;
}

// Orders that are told late: those of a member are judged alike whichever of them was heard of first.
function boughtBefore(orders: readonly Settled[], people: People): { memberId: string; at: Date }[] {
  return orders.flatMap((order) => {
    const [person, at] = [personOf(people, order), new Date(order.facts.placedAt)];
    const wasOff = order.pinned === null || order.pinned.phase === "off";
    return person && !wasOff && at < person.joinedAt ? [{ memberId: person.memberId, at }] : [];
  });
}

async function redemptionsFor(tx: Tx, orders: readonly Settled[]): Promise<Redemption[]> {
  const codes = orders.flatMap((order) => order.facts.codes.map((one) => one.code));
  const again = orders.filter((order) => order.settlements > 0);
  return codes.length + again.length === 0 ? [] : redemptionsOn(tx, again, codes);
}

const concerns = (redemption: Redemption, order: Settled): boolean =>
  redemption.shopId === order.shopId &&
  (redemption.orderGid === order.orderGid ||
    (redemption.charged === 0 && order.facts.codes.some((one) => one.code.toUpperCase() === redemption.code)));

async function settleUses(
  tx: Tx,
  { order, programme }: Judged,
  redemptions: readonly Redemption[],
  shelves: Shelves,
  held: ReadonlyMap<string, LotUse[]>,
  now: Date,
): Promise<Transaction[]> {
  const transactions: Transaction[] = [];
  for (const redemption of redemptions.filter((one) => concerns(one, order))) {
    const book = bookOf(shelves, redemption.unit, redemption.memberId);
    const use = { redemption, order, book, held: held.get(redemption.redemptionId) ?? [], programme, now };
    transactions.push(...(await settleRedemption(tx, use)));
  }
  return transactions;
}

type Brought = { held: Map<string, LotUse[]>; expired: Map<string, Points> };

// A member who only earns needs no lots: most of a batch. Whoever loses points, owes some or redeems needs all of theirs.
async function bringLots(
  tx: Tx,
  shelves: Shelves,
  judged: readonly Judged[],
  recorded: Recorded,
  redemptions: readonly Redemption[],
): Promise<Brought> {
  const brought: Brought = { held: new Map(), expired: new Map() };
  const again = judged.filter(({ order }) => order.settlements > 0).map(({ order }) => order);
  for (const [unit, books] of shelves) {
    await bringOrderLots(tx, books, again);
    const losing = judged.flatMap(({ order, judgement }) =>
      [...(recorded.get(keyOf(order)) ?? [])]
        .filter(([member, before]) => (before[unit] ?? 0) > (member === order.memberId ? (duesOf(judgement)[unit] ?? 0) : 0))
        .map(([member]) => member),
    );
    const owing = [...books.values()].filter((book) => book.balance.owed > 0).map((book) => book.memberId);
    const living = judged.flatMap((one) => (one.order.memberId && keepsAlive(one, unit) ? [one.order.memberId] : []));
    const redeeming = redemptions.filter((one) => one.unit === unit);
    await bringOpenLots(tx, books, [...losing, ...owing, ...living, ...redeeming.map((one) => one.memberId)]);
    await bringReservedLots(tx, books, living);
    const uses = await bringRedemptionLots(
      tx,
      books,
      redeeming.map((one) => one.redemptionId),
    );
    for (const [redemptionId, lots] of uses) brought.held.set(redemptionId, lots);
    for (const [lotId, expired] of await expiredOf(tx, lotsOf(books, again))) brought.expired.set(lotId, expired);
  }
  return brought;
}

const lotsOf = (books: Map<string, Book>, orders: readonly Settled[]): string[] => {
  const wanted = new Set(orders.map((order) => order.orderGid));
  return [...books.values()].flatMap((book) =>
    book.lots.filter((lot) => lot.orderGid && wanted.has(lot.orderGid) && lot.left < lot.amount).map((lot) => lot.lotId),
  );
};

const needJoined = ({ compiled }: Past): boolean => [...compiled.values()].some(({ definition }) => endsBy("membership year", definition));

// Told of every order whose version gives such things: what is due no longer is withdrawn.
function giftsOf({ order, judgement, programme }: Judged, now: Date): GiftsDue[] {
  if (programme.rules.every((rule) => rule.gifts.length === 0)) return [];
  return [{ memberId: order.memberId, shopId: order.shopId, cause: `order ${keyOf(order)}`, gifts: judgement.gifts ?? [], now }];
}

// Dates of lots can change without a posting (an order that became paid but is still in its return window).
function redated(books: readonly Book[], transactions: readonly Transaction[]) {
  if (transactions.length > 0) return [];
  return books.flatMap((book) => book.lots.filter((lot) => book.touched.has(lot.lotId)));
}

// An order that is somebody else's now is missing from the history of whoever had it. Where Shopify's count matters, also
// older orders looked at it: it was one of those that were counted.
function movedFrom(before: readonly HeldOrder[], after: readonly Settled[], { asksHistory }: Past): { memberId: string; since: number }[] {
  if (!asksHistory) return [];
  return before.flatMap((order, at) =>
    order.memberId && order.pinned && order.memberId !== after[at]?.memberId
      ? [{ memberId: order.memberId, since: order.pins?.counted ? 0 : Date.parse(order.facts.placedAt) }]
      : [],
  );
}
