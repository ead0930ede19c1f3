// Customers as webhooks tell of them. Since 2025-01 without tags, order counts and consent: those have topics of their own.

import { decimal } from "../money.ts";
import { currentTotals } from "../orders/totals.ts";
import { type Customer, gid } from "../world.ts";
import { defaultAddress } from "./address.ts";
import type { BodyContext } from "./index.ts";
import { number, zoned } from "./say.ts";

/** The block inside an order. */
export function customerInOrder({ state, app }: BodyContext, customer: Customer) {
  const personal = <T>(value: T): T | null => (app.protectedData ? value : null);
  return {
    id: number(customer.id),
    created_at: zoned(customer.createdAt, state.shop),
    updated_at: zoned(customer.updatedAt, state.shop),
    first_name: personal(customer.firstName),
    last_name: personal(customer.lastName),
    state: customer.state,
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: personal(customer.email),
    phone: personal(customer.phone),
    currency: state.shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid("Customer", customer.id),
    default_address: defaultAddress(customer, app.protectedData),
  };
}

export const customerBody = (context: BodyContext, customer: Customer) => ({ ...customerInOrder(context, customer), addresses: [] });

export const customerDeleted = (customer: Customer) => ({
  id: number(customer.id),
  tax_exemptions: [],
  admin_graphql_api_id: gid("Customer", customer.id),
});

export const tagsChanged = ({ world }: BodyContext, customer: Customer, tags: string[]) => ({
  customerId: gid("Customer", customer.id),
  tags,
  occurredAt: world.clock.now().toISOString(),
});

export function purchasingSummary({ world, state }: BodyContext, customer: Customer) {
  const orders = [...state.orders.values()].filter((order) => order.customerId === customer.id);
  const last = orders.reduce<(typeof orders)[number] | null>(
    (latest, order) => (!latest || order.createdAt > latest.createdAt ? order : latest),
    null,
  );
  const spent = orders.reduce((total, order) => total + currentTotals(order).total, 0);
  return {
    customerId: gid("Customer", customer.id),
    numberOfOrders: orders.length,
    amountSpent: { amount: decimal(spent, state.shop.currency), currencyCode: state.shop.currency },
    lastOrderId: last ? gid("Order", last.id) : null,
    occurredAt: world.clock.now().toISOString(),
  };
}

export function emailConsent({ state, app }: BodyContext, customer: Customer) {
  return {
    customer_id: number(customer.id),
    email_address: app.protectedData ? customer.email : null,
    email_marketing_consent: {
      state: customer.marketing.toLowerCase(),
      opt_in_level: "single_opt_in",
      consent_updated_at: zoned(customer.updatedAt, state.shop),
    },
  };
}

export function customerRedact({ state }: BodyContext, customer: Customer, orders: "orders_to_redact" | "orders_requested") {
  const ids = [...state.orders.values()].filter((order) => order.customerId === customer.id).map((order) => number(order.id));
  return {
    shop_id: number(state.shop.id),
    shop_domain: `${state.shop.handle}.myshopify.com`,
    customer: { id: number(customer.id), email: customer.email, phone: customer.phone },
    [orders]: ids,
  };
}
