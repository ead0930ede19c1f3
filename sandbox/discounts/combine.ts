// Which of several discounts apply together: the combination that takes off the most among those that allow each other.

import type { PricedLine } from "../cart.ts";
import type { Candidate } from "../checkout.ts";
import type { ShopState } from "../shop-state.ts";
import type { Discount, Minor } from "../world.ts";
import { productAmounts, takeOrderDiscount } from "./amounts.ts";

export type Pricing = {
  state: ShopState;
  lines: PricedLine[];
  /** null: nothing to ship. */
  shippingPrice: Minor | null;
};

/** What one discount takes off each line and off the shipping. */
export type Taken = { candidate: Candidate; perLine: Minor[]; shipping: Minor };

export type DiscountClass = "order" | "product" | "shipping";

/** Shopify infers the class from what is discounted. */
export function classOf(discount: Discount): DiscountClass {
  if (discount.kind === "free shipping") return "shipping";
  return discount.kind === "bxgy" || !("all" in discount.items) ? "product" : "order";
}

export function bestCombination(candidates: Candidate[], pricing: Pricing): Taken[] {
  let best: { taken: Taken[]; saved: Minor } = { taken: [], saved: -1 };
  for (const subset of subsets(candidates.slice(0, 12))) {
    if (!subset.every((one, index) => subset.slice(index + 1).every((other) => combine(one.discount, other.discount)))) continue;
    const taken = apply(subset, pricing);
    // A discount with nothing to take off is not applied, so the subset without it will be looked at too.
    if (taken.some((one) => !takesSomething(one, pricing))) continue;
    const saved = taken.reduce((total, one) => total + savedBy(one), 0);
    if (saved > best.saved || (saved === best.saved && taken.length > best.taken.length)) best = { taken, saved };
  }
  return best.taken;
}

/** Both must allow it, and two of the shipping class never combine. */
function combine(one: Discount, other: Discount): boolean {
  if (classOf(one) === "shipping" && classOf(other) === "shipping") return false;
  return one.combinesWith[classOf(other)] && other.combinesWith[classOf(one)];
}

function apply(subset: Candidate[], { state, lines, shippingPrice }: Pricing): Taken[] {
  const left = lines.map((line) => line.subtotal);
  const none = lines.map(() => 0);
  const taken = subset.map((candidate): Taken => ({ candidate, perLine: none, shipping: 0 }));
  const ofClass = (wanted: DiscountClass) => taken.filter((one) => classOf(one.candidate.discount) === wanted);

  // A line takes one product discount, the best for it; each discount is then shared over the lines it won.
  const products = ofClass("product");
  const bids = products.map((one) =>
    productAmounts(
      one.candidate.discount,
      lines,
      state,
      lines.map(() => true),
    ),
  );
  const winners = lines.map((_, at) =>
    bids.reduce((winner, bid, index) => ((bid[at] ?? 0) > (bids[winner]?.[at] ?? 0) ? index : winner), 0),
  );
  products.forEach((one, index) => {
    one.perLine = productAmounts(
      one.candidate.discount,
      lines,
      state,
      winners.map((winner) => winner === index),
    );
    one.perLine.forEach((amount, at) => {
      left[at] = (left[at] ?? 0) - amount;
    });
  });

  // Order discounts look at what the product discounts left, and none takes what another has taken.
  const afterProducts = [...left];
  for (const one of ofClass("order")) {
    one.perLine = takeOrderDiscount(one.candidate.discount, lines, afterProducts, left);
    one.perLine.forEach((amount, at) => {
      left[at] = (left[at] ?? 0) - amount;
    });
  }

  for (const one of ofClass("shipping")) {
    const { value } = one.candidate.discount;
    const maximum = value && "freeShipping" in value ? value.maximum : null;
    if (shippingPrice !== null && (maximum === null || shippingPrice <= maximum)) one.shipping = shippingPrice;
  }
  return taken;
}

const savedBy = (taken: Taken): Minor => taken.perLine.reduce((total, amount) => total + amount, 0) + taken.shipping;

/** Free shipping applies also where shipping costs nothing already. */
function takesSomething(taken: Taken, { shippingPrice }: Pricing): boolean {
  return savedBy(taken) > 0 || (classOf(taken.candidate.discount) === "shipping" && shippingPrice === 0);
}

function* subsets<T>(items: T[]): Generator<T[]> {
  for (let mask = 1; mask < 1 << items.length; mask += 1) yield items.filter((_, index) => mask & (1 << index));
}
