import { bringRedemptionLots, cameBackTo, holdBooks, POINTS } from "../../db/books.ts";
import { post } from "../../db/ledger.ts";
import { markCards } from "../../db/members.ts";
import { compiledVersion } from "../../db/programme.ts";
import { lockRedemptions, type Redemption, redemptionById, saveRedemption } from "../../db/redemptions.ts";
import { newId } from "../../ids.ts";
import { turnPage } from "../../loyalty/ledger/book.ts";
import type { LotUse } from "../../loyalty/ledger/lots.ts";
import { forfeit, release } from "../../loyalty/ledger/redeem.ts";
import { isCertificateCause } from "../../loyalty/redeeming/certificate-rules.ts";
import { mayStep, type RedemptionState } from "../../loyalty/redeeming/redemption.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { findCode, withdrawCode } from "../../shopify/discounts.ts";
import type { Context } from "../context.ts";

/** How long an order that was just placed with the code may take to be heard of. */
export const settlingWindowMs = 60_000;

/** Shopify delivers for four hours; with room for a worker that was down over a weekend. */
const ordersComeWithinMs = 3 * 86_400_000;

/**
 * Begins to take an unused reward back: the code is switched off first, and only then, after a settling window
 * and another look, do the points return (`finishRelease`). An order that still arrives takes them again.
 */
export async function releaseReward(
  context: Context,
  wish: { redemptionId: string; why: string; by: "shopper" | "staff" | "laurel" },
): Promise<{ state: RedemptionState } | Refusal> {
  const { db, scope } = context;
  const begun = await db.inProgramme(scope, async (tx) => {
    const [redemption] = await lockRedemptions(tx, [wish.redemptionId]);
    if (!redemption) return refuse("no such redemption", "This redemption does not exist.");
    if (redemption.state === "used") return refuse("used", "This reward has been used on an order.");
    if (wish.by === "shopper" && !mayHandBack(redemption))
      return refuse("kept", "This reward cannot be handed back. Use its code before its day, or contact the shop.");
    if (redemption.state === "released" || redemption.state === "refused" || redemption.state === "releasing") return { ...redemption };
    mayStep(redemption.state, "releasing");
    const releasing = { ...redemption, state: "releasing" as const };
    await saveRedemption(tx, redemption, releasing, `${wish.why} (${wish.by})`, context.now());
    // Should this process die now, the job goes on where it stopped.
    await tx.addJob(
      "release-reward",
      { redemptionId: redemption.redemptionId, shopId: redemption.shopId },
      { key: `release-reward ${redemption.redemptionId}`, runAt: new Date(Date.now() + 1000) },
    );
    await markCards(tx, [redemption.memberId], context.now());
    return releasing;
  });
  if ("refused" in begun) return begun;
  context.passing("release is begun, the code is still on");
  // When Shopify cannot be asked now, the job that was committed above asks it until it can.
  if (begun.state === "releasing") await switchOff(context, wish.redemptionId).catch(() => undefined);
  return { state: begun.state };
}

/** Switches the code off in Shopify and lets the window begin. Sending it again is harmless. */
export async function switchOff(context: Context, redemptionId: string): Promise<void> {
  const { db, scope } = context;
  const redemption = await db.inProgramme(scope, (tx) => redemptionById(tx, redemptionId));
  if (redemption?.state !== "releasing") return;
  const admin = await context.adminOf(redemption.shopId);
  // A code whose making had an unknown outcome may exist although we never wrote its id.
  const gid = redemption.discountGid ?? (await findCode(admin, redemption.code))?.gid;
  if (gid) await withdrawCode(admin, gid);
  context.passing("the code is off, the points are not back");
  await db.inProgramme(scope, (tx) =>
    tx.addJob(
      "finish-release",
      { redemptionId, shopId: redemption.shopId },
      { key: `release-reward ${redemptionId}`, runAt: new Date(Date.now() + settlingWindowMs) },
    ),
  );
}

