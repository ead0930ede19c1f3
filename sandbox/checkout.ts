// Prices a cart as Shopify's checkout does: which codes apply, what they take off which line, tax and shipping.

import type { Cart, CartLine, PricedCart, PricedLine } from "./cart.ts";
import { bestCombination } from "./discounts/combine.ts";
import { refusalOf } from "./discounts/eligible.ts";
import { decimal, rounded } from "./money.ts";
import type { ShopState } from "./shop-state.ts";
import type { Discount, DiscountApplication, Minor, Shop } from "./world.ts";

export type * from "./cart.ts";

export function priceCart(state: ShopState, cart: Cart): PricedCart {
  const lines = cart.lines.map((line) => pricedLine(state, line));
  // Gift cards travel by e-mail.
  const shippingPrice = lines.some((line) => !line.giftCard) ? (cart.shipping ?? state.shop.shippingRate) : null;
  const pricing = { state, lines, shippingPrice };
  const { candidates, rejected } = considered(state, cart, lines);

  const best = bestCombination(candidates, pricing);
  for (const candidate of candidates) {
    if (candidate.code === null || best.some((taken) => taken.candidate === candidate)) continue;
    const alone = bestCombination([candidate], pricing).length > 0;
    rejected.push(
      alone
        ? { code: candidate.code, reason: "does not combine", message: `${candidate.code} couldn't be used with your existing discounts.` }
        : {
            code: candidate.code,
            reason: "no entitled items",
            message: `${candidate.code} discount code isn't valid for the items in your cart.`,
          },
    );
  }

  best.forEach((taken, index) => {
    taken.perLine.forEach((amount, at) => {
      const line = lines[at];
      if (!line || amount === 0) return;
      line.allocations.push({ index, amount });
      line.discounted -= amount;
    });
  });
  for (const line of lines) line.tax = line.taxable ? taxOn(line.discounted, state.shop) : 0;

  const shippingAllocations = best.flatMap((taken, index) => (taken.shipping > 0 ? [{ index, amount: taken.shipping }] : []));
  const shippingOff = sum(shippingAllocations.map((one) => one.amount));
  const shipping =
    shippingPrice === null
      ? null
      : {
          title: shippingPrice === 0 ? "Free shipping" : "Standard",
          price: shippingPrice,
          tax: taxOn(shippingPrice - shippingOff, state.shop),
          allocations: shippingAllocations,
        };

  const linesTotal = sum(lines.map((line) => line.subtotal));
  const subtotal = sum(lines.map((line) => line.discounted));
  const tax = sum(lines.map((line) => line.tax)) + (shipping?.tax ?? 0);
  const tip = cart.tip ?? 0;
  return {
    lines,
    applications: best.map(({ candidate }) => applicationOf(candidate.discount, candidate.code, state.shop)),
    discountIds: best.map(({ candidate }) => candidate.discount.id),
    accepted: best.flatMap(({ candidate, perLine, shipping }) =>
      candidate.code === null ? [] : [{ code: candidate.code, amount: sum(perLine) + shipping }],
    ),
    rejected,
    shipping,
    linesTotal,
    subtotal,
    discount: linesTotal - subtotal + shippingOff,
    tax,
    tip,
    total: subtotal + (shippingPrice ?? 0) - shippingOff + (state.shop.taxesIncluded ? 0 : tax) + tip,
  };
}

/** A discount that may apply to the cart; code is null for an automatic one. */
export type Candidate = { discount: Discount; code: string | null };

