import { redemptionById } from "../../db/redemptions.ts";
import { findCode } from "../../shopify/discounts.ts";
import type { Context } from "../context.ts";
import { releaseReward } from "./release-reward.ts";

/** A merchant changed a discount: if it was one of our codes and is off now, its points go back. */
export async function lookAtCode(context: Context, redemptionId: string): Promise<void> {
  const redemption = await context.db.inProgramme(context.scope, (tx) => redemptionById(tx, redemptionId));
  if (redemption?.state !== "issued") return;
  const found = await findCode(await context.adminOf(redemption.shopId), redemption.code);
  if (found && found.status !== "EXPIRED") return;
  await releaseReward(context, { redemptionId, why: found ? "the shop switched the code off" : "the shop deleted the code", by: "laurel" });
}
