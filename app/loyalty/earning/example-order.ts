import type { LineFacts, OrderFacts, ProductFacts } from "../facts.ts";
import type { Minor } from "../money.ts";
import type { Circumstances } from "./judgement.ts";
import type { MemberFacts } from "./occasion.ts";

/** A basket as somebody describes it who wants to know what it would earn. */
export type ExampleItem = {
  title: string;
  /** Of one piece, before discounts. */
  price: Minor;
  quantity: number;
  productGid?: string;
  variantGid?: string;
  sku?: string;
  type?: string;
  vendor?: string;
  tags?: readonly string[];
  /** Ids of the collections that it is in. */
  collections?: readonly string[];
  /** Taken off the whole line. */
  discount?: Minor;
  subscription?: boolean;
  /** What one piece cost before it was reduced. */
  compareAt?: Minor;
};

export type ExampleBasket = {
  items: readonly ExampleItem[];
  /** Epoch milliseconds. */
  at: number;
  channel?: string;
  gateway?: string;
  codes?: readonly string[];
  country?: string;
  currency?: string;
  /** Bought by a company. */
  company?: boolean;
};

export type ExampleMember = Partial<MemberFacts>;

/** The order that such a basket would be, with what is known around it: ready to be judged. */
export function exampleOrder(
  basket: ExampleBasket,
  member: ExampleMember,
  shop: { currency: string },
): { order: OrderFacts; at: Circumstances } {
  const placedAt = new Date(basket.at).toISOString();
  const lines = basket.items.map(lineOf);
  const order: OrderFacts = {
    orderGid: "gid://shopify/Order/0",
    name: "#0",
    currency: shop.currency,
    placedAt,
    versionAt: placedAt,
    cancelledAt: null,
    test: false,
    channel: basket.channel ?? "web",
    payment: "paid",
    gateways: basket.gateway ? [basket.gateway] : [],
    customerGid: null,
    guestKey: null,
    lines,
    shipping: 0,
    shippingSold: 0,
    refundedWithoutLines: 0,
    codes: (basket.codes ?? []).map((code) => ({ code, given: 0 })),
    refundIds: [],
    refunds: [],
    presentmentCurrency: basket.currency ?? shop.currency,
    country: basket.country ?? null,
    company: basket.company ?? false,
  };
  const { tags = [], ...known } = member;
  const products = Object.fromEntries(basket.items.map((item, index) => [productOf(item, index), factsOf(item, index)]));
  return { order, at: { ...nobodyInParticular, tags, products, member: known } };
}

/** What surrounds an occasion that is only imagined: a live programme, and a member whom nothing stops. */
export const nobodyInParticular: Circumstances = {
  version: 0,
  phase: "live",
  testTag: null,
  tags: [],
  deleted: false,
  memberState: "active",
};

const variantOf = (item: ExampleItem, index: number): string | null =>
  item.variantGid ?? (item.compareAt === undefined ? null : `gid://shopify/ProductVariant/${index}`);

const productOf = (item: ExampleItem, index: number): string => item.productGid ?? `gid://shopify/Product/${index}`;

function lineOf(item: ExampleItem, index: number): LineFacts {
  const discount = Math.min(item.discount ?? 0, item.price * item.quantity);
  const sold = item.price * item.quantity - discount;
  return {
    lineGid: `gid://shopify/LineItem/${index}`,
    productGid: productOf(item, index),
    variantGid: variantOf(item, index),
    sku: item.sku ?? null,
    vendor: item.vendor ?? null,
    title: item.title,
    quantity: item.quantity,
    remaining: item.quantity,
    sold,
    net: sold,
    giftCard: false,
    tip: false,
    subscription: item.subscription ?? false,
    sellingPlanGid: null,
    price: item.price,
    discount,
  };
}

function factsOf(item: ExampleItem, index: number): ProductFacts {
  const { type = "", vendor = "", tags = [], collections = [], compareAt } = item;
  const variant = variantOf(item, index);
  return {
    type,
    vendor,
    tags: [...tags],
    collections: [...collections],
    compareAt: variant !== null && compareAt !== undefined ? { [variant]: compareAt } : {},
  };
}
