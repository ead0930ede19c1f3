import type { Tx } from "../../db/database.ts";
import { post } from "../../db/ledger.ts";
import { markCards } from "../../db/members.ts";
import type { Programme } from "../../db/programme.ts";
import { addRedemption } from "../../db/redemptions.ts";
import { newId } from "../../ids.ts";
import { type Book, turnPage } from "../../loyalty/ledger/book.ts";
import { reserve } from "../../loyalty/ledger/redeem.ts";
import type { Points } from "../../loyalty/points.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import { codeEnds } from "../../loyalty/redeeming/code-ends.ts";
import type { Context } from "../context.ts";
import { newCode } from "./new-code.ts";

export type Reservation = {
  programme: Pick<Programme, "version" | "definition">;
  reward: Reward;
  /** What it costs: the reward's price, or what a certificate takes. Of the book's unit. */
  points: Points;
  shopId: string;
  customerGid: string;
  requestId: string;
  book: Book;
  why: string;
};

/** Sets points aside for a reward and writes its code down; a safety job makes the code should nobody else. */
export async function writeReservation(
  tx: Tx,
  context: Pick<Context, "now" | "actor">,
  { programme, reward, points, shopId, customerGid, requestId, book, why }: Reservation,
): Promise<{ redemptionId: string; code: string }> {
  const now = context.now();
  const { memberId, unit } = book;
  const redemptionId = newId();
  const code = newCode();
  reserve(book, points, redemptionId);
  await addRedemption(
    tx,
    {
      redemptionId,
      shopId,
      memberId,
      customerGid,
      requestId,
      version: programme.version,
      reward,
      unit,
      points,
      state: "reserved",
      code,
      discountGid: null,
      reservedAt: now,
      issuedAt: null,
      expiresAt: codeEnds(reward, programme, now),
      orderGid: null,
      givenMinor: null,
      charged: 0,
      settlements: 0,
      changedAt: now,
    },
    why,
  );
  await post(
    tx,
    [book],
    [
      {
        transactionId: newId(),
        kind: "reserve",
        source: redemptionId,
        memberId,
        shopId,
        orderGid: null,
        redemptionId,
        version: programme.version,
        actor: context.actor,
        explanation: { reward: reward.name, points, ...(unit === "points" ? {} : { unit }) },
        occurredAt: now,
        ...turnPage(book),
      },
    ],
    now,
  );
  await markCards(tx, [memberId], now);
  await tx.addJob(
    "issue-discount",
    { redemptionId, shopId },
    { key: `issue-discount ${redemptionId}`, runAt: new Date(Date.now() + 60_000) },
  );
  return { redemptionId, code };
}
