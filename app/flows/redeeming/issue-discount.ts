import { markCards } from "../../db/members.ts";
import { lockRedemptions, type Redemption, redemptionById, saveRedemption } from "../../db/redemptions.ts";
import { shopById } from "../../db/shops.ts";
import { kindOf } from "../../loyalty/program/union-of.ts";
import { mayStep } from "../../loyalty/redeeming/redemption.ts";
import { rewardKinds } from "../../loyalty/redeeming/rewards/index.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Admin } from "../../shopify/admin.ts";
import { UnknownOutcome } from "../../shopify/admin.ts";
import { createCode, findCode, type NotMade } from "../../shopify/discounts.ts";
import type { Context } from "../context.ts";
import { giveBackReserved } from "./release-reward.ts";

/**
 * Makes the code of a reserved reward in Shopify, outside of any transaction. Sending it again is harmless: the
 * code was stored before the first call, so what an unknown outcome created is found by it.
 */
export async function issueDiscount(context: Context, redemptionId: string): Promise<{ code: string } | Refusal> {
  const { db, scope } = context;
  const begun = await db.inProgramme(scope, async (tx) => {
    const redemption = await redemptionById(tx, redemptionId);
    return redemption && { redemption, shop: await shopById(tx, redemption.shopId) };
  });
  if (!begun?.shop) return refuse("no such redemption", "This redemption does not exist.");
  const { redemption, shop } = begun;
  if (redemption.state !== "reserved") return answerFor(redemption);

  const admin = await context.adminOf(redemption.shopId);
  context.passing("before Shopify is asked for the code");
  const made = await makeOrFind(admin, redemption, shop.currency);
  context.passing("Shopify made the code, we have not written it");

  if ("notMade" in made) {
    await giveBackReserved(context, redemptionId, "refused", `Shopify did not make the code: ${made.notMade}`);
    return refuse("shopify refused", "The reward could not be made right now. Your points are back; please try again later.");
  }
  return db.inProgramme(scope, async (tx) => {
    const [held] = await lockRedemptions(tx, [redemptionId]);
    if (!held) throw new Error(`Redemption ${redemptionId} is gone.`);
    if (held.state !== "reserved") return answerFor(held);
    mayStep(held.state, "issued");
    await saveRedemption(
      tx,
      held,
      { ...held, state: "issued", discountGid: made.gid, issuedAt: context.now() },
      "code made",
      context.now(),
    );
    await markCards(tx, [held.memberId], context.now());
    return { code: held.code };
  });
}

async function makeOrFind(admin: Admin, redemption: Redemption, currency: string): Promise<{ gid: string } | NotMade> {
  const { kind, ...settings } = redemption.reward.worth;
  const wish = {
    code: redemption.code,
    title: redemption.reward.name,
    terms: kindOf(rewardKinds, kind).discount(settings),
    currency,
    customerGid: redemption.customerGid,
    // Our clock and Shopify's are not one clock: a code must not begin in Shopify's future.
    startsAt: new Date(redemption.reservedAt.getTime() - 5 * 60_000),
    endsAt: redemption.expiresAt,
  };
  try {
    const made = await createCode(admin, wish);
    if (!("notMade" in made) || made.code !== "TAKEN") return made;
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error;
  }
  // Ours from an earlier try, or the answer was lost: 80 random bits are nobody else's.
  const found = await findCode(admin, redemption.code);
  if (found) return { gid: found.gid };
  const again = await createCode(admin, wish);
  // It exists and will be found: giving the points back now would leave a code that nobody paid for.
  if ("notMade" in again && again.code === "TAKEN") throw new Error(`The code of ${redemption.redemptionId} cannot be found yet.`);
  return again;
}

function answerFor(redemption: Redemption): { code: string } | Refusal {
  if (redemption.state === "issued") return { code: redemption.code };
  if (redemption.state === "used") return refuse("used", "This reward has been used.");
  return refuse("released", "This reward was handed back; its points are in the balance.");
}
