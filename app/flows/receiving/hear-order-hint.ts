import { holdOrders, markDeleted } from "../../db/orders.ts";
import { gidOf, object, text } from "../../shopify/read-json.ts";
import { settleHeld } from "./await-facts.ts";
import type { HearTopic } from "./heard.ts";

// A refund or an edit tells that the order changed, not how it now stands. Shopify sends the version too; if it
// has not come within a minute, it is fetched.
const patienceMs = 60_000;

export const hearRefund: HearTopic = async ({ tx, shopId, body, now }) => {
  const orderGid = gidOf("Order", { id: body.order_id });
  const refundGid = gidOf("Refund", body);
  if (!orderGid || !refundGid) return { state: "failed", reason: "The refund names no order or has no id." };
  const known = await tx.one(
    "select 1 from order_facts where program_id = $1 and shop_id = $2 and order_gid = $3 and facts->'refundIds' ? $4",
    [tx.scope.programId, shopId, orderGid, refundGid],
  );
  if (known) return { state: "done" };
  await tx.addJob(
    "fetch-order",
    { shopId, orderGid, unlessRefund: refundGid },
    { key: `await-refund ${shopId} ${refundGid}`, runAt: new Date(Date.now() + patienceMs) },
  );
  return { state: "done", reason: `waits for the version of ${now().toISOString()} that has this refund` };
};

export const hearOrderEdit: HearTopic = async ({ tx, shopId, body }) => {
  const edit = object(body.order_edit);
  const orderGid = gidOf("Order", { id: edit.order_id });
  const committedAt = text(edit.committed_at);
  if (!orderGid || !committedAt) return { state: "failed", reason: "The edit names no order or no time." };
  await tx.addJob(
    "fetch-order",
    { shopId, orderGid, unlessVersionSince: committedAt },
    { key: `await-edit ${shopId} ${orderGid}`, runAt: new Date(Date.now() + patienceMs) },
  );
  return { state: "done" };
};

export const hearOrderDeleted: HearTopic = async ({ tx, shopId, body, now }) => {
  const orderGid = gidOf("Order", body);
  if (!orderGid) return { state: "failed", reason: "The body has no order id." };
  await markDeleted(tx, shopId, orderGid, now());
  const held = await holdOrders(tx, [{ shopId, orderGid }]);
  await settleHeld(tx, held, now());
  return { state: "done" };
};
