import { isRefusal, type Refusal, refuse } from "../loyalty/refusal.ts";
import type { Context } from "./context.ts";
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

// A shopper waits a while and not until Shopify is well again; what was begun goes on without them.
async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, give) => {
    timer = setTimeout(() => give(new Error("Shopify takes its time.")), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
