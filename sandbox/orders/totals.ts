// What an order comes to: as placed, and as it now stands after edits and refunds.

import { rounded } from "../money.ts";
import type { Minor, Order, OrderLine, Refund } from "../world.ts";

export type Totals = {
  lines: Minor;
  discounts: Minor;
  subtotal: Minor;
  shipping: Minor;
  tax: Minor;
  tip: Minor;
  duties: Minor;
  total: Minor;
};

/** As placed; lines that came by an edit and refunds do not show. */
export function originalTotals(order: Order): Totals {
  const lines = order.lines.filter((line) => !line.addedByEdit);
  const shippingOff = sum((order.shipping?.allocations ?? []).map((one) => one.amount));
  const full = sum(lines.map((line) => line.price * line.quantity));
  const lineDiscounts = sum(lines.map(lineDiscount));
  const tax = sum(lines.map((line) => line.tax)) + (order.shipping?.tax ?? 0);
  const shipping = order.shipping?.price ?? 0;
  return {
    lines: full,
    discounts: lineDiscounts + shippingOff,
    subtotal: full - lineDiscounts,
    shipping,
    tax,
    tip: order.tip,
    duties: order.duties,
    total: full - lineDiscounts + shipping - shippingOff + (order.taxesIncluded ? 0 : tax) + order.tip + order.duties,
  };
}

/** As it now stands. An amount given back without lines lowers the total and nothing else. */
export function currentTotals(order: Order): Totals {
  const subtotal = sum(order.lines.map((line) => lineNet(line, line.currentQuantity)));
  const full = sum(order.lines.map((line) => line.price * line.currentQuantity));
  const shippingOff = sum((order.shipping?.allocations ?? []).map((one) => one.amount));
  const back = shippingBack(order.refunds);
  const shipping = (order.shipping?.price ?? 0) - back;
  const shippingTax = (order.shipping?.tax ?? 0) - shippingTaxOf(order, back, 0);
  const tax = sum(order.lines.map((line) => lineTax(line, line.currentQuantity))) + shippingTax;
  const amountsBack = sum(order.refunds.map((refund) => refund.discrepancy));
  return {
    lines: full,
    discounts: full - subtotal + shippingOff,
    subtotal,
    shipping,
    tax,
    tip: order.tip,
    duties: order.duties,
    total: subtotal + shipping - shippingOff + (order.taxesIncluded ? 0 : tax) + order.tip + order.duties - amountsBack,
  };
}

export const lineDiscount = (line: OrderLine): Minor => sum(line.allocations.map((one) => one.amount));

/** What so many of the line cost after discounts. Differences of it, so that refunds one by one add up to the whole. */
export function lineNet(line: OrderLine, quantity: number): Minor {
  return rounded(((line.price * line.quantity - lineDiscount(line)) * quantity) / line.quantity);
}

export const lineTax = (line: OrderLine, quantity: number): Minor => rounded((line.tax * quantity) / line.quantity);

export const shippingBack = (refunds: Refund[]): Minor => sum(refunds.map((refund) => refund.shipping));

/** The tax that belongs to so much of the shipping when so much of it was given back before: differences again. */
export function shippingTaxOf(order: Order, shipping: Minor, before: Minor): Minor {
  const paid = (order.shipping?.price ?? 0) - sum((order.shipping?.allocations ?? []).map((one) => one.amount));
  const upTo = (amount: Minor) => (paid === 0 ? 0 : rounded(((order.shipping?.tax ?? 0) * amount) / paid));
  return upTo(before + shipping) - upTo(before);
}

/** The shipping tax a refund of the order gave back. */
export const refundShippingTax = (order: Order, refund: Refund): Minor =>
  shippingTaxOf(order, refund.shipping, shippingBack(order.refunds.slice(0, order.refunds.indexOf(refund))));

export function received(order: Order): Minor {
  const of = (kinds: string[]) =>
    sum(order.transactions.filter((one) => kinds.includes(one.kind) && one.status === "success").map((one) => one.amount));
  return of(["sale", "capture"]) - of(["refund"]);
}

export const refundedTotal = (order: Order): Minor =>
  sum(order.transactions.filter((one) => one.kind === "refund" && one.status === "success").map((one) => one.amount));

export const outstanding = (order: Order): Minor =>
  order.financialStatus === "voided" ? 0 : Math.max(0, currentTotals(order).total - received(order));

const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);
