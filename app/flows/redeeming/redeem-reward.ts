import { tagsKnown } from "../../db/members.ts";
import { currentProgramme } from "../../db/programme.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { claimMember } from "../members/claim-member.ts";
import { fetchTags } from "../receiving/fetch-missing.ts";
import { issueDiscount } from "./issue-discount.ts";
import { reserveReward } from "./reserve-reward.ts";

const mostInAMinute = 5;
const patienceMs = 6000;

/** The points are reserved and the code is being made: a job goes on with it, and the same request finds it later. */
export class NotMadeYet extends Error {
  override name = "NotMadeYet";
}

/**
 * One tap of a shopper: reserves the reward and issues its code. The same request gives the same code, however
 * often it comes; `expired` is a request that is too old to be a new one.
 * @throws NotMadeYet when Shopify does not answer in time
 */
export async function redeemReward(
  context: Context,
  wish: { customerGid: string; rewardId: string; requestId: string; expired: boolean },
): Promise<{ code: string } | Refusal> {
  await knowTags(context, wish.customerGid);
  const reserved = await reserveReward(context, { ...wish, mostInAMinute });
  if (isRefusal(reserved)) return reserved;
  if (reserved.state !== "reserved" && reserved.state !== "issued")
    return refuse("settled", "That code was used or handed back already. Please open the rewards again.");
  try {
    return await soon(issueDiscount(context, reserved.redemptionId));
  } catch (cause) {
    throw new NotMadeYet(`The code of redemption ${reserved.redemptionId} is not made yet.`, { cause });
  }
}

// Where a tag lets in or keeps out, nobody redeems before their tags are known. Asked once; changes are heard of.
async function knowTags(context: Context, customerGid: string): Promise<void> {
  const { db, scope, now } = context;
  const { shopId } = scope;
  if (shopId === "*") throw new Error("A reward is redeemed in one shop.");
  const matter = await db.inProgramme(scope, async (tx) => {
    const programme = await currentProgramme(tx, now());
    return Boolean(programme && (programme.phase === "testing" || programme.definition.policies.excludeTag));
  });
  if (!matter) return;
  await claimMember(context, { customerGid });
  const known = await db.inProgramme(scope, (tx) => tagsKnown(tx, shopId, customerGid));
  if (!known) await fetchTags(context, { shopId, customerGid });
}

// A shopper waits a while and not until Shopify is well again; what was begun goes on without them.
async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, give) => {
    timer = setTimeout(() => give(new Error("Shopify takes its time.")), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
