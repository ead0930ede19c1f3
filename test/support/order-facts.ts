import type { z } from "zod";
import type { LineFacts, OrderFacts } from "../../app/loyalty/facts.ts";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";

/** A line of which a test states only what matters: by itself one piece, sold and kept. */
export function lineFacts(wish: Partial<LineFacts> & { sold: number }): LineFacts {
  return {
    lineGid: "gid://shopify/LineItem/1",
    productGid: "gid://shopify/Product/1",
    variantGid: null,
    sku: null,
    vendor: null,
    title: "Thing",
    quantity: 1,
    remaining: 1,
    net: wish.sold,
    giftCard: false,
    tip: false,
    subscription: false,
    sellingPlanGid: null,
    price: wish.sold,
    discount: 0,
    ...wish,
  };
}

/** An order of $100, paid on the web, of which a test states only what matters. */
export function orderFacts(wish: Partial<OrderFacts> = {}): OrderFacts {
  const shipping = wish.shipping ?? 0;
  return {
    orderGid: "gid://shopify/Order/1",
    name: "#1",
    currency: "USD",
    placedAt: "2026-05-01T10:00:00.000Z",
    versionAt: "2026-05-01T10:00:00.000Z",
    cancelledAt: null,
    test: false,
    channel: "web",
    payment: "paid",
    gateways: [],
    customerGid: "gid://shopify/Customer/7",
    guestKey: null,
    lines: [lineFacts({ sold: 10_000 })],
    shipping,
    shippingSold: shipping,
    refundedWithoutLines: 0,
    codes: [],
    refundIds: [],
    refunds: [],
    presentmentCurrency: "USD",
    country: null,
    company: false,
    ...wish,
  };
}

/** The simple programme with parts of it said otherwise, as a merchant's file would. */
export const programmeOf = (wish: Partial<z.input<typeof definition>> = {}): Definition =>
  definition.parse({ ...simplePoints(100), ...wish });
