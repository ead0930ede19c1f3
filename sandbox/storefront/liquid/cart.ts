// The cart as Liquid and the cart's JSON have it.

import type { PricedCart } from "../../cart.ts";
import type { ShopState } from "../../store.ts";
import type { Session } from "../session.ts";
import { pictureAddress } from "./catalog.ts";
import { toLiquid } from "./money.ts";

export function liquidCart(state: ShopState, session: Session, priced: PricedCart) {
  const { currency } = state.shop;
  const say = (minor: number) => toLiquid(minor, currency);
  const applications = priced.applications.map((one) => ({
    type: one.type,
    title: one.code ?? one.title,
    value_type: one.valueType,
    value: one.value,
    target_type: one.targetType,
    target_selection: one.targetSelection,
    allocation_method: one.allocationMethod,
  }));
  const amountOf = (index: number) =>
    priced.lines.reduce(
      (total, line) => total + line.allocations.filter((one) => one.index === index).reduce((sum, { amount }) => sum + amount, 0),
      0,
    );
  const items = priced.lines.map((line, index) => {
    const product = state.products.get(line.productId ?? "");
    return {
      key: `${line.variantId}:${index}`,
      index: index + 1,
      id: Number(line.variantId),
      variant_id: Number(line.variantId),
      product_id: Number(line.productId),
      title: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
      product_title: line.title,
      variant_title: line.variantTitle,
      quantity: line.quantity,
      price: say(line.price),
      original_price: say(line.price),
      final_price: say(Math.round(line.discounted / line.quantity)),
      line_price: say(line.subtotal),
      original_line_price: say(line.subtotal),
      final_line_price: say(line.discounted),
      total_discount: say(line.subtotal - line.discounted),
      gift_card: line.giftCard,
      vendor: line.vendor,
      sku: line.sku,
      url: product ? `/products/${product.handle}?variant=${line.variantId}` : "",
      image: product ? pictureAddress(product) : null,
      properties: Object.fromEntries(line.properties.map(({ name, value }) => [name, value])),
      line_level_discount_allocations: line.allocations.map((one) => ({
        amount: say(one.amount),
        discount_application: applications[one.index],
      })),
    };
  });
  return {
    token: "sandbox",
    currency: { iso_code: currency },
    item_count: priced.lines.reduce((total, { quantity }) => total + quantity, 0),
    items,
    "empty?": items.length === 0,
    note: session.note,
    attributes: Object.fromEntries(session.attributes.map(({ name, value }) => [name, value])),
    original_total_price: say(priced.linesTotal),
    items_subtotal_price: say(priced.subtotal),
    total_discount: say(priced.linesTotal - priced.subtotal),
    total_price: say(priced.subtotal),
    requires_shipping: priced.shipping !== null,
    cart_level_discount_applications: applications
      .map((application, index) => ({ ...application, total_allocated_amount: say(amountOf(index)) }))
      .filter(({ target_type: target, target_selection: selection }) => target === "line_item" && selection === "all"),
    discount_applications: applications,
    discount_codes: [
      ...priced.accepted.map(({ code }) => ({ code, applicable: true })),
      ...priced.rejected.map(({ code }) => ({ code, applicable: false })),
    ],
    // What follows is for the theme's own pages and no object of Shopify's.
    discounts: [
      ...priced.accepted.map(({ code, amount }) => ({ code, amount: say(amount), refused: null })),
      ...priced.rejected.map(({ code, message }) => ({ code, amount: 0, refused: message })),
    ],
    shipping: priced.shipping
      ? {
          title: priced.shipping.title,
          price: say(priced.shipping.price - priced.shipping.allocations.reduce((sum, one) => sum + one.amount, 0)),
        }
      : null,
    tax: say(priced.tax),
    grand_total: say(priced.total),
  };
}

/** What /cart.js answers. */
export function cartJson(cart: ReturnType<typeof liquidCart>): object {
  const { discounts: _, shipping: __, tax: ___, grand_total: ____, "empty?": _____, discount_applications: ______, ...rest } = cart;
  return { ...rest, currency: cart.currency.iso_code, items: cart.items };
}
