// The merchant changes what an order holds after it was placed. Money is another matter: see pay and refund.

import type { OrderEdit } from "../bodies/index.ts";
import { priceCart } from "../checkout.ts";
import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Order, OrderLine } from "../world.ts";
import { orderLine } from "./place.ts";
import { outstanding, received } from "./totals.ts";
import { tell, touch, type When } from "./touch.ts";

export type EditWish = { add?: { variant: string; quantity: number }[]; remove?: { line: string; quantity: number }[] };

export function editOrder(
  world: World,
  state: ShopState,
  order: Order,
  { add = [], remove = [] }: EditWish,
  when: When = {},
): Order | Refused {
  if (order.cancelledAt) return refuse(`${order.name} is cancelled and cannot be edited.`);
  if (add.length + remove.length === 0) return refuse("There is nothing to edit.");
  const removed: { line: OrderLine; quantity: number }[] = [];
  for (const { line: id, quantity } of remove) {
    const line = order.lines.find((one) => one.id === id);
    if (!line) return refuse(`${order.name} has no line ${id}.`);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > line.currentQuantity)
      return refuse(`${line.currentQuantity} of ${line.title} can be removed.`);
    removed.push({ line, quantity });
  }
  if (add.some(({ quantity }) => !Number.isInteger(quantity) || quantity < 1))
    return refuse("A quantity to add is a whole number of at least one.");
  const added = addedLines(world, state, add);
  if ("refused" in added) return added;

  // From here on the order is edited.
  const at = touch(world, state, order, when);
  for (const { line, quantity } of removed) line.currentQuantity -= quantity;
  order.lines.push(...added);
  if (received(order) > 0 && outstanding(order) > 0) order.financialStatus = "partially_paid";
  const edit: OrderEdit = {
    id: world.nextId(),
    committedAt: at,
    additions: added.map((line) => ({ lineId: line.id, delta: line.quantity })),
    removals: removed.map(({ line, quantity }) => ({ lineId: line.id, delta: quantity })),
  };
  tell(world, state, ["orders/edited"], { order, edit }, when);
  tell(world, state, ["orders/updated"], { order }, when);
  return order;
}

/** Added lines cost what the variant costs; the order's codes do not reach them, and automatic discounts neither. */
function addedLines(world: World, state: ShopState, add: NonNullable<EditWish["add"]>): OrderLine[] | Refused {
  if (add.length === 0) return [];
  try {
    const withoutDiscounts = { ...state, discounts: new Map() };
    const lines = add.map(({ variant, quantity }) => ({ variantId: variant, quantity }));
    const priced = priceCart(withoutDiscounts, { lines, codes: [], customerId: null, now: world.clock.now() });
    return priced.lines.map((line) => orderLine(world, line, true));
  } catch (error) {
    if (error instanceof RangeError) return refuse(error.message);
    throw error;
  }
}
