// An order is called off, with or without its money.

import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Order } from "../world.ts";
import { prepareRefund, takeBack } from "./refund.ts";
import { tell, touch, type When } from "./touch.ts";

export function cancelOrder(
  world: World,
  state: ShopState,
  order: Order,
  { refund = false, reason = "customer", ...when }: When & { refund?: boolean; reason?: string } = {},
): Order | Refused {
  if (order.cancelledAt) return refuse(`${order.name} is cancelled already.`);
  const unpaid = ["pending", "authorized"].includes(order.financialStatus);
  const back = refund && !unpaid ? prepareRefund(world, order, { all: true, note: "Order canceled" }, "cancel") : null;
  if (back && "refused" in back) return back;

  if (back) takeBack(world, state, order, back, when);
  else touch(world, state, order, when);
  order.cancelledAt = order.updatedAt;
  order.closedAt = order.updatedAt;
  order.cancelReason = reason;
  if (unpaid) order.financialStatus = "voided";
  if (back) tell(world, state, ["refunds/create"], { order, refund: back }, when);
  tell(world, state, ["orders/cancelled", "orders/updated"], { order }, when);
  return order;
}