/** After the window: if Shopify still knows of no use, the points go back. */
export async function finishRelease(context: Context, redemptionId: string): Promise<{ state: RedemptionState } | undefined> {
  const { db, scope } = context;
  const redemption = await db.inProgramme(scope, (tx) => redemptionById(tx, redemptionId));
  if (redemption?.state !== "releasing") return redemption && { state: redemption.state };
  const admin = await context.adminOf(redemption.shopId);
  const found = await findCode(admin, redemption.code);
  // Never switched off, made late or switched on again: the window begins with its end.
  if (found?.status === "ACTIVE") {
    await switchOff(context, redemptionId);
    return { state: "releasing" };
  }
  // A use that Shopify counts belongs to an order that we shall hear of; its settlement decides. Where no order has
  // come for days, it was edited off the order or the order never was: one that comes after all takes them again.
  const waitedMs = context.now().getTime() - redemption.changedAt.getTime();
  if (found && found.usedSoFar > 0 && waitedMs < ordersComeWithinMs) {
    await db.inProgramme(scope, (tx) =>
      tx.addJob(
        "finish-release",
        { redemptionId, shopId: redemption.shopId },
        { key: `release-reward ${redemptionId}`, runAt: new Date(Date.now() + 600_000) },
      ),
    );
    return { state: "releasing" };
  }
  return giveBackReserved(context, redemptionId, "released", "the code was not used");
}

/** Gives reserved points back and ends the redemption. Does nothing when an order has used it meanwhile. */
export async function giveBackReserved(
  context: Context,
  redemptionId: string,
  state: "released" | "refused",
  why: string,
): Promise<{ state: RedemptionState }> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const seen = await redemptionById(tx, redemptionId);
    if (!seen) throw new Error(`Redemption ${redemptionId} is gone.`);
    const points = await holdBooks(tx, [seen.memberId]);
    const books = seen.unit === POINTS ? points : await holdBooks(tx, [seen.memberId], seen.unit);
    const [redemption] = await lockRedemptions(tx, [redemptionId]);
    const book = books.get(seen.memberId);
    if (!redemption || !book) throw new Error(`Redemption ${redemptionId} is gone.`);
    if (redemption.state !== "reserved" && redemption.state !== "issued" && redemption.state !== "releasing")
      return { state: redemption.state };

    const held = (await bringRedemptionLots(tx, books, [redemptionId])).get(redemptionId) ?? [];
    const now = context.now();
    const { definition } = await compiledVersion(tx, redemption.version);
    const transactionId = newId();
    // A code that Shopify would not make is nobody's doing, and a certificate makes itself only when its member earns.
    const cameBack =
      state === "released" && !isCertificateCause(redemption.requestId)
        ? await cameBackTo(tx, lotsOf(held), redemption.reservedAt)
        : new Map();
    const restore = { now, graceDays: definition.policies.graceDays, cameBack };
    const standing = { redemptionId, points: redemption.points, charged: 0, where: "reserved" as const };
    const lost = state === "released" && isLost(redemption, now);
    if (lost) forfeit(book, standing, held);
    else release(book, standing, held, restore);
    const written = turnPage(book);
    const { reward, points: of, unit } = redemption;
    // A reward that was given free has no points to give back.
    if (written.postings.length > 0)
      await post(
        tx,
        [book],
        [
          {
            transactionId,
            kind: lost ? "expire" : "release",
            source: redemptionId,
            memberId: seen.memberId,
            shopId: redemption.shopId,
            orderGid: null,
            redemptionId,
            version: redemption.version,
            actor: context.actor,
            explanation: { reward: reward.name, points: of, why, ...(unit === POINTS ? {} : { unit }), ...(lost ? { expired: of } : {}) },
            occurredAt: now,
            ...written,
          },
        ],
        now,
      );
    await saveRedemption(tx, redemption, { ...redemption, state }, why, now);
    await markCards(tx, [seen.memberId], now);
    return { state };
  });
}

/** What is lost when it is not used, and what was given free, is not turned into points by handing it back. */
export const mayHandBack = ({ reward, points }: Pick<Redemption, "reward" | "points">): boolean => !reward.unusedIsLost && points > 0;

const lotsOf = (held: readonly LotUse[]): string[] => [...new Set(held.map((one) => one.lotId))];

// Its day had passed when the release began. Before that day only staff, or Shopify, can have ended it.
const isLost = ({ reward, state, changedAt, expiresAt }: Redemption, now: Date): boolean =>
  Boolean(reward.unusedIsLost) && (state === "releasing" ? changedAt : now) >= expiresAt;
