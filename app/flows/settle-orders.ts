import { bringOpenLots, bringOrderLots, bringRedemptionLots, expiredOf, holdBooks } from "../db/books.ts";
import type { Tx } from "../db/database.ts";
import { post, type Transaction, writeLotChanges } from "../db/ledger.ts";
import { markCards } from "../db/members.ts";
import { type HeldOrder, recordedFor, recordSettled, type Settled } from "../db/orders.ts";
import { compiledVersion, type PublishedVersion, phaseChanges, publishedVersions } from "../db/programme.ts";
import { lockRedemptions, type Redemption, redemptionsOn } from "../db/redemptions.ts";
import { newId } from "../ids.ts";
import type { CompiledProgramme, Judgement } from "../loyalty/earning/evaluate.ts";
import { type Book, turnPage } from "../loyalty/ledger/book.ts";
import { correct } from "../loyalty/ledger/correct.ts";
import type { Points } from "../loyalty/points.ts";
import { type PhaseChange, phaseAt, versionAt } from "../loyalty/program/phase.ts";
import { type People, personOf } from "./people-of.ts";
import { settleRedemption } from "./settle-redemption.ts";

export type Settlement = { settled: number; points: Points; waitingForTags: { shopId: string; customerGid: string }[] };

/**
 * Settles orders by their difference: what is due under the version of the order's day, less what is recorded,
 * is posted. Duplicates, late versions, refunds and edits need nothing of their own.
 *
 * The orders are held already (locked); from here on the order of locks is members, then redemptions.
 */
export async function settleOrders(tx: Tx, orders: readonly HeldOrder[], people: People, now: Date): Promise<Settlement> {
  const past = await pastOf(tx, orders);
  const pinned = orders.map((order) => pin(order, people, past));
  const ready = pinned.filter((order) => order.waitingFor === null);

  const again = ready.filter((order) => order.settlements > 0);
  const recorded = await recordedFor(tx, again);
  const used = await redemptionsFor(tx, ready);

  const memberIds = ready.flatMap((order) => [...(order.memberId ? [order.memberId] : []), ...(recorded.get(keyOf(order))?.keys() ?? [])]);
  const books = await holdBooks(tx, [...memberIds, ...used.map((one) => one.memberId)]);
  await nobodyMergedMeanwhile(tx, books.keys());
  const redemptions = await lockRedemptions(
    tx,
    used.map((one) => one.redemptionId),
  );

  const judged = ready.map((order) => judge(order, past));
  await bringLots(tx, books, judged, recorded, redemptions);
  const held = await bringRedemptionLots(
    tx,
    books,
    redemptions.map((one) => one.redemptionId),
  );
  const expired = await expiredOf(tx, lotsOf(books, again));

  const transactions: Transaction[] = [];
  for (const { order, judgement, programme } of judged.sort((a, b) => (a.order.facts.placedAt < b.order.facts.placedAt ? -1 : 1))) {
    const before = transactions.length;
    for (const one of redemptions) {
      if (!concerns(one, order)) continue;
      const book = bookOf(books, one.memberId);
      transactions.push(
        ...(await settleRedemption(tx, {
          redemption: one,
          order,
          book,
          held: held.get(one.redemptionId) ?? [],
          policies: programme.definition.policies,
          now,
        })),
      );
    }
    transactions.push(...settleAward({ order, judgement, programme, books, recorded: recorded.get(keyOf(order)), expired, now }));
    if (transactions.length > before) order.settlements += 1;
  }

  await post(tx, books.values(), transactions, now);
  await writeLotChanges(tx, redated(books, transactions));
  await recordSettled(tx, pinned, now);
  await markCards(
    tx,
    transactions.flatMap((one) => one.memberId ?? []),
    now,
  );
  return {
    settled: ready.length,
    points: judged.reduce((sum, one) => sum + one.judgement.due, 0),
    waitingForTags: pinned.flatMap((order) =>
      order.waitingFor && order.facts.customerGid ? [{ shopId: order.shopId, customerGid: order.facts.customerGid }] : [],
    ),
  };
}

