import { holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { customerForGift } from "../../db/gifts.ts";
import { markCards } from "../../db/members.ts";
import type { Programme } from "../../db/programme.ts";
import { addRedemption, redemptionByRequest } from "../../db/redemptions.ts";
import { newId } from "../../ids.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import { codeEnds } from "../../loyalty/redeeming/code-ends.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { newCode } from "../redeeming/new-code.ts";

type Wish = {
  memberId: string;
  cause: string;
  why: string;
  expiresAt?: Date | null;
  shopId?: string | null;
  now: Date;
  book?: object;
};

/**
 * A reward that costs nothing: a redemption of no points, made once for its cause. Its code is asked of Shopify by
 * a job. Refused while the member has no account in any shop that could carry the code.
 */
export async function giveReward(
  tx: Tx,
  programme: Programme,
  wish: Wish,
  reward: Reward,
): Promise<{ kind: "reward"; redemptionId: string; before: boolean } | Refusal> {
  const { memberId, now } = wish;
  // Whatever the unit: it is the member who is held.
  if (!wish.book) await holdBooks(tx, [memberId]);
  const before = await redemptionByRequest(tx, memberId, wish.cause);
  if (before) {
    if (before.reward.id !== reward.id)
      throw new Error(`The cause "${wish.cause}" gave ${before.reward.id} before, and now asks for ${reward.id}.`);
    return { kind: "reward", redemptionId: before.redemptionId, before: true };
  }
  const customer = await customerForGift(tx, memberId, wish.shopId ?? null);
  if (!customer) return refuse("no account", "The member has no customer account yet that a code could be made for.");

  const redemptionId = newId();
  await addRedemption(
    tx,
    {
      redemptionId,
      shopId: customer.shopId,
      memberId,
      customerGid: customer.customerGid,
      requestId: wish.cause,
      version: programme.version,
      reward,
      unit: reward.unit,
      points: 0,
      state: "reserved",
      code: newCode(),
      discountGid: null,
      reservedAt: now,
      issuedAt: null,
      expiresAt: wish.expiresAt ?? codeEnds(reward, programme, now),
      orderGid: null,
      givenMinor: null,
      charged: 0,
      settlements: 0,
      changedAt: now,
    },
    `given: ${wish.why}`,
  );
  await markCards(tx, [memberId], now);
  await tx.addJob("issue-discount", { redemptionId, shopId: customer.shopId }, { key: `issue-discount ${redemptionId}` });
  return { kind: "reward", redemptionId, before: false };
}
