import type { Minor } from "./money.ts";

/** What an order says, without personal data: all that earning, redeeming, explaining and backtesting read. */
export type OrderFacts = {
  orderGid: string;
  name: string;
  currency: string;
  /** ISO instants. placedAt is Shopify's created_at, versionAt its updated_at. */
  placedAt: string;
  versionAt: string;
  cancelledAt: string | null;
  test: boolean;
  /** Shopify's source_name: web, pos, shopify_draft_order, subscription_contract, an app id. */
  channel: string;
  payment: Payment;
  gateways: string[];
  customerGid: string | null;
  /** A keyed hash of the buyer's e-mail for orders without a customer; never the e-mail itself. */
  guestKey: string | null;
  lines: LineFacts[];
  /** Shipping after its discounts and refunds, without tax. */
  shipping: Minor;
  /** The same as it was sold, before refunds. */
  shippingSold: Minor;
  /** Money given back beyond lines, shipping and tax: an amount without lines. */
  refundedWithoutLines: Minor;
  codes: { code: string; given: Minor }[];
  refundIds: string[];
  /** What each refund took, and when: so that an order can be seen as it stood at an instant (as-of.ts). */
  refunds: RefundFacts[];
  /** What the buyer paid in: the shop's currency unless they shopped in their own. */
  presentmentCurrency: string;
  /** Two letters, of the delivery or else the bill; null in a shop of bricks. */
  country: string | null;
  /** Bought by a company (B2B). */
  company: boolean;
};

export type RefundFacts = {
  at: string;
  lines: { lineGid: string; quantity: number; net: Minor }[];
  shipping: Minor;
  /** Below zero where less was given back than the lines are worth: a later refund may pay that out. */
  withoutLines: Minor;
};

/** How far an order is paid: waiting orders earn pending points, void ones none. */
export type Payment = "waiting" | "paid" | "void";

export type LineFacts = {
  lineGid: string;
  productGid: string | null;
  variantGid: string | null;
  sku: string | null;
  vendor: string | null;
  title: string;
  quantity: number;
  /** What remains after refunds and edits. */
  remaining: number;
  /** Price × quantity less every discount allocated to it, and less tax if prices include it: as it was sold. */
  sold: Minor;
  /** The same for what remains. */
  net: Minor;
  giftCard: boolean;
  tip: boolean;
  subscription: boolean;
  /** The selling plan of a subscription, where the order names it. */
  sellingPlanGid: string | null;
  /** The price of one before any discount, as it was sold. */
  price: Minor;
  /** Every discount allocated to the line. */
  discount: Minor;
};

/** What the shop's mirror knows of a product, pinned with the first order that asked. */
export type ProductFacts = {
  type: string;
  vendor: string;
  tags: string[];
  /** Ids of the collections it is in. */
  collections: string[];
  /** For each variant its compare-at price; null where it has none. */
  compareAt: Record<string, Minor | null>;
};

/** Facts as they were stored, by whichever version of Laurel: what a younger one asks for is empty in an older one's. */
export function readFacts(stored: OrderFacts): OrderFacts {
  if (stored.refunds !== undefined) return stored;
  const lines = stored.lines.map((line) => ({
    ...line,
    sellingPlanGid: null,
    price: line.quantity > 0 ? Math.round(line.sold / line.quantity) : 0,
    discount: 0,
  }));
  return { ...stored, lines, refunds: [], presentmentCurrency: stored.currency, country: null, company: false };
}
