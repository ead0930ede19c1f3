import { bringOpenLots, holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { AlreadyPosted, post } from "../../db/ledger.ts";
import { joinedAtOf, markCards } from "../../db/members.ts";
import { compiledVersion, currentProgramme } from "../../db/programme.ts";
import { tierNow } from "../../db/tiers.ts";
import { newId } from "../../ids.ts";
import { addLot, move, takeAvailable, turnPage } from "../../loyalty/ledger/book.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import { bringUpToDate } from "../../loyalty/ledger/redeem.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { wordsOf } from "../../loyalty/say.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { certificatesDue } from "../settling/certificates.ts";
import { settleDueLots } from "../settling/settle-lots.ts";

type Wish = { memberId: string; points: number; reason: string; requestId: string };

/** Staff give or take points and say why. One request adjusts once, however often it is sent. */
export async function adjustPoints(context: Context, wish: Wish): Promise<{ transactionId: string } | Refusal> {
  const reason = wish.reason.trim();
  if (!Number.isSafeInteger(wish.points) || wish.points === 0)
    return refuse("no points", "Enter a whole number of points, above or below zero.", "points");
  if (Math.abs(wish.points) > 10_000_000) return refuse("too many", "Enter at most 10,000,000 points at a time.", "points");
  if (!reason) return refuse("no reason", "Say why. The member sees it on their statement.", "reason");
  if (reason.length > 200) return refuse("too long", "Use 200 characters or fewer.", "reason");
  try {
    return await context.db.inProgramme(context.scope, (tx) => adjust(tx, context, { ...wish, reason }));
  } catch (error) {
    if (!(error instanceof AlreadyPosted)) throw error;
    return context.db.inProgramme(context.scope, async (tx) => {
      const before = await sentBefore(tx, wish);
      if (!before) throw error;
      return before;
    });
  }
}

async function adjust(tx: Tx, context: Context, wish: Wish): Promise<{ transactionId: string } | Refusal> {
  const now = context.now();
  if (!(await isMember(tx, wish.memberId))) return noSuchMember;
  const programme = await currentProgramme(tx, now);
  if (!programme) throw new Error("There is no programme.");

  const books = await holdBooks(tx, [wish.memberId]);
  const before = await sentBefore(tx, wish);
  if (before) return before;
  // A guest may have claimed their points while we waited for the balance.
  if (!(await isMember(tx, wish.memberId))) return noSuchMember;
  const book = books.get(wish.memberId);
  if (!book) throw new Error("The balance is not held.");
  await bringOpenLots(tx, books, [wish.memberId]);
  bringUpToDate(book, now);
  await settleDueLots(tx, book, now);

  const transactionId = newId();
  if (wish.points > 0) {
    addLot(book, "adjusted", {
      lotId: newId(),
      transactionId,
      origin: "gift",
      shopId: null,
      orderGid: null,
      amount: wish.points,
      matured: true,
      availableFrom: now,
      expiresAt: expiresAt(termsOf(programme, "points", await tierNow(tx, wish.memberId)).expiry, {
        earnedAt: now,
        joinedAt: (await joinedAtOf(tx, [wish.memberId])).get(wish.memberId) ?? now,
        timeZone: programme.timeZone,
      }),
      netSaleMinor: null,
      currency: null,
      earnedAt: now,
    });
  } else {
    const say = wordsOf({ currency: programme.currency, pointsName: programme.definition.points });
    if (book.balance.available < -wish.points)
      return refuse(
        "too few points",
        `Only ${say.points(book.balance.available)} can be taken: pending and reserved points are not touched.`,
        "points",
      );
    takeAvailable(book, -wish.points, "adjusted");
    move(book, "available", "adjusted", -wish.points);
  }
  await post(
    tx,
    [book],
    [
      {
        transactionId,
        kind: "adjust",
        source: wish.requestId,
        memberId: wish.memberId,
        shopId: null,
        orderGid: null,
        redemptionId: null,
        version: programme.version,
        actor: context.actor,
        explanation: { reason: wish.reason, points: wish.points },
        occurredAt: now,
        ...turnPage(book),
      },
    ],
    now,
  );
  await certificatesDue(tx, await compiledVersion(tx, programme.version), [book], now);
  await audit(tx, context, "adjusted points", wish.memberId, { points: wish.points, reason: wish.reason });
  await markCards(tx, [wish.memberId], now);
  return { transactionId };
}

/** What this request did when it came before; refused when it said something else then. */
async function sentBefore(tx: Tx, wish: Wish): Promise<{ transactionId: string } | Refusal | undefined> {
  const before = await tx.one<{ id: string; same: boolean }>(
    `select transaction_id as id, member_id = $3 and (explanation->>'points')::bigint = $4 as same
     from transaction where program_id = $1 and kind = 'adjust' and source = $2`,
    [tx.scope.programId, wish.requestId, wish.memberId, wish.points],
  );
  if (!before) return undefined;
  return before.same
    ? { transactionId: before.id }
    : refuse("sent before", "This was sent before with other points. Reload the page to see the balance, then enter it again.");
}

const noSuchMember = refuse("no such member", "This member does not exist any more.");

const isMember = async (tx: Tx, memberId: string): Promise<boolean> =>
  (await tx.one("select 1 from member where program_id = $1 and member_id = $2 and state <> 'merged'", [tx.scope.programId, memberId])) !==
  undefined;
