// Money, goods or both come back.

import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Minor, Order, Refund } from "../world.ts";
import { currentTotals, lineNet, lineTax, received, shippingBack, shippingTaxOf } from "./totals.ts";
import { tell, touch, type When } from "./touch.ts";

export type RefundWish = {
  /** Everything that is left, tip and duties with it. */
  all?: boolean;
  lines?: { line: string; quantity: number; restock?: boolean }[];
  shipping?: Minor;
  /** Money without lines. Negative: so much less than the lines are worth. */
  amount?: Minor;
  note?: string | null;
};

export function refundOrder(world: World, state: ShopState, order: Order, wish: RefundWish, when: When = {}): Refund | Refused {
  const refund = prepareRefund(world, order, wish);
  if ("refused" in refund) return refund;
  takeBack(world, state, order, refund, when);
  tell(world, state, ["refunds/create", "orders/updated"], { order, refund }, when);
  return refund;
}

/** Works out the refund without doing it. */
export function prepareRefund(
  world: World,
  order: Order,
  wish: RefundWish,
  restock: Refund["lines"][number]["restock"] = "return",
): Refund | Refused {
  const wished = wish.all
    ? order.lines.filter((line) => line.currentQuantity > 0).map((line) => ({ line: line.id, quantity: line.currentQuantity }))
    : (wish.lines ?? []);
  const lines: Refund["lines"] = [];
  const taken = new Map<string, number>();
  for (const { line: id, quantity, restock: back } of wished as NonNullable<RefundWish["lines"]>) {
    const line = order.lines.find((one) => one.id === id);
    if (!line) return refuse(`${order.name} has no line ${id}.`);
    const left = line.currentQuantity - (taken.get(id) ?? 0);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left)
      return refuse(`Quantity cannot refund more items than were purchased: ${left} of ${line.title} are left.`);
    taken.set(id, (taken.get(id) ?? 0) + quantity);
    lines.push({
      id: world.nextId(),
      lineId: id,
      quantity,
      subtotal: lineNet(line, left) - lineNet(line, left - quantity),
      tax: lineTax(line, left) - lineTax(line, left - quantity),
      restock: back === false ? "no_restock" : restock,
    });
  }

  const shippingLeft = shippingPaid(order) - shippingBack(order.refunds);
  const shipping = wish.all ? shippingLeft : (wish.shipping ?? 0);
  if (shipping < 0 || shipping > shippingLeft) return refuse(`${order.name} has ${shippingLeft} minor units of shipping left to refund.`);

  const taxOnTop = (tax: Minor) => (order.taxesIncluded ? 0 : tax);
  const worth =
    sum(lines.map((line) => line.subtotal + taxOnTop(line.tax))) +
    shipping +
    taxOnTop(shippingTaxOf(order, shipping, shippingBack(order.refunds)));
  const there = received(order);
  // Before payment goods can be taken off an order, but there is no money to give back.
  const unpaid = !order.transactions.some((one) => one.kind !== "refund" && one.amount > 0);
  const amount = wish.all ? there - worth : (wish.amount ?? 0);
  const money = unpaid ? 0 : worth + amount;
  // After an edit has taken something off the order its price is owed back; that much is no discrepancy.
  const owed = Math.max(0, there - currentTotals(order).total);
  const discrepancy = unpaid ? 0 : amount > 0 ? Math.max(0, amount - owed) : amount;
  if (money < 0 || money > there) return refuse(`Refunding ${money} minor units is more than the ${there} that ${order.name} has left.`);
  if (lines.length === 0 && money === 0) return refuse("There is nothing to refund.");
  const transactions: Refund["transactions"] =
    money > 0 ? [{ id: world.nextId(), kind: "refund", status: "success", gateway: order.gateway, amount: money, createdAt: "" }] : [];
  return { id: world.nextId(), createdAt: "", note: wish.note ?? null, lines, shipping, discrepancy, transactions };
}

/** Does a prepared refund: goods, money and status. */
export function takeBack(world: World, state: ShopState, order: Order, refund: Refund, when: When): void {
  const at = touch(world, state, order, when);
  refund.createdAt = at;
  for (const { lineId, quantity } of refund.lines) {
    const line = order.lines.find((one) => one.id === lineId);
    if (line) line.currentQuantity -= quantity;
  }
  for (const transaction of refund.transactions) {
    transaction.createdAt = at;
    order.transactions.push(transaction);
  }
  order.refunds.push(refund);
  if (refund.transactions.length > 0) order.financialStatus = received(order) === 0 ? "refunded" : "partially_refunded";
}

const shippingPaid = (order: Order): Minor =>
  (order.shipping?.price ?? 0) - sum((order.shipping?.allocations ?? []).map((one) => one.amount));
const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);
