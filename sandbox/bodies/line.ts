// One line of an order.

import { decimal } from "../money.ts";
import { gid, type Order, type OrderLine, type Shop } from "../world.ts";
import { both, moneySet, number, numberOrNull } from "./say.ts";

/** What a line of an order and the line inside a refund have in common. */
export function lineBase(order: Order, line: OrderLine, shop: Shop) {
  return {
    id: number(line.id),
    admin_graphql_api_id: gid("LineItem", line.id),
    fulfillable_quantity: order.fulfillmentStatus === "fulfilled" ? 0 : line.currentQuantity,
    fulfillment_service: "manual",
    fulfillment_status: order.fulfillmentStatus,
    gift_card: line.giftCard,
    grams: 0,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    ...both("price", order, line.price),
    product_exists: line.productId !== null,
    product_id: numberOrNull(line.productId),
    properties: line.properties,
    quantity: line.quantity,
    requires_shipping: !line.giftCard,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    // Codes and automatic discounts are in the allocations; this is only for what was taken off the line by hand.
    ...both("total_discount", order, 0),
    variant_id: numberOrNull(line.variantId),
    variant_inventory_management: null,
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxable && line.tax > 0 ? [taxLine(order, line.tax, shop)] : [],
    duties: [],
    discount_allocations: allocations(order, line.allocations),
  };
}

export function lineBody(order: Order, line: OrderLine, shop: Shop) {
  return {
    ...lineBase(order, line, shop),
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    sales_line_item_group_id: null,
    ...(line.sellingPlan
      ? { selling_plan_allocation: { selling_plan: { id: number(line.sellingPlan.id), name: line.sellingPlan.name } } }
      : {}),
  };
}

export const allocations = (order: Order, all: { index: number; amount: number }[]) =>
  all.map(({ index, amount }) => ({ ...amountOf(order, amount), discount_application_index: index }));

const amountOf = (order: Order, amount: number) => ({ amount: decimal(amount, order.currency), amount_set: moneySet(order, amount) });

export const taxLine = (order: Order, tax: number, shop: Shop) => ({
  channel_liable: false,
  ...both("price", order, tax),
  rate: shop.taxRateBasisPoints / 10_000,
  title: order.taxesIncluded ? "VAT" : "Sales tax",
});
