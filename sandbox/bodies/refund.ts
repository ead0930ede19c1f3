// A refund: goods in refund_line_items, the rest in order_adjustments, money in transactions.

import { decimal } from "../money.ts";
import { refundShippingTax } from "../orders/totals.ts";
import { gid, type Order, type Refund, type Shop, type Transaction } from "../world.ts";
import { lineBase } from "./line.ts";
import { both, moneySet, number, zoned } from "./say.ts";

export function refundBody(order: Order, refund: Refund, shop: Shop) {
  return {
    id: number(refund.id),
    order_id: number(order.id),
    created_at: zoned(refund.createdAt, shop),
    note: refund.note,
    user_id: null,
    processed_at: zoned(refund.createdAt, shop),
    duties: [],
    total_duties_set: moneySet(order, 0),
    return: null,
    refund_shipping_lines: [],
    restock: refund.lines.some((line) => line.restock !== "no_restock"),
    admin_graphql_api_id: gid("Refund", refund.id),
    order_adjustments: adjustments(order, refund),
    transactions: refund.transactions.map((one, index) => transactionBody(order, one, shop, index)),
    refund_line_items: refund.lines.map((line) => refundLine(order, line, shop)),
  };
}

function refundLine(order: Order, line: Refund["lines"][number], shop: Shop) {
  const sold = order.lines.find((one) => one.id === line.lineId);
  if (!sold) throw new Error(`Refund line ${line.id} points at no line of ${order.name}.`);
  return {
    id: number(line.id),
    quantity: line.quantity,
    line_item_id: number(line.lineId),
    location_id: null,
    restock_type: line.restock,
    // Numbers here, where everything else is a string: so does Shopify.
    subtotal: Number(decimal(line.subtotal, order.currency)),
    total_tax: Number(decimal(line.tax, order.currency)),
    subtotal_set: moneySet(order, line.subtotal),
    total_tax_set: moneySet(order, line.tax),
    line_item: lineBase(order, sold, shop),
  };
}

/** Shipping given back is negative and told without its tax; a discrepancy is negative when more was given than the goods were worth. */
function adjustments(order: Order, refund: Refund) {
  const tax = refundShippingTax(order, refund);
  const made: { kind: string; reason: string; amount: number; tax: number }[] = [];
  if (refund.shipping > 0)
    made.push({
      kind: "shipping_refund",
      reason: "Shipping refund",
      amount: -(order.taxesIncluded ? refund.shipping - tax : refund.shipping),
      tax: -tax,
    });
  if (refund.discrepancy !== 0)
    made.push({ kind: "refund_discrepancy", reason: "Refund discrepancy", amount: -refund.discrepancy, tax: 0 });
  return made.map((one, index) => ({
    id: number(`${refund.id}${index + 1}`),
    order_id: number(order.id),
    refund_id: number(refund.id),
    ...both("amount", order, one.amount),
    ...both("tax_amount", order, one.tax),
    kind: one.kind,
    reason: one.reason,
  }));
}

export function transactionBody(order: Order, transaction: Transaction, shop: Shop, index = 0) {
  const unsettled = { amount: "0.0", currency: order.currency };
  return {
    id: number(transaction.id),
    order_id: number(order.id),
    kind: transaction.kind,
    gateway: transaction.gateway,
    status: transaction.status,
    message: null,
    created_at: zoned(transaction.createdAt, shop),
    test: order.test,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: null,
    processed_at: zoned(transaction.createdAt, shop),
    device_id: null,
    error_code: null,
    source_name: order.sourceName,
    receipt: {},
    amount: decimal(transaction.amount, order.currency),
    currency: order.currency,
    payment_id: `${order.name}.${index + 1}`,
    total_unsettled_set: { presentment_money: unsettled, shop_money: unsettled },
    manual_payment_gateway: false,
    amount_rounding: null,
    admin_graphql_api_id: gid("OrderTransaction", transaction.id),
  };
}
