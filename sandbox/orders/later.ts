// The rest of an order's life: shipped, tagged, given to another customer, deleted.

import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import { tidyTags } from "../tags.ts";
import type { Order } from "../world.ts";
import { tell, touch, type When } from "./touch.ts";

export function fulfillOrder(world: World, state: ShopState, order: Order, when: When = {}): Order | Refused {
  if (order.cancelledAt) return refuse(`${order.name} is cancelled and cannot be fulfilled.`);
  if (order.fulfillmentStatus === "fulfilled") return refuse(`${order.name} is fulfilled already.`);
  const at = touch(world, state, order, when);
  order.fulfillmentStatus = "fulfilled";
  order.fulfillments.push({
    id: world.nextId(),
    createdAt: at,
    lines: order.lines.map((line) => ({ lineId: line.id, quantity: line.currentQuantity })),
  });
  order.closedAt = order.updatedAt;
  tell(world, state, ["orders/fulfilled", "orders/updated"], { order }, when);
  return order;
}

export function tagOrder(world: World, state: ShopState, order: Order, tags: string[], when: When = {}): Order {
  touch(world, state, order, when);
  order.tags = tidyTags(tags);
  tell(world, state, ["orders/updated"], { order }, when);
  return order;
}

export function giveOrderTo(world: World, state: ShopState, order: Order, customerId: string | null, when: When = {}): Order | Refused {
  const customer = customerId === null ? null : state.customers.get(customerId);
  if (customer === undefined) return refuse(`The shop has no customer ${customerId}.`);
  touch(world, state, order, when);
  order.customerId = customer?.id ?? null;
  order.email = customer?.email ?? order.email;
  tell(world, state, ["orders/updated"], { order }, when);
  return order;
}

export function deleteOrder(world: World, state: ShopState, order: Order, when: When = {}): void {
  state.orders.delete(order.id);
  world.changed(state.shop.handle, "orders", order.id);
  tell(world, state, ["orders/delete"], { order }, when);
}
