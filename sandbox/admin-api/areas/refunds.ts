// Refunds of an order.

import { refundShippingTax } from "../../orders.ts";
import { gid, type Order, type Refund } from "../../world.ts";
import type { Area, Fields } from "../ask.ts";
import { connection } from "../connection.ts";
import { moneyBag } from "../money-fields.ts";
import { transactionOf } from "./orders.ts";

type RefundOf = { refund: Refund; order: Order };

export const refundsOf = (order: Order): RefundOf[] => order.refunds.map((refund) => ({ refund, order }));

const refund: Fields<RefundOf> = {
  id: ({ refund: one }) => gid("Refund", one.id),
  legacyResourceId: ({ refund: one }) => one.id,
  createdAt: ({ refund: one }) => one.createdAt,
  processedAt: ({ refund: one }) => one.createdAt,
  updatedAt: ({ refund: one }) => one.createdAt,
  note: ({ refund: one }) => one.note,
  order: ({ order }) => order,
  totalRefundedSet: ({ refund: one, order }) =>
    moneyBag(
      one.transactions.reduce((sum, { amount }) => sum + amount, 0),
      order,
    ),
  refundLineItems: ({ refund: one, order }, args, ask) => {
    const lines = one.lines.map((line) => ({
      id: gid("RefundLineItem", line.id),
      quantity: line.quantity,
      restockType: line.restock.toUpperCase(),
      restocked: line.restock !== "no_restock",
      lineItem: { line: order.lines.find(({ id }) => id === line.lineId), order },
      subtotalSet: moneyBag(line.subtotal, order),
      totalTaxSet: moneyBag(line.tax, order),
      priceSet: moneyBag(Math.round(line.subtotal / line.quantity), order),
    }));
    return connection(ask, lines, args, { id: ({ id }) => id });
  },
  refundShippingLines: ({ refund: one, order }, args, ask) => {
    const lines =
      one.shipping > 0
        ? [
            {
              id: gid("RefundShippingLine", one.id),
              subtotalAmountSet: moneyBag(one.shipping, order),
              taxAmountSet: moneyBag(refundShippingTax(order, one), order),
            },
          ]
        : [];
    return connection(ask, lines, args, { id: ({ id }) => id });
  },
  // Money beyond lines and shipping, from the order's side: what was given back is negative.
  orderAdjustments: ({ refund: one, order }, args, ask) => {
    const adjustments =
      one.discrepancy === 0
        ? []
        : [
            {
              id: gid("OrderAdjustment", one.id),
              reason: "REFUND_DISCREPANCY",
              amountSet: moneyBag(-one.discrepancy, order),
              taxAmountSet: moneyBag(0, order),
            },
          ];
    return connection(ask, adjustments, args, { id: ({ id }) => id });
  },
  transactions: ({ refund: one, order }, args, ask) =>
    connection(
      ask,
      one.transactions.map((transaction) => transactionOf(transaction, order)),
      args,
      { id: ({ id }) => id },
    ),
};

export const refundsArea: Area = { Refund: refund };
