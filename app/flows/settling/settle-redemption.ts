import type { Tx } from "../../db/database.ts";
import type { Transaction } from "../../db/ledger.ts";
import { joinedAtOf } from "../../db/members.ts";
import type { Settled } from "../../db/orders.ts";
import { type Redemption, saveRedemption } from "../../db/redemptions.ts";
import { tierNow } from "../../db/tiers.ts";
import { newId } from "../../ids.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import { type Book, turnPage } from "../../loyalty/ledger/book.ts";
import { expiresAt } from "../../loyalty/ledger/expires-at.ts";
import type { LotUse } from "../../loyalty/ledger/lots.ts";
import { charge } from "../../loyalty/ledger/redeem.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import { kindOf } from "../../loyalty/program/union-of.ts";
import { costOf, mayStep, whereOf } from "../../loyalty/redeeming/redemption.ts";
import { rewardKinds } from "../../loyalty/redeeming/rewards/index.ts";

type Use = { redemption: Redemption; order: Settled; book: Book; held: readonly LotUse[]; programme: CompiledProgramme; now: Date };

/** Brings a redemption to what the order that used its code says: settled by difference, like the order itself. */
export async function settleRedemption(tx: Tx, { redemption, order, book, held, programme, now }: Use): Promise<Transaction[]> {
  const { policies } = programme.definition;
  const given = order.facts.codes.find((one) => one.code.toUpperCase() === redemption.code)?.given ?? 0;
  const cancelled = order.facts.cancelledAt !== null || order.deletedAt !== null || order.facts.payment === "void";
  const { kind, ...settings } = redemption.reward.worth;
  const faceValue = kindOf(rewardKinds, kind).faceValue(settings);
  const unusedComesBack = policies.unusedComesBack && !redemption.reward.unusedIsLost;
  const cost = costOf({ points: redemption.points, faceValue, given, unusedComesBack, cancelled });
  // A reward that was given free costs nothing on any order: it is used where its code took something off.
  const isFree = redemption.points === 0;
  const isUsed = isFree ? !cancelled && (given > 0 || faceValue === null) : cost > 0;
  if (isFree && !isUsed && redemption.orderGid !== null && redemption.orderGid !== order.orderGid) return [];

  const where = whereOf(redemption.state);
  // One that Shopify refused has its points already, and stays what it is.
  const state = isUsed ? ("used" as const) : redemption.state === "refused" ? ("refused" as const) : ("released" as const);
  const same = where !== "reserved" && cost === redemption.charged && state === redemption.state;
  if (same && redemption.orderGid === order.orderGid && redemption.givenMinor === given) return [];

  const transactionId = newId();
  const ends = cost < redemption.charged ? await endOf(tx, book, programme, now) : null;
  const restore = { now, graceDays: policies.graceDays, lot: { lotId: newId(), transactionId, expiresAt: ends } };
  charge(
    book,
    { redemptionId: redemption.redemptionId, points: redemption.points, charged: redemption.charged, where },
    cost,
    held,
    restore,
  );
  const written = turnPage(book);

  if (redemption.state !== state) mayStep(redemption.state, state);
  const settlements = redemption.settlements + 1;
  const after: Redemption = { ...redemption, state, orderGid: order.orderGid, givenMinor: given, charged: cost, settlements };
  await saveRedemption(tx, redemption, after, cancelled ? `${order.facts.name} was cancelled` : `used on ${order.facts.name}`, now);
  Object.assign(redemption, after);
  if (written.postings.length === 0) return [];

  return [
    {
      transactionId,
      kind: "redeem",
      source: `${redemption.redemptionId} ${settlements}`,
      memberId: book.memberId,
      shopId: order.shopId,
      orderGid: order.orderGid,
      redemptionId: redemption.redemptionId,
      version: redemption.version,
      actor: null,
      explanation: {
        order: order.facts.name,
        reward: redemption.reward.name,
        points: redemption.points,
        ...(redemption.unit === "points" ? {} : { unit: redemption.unit }),
        cost,
        given,
        faceValue,
        currency: order.facts.currency,
        cancelled,
        wasReleased: where === "released",
      },
      occurredAt: new Date(cancelled ? (order.facts.cancelledAt ?? order.facts.versionAt) : order.facts.placedAt),
      ...written,
    },
  ];
}

// When points end that are given now: no lot is there any more that says when those would that come back.
async function endOf(tx: Tx, { memberId, unit }: Book, programme: CompiledProgramme, now: Date): Promise<Date | null> {
  const { expiry } = termsOf(programme, unit, await tierNow(tx, memberId));
  const joinedAt = (await joinedAtOf(tx, [memberId])).get(memberId) ?? now;
  return expiresAt(expiry, { earnedAt: now, joinedAt, timeZone: programme.timeZone });
}
