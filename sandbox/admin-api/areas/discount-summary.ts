// What the admin says of a discount in one line.

import { decimal } from "../../money.ts";
import type { Discount, Minor } from "../../world.ts";
import type { Ask } from "../ask.ts";

export function summaryOf(one: Discount, ask: Ask): string {
  const money = (minor: Minor) => `$${decimal(minor, ask.shop.currency)}`;
  const parts = [headline(one, ask, money)];
  if (one.minimumSubtotal !== null) parts.push(`Minimum purchase of ${money(one.minimumSubtotal)}`);
  if (one.minimumQuantity !== null) parts.push(`Minimum quantity of ${one.minimumQuantity}`);
  if (one.kind === "free shipping") {
    parts.push("For all countries");
    const { value } = one;
    if (value && "freeShipping" in value && value.maximum !== null) parts.push(`Applies to shipping rates under ${money(value.maximum)}`);
  }
  if (one.oncePerCustomer) parts.push("One use per customer");
  return parts.join(" • ");
}

function headline(one: Discount, ask: Ask, money: (minor: Minor) => string): string {
  const { value, buys } = one;
  const once = ask.shop.sellsSubscriptions ? purchased(one) : null;
  if (one.kind === "free shipping") return `Free shipping on ${once ?? "all products"}`;
  if (value && "getQuantity" in value) {
    const effect = value.basisPoints === 10_000 ? "free" : `at ${value.basisPoints / 100}% off`;
    return `Buy ${buys?.quantity != null ? items(buys.quantity) : `${money(buys?.amount ?? 0)} or more`}, get ${items(value.getQuantity)} ${effect}`;
  }
  const off =
    value && "amount" in value ? `${money(value.amount)} off` : `${value && "basisPoints" in value ? value.basisPoints / 100 : 0}% off`;
  return `${off} ${"all" in one.items ? (once ?? "entire order") : named(one.items, ask)}`;
}

const purchased = ({ purchases }: Discount): string | null => {
  if (purchases?.oneTime && purchases.subscription) return null;
  return purchases?.subscription ? "subscription products" : "one-time purchase products";
};

const items = (quantity: number): string => `${quantity} item${quantity === 1 ? "" : "s"}`;

function named(
  { products, variants, collections }: { products: string[]; variants: string[]; collections: string[] },
  { state }: Ask,
): string {
  const title = collections.length > 0 ? state.collections.get(collections[0] ?? "")?.title : state.products.get(products[0] ?? "")?.title;
  if (collections.length === 1 || (products.length === 1 && variants.length === 0)) return title ?? "1 product";
  return collections.length > 1 ? `${collections.length} collections` : `${products.length + variants.length} products`;
}
