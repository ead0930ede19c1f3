// An order as every orders/* topic tells of it. What carries `current` follows edits and refunds; the rest stays as placed.

import { decimal } from "../money.ts";
import { currentTotals, originalTotals, outstanding } from "../orders/totals.ts";
import { type DiscountApplication, gid, type Order } from "../world.ts";
import { orderAddress } from "./address.ts";
import { customerInOrder } from "./customer.ts";
import type { BodyContext } from "./index.ts";
import { allocations, lineBody, taxLine } from "./line.ts";
import { refundBody } from "./refund.ts";
import { both, moneySet, number, tokenOf, zoned } from "./say.ts";

/** The sales channels have fixed app ids. */
const appIds: Record<string, string> = { web: "580111", pos: "129785", shopify_draft_order: "1354745" };

export function orderBody(context: BodyContext, order: Order) {
  const { state, app } = context;
  const { shop } = state;
  const customer = order.customerId ? (state.customers.get(order.customerId) ?? null) : null;
  const personal = <T>(value: T): T | null => (app.protectedData ? value : null);
  const placed = originalTotals(order);
  const now = currentTotals(order);
  const appId = appIds[order.sourceName];

  return {
    id: number(order.id),
    admin_graphql_api_id: gid("Order", order.id),
    app_id: appId ? number(appId) : null,
    browser_ip: null,
    buyer_accepts_marketing: customer?.marketing === "SUBSCRIBED",
    cancel_reason: order.cancelReason,
    cancelled_at: zoned(order.cancelledAt, shop),
    cart_token: null,
    checkout_token: tokenOf(`checkout ${order.id}`),
    client_details: null,
    closed_at: zoned(order.closedAt, shop),
    confirmation_number: tokenOf(`confirmation ${order.id}`).slice(0, 9).toUpperCase(),
    confirmed: true,
    contact_email: personal(order.email),
    created_at: zoned(order.createdAt, shop),
    currency: order.currency,
    current_shipping_price_set: moneySet(order, now.shipping),
    ...both("current_subtotal_price", order, now.subtotal),
    current_total_additional_fees_set: null,
    ...both("current_total_discounts", order, now.discounts),
    current_total_duties_set: order.duties > 0 ? moneySet(order, now.duties) : null,
    ...both("current_total_price", order, now.total),
    ...both("current_total_tax", order, now.tax),
    customer_locale: customer?.locale ?? shop.locale,
    device_id: null,
    discount_codes: discountCodes(order),
    duties_included: false,
    email: personal(order.email),
    estimated_taxes: false,
    financial_status: order.financialStatus,
    fulfillment_status: order.fulfillmentStatus,
    landing_site: null,
    landing_site_ref: null,
    location_id: order.sourceName === "pos" ? number("655441491") : null,
    merchant_business_entity_id: "MTU0ODM4MDAwOQ",
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: order.noteAttributes,
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${shop.handle}.myshopify.com/${shop.id}/orders/${tokenOf(order.id)}/authenticate?key=${tokenOf(`key ${order.id}`)}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: order.duties > 0 ? moneySet(order, order.duties) : null,
    payment_gateway_names: [...new Set(order.transactions.map((one) => one.gateway))],
    phone: null,
    po_number: null,
    presentment_currency: order.presentmentCurrency,
    processed_at: zoned(order.processedAt, shop),
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    ...both("subtotal_price", order, placed.subtotal),
    tags: order.tags.join(", "),
    tax_exempt: false,
    tax_lines: placed.tax > 0 ? [taxLine(order, placed.tax, shop)] : [],
    taxes_included: order.taxesIncluded,
    test: order.test,
    token: tokenOf(order.id),
    total_cash_rounding_payment_adjustment_set: moneySet(order, 0),
    total_cash_rounding_refund_adjustment_set: moneySet(order, 0),
    ...both("total_discounts", order, placed.discounts),
    ...both("total_line_items_price", order, placed.lines),
    total_outstanding: decimal(outstanding(order), order.currency),
    ...both("total_price", order, placed.total),
    total_shipping_price_set: moneySet(order, placed.shipping),
    ...both("total_tax", order, placed.tax),
    total_tip_received: decimal(order.tip, order.currency),
    total_weight: 0,
    updated_at: zoned(order.updatedAt, shop),
    user_id: null,
    billing_address: orderAddress(customer, order.country, app.protectedData),
    customer: customer ? customerInOrder(context, customer) : null,
    discount_applications: order.discountApplications.map(applicationBody),
    fulfillments: order.fulfillments.map((one) => fulfillmentBody(context, order, one)),
    line_items: order.lines.map((line) => lineBody(order, line, shop)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundBody(order, refund, shop)),
    shipping_address: order.shipping ? orderAddress(customer, order.country, app.protectedData) : null,
    shipping_lines: order.shipping ? [shippingLine(context, order, order.shipping)] : [],
    returns: [],
    line_item_groups: [],
  };
}

/** What each code took off, lines and shipping together: never more than there was. */
function discountCodes(order: Order) {
  return order.discountApplications.flatMap((application, index) => {
    if (application.code === null) return [];
    const all = [...order.lines.flatMap((line) => line.allocations), ...(order.shipping?.allocations ?? [])];
    const amount = all.filter((one) => one.index === index).reduce((total, one) => total + one.amount, 0);
    const type = application.targetType === "shipping_line" ? "shipping" : application.valueType;
    return [{ code: application.code, amount: decimal(amount, order.currency), type }];
  });
}

function applicationBody({ type, code, title, valueType, value, targetType, targetSelection, allocationMethod }: DiscountApplication) {
  const common = {
    target_type: targetType,
    type,
    value,
    value_type: valueType,
    allocation_method: allocationMethod,
    target_selection: targetSelection,
  };
  if (type === "discount_code") return { ...common, code };
  return type === "manual" ? { ...common, title, description: title } : { ...common, title };
}

function shippingLine({ state }: BodyContext, order: Order, shipping: NonNullable<Order["shipping"]>) {
  const off = shipping.allocations.reduce((total, one) => total + one.amount, 0);
  const back = order.refunds.reduce((total, refund) => total + refund.shipping, 0);
  return {
    id: number(shipping.id),
    carrier_identifier: null,
    code: shipping.title,
    current_discounted_price_set: moneySet(order, shipping.price - off - back),
    ...both("discounted_price", order, shipping.price - off),
    is_removed: false,
    phone: null,
    ...both("price", order, shipping.price),
    requested_fulfillment_service_id: null,
    source: "shopify",
    title: shipping.title,
    tax_lines: shipping.tax > 0 ? [taxLine(order, shipping.tax, state.shop)] : [],
    discount_allocations: allocations(order, shipping.allocations),
  };
}

function fulfillmentBody({ state }: BodyContext, order: Order, fulfillment: Order["fulfillments"][number]) {
  const lines = fulfillment.lines.flatMap(({ lineId }) => order.lines.filter((line) => line.id === lineId));
  return {
    id: number(fulfillment.id),
    admin_graphql_api_id: gid("Fulfillment", fulfillment.id),
    created_at: zoned(fulfillment.createdAt, state.shop),
    location_id: number("655441491"),
    name: `${order.name}.1`,
    order_id: number(order.id),
    origin_address: {},
    receipt: {},
    service: "manual",
    shipment_status: null,
    status: "success",
    tracking_company: null,
    tracking_number: null,
    tracking_numbers: [],
    tracking_url: null,
    tracking_urls: [],
    updated_at: zoned(fulfillment.createdAt, state.shop),
    line_items: lines.map((line) => lineBody(order, line, state.shop)),
  };
}