// Whose the orders are was read before the balances were locked: a guest may have claimed their points between.
async function nobodyMergedMeanwhile(tx: Tx, memberIds: Iterable<string>): Promise<void> {
  const merged = await tx.one<{ member_id: string }>(
    "select member_id from member where program_id = $1 and member_id = any ($2) and merged_into is not null limit 1",
    [tx.scope.programId, [...memberIds]],
  );
  if (merged) throw new Error(`Member ${merged.member_id} became somebody else meanwhile: the orders are settled again.`);
}

type Judged = { order: Settled; judgement: Judgement; programme: CompiledProgramme };

export const keyOf = (order: { shopId: string; orderGid: string }): string => `${order.shopId} ${order.orderGid}`;

type Past = { versions: PublishedVersion[]; phases: PhaseChange[]; compiled: ReadonlyMap<number, CompiledProgramme> };

// Every version that these orders are or will be judged by, asked for once for the batch.
async function pastOf(tx: Tx, orders: readonly HeldOrder[]): Promise<Past> {
  const versions = await publishedVersions(tx);
  const phases = await phaseChanges(tx);
  const compiled = new Map<number, CompiledProgramme>();
  for (const order of orders) {
    const version = versionFor(order, versions);
    if (!compiled.has(version)) compiled.set(version, await compiledVersion(tx, version));
  }
  return { versions, phases, compiled };
}

function versionFor(order: HeldOrder, versions: readonly PublishedVersion[]): number {
  const version = order.pinned?.version ?? versionAt(versions, new Date(order.facts.placedAt))?.version;
  if (version === undefined) throw new Error("The programme has no version.");
  return version;
}

function compiledFor(order: HeldOrder, { versions, compiled }: Past): CompiledProgramme {
  const programme = compiled.get(versionFor(order, versions));
  if (!programme) throw new Error(`Version ${versionFor(order, versions)} was not compiled.`);
  return programme;
}

// Pinned at first sight: the version and phase of the order's day, the customer's tags, the member's state. An
// order whose customer's tags matter and are not known waits for them; one without a customer has nothing to pin.
function pin(order: HeldOrder, people: People, past: Past): Settled {
  const person = personOf(people, order);
  const memberId = person?.memberId ?? null;
  if (order.pinned || !person) return { ...order, memberId, waitingFor: null };

  const { version, definition } = compiledFor(order, past);
  const { phase, testTag } = phaseAt(past.phases, new Date(order.facts.placedAt));
  const gives = phase === "live" || phase === "testing";
  const tagsMatter = order.facts.customerGid !== null && gives && (testTag !== null || definition.policies.excludeTag !== null);
  if (tagsMatter && !person.tagsKnownAt) return { ...order, memberId, waitingFor: "tags" };
  const memberState = person.state === "merged" ? "active" : person.state;
  return { ...order, memberId, pinned: { version, phase, tags: person.tags, memberState }, waitingFor: null };
}

