import type { Circumstances } from "../../app/loyalty/earning/evaluate.ts";
import type { LineFacts, OrderFacts, ProductFacts } from "../../app/loyalty/facts.ts";
import { clockOf } from "../../app/loyalty/local-time.ts";

/** An order with what is known around it, once as Laurel keeps it and once as a plain record that a rule language is handed. */
export type BenchOrder = { order: OrderFacts; at: Circumstances; plain: PlainOrder };

/** Worked out before the clock runs: what the others are handed is ready to be compared. */
export type PlainOrder = {
  amount: number;
  channel: string;
  country: string;
  weekday: number;
  tier: string;
  /** The number of the order among the customer's own. */
  nth: number;
  customerTags: string[];
  lines: { sku: string; vendor: string; type: string; tags: string[] }[];
  /** What is in any line, for a language that knows no lines. */
  skus: string[];
  vendors: string[];
  types: string[];
  tags: string[];
};

export const timeZone = "America/New_York";
export const tiers = ["bronze", "silver", "gold", "platinum"] as const;
export const countries = ["US", "CA", "GB", "FR", "DE", "JP", "AU", "MX"] as const;
export const channels = { web: "online", pos: "pos", shopify_draft_order: "draft", subscription_contract: "subscription" } as const;
export const numbered = (what: string, count: number): string[] => Array.from({ length: count }, (_, n) => `${what}-${n + 1}`);
export const customerTags = numbered("club", 25);
export const vendors = numbered("maker", 40);
export const types = numbered("type", 30);
export const productTags = numbered("tag", 60);
export const productCount = 400;

/** The same sequence in every run: what is compared is compared on the same orders. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export const pick = <T>(below: (n: number) => number, from: readonly T[]): T => from[below(from.length)] as T;

const some = <T>(below: (n: number) => number, from: readonly T[], most: number): T[] => [
  ...new Set(Array.from({ length: below(most + 1) }, () => pick(below, from))),
];

export const skuOf = (product: number): string => `SKU-${product}`;

export function benchOrders(count: number, seed = 7): BenchOrder[] {
  const below = seeded(seed);
  const clock = clockOf(timeZone);
  const shelf: ProductFacts[] = Array.from({ length: productCount }, () => ({
    type: pick(below, types),
    vendor: pick(below, vendors),
    tags: some(below, productTags, 4),
    collections: [],
    compareAt: {},
  }));
  return Array.from({ length: count }, (_, n) => oneOrder(n, shelf, below, clock));
}

function oneOrder(n: number, shelf: readonly ProductFacts[], below: (n: number) => number, clock: ReturnType<typeof clockOf>): BenchOrder {
  const placed = Date.UTC(2026, 0, 1) + below(365 * 86_400) * 1000;
  const placedAt = new Date(placed).toISOString();
  const chosen = Array.from({ length: 1 + below(5) }, () => below(productCount));
  const lines = chosen.map((product, index) => lineOf(n, index, product, shelf[product] as ProductFacts, below));
  const channel = pick(below, Object.keys(channels));
  const country = pick(below, countries);
  const order: OrderFacts = {
    orderGid: `gid://shopify/Order/${n + 1}`,
    name: `#${n + 1}`,
    currency: "USD",
    placedAt,
    versionAt: placedAt,
    cancelledAt: null,
    test: false,
    channel,
    payment: "paid",
    gateways: ["shopify_payments"],
    customerGid: `gid://shopify/Customer/${1 + (n % 500)}`,
    guestKey: null,
    lines,
    shipping: 0,
    shippingSold: 0,
    refundedWithoutLines: 0,
    codes: [],
    refundIds: [],
    refunds: [],
    presentmentCurrency: "USD",
    country,
    company: false,
  };
  const tags = some(below, customerTags, 3);
  const member = { tierId: pick(below, tiers), ordersBefore: below(30) };
  const productOf = (product: number) => shelf[product] as ProductFacts;
  const at: Circumstances = {
    version: 1,
    phase: "live",
    testTag: null,
    tags,
    deleted: false,
    memberState: "active",
    products: Object.fromEntries(chosen.map((product) => [gidOf(product), productOf(product)])),
    member,
  };
  const plain: PlainOrder = {
    amount: lines.reduce((sum, line) => sum + line.sold, 0),
    channel,
    country,
    weekday: clock(placed).weekday,
    tier: member.tierId,
    nth: member.ordersBefore + 1,
    customerTags: tags,
    lines: chosen.map((product) => {
      const { vendor, type, tags: tagged } = productOf(product);
      return { sku: skuOf(product), vendor, type, tags: tagged };
    }),
    skus: chosen.map(skuOf),
    vendors: chosen.map((product) => productOf(product).vendor),
    types: chosen.map((product) => productOf(product).type),
    tags: chosen.flatMap((product) => productOf(product).tags),
  };
  return { order, at, plain };
}

const gidOf = (product: number): string => `gid://shopify/Product/${product + 1}`;

function lineOf(n: number, index: number, product: number, facts: ProductFacts, below: (n: number) => number): LineFacts {
  const price = 500 + below(12_000);
  const quantity = 1 + below(3);
  return {
    lineGid: `gid://shopify/LineItem/${n * 10 + index + 1}`,
    productGid: gidOf(product),
    variantGid: `gid://shopify/ProductVariant/${product + 1}`,
    sku: skuOf(product),
    vendor: facts.vendor,
    title: `Product ${product}`,
    quantity,
    remaining: quantity,
    sold: price * quantity,
    net: price * quantity,
    giftCard: false,
    tip: false,
    subscription: false,
    sellingPlanGid: null,
    price,
    discount: 0,
  };
}
