import { holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { askToSettle, type GiftRow, openGifts, saveGift } from "../../db/gifts.ts";
import { markCards } from "../../db/members.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { redemptionById } from "../../db/redemptions.ts";
import { addStaffTask } from "../../db/staff-tasks.ts";
import { markStandings } from "../../db/tiers.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import { isRefusal } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { releaseReward } from "../redeeming/release-reward.ts";
import { giveGift } from "./give-gift.ts";

const returned = "what it was given for was returned";

/**
 * Hands out what is due to a member and takes back what is due no longer: rewards become codes, badges are worn.
 * A code that is withdrawn is switched off while nobody has used it; a used one stays theirs, and staff can read so.
 */
export async function settleGifts(context: Context, memberId: string): Promise<void> {
  const { db } = context;
  const scope = { ...context.scope, shopId: "*" as const };
  const unused = await db.inProgramme(scope, async (tx) => {
    await holdBooks(tx, [memberId]);
    const gifts = await openGifts(tx, memberId);
    if (gifts.length === 0) return [];
    const codes: string[] = [];
    for (const gift of gifts) {
      if (gift.state === "due") await handOut(tx, context, gift);
      else codes.push(...(await takeBack(tx, context, gift)));
    }
    await markCards(tx, [memberId], context.now());
    if (gifts.some((one) => one.kind === "tier")) await markStandings(tx, [memberId], context.now());
    return codes;
  });
  context.passing("gifts are settled, withdrawn codes are still on");
  for (const redemptionId of unused) {
    await releaseReward({ ...context, scope }, { redemptionId, why: returned, by: "laurel" });
    // An order may have used it since: what is true now is read again.
    await db.inProgramme(scope, (tx) => askToSettle(tx, memberId));
  }
}

async function handOut(tx: Tx, context: Context, gift: GiftRow): Promise<void> {
  const now = context.now();
  if (gift.kind === "badge") return saveGift(tx, gift, { state: "given", why: null }, now);
  // The gift itself is the decision (db/tiers.ts): it only has to be looked at.
  if (gift.kind === "tier") return saveGift(tx, gift, { state: "given", why: null }, now);

  const before = gift.redemptionId ? await redemptionById(tx, gift.redemptionId) : undefined;
  if (before && (before.state === "reserved" || before.state === "issued" || before.state === "used"))
    return saveGift(tx, gift, { state: "given", why: null }, now);
  const reward = await rewardNamed(tx, gift.what);
  if (!reward) return saveGift(tx, gift, { state: "refused", why: "The reward is in no version of the programme." }, now);
  const given = await giveGift(tx, {
    memberId: gift.memberId,
    gift: { kind: "reward", reward },
    // A code that was withdrawn and is due again is another code.
    cause: `gift ${gift.giftId} ${await timesGiven(tx, gift)}`,
    why: await ruleNamed(tx, gift.ruleId),
    shopId: gift.shopId,
    now,
    actor: context.actor,
  });
  if (isRefusal(given)) return saveGift(tx, gift, { why: given.sentence }, now);
  if (given.kind === "reward") await saveGift(tx, gift, { state: "given", redemptionId: given.redemptionId, why: null }, now);
}

/** @returns the redemption whose code has to be switched off, where there is one */
async function takeBack(tx: Tx, context: Context, gift: GiftRow): Promise<string[]> {
  const redemption = gift.redemptionId ? await redemptionById(tx, gift.redemptionId) : undefined;
  if (redemption?.state === "reserved" || redemption?.state === "issued") return [redemption.redemptionId];
  // Its end is looked at again: an order may still have used it.
  if (redemption?.state === "releasing") {
    await askToSettle(tx, gift.memberId, new Date(Date.now() + 120_000));
    return [];
  }
  const isUsed = redemption?.state === "used";
  const why = isUsed ? `Used before ${returned}: the member keeps it.` : "Taken back.";
  await saveGift(tx, gift, { why }, context.now());
  if (isUsed) {
    const title = `“${redemption.reward.name}” was used, and ${returned}`;
    await addStaffTask(tx, { memberId: gift.memberId, title, note: null, cause: `gift ${gift.giftId} kept` }, context.now());
  }
  return [];
}

// As it is now where the programme still has it, else as it last was: what was promised is given.
async function rewardNamed(tx: Tx, rewardId: string): Promise<Reward | undefined> {
  for (const { version } of (await publishedVersions(tx)).reverse()) {
    const found = (await compiledVersion(tx, version)).definition.rewards.find((one) => one.id === rewardId);
    if (found) return found;
  }
  return undefined;
}

async function ruleNamed(tx: Tx, ruleId: string): Promise<string> {
  for (const { version } of (await publishedVersions(tx)).reverse()) {
    const found = (await compiledVersion(tx, version)).definition.earning.find((one) => one.id === ruleId);
    if (found) return found.name;
  }
  return ruleId;
}

async function timesGiven(tx: Tx, gift: GiftRow): Promise<number> {
  const row = await tx.one<{ times: number }>(
    "select count(*) as times from redemption where program_id = $1 and member_id = $2 and starts_with(request_id, $3)",
    [tx.scope.programId, gift.memberId, `gift ${gift.giftId} `],
  );
  return row?.times ?? 0;
}