function judge(order: Settled, past: Past): Judged {
  const programme = compiledFor(order, past);
  const pinned = order.pinned ?? { phase: "off" as const, tags: [], memberState: "active" as const };
  const { testTag } = phaseAt(past.phases, new Date(order.facts.placedAt));
  return {
    order,
    programme,
    judgement: programme.judge(order.facts, { ...pinned, version: programme.version, testTag, deleted: order.deletedAt !== null }),
  };
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

// A member who only earns needs no lots: most of a batch. Whoever loses points, owes some or redeems needs all of theirs.
async function bringLots(
  tx: Tx,
  books: Map<string, Book>,
  judged: readonly Judged[],
  recorded: Awaited<ReturnType<typeof recordedFor>>,
  redemptions: readonly Redemption[],
): Promise<void> {
  await bringOrderLots(
    tx,
    books,
    judged.filter(({ order }) => order.settlements > 0).map(({ order }) => order),
  );
  const losing = judged.flatMap(({ order, judgement }) =>
    [...(recorded.get(keyOf(order)) ?? [])]
      .filter(([member, points]) => points > (member === order.memberId ? judgement.due : 0))
      .map(([member]) => member),
  );
  const owing = [...books.values()].filter((book) => book.balance.owed > 0).map((book) => book.memberId);
  await bringOpenLots(tx, books, [...losing, ...owing, ...redemptions.map((one) => one.memberId)]);
}

const lotsOf = (books: Map<string, Book>, orders: readonly Settled[]): string[] => {
  const wanted = new Set(orders.map((order) => order.orderGid));
  return [...books.values()].flatMap((book) =>
    book.lots.filter((lot) => lot.orderGid && wanted.has(lot.orderGid) && lot.left < lot.amount).map((lot) => lot.lotId),
  );
};

type Award = Judged & {
  books: Map<string, Book>;
  recorded: Map<string, Points> | undefined;
  expired: ReadonlyMap<string, Points>;
  now: Date;
};

// The order's member gets what is due; somebody who had it before, and is no longer its customer, gets nothing.
function settleAward({ order, judgement, programme, books, recorded, expired, now }: Award): Transaction[] {
  const others = [...(recorded?.keys() ?? [])].filter((member) => member !== order.memberId);
  return [...others, ...(order.memberId ? [order.memberId] : [])].flatMap((memberId) => {
    const book = bookOf(books, memberId);
    const due = memberId === order.memberId ? judgement.due : 0;
    const before = recorded?.get(memberId) ?? 0;
    const transactionId = newId();
    correct(book, { due, recorded: before, sale: saleLot(order, judgement, programme, transactionId), now, expired });
    const written = turnPage(book);
    if (written.postings.length === 0) return [];
    return [
      {
        transactionId,
        kind: "order" as const,
        source: `${keyOf(order)} ${order.settlements + 1}${memberId === order.memberId ? "" : ` ${memberId}`}`,
        memberId,
        shopId: order.shopId,
        orderGid: order.orderGid,
        redemptionId: null,
        version: judgement.version,
        actor: null,
        explanation: { order: order.facts.name, due, recorded: before, judgement },
        occurredAt: occurredAt(order, before, due),
        ...written,
      },
    ];
  });
}

function saleLot(order: Settled, judgement: Judgement, { definition: { policies } }: CompiledProgramme, transactionId: string) {
  const earnedAt = new Date(order.facts.placedAt);
  const paid = order.facts.payment === "paid" ? (order.paidAt ?? earnedAt) : null;
  return {
    lotId: newId(),
    transactionId,
    shopId: order.shopId,
    orderGid: order.orderGid,
    availableFrom: paid && addDays(paid, policies.holdDays),
    expiresAt: policies.expiryDays === null ? null : addDays(earnedAt, policies.expiryDays),
    netSaleMinor: judgement.amount,
    currency: order.facts.currency,
    earnedAt,
  };
}

// The first award happened when the order was placed, whatever came late; a correction when the order changed.
const occurredAt = (order: Settled, before: Points, due: Points): Date =>
  new Date(before === 0 && due > 0 ? order.facts.placedAt : order.facts.versionAt);

const addDays = (from: Date, days: number): Date => new Date(from.getTime() + days * 86_400_000);

function bookOf(books: Map<string, Book>, memberId: string): Book {
  const book = books.get(memberId);
  if (!book) throw new Error(`The balance of member ${memberId} is not held.`);
  return book;
}

// Dates of lots can change without a posting (an order that became paid but is still in its return window).
function redated(books: Map<string, Book>, transactions: readonly Transaction[]) {
  if (transactions.length > 0) return [];
  return [...books.values()].flatMap((book) => book.lots.filter((lot) => book.touched.has(lot.lotId)));
}
