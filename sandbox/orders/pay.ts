// Money comes in for an order.

import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Order } from "../world.ts";
import { outstanding } from "./totals.ts";
import { tell, touch, type When } from "./touch.ts";

export function payOrder(world: World, state: ShopState, order: Order, when: When = {}): Order | Refused {
  if (order.cancelledAt) return refuse(`${order.name} is cancelled and cannot be paid.`);
  const amount = outstanding(order);
  const unpaid = ["pending", "authorized", "partially_paid"].includes(order.financialStatus);
  if (!unpaid && amount === 0) return refuse(`${order.name} is paid already.`);

  const at = touch(world, state, order, when);
  order.transactions.push({ id: world.nextId(), kind: "sale", status: "success", gateway: order.gateway, amount, createdAt: at });
  order.financialStatus = order.refunds.some((refund) => refund.transactions.length > 0) ? "partially_refunded" : "paid";
  tell(world, state, ["orders/paid", "orders/updated"], { order }, when);
  return order;
}
