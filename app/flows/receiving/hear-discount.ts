import { text } from "../../shopify/read-json.ts";
import type { HearTopic } from "./heard.ts";

/** A merchant changed or deleted a discount that may be one of our codes: what has become of it is looked up. */
export const hearDiscount: HearTopic = async ({ tx, body }) => {
  const discountGid = text(body.admin_graphql_api_id);
  if (!discountGid) return { state: "failed", reason: "The body names no discount." };
  const ours = await tx.rows<{ redemption_id: string }>(
    "select redemption_id from redemption where program_id = $1 and discount_gid = $2 and state = 'issued'",
    [tx.scope.programId, discountGid],
  );
  for (const { redemption_id } of ours)
    await tx.addJob("look-at-code", { redemptionId: redemption_id }, { key: `look-at-code ${redemption_id}` });
  return { state: ours.length > 0 ? "done" : "ignored" };
};
