// A cart, and what it comes to: the words checkout.ts and the storefront share.

import type { DiscountApplication, Minor } from "./world.ts";

export type CartLine = {
  /** null: a line made up at the till. */
  variantId: string | null;
  quantity: number;
  /** Overrides the variant's price. */
  price?: Minor;
  title?: string;
  giftCard?: boolean;
  properties?: { name: string; value: string }[];
  sellingPlan?: { id: string; name: string } | null;
};

export type Cart = {
  lines: CartLine[];
  codes: string[];
  /** null: not signed in and no e-mail given. */
  customerId: string | null;
  now: Date;
  tip?: Minor;
  /** Overrides the shop's rate. */
  shipping?: Minor;
};

export type PricedLine = {
  productId: string | null;
  variantId: string | null;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  vendor: string | null;
  image: string | null;
  price: Minor;
  quantity: number;
  giftCard: boolean;
  taxable: boolean;
  tax: Minor;
  properties: { name: string; value: string }[];
  sellingPlan: { id: string; name: string } | null;
  /** Price times quantity. */
  subtotal: Minor;
  /** The subtotal less its allocations. */
  discounted: Minor;
  allocations: { index: number; amount: Minor }[];
};

export type RejectionReason =
  | "unknown"
  | "not started"
  | "expired"
  | "used up"
  | "already used"
  | "not yours"
  | "minimum subtotal"
  | "minimum quantity"
  | "no entitled items"
  | "does not combine";

/** A code that Shopify's checkout would refuse, with what it would say. */
export type Rejection = { code: string; reason: RejectionReason; message: string };

export type PricedCart = {
  lines: PricedLine[];
  applications: DiscountApplication[];
  /** The discounts behind the applications, in their order. */
  discountIds: string[];
  /** Codes that apply, with what each takes off. */
  accepted: { code: string; amount: Minor }[];
  rejected: Rejection[];
  shipping: { title: string; price: Minor; tax: Minor; allocations: { index: number; amount: Minor }[] } | null;
  /** Lines before and after their discounts. */
  linesTotal: Minor;
  subtotal: Minor;
  /** Everything taken off, shipping included. */
  discount: Minor;
  tax: Minor;
  tip: Minor;
  total: Minor;
};
