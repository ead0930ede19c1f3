// The customer who is signed in and the shop, as Liquid has them.

import { originalTotals, refundedTotal } from "../../orders.ts";
import type { ShopState } from "../../store.ts";
import { type App, type Customer, domainOf, type Order } from "../../world.ts";
import { pictureAddress } from "./catalog.ts";
import { metafieldsOf } from "./metafields.ts";
import { toLiquid } from "./money.ts";

export function liquidCustomer(state: ShopState, customer: Customer, app: App | undefined) {
  const orders = [...state.orders.values()].filter((order) => order.customerId === customer.id && !order.deletedAt).reverse();
  return {
    id: Number(customer.id),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    name: [customer.firstName, customer.lastName].filter(Boolean).join(" ") || customer.email || "",
    phone: customer.phone,
    tags: customer.tags,
    has_account: customer.state === "enabled",
    accepts_marketing: customer.marketing === "SUBSCRIBED",
    orders_count: orders.length,
    total_spent: toLiquid(
      orders.filter((order) => !order.cancelledAt).reduce((total, order) => total + originalTotals(order).total - refundedTotal(order), 0),
      state.shop.currency,
    ),
    metafields: metafieldsOf(customer.metafields, app),
    get orders() {
      return orders.map((order) => liquidOrder(state, order));
    },
  };
}

export function liquidOrder(state: ShopState, order: Order) {
  const say = (minor: number) => toLiquid(minor, state.shop.currency);
  const totals = originalTotals(order);
  return {
    id: Number(order.id),
    name: order.name,
    order_number: order.number,
    email: order.email,
    created_at: order.createdAt,
    cancelled: order.cancelledAt !== null,
    financial_status: order.financialStatus,
    financial_status_label: order.financialStatus.replaceAll("_", " "),
    fulfillment_status: order.fulfillmentStatus ?? "unfulfilled",
    customer_url: `/account/orders/${order.id}`,
    subtotal_price: say(totals.subtotal),
    total_discounts: say(totals.discounts),
    shipping_price: say(totals.shipping),
    tax_price: say(totals.tax),
    total_price: say(totals.total),
    item_count: order.lines.reduce((total, { quantity }) => total + quantity, 0),
    discount_codes: order.discountApplications.flatMap(({ code }) => (code ? [code] : [])),
    refunded: say(refundedTotal(order)),
    line_items: order.lines.map((line) => {
      const product = state.products.get(line.productId ?? "");
      return {
        title: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
        quantity: line.quantity,
        price: say(line.price),
        final_line_price: say(line.price * line.quantity - line.allocations.reduce((sum, one) => sum + one.amount, 0)),
        image: product ? pictureAddress(product) : null,
        url: product ? `/products/${product.handle}` : "",
      };
    }),
  };
}

export function liquidShop(state: ShopState, app: App | undefined) {
  const { shop } = state;
  return {
    id: Number(shop.id),
    name: shop.name,
    email: shop.email,
    currency: shop.currency,
    domain: domainOf(shop),
    permanent_domain: domainOf(shop),
    url: "",
    secure_url: "",
    locale: shop.locale,
    taxes_included: shop.taxesIncluded,
    customer_accounts_enabled: true,
    metafields: metafieldsOf(state.shopMetafields, app),
  };
}
