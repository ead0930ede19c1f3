// A metafield of a customer or an order is a change of the customer or the order, and is told as one.

import { touchCustomer } from "../../customers.ts";
import { tell, touch } from "../../orders/touch.ts";
import { idOf } from "../../world.ts";
import type { Ask } from "../ask.ts";
import type { Owner } from "./metafields.ts";

export function touchOwner({ world, state, shop }: Ask, owner: Owner): void {
  const customer = owner.type === "Customer" ? state.customers.get(idOf(owner.gid)) : undefined;
  const order = owner.type === "Order" ? state.orders.get(idOf(owner.gid)) : undefined;
  if (customer) {
    touchCustomer(world, state, customer);
    world.events.emit(shop.handle, "customers/update", { customer });
  }
  if (order) {
    touch(world, state, order, {});
    tell(world, state, ["orders/updated"], { order }, {});
  }
}
