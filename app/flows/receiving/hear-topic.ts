import type { Tx } from "../../db/database.ts";
import type { InboxRow } from "../../db/inbox.ts";
import { shopIdOf } from "../../db/shops.ts";
import { type JsonObject, object, parseJson } from "../../shopify/read-json.ts";
import type { Context } from "../context.ts";
import { hearCollection, hearCollectionDeleted } from "./hear-collection.ts";
import { forgetCustomer, noteDataRequest, redactShop } from "./hear-compliance.ts";
import { hearCustomer, hearCustomerDeleted, hearTags } from "./hear-customer.ts";
import { hearDiscount } from "./hear-discount.ts";
import { hearOrderDeleted, hearOrderEdit, hearRefund } from "./hear-order-hint.ts";
import { hearProduct, hearProductDeleted } from "./hear-product.ts";
import { hearShopUpdate, hearUninstall } from "./hear-shop.ts";
import type { Heard, HearTopic } from "./heard.ts";

/** What is done with a topic that is not a version of an order. */
const topics: Record<string, HearTopic> = {
  "orders/delete": hearOrderDeleted,
  "orders/edited": hearOrderEdit,
  "refunds/create": hearRefund,
  "customers/create": hearCustomer,
  "customers/update": hearCustomer,
  "customers/enable": hearCustomer,
  "customers/disable": hearCustomer,
  "customers/delete": hearCustomerDeleted,
  "customer.tags_added": hearTags,
  "customer.tags_removed": hearTags,
  "discounts/update": hearDiscount,
  "discounts/delete": hearDiscount,
  "products/create": hearProduct,
  "products/update": hearProduct,
  "products/delete": hearProductDeleted,
  "collections/create": hearCollection,
  "collections/update": hearCollection,
  "collections/delete": hearCollectionDeleted,
  "app/uninstalled": hearUninstall,
  "app/scopes_update": async () => ({ state: "done" }),
  "shop/update": hearShopUpdate,
  "customers/data_request": noteDataRequest,
  "customers/redact": forgetCustomer,
  "shop/redact": redactShop,
};

export async function hearTopic(tx: Tx, drain: Pick<Context, "now" | "fingerprint" | "passing">, row: InboxRow): Promise<Heard> {
  // A topic is what a header says: "constructor" is none of ours.
  const hear = Object.hasOwn(topics, row.topic) ? topics[row.topic] : undefined;
  if (!hear) return { state: "ignored", reason: `Laurel does not listen to ${row.topic}.` };
  const shopId = await shopIdOf(tx, row.shop);
  if (!shopId) return { state: "failed", reason: `The shop ${row.shop} is not part of this programme.` };
  let body: JsonObject;
  try {
    body = object(parseJson(row.body));
  } catch {
    return { state: "failed", reason: "The body is not JSON." };
  }
  return hear({ tx, shopId, row, body, ...drain });
}