/** Every code that was entered and every automatic discount, sorted into those that may apply and those that may not. */
function considered(state: ShopState, cart: Cart, lines: PricedLine[]): { candidates: Candidate[]; rejected: PricedCart["rejected"] } {
  const candidates: Candidate[] = [];
  const rejected: PricedCart["rejected"] = [];
  const entered = [...new Map(cart.codes.map((code) => [code.trim().toLowerCase(), code.trim()])).values()].filter((code) => code !== "");

  for (const code of entered) {
    const discount = discountByCode(state, code);
    const refusal = discount
      ? refusalOf(discount, { state, cart, lines, code })
      : { reason: "unknown" as const, message: "Enter a valid discount code or gift card" };
    // The order carries the code as the merchant wrote it, not as the shopper typed it.
    const written = discount?.codes.find((one) => one.code.toLowerCase() === code.toLowerCase())?.code ?? code;
    if (refusal) rejected.push({ code, ...refusal });
    else if (discount && !candidates.some((one) => one.discount === discount)) candidates.push({ discount, code: written });
  }
  for (const discount of state.discounts.values()) {
    if (discount.method === "automatic" && !refusalOf(discount, { state, cart, lines, code: "" }))
      candidates.push({ discount, code: null });
  }
  return { candidates, rejected };
}

export function discountByCode(state: ShopState, code: string): Discount | undefined {
  const wanted = code.trim().toLowerCase();
  for (const discount of state.discounts.values()) {
    if (discount.method === "code" && discount.codes.some((one) => one.code.toLowerCase() === wanted)) return discount;
  }
  return undefined;
}

export function variantById(state: ShopState, variantId: string) {
  for (const product of state.products.values()) {
    const variant = product.variants.find((one) => one.id === variantId);
    if (variant) return { product, variant };
  }
  return undefined;
}

function pricedLine(state: ShopState, line: CartLine): PricedLine {
  const found = line.variantId === null ? undefined : variantById(state, line.variantId);
  if (line.variantId !== null && !found) throw new RangeError(`The shop has no variant ${line.variantId}.`);
  const giftCard = line.giftCard ?? found?.product.giftCard ?? false;
  const price = line.price ?? found?.variant.price ?? 0;
  const variantTitle = found && found.product.variants.length > 1 ? found.variant.title : null;
  return {
    productId: found?.product.id ?? null,
    variantId: line.variantId,
    title: line.title ?? found?.product.title ?? "Custom item",
    variantTitle,
    sku: found?.variant.sku ?? null,
    vendor: found?.product.vendor ?? null,
    image: found?.product.image ?? null,
    price,
    quantity: line.quantity,
    giftCard,
    // A gift card is taxed when it is spent.
    taxable: !giftCard,
    tax: 0,
    properties: line.properties ?? [],
    sellingPlan: line.sellingPlan ?? null,
    subtotal: price * line.quantity,
    discounted: price * line.quantity,
    allocations: [],
  };
}

/** Inside the amount where prices include tax, on top of it elsewhere. */
export function taxOn(amount: Minor, shop: Pick<Shop, "taxRateBasisPoints" | "taxesIncluded">): Minor {
  const rate = shop.taxRateBasisPoints;
  return rounded(shop.taxesIncluded ? (amount * rate) / (10_000 + rate) : (amount * rate) / 10_000);
}

const sum = (amounts: Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);

function applicationOf(discount: Discount, code: string | null, shop: Shop): DiscountApplication {
  const { value } = discount;
  const common = { type: code === null ? ("automatic" as const) : ("discount_code" as const), code, title: discount.title };
  if (!value || "freeShipping" in value) {
    return {
      ...common,
      valueType: "percentage",
      value: "100.0",
      targetType: "shipping_line",
      targetSelection: "all",
      allocationMethod: "each",
    };
  }
  const whole = "all" in discount.items && discount.kind !== "bxgy";
  const target = { targetType: "line_item" as const, targetSelection: whole ? ("all" as const) : ("entitled" as const) };
  if ("amount" in value) {
    return {
      ...common,
      ...target,
      valueType: "fixed_amount",
      value: decimal(value.amount, shop.currency),
      allocationMethod: value.onEachItem ? "each" : "across",
    };
  }
  return {
    ...common,
    ...target,
    valueType: "percentage",
    value: (value.basisPoints / 100).toFixed(1),
    allocationMethod: discount.kind === "bxgy" ? "each" : "across",
  };
}
