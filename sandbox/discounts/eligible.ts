// Whether a discount may apply to a cart at all, asked in the order in which Shopify's checkout answers.

import type { Cart, PricedLine, Rejection } from "../cart.ts";
import { decimal } from "../money.ts";
import type { ShopState } from "../shop-state.ts";
import type { Discount } from "../world.ts";

type Asked = { state: ShopState; cart: Cart; lines: PricedLine[]; code: string };
type Refusal = Pick<Rejection, "reason" | "message">;

export function refusalOf(discount: Discount, { state, cart, lines, code }: Asked): Refusal | null {
  const no = (reason: Refusal["reason"], message: string): Refusal => ({ reason, message });
  const now = cart.now.getTime();
  const { customerId } = cart;

  // Orders are placed at whole seconds; a code made in the same second may be used.
  if (Math.floor(Date.parse(discount.startsAt) / 1000) * 1000 > now) return no("not started", `${code} discount code isn't available yet.`);
  if (discount.endsAt && Date.parse(discount.endsAt) <= now) return no("expired", `${code} discount code has expired.`);
  const uses = discount.codes.find((one) => one.code.toLowerCase() === code.toLowerCase())?.uses ?? 0;
  if (discount.usageLimit !== null && uses >= discount.usageLimit)
    return no("used up", `${code} discount code has reached its usage limit.`);

  // Who is asking: a code for certain customers is for nobody whose name is not known.
  const allowed =
    (discount.customers === null && discount.segments === null) || (customerId !== null && (discount.customers ?? []).includes(customerId));
  if (!allowed) return no("not yours", `${code} discount code isn't available to you right now.`);
  if (discount.oncePerCustomer && customerId !== null && discount.usedBy.includes(customerId)) {
    return no("already used", `You've already used the ${code} discount code.`);
  }

  // An app discount is a Function, which the sandbox does not run.
  if (discount.kind === "app") return no("no entitled items", `${code} discount code isn't valid for the items in your cart.`);
  const entitled = lines.filter((line) => isEntitled(discount, line, state));
  if (discount.kind !== "free shipping" && entitled.length === 0) {
    return no("no entitled items", `${code} discount code isn't valid for the items in your cart.`);
  }

  // The minimum counts the items the discount is for; gift cards never count.
  const counted = discount.kind === "free shipping" ? lines.filter((line) => !line.giftCard) : entitled;
  const subtotal = counted.reduce((total, line) => total + line.subtotal, 0);
  const quantity = counted.reduce((total, line) => total + line.quantity, 0);
  if (discount.minimumSubtotal !== null && subtotal < discount.minimumSubtotal) {
    const amount = decimal(discount.minimumSubtotal, state.shop.currency);
    return no("minimum subtotal", `Spend ${amount} ${state.shop.currency} or more to use the ${code} discount code.`);
  }
  if (discount.minimumQuantity !== null && quantity < discount.minimumQuantity) {
    return no("minimum quantity", `Add ${discount.minimumQuantity} or more items to use the ${code} discount code.`);
  }
  return null;
}

/** Whether the discount takes something off this line; for buy-x-get-y, whether the line can be what is got. */
export function isEntitled(discount: Discount, line: PricedLine, state: ShopState): boolean {
  if (line.giftCard) return false;
  return "all" in discount.items || isAmong(discount.items, line, state);
}

export function isAmong(
  items: { products: string[]; variants: string[]; collections: string[] },
  line: PricedLine,
  state: ShopState,
): boolean {
  if (line.giftCard) return false;
  if (line.variantId !== null && items.variants.includes(line.variantId)) return true;
  if (line.productId === null) return false;
  if (items.products.includes(line.productId)) return true;
  const collections = state.products.get(line.productId)?.collections ?? [];
  return collections.some((id) => items.collections.includes(id));
}
