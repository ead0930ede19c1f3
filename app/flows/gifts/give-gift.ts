import { holdBooks, POINTS } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { post } from "../../db/ledger.ts";
import { joinedAtOf, markCards } from "../../db/members.ts";
import { compiledVersion, currentProgramme, type Programme } from "../../db/programme.ts";
import { tierNow } from "../../db/tiers.ts";
import { newId } from "../../ids.ts";
import { addLot, type Book, turnPage } from "../../loyalty/ledger/book.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import type { Points } from "../../loyalty/points.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { certificatesDue } from "../settling/certificates.ts";
import { giveReward } from "./give-reward.ts";

export type GiftWish = {
  memberId: string;
  gift: { kind: "points"; points: Points; unit?: string } | { kind: "reward"; reward: Reward };
  /** What gives it, for ever: one cause gives one gift, however often it is asked. */
  cause: string;
  /** A sentence for the statement: "Reached Gold", "On your birthday". */
  why: string;
  /** When the points, or the reward's code, end. Left out: as the programme says. */
  expiresAt?: Date | null;
  /** The shop whose code a reward is; left out, the one where the member shopped last. */
  shopId?: string | null;
  now: Date;
  actor: string;
  /** The member's book of that unit, where the caller holds it already. Its page has to be turned. */
  book?: Book;
};

export type Given = { kind: "points"; transactionId: string; before: boolean } | { kind: "reward"; redemptionId: string; before: boolean };

/**
 * Gives points, or a reward free of charge, that no order earned: posted once for its cause. The same cause with
 * another gift is an error. Works inside of the caller's transaction; locks the member unless the caller did.
 */
export async function giveGift(tx: Tx, wish: GiftWish): Promise<Given | Refusal> {
  const programme = await currentProgramme(tx, wish.now);
  if (!programme) throw new Error("There is no programme.");
  if (wish.book && wish.book.postings.length > 0) throw new Error("The book's page has to be turned before a gift is written into it.");
  const memberId = wish.book ? wish.memberId : await nowCalled(tx, wish.memberId);
  if (!memberId) return refuse("no such member", "This member does not exist any more.");
  return wish.gift.kind === "points"
    ? givePoints(tx, programme, { ...wish, memberId }, { unit: "points", ...wish.gift })
    : giveReward(tx, programme, { ...wish, memberId }, wish.gift.reward);
}

async function givePoints(
  tx: Tx,
  programme: Programme,
  wish: GiftWish,
  { points, unit }: { points: Points; unit: string },
): Promise<Given | Refusal> {
  const { memberId, now, cause } = wish;
  if (!Number.isSafeInteger(points) || points <= 0) throw new RangeError(`A gift of ${points} ${unit} is none.`);
  const book = wish.book ?? (await bookOf(tx, memberId, unit));
  if (book?.unit !== unit) throw new Error(`The book of ${unit} is not held.`);

  const before = await givenBefore(tx, cause);
  if (before) {
    if (before.memberId !== memberId || before.points !== points || before.unit !== unit)
      throw new Error(`The cause "${cause}" gave ${before.points} ${before.unit} before, and now asks for ${points} ${unit}.`);
    return { kind: "points", transactionId: before.transactionId, before: true };
  }

  const transactionId = newId();
  addLot(book, "issued", {
    lotId: newId(),
    transactionId,
    origin: "gift",
    shopId: null,
    orderGid: null,
    amount: points,
    matured: true,
    availableFrom: now,
    expiresAt: wish.expiresAt === undefined ? await endOf(tx, programme, wish, unit) : wish.expiresAt,
    netSaleMinor: null,
    currency: null,
    earnedAt: now,
  });
  await post(
    tx,
    [book],
    [
      {
        transactionId,
        kind: "gift",
        source: cause,
        memberId,
        shopId: wish.shopId ?? null,
        orderGid: null,
        redemptionId: null,
        version: programme.version,
        actor: wish.actor,
        explanation: { why: wish.why, points, unit, ...(wish.expiresAt ? { ends: wish.expiresAt.toISOString() } : {}) },
        occurredAt: now,
        ...turnPage(book),
      },
    ],
    now,
  );
  await certificatesDue(tx, await compiledVersion(tx, programme.version), [book], now);
  await markCards(tx, [memberId], now);
  return { kind: "points", transactionId, before: false };
}

// The points stand for the member: they are held first, whatever is given.
async function bookOf(tx: Tx, memberId: string, unit: string): Promise<Book | undefined> {
  const points = await holdBooks(tx, [memberId]);
  return (unit === POINTS ? points : await holdBooks(tx, [memberId], unit)).get(memberId);
}

async function endOf(tx: Tx, programme: Programme, { memberId, now }: GiftWish, unit: string): Promise<Date | null> {
  const joinedAt = (await joinedAtOf(tx, [memberId])).get(memberId) ?? now;
  const { expiry } = termsOf(programme, unit, await tierNow(tx, memberId));
  return expiresAt(expiry, { earnedAt: now, joinedAt, timeZone: programme.timeZone });
}

// Who gave it may have become somebody else since: their points are that member's.
async function givenBefore(tx: Tx, cause: string) {
  return tx.one<{ transactionId: string; memberId: string; points: Points; unit: string }>(
    `select t.transaction_id as "transactionId", coalesce(m.merged_into, m.member_id) as "memberId", (t.explanation->>'points')::bigint as points, t.explanation->>'unit' as unit
     from transaction t join member m using (program_id, member_id) where t.program_id = $1 and t.kind = 'gift' and t.source = $2`,
    [tx.scope.programId, cause],
  );
}

async function nowCalled(tx: Tx, memberId: string): Promise<string | undefined> {
  const row = await tx.one<{ member_id: string }>(
    "select coalesce(merged_into, member_id) as member_id from member where program_id = $1 and member_id = $2",
    [tx.scope.programId, memberId],
  );
  return row?.member_id;
}
