import fc from "fast-check";
import type { Circumstances } from "../../app/loyalty/earning/judgement.ts";
import type { LineFacts, OrderFacts } from "../../app/loyalty/facts.ts";
import { lineFacts, orderFacts } from "./order-facts.ts";

const anyLine: fc.Arbitrary<Partial<LineFacts> & { sold: number }> = fc
  .record({
    quantity: fc.integer({ min: 1, max: 5 }),
    price: fc.integer({ min: 0, max: 30_000 }),
    off: fc.integer({ min: 0, max: 3_000 }),
    giftCard: fc.boolean(),
    subscription: fc.boolean(),
    product: fc.integer({ min: 1, max: 3 }),
    vendor: fc.constantFrom(null, "Acme", "Bolt"),
    sku: fc.constantFrom(null, "A-1", "B-2"),
  })
  .map(({ quantity, price, off, product, giftCard, ...rest }) => {
    const discount = Math.min(off, price * quantity);
    const sold = price * quantity - discount;
    return {
      ...rest,
      giftCard: giftCard && product === 3,
      productGid: `gid://shopify/Product/${product}`,
      variantGid: `gid://shopify/ProductVariant/${product}`,
      quantity,
      remaining: quantity,
      price,
      discount,
      sold,
      net: sold,
    };
  });

/** Any order as it was placed: up to five lines, shipping, codes, anywhere, any day of 2026. */
export const anyOrder: fc.Arbitrary<OrderFacts> = fc
  .record({
    lines: fc.array(anyLine, { maxLength: 5 }),
    shipping: fc.integer({ min: 0, max: 2_000 }),
    hours: fc.integer({ min: 0, max: 364 * 24 }),
    channel: fc.constantFrom("web", "pos", "shopify_draft_order", "subscription_contract", "1234"),
    country: fc.constantFrom(null, "US", "FR"),
    gateways: fc.constantFrom<string[]>([], ["shopify_payments"], ["Bogus"]),
    codes: fc.constantFrom<OrderFacts["codes"]>([], [{ code: "SAVE", given: 100 }]),
    company: fc.boolean(),
  })
  .map(({ lines, hours, ...rest }) => {
    const placedAt = new Date(Date.UTC(2026, 0, 1, hours)).toISOString();
    const numbered = lines.map((one, n) => lineFacts({ ...one, lineGid: `gid://shopify/LineItem/${n + 1}` }));
    return orderFacts({ ...rest, placedAt, versionAt: placedAt, lines: numbered, shippingSold: rest.shipping });
  });

/** What is known of a member and a product when an order is judged. */
export const anyCircumstances: fc.Arbitrary<Circumstances> = fc
  .record({
    tags: fc.constantFrom([], ["vip"], ["staff", "VIP"]),
    tierId: fc.constantFrom(null, "low", "high"),
    ordersBefore: fc.integer({ min: 0, max: 12 }),
    daysSince: fc.option(fc.integer({ min: 0, max: 400 })),
    birthday: fc.constantFrom(null, "02-29", "05-01"),
    used: fc.integer({ min: 0, max: 500 }),
    usedOfStamps: fc.integer({ min: 0, max: 500 }),
    room: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }),
  })
  .map(({ tags, tierId, ordersBefore, daysSince, birthday, used, usedOfStamps, room }) => ({
    version: 1,
    phase: "live" as const,
    testTag: null,
    tags,
    deleted: false,
    memberState: "active" as const,
    products: Object.fromEntries(
      [1, 2, 3].map((n) => [
        `gid://shopify/Product/${n}`,
        {
          type: n === 1 ? "Coffee" : "Tea",
          vendor: "Acme",
          tags: n === 2 ? ["new"] : [],
          collections: [`gid://shopify/Collection/${n}`],
          compareAt: {},
        },
      ]),
    ),
    member: {
      tierId,
      ordersBefore,
      birthday,
      segments: [],
      joinedAt: Date.UTC(2025, 5, 1),
      lastOrderAt: daysSince === null ? null : Date.UTC(2025, 11, 31) - daysSince * 86_400_000,
    },
    used: Object.fromEntries(
      ["*", ...Array.from({ length: 6 }, (_, n) => `rule-${n}`)].flatMap((rule) =>
        [0, 1, 2].flatMap((n) => [
          [`${rule}/${n}`, used],
          [`${rule}:stamps/${n}`, usedOfStamps],
        ]),
      ),
    ),
    ...(room === undefined ? {} : { room: { retention: room } }),
  }));

/** Refunds of an order, one after the other, until nothing of it is left. */
export function refundedBit(order: OrderFacts, line: number, pieces: number): OrderFacts {
  return {
    ...order,
    lines: order.lines.map((one, n) => {
      if (n !== line) return one;
      const remaining = Math.max(0, one.remaining - pieces);
      return { ...one, remaining, net: one.remaining === 0 ? 0 : Math.floor((one.net * remaining) / one.remaining) };
    }),
  };
}
