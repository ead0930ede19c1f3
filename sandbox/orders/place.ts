// Places an order as a checkout, a till or a draft would.

import { type CartLine, discountByCode, type PricedCart, priceCart } from "../checkout.ts";
import { createCustomer, customerByEmail } from "../customers.ts";
import { type Refused, refuse } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Instant, Minor, Order, OrderLine } from "../world.ts";
import { originalTotals } from "./totals.ts";
import { instantOf, tell, type When } from "./touch.ts";

export type Checkout = {
  customerId?: string | null;
  /** A guest's e-mail makes a customer, or finds the one who has it. */
  email?: string | null;
  lines: CartLine[];
  codes?: string[];
  paid?: boolean;
  sourceName?: string;
  test?: boolean;
  createdAt?: Instant;
  tip?: Minor;
  shipping?: Minor;
  presentmentCurrency?: string;
  presentmentRate?: number;
  tags?: string[];
  note?: string | null;
  noteAttributes?: { name: string; value: string }[];
  gateway?: string;
  country?: string;
};

export function placeOrder(world: World, state: ShopState, checkout: Checkout): Order | Refused {
  const when: When = { at: checkout.createdAt };
  const at = instantOf(world, when);
  if (checkout.lines.length === 0) return refuse("A cart without lines cannot be paid for.");
  if (checkout.lines.some((line) => !Number.isInteger(line.quantity) || line.quantity < 1))
    return refuse("Every line needs a whole quantity of at least one.");
  const known = checkout.customerId
    ? state.customers.get(checkout.customerId)
    : checkout.email
      ? customerByEmail(state, checkout.email)
      : undefined;
  if (checkout.customerId && !known) return refuse(`The shop has no customer ${checkout.customerId}.`);

  let priced: PricedCart;
  try {
    const cart = {
      lines: checkout.lines,
      codes: checkout.codes ?? [],
      customerId: known?.id ?? null,
      // Codes are asked at the very instant: one that ended half a second ago has ended, though orders tell only seconds.
      now: checkout.createdAt ? new Date(at) : world.clock.now(),
      tip: checkout.tip,
      shipping: checkout.shipping,
    };
    priced = priceCart(state, cart);
  } catch (error) {
    if (error instanceof RangeError) return refuse(error.message);
    throw error;
  }
  const [rejection] = priced.rejected;
  if (rejection) return refuse(rejection.message);

  // From here on the order is placed.
  const customer = known ?? (checkout.email ? createCustomer(world, state, { email: checkout.email }, when) : undefined);
  const order = orderOf(world, state, checkout, priced, {
    at,
    customerId: customer?.id ?? null,
    email: checkout.email ?? customer?.email ?? null,
  });
  if (checkout.paid !== false) {
    order.transactions.push({
      id: world.nextId(),
      kind: "sale",
      status: "success",
      gateway: order.gateway,
      amount: originalTotals(order).total,
      createdAt: at,
    });
  }
  state.orders.set(order.id, order);
  countUses(world, state, priced, order.customerId);
  world.changed(state.shop.handle, "orders", order.id);
  world.changed(state.shop.handle, "nextOrderNumber");
  tell(world, state, ["orders/create", ...(order.financialStatus === "paid" ? ["orders/paid"] : []), "orders/updated"], { order }, when);
  return order;
}

function orderOf(
  world: World,
  state: ShopState,
  checkout: Checkout,
  priced: PricedCart,
  { at, customerId, email }: { at: Instant; customerId: string | null; email: string | null },
): Order {
  const { shop } = state;
  const number = state.nextOrderNumber;
  state.nextOrderNumber += 1;
  return {
    id: world.nextId(),
    number,
    name: `#${number}`,
    customerId,
    email,
    createdAt: at,
    processedAt: at,
    updatedAt: at,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    deletedAt: null,
    test: checkout.test ?? false,
    sourceName: checkout.sourceName ?? "web",
    currency: shop.currency,
    presentmentCurrency: checkout.presentmentCurrency ?? shop.currency,
    presentmentRate: checkout.presentmentRate ?? 1,
    taxesIncluded: shop.taxesIncluded,
    financialStatus: checkout.paid === false ? "pending" : "paid",
    fulfillmentStatus: null,
    fulfillments: [],
    lines: priced.lines.map((line) => orderLine(world, line)),
    // A draft order carries its code, and yet its applications are manual ones.
    discountApplications: priced.applications.map((one) =>
      checkout.sourceName === "shopify_draft_order" ? { ...one, type: "manual" } : one,
    ),
    shipping: priced.shipping ? { id: world.nextId(), ...priced.shipping } : null,
    tip: priced.tip,
    duties: 0,
    refunds: [],
    transactions: [],
    tags: checkout.tags ?? [],
    note: checkout.note ?? null,
    noteAttributes: checkout.noteAttributes ?? [],
    country: checkout.country ?? shop.country,
    gateway: checkout.gateway ?? "bogus",
    metafields: [],
  };
}

export function orderLine(world: World, line: PricedCart["lines"][number], addedByEdit = false): OrderLine {
  const {
    productId,
    variantId,
    title,
    variantTitle,
    sku,
    vendor,
    price,
    quantity,
    giftCard,
    taxable,
    tax,
    properties,
    sellingPlan,
    allocations,
  } = line;
  return {
    id: world.nextId(),
    productId,
    variantId,
    title,
    variantTitle,
    sku,
    vendor,
    price,
    quantity,
    currentQuantity: quantity,
    giftCard,
    taxable,
    tax,
    properties,
    sellingPlan,
    addedByEdit,
    allocations,
  };
}

function countUses(world: World, state: ShopState, priced: PricedCart, customerId: string | null): void {
  for (const { code } of priced.accepted) {
    const discount = discountByCode(state, code);
    const used = discount?.codes.find((one) => one.code === code);
    if (!discount || !used) continue;
    used.uses += 1;
    if (customerId) discount.usedBy.push(customerId);
    world.changed(state.shop.handle, "discounts", discount.id);
  }
}
