// Every area of the Admin API that the sandbox answers. What is in none of them is an error that names the field.

import type { Fields } from "../ask.ts";
import { appArea } from "./app.ts";
import { bulkOperationsArea } from "./bulk-operations.ts";
import { customerChangesArea } from "./customer-changes.ts";
import { customerConsentArea } from "./customer-consent.ts";
import { customerMergeArea } from "./customer-merge.ts";
import { customersArea } from "./customers.ts";
import { discountCreateArea } from "./discount-create.ts";
import { discountFieldsArea } from "./discount-fields.ts";
import { discountLifeArea } from "./discount-life.ts";
import { discountSearchArea } from "./discount-search.ts";
import { draftOrdersArea } from "./draft-orders.ts";
import { giftCardsArea } from "./gift-cards.ts";
import { jobsArea } from "./jobs.ts";
import { metafieldDefinitionsArea } from "./metafield-definitions.ts";
import { metafieldsArea } from "./metafields.ts";
import { metafieldsSetArea } from "./metafields-set.ts";
import { nodesArea } from "./nodes.ts";
import { orderLinesArea } from "./order-lines.ts";
import { ordersArea } from "./orders.ts";
import { productsArea } from "./products.ts";
import { redeemCodesArea } from "./redeem-codes.ts";
import { refundsArea } from "./refunds.ts";
import { segmentsArea } from "./segments.ts";
import { sellingPlansArea } from "./selling-plans.ts";
import { shopArea } from "./shop.ts";
import { storeCreditArea } from "./store-credit.ts";
import { tagsArea } from "./tags.ts";
import { webhookSubscriptionsArea } from "./webhook-subscriptions.ts";

const all = [
  appArea,
  shopArea,
  nodesArea,
  jobsArea,
  customersArea,
  customerChangesArea,
  customerConsentArea,
  tagsArea,
  ordersArea,
  orderLinesArea,
  refundsArea,
  productsArea,
  metafieldsArea,
  metafieldsSetArea,
  metafieldDefinitionsArea,
  discountFieldsArea,
  discountSearchArea,
  discountCreateArea,
  discountLifeArea,
  redeemCodesArea,
  bulkOperationsArea,
  customerMergeArea,
  draftOrdersArea,
  giftCardsArea,
  segmentsArea,
  sellingPlansArea,
  storeCreditArea,
  webhookSubscriptionsArea,
];

/** By type and field. No two areas answer the same field. */
export const areas: Record<string, Fields<never>> = {};
for (const area of all) {
  for (const [type, fields] of Object.entries(area)) {
    areas[type] ??= {};
    for (const [field, resolve] of Object.entries(fields)) {
      if (areas[type][field]) throw new Error(`${type}.${field} is answered twice.`);
      areas[type][field] = resolve;
    }
  }
}
