import type { LineFacts, OrderFacts, Payment, RefundFacts } from "../loyalty/facts.ts";
import { type Minor, minorOf } from "../loyalty/money.ts";
import { roundDown, spread } from "../loyalty/points.ts";
import { flag, gidOf, instant, type Json, type JsonObject, list, object, strings, text, whole } from "./read-json.ts";

/** Who bought, as far as the shop may tell us. Kept apart from the facts, which carry no personal data. */
export type Buyer = { name: string | null; email: string | null; locale: string | null; hasAccount: boolean };

export type ReadOrder = { facts: OrderFacts; buyer: Buyer };
export type Unreadable = { unreadable: string };

type Options = { guestKey: (email: string) => string };

/**
 * Reads a full order body (orders/create, paid, updated, cancelled, fulfilled …) of any API version since 2016.
 * Amounts are taken in shop currency, never the buyer's. What a body lacks is read from what it has; a body
 * without what settling needs is refused with the reason.
 */
export function readOrder(json: Json, { guestKey }: Options): ReadOrder | Unreadable {
  const body = object(json);
  const orderGid = gidOf("Order", body);
  const placedAt = instant(body.created_at);
  const currency = text(body.currency);
  if (!orderGid) return { unreadable: "The body has no order id." };
  if (!placedAt) return { unreadable: "The order has no created_at." };
  if (!currency || !/^[A-Z]{3}$/.test(currency)) return { unreadable: "The order has no currency." };
  if (!Array.isArray(body.line_items)) return { unreadable: "The order has no line_items." };

  try {
    const customer = object(body.customer);
    const customerGid = gidOf("Customer", customer);
    // The customer's own address first: the order's was typed at checkout, and points are claimed by it.
    const email = text(customer.email) ?? (customerGid ? null : (text(body.email) ?? text(body.contact_email)));
    const payment = paymentOf(body);
    const lines = readLines(body, currency);
    const refunds = readRefunds(body, currency);
    const shipping = readShipping(body, currency, refunds);
    const facts: OrderFacts = {
      orderGid,
      name: text(body.name) ?? `#${text(body.order_number) ?? text(body.number) ?? orderGid.split("/").at(-1)}`,
      currency,
      placedAt,
      versionAt: instant(body.updated_at) ?? placedAt,
      cancelledAt: instant(body.cancelled_at),
      test: flag(body.test),
      channel: text(body.source_name) ?? "web",
      payment,
      gateways: strings(body.payment_gateway_names),
      customerGid,
      guestKey: customerGid || !email ? null : guestKey(email.trim().toLowerCase()),
      lines,
      ...shipping,
      refundedWithoutLines: refundedWithoutLines(body, currency, { lines, shipping: shipping.shipping }),
      codes: list(body.discount_codes).flatMap((one) => {
        const code = text(one.code);
        return code ? [{ code, given: amount(one.amount, currency) }] : [];
      }),
      refundIds: list(body.refunds).flatMap((refund) => gidOf("Refund", refund) ?? []),
      refunds,
      presentmentCurrency: text(body.presentment_currency) ?? currency,
      country: text(object(body.shipping_address).country_code) ?? text(object(body.billing_address).country_code),
      company: Object.keys(object(body.company)).length > 0,
    };
    const name = [text(customer.first_name), text(customer.last_name)].filter(Boolean).join(" ") || null;
    return { facts, buyer: { name, email, locale: text(body.customer_locale), hasAccount: text(customer.state) === "enabled" } };
  } catch (error) {
    if (error instanceof RangeError) return { unreadable: error.message };
    throw error;
  }
}

function paymentOf(body: JsonObject): Payment {
  switch (text(body.financial_status)) {
    case "paid":
    case "partially_refunded":
    case "refunded":
      return "paid";
    case "voided":
      return "void";
    default:
      return "waiting";
  }
}

function readLines(body: JsonObject, currency: string): LineFacts[] {
  const items = list(body.line_items);
  const discounts = discountsOf(body, items, currency);
  const refunded = refundedByLine(body, currency);
  const taxesIncluded = flag(body.taxes_included);
  const tips = amount(body.total_tip_received, currency);

  return items.map((item, index) => {
    const quantity = Math.max(0, whole(item.quantity) ?? 0);
    const price = shopAmount(item.price_set, item.price, currency);
    const tax = taxesIncluded ? sum(list(item.tax_lines).map((line) => shopAmount(line.price_set, line.price, currency))) : 0;
    const sold = price * quantity - (discounts[index] ?? 0) - tax;
    if (!Number.isSafeInteger(sold)) throw new RangeError("A line's amount is too large to be exact.");

    const back = refunded.get(text(item.id) ?? "") ?? { quantity: 0, net: 0 };
    const remaining = Math.min(quantity, Math.max(0, whole(item.current_quantity) ?? quantity - back.quantity));
    const title = text(item.title) ?? text(item.name) ?? "";
    const plan = { ...object(object(item.selling_plan_allocation).selling_plan), ...object(item.selling_plan) };
    return {
      lineGid: gidOf("LineItem", item) ?? `gid://shopify/LineItem/${index}`,
      productGid: gidFrom("Product", item.product_id),
      variantGid: gidFrom("ProductVariant", item.variant_id),
      sku: text(item.sku),
      vendor: text(item.vendor),
      title,
      quantity,
      remaining,
      sold,
      net: remainingNet({ sold, quantity, remaining, back }),
      giftCard: flag(item.gift_card),
      tip: item.product_id == null && item.variant_id == null && (hasTip(item) || (tips > 0 && /^tip$/i.test(title))),
      subscription: Object.keys(plan).length > 0,
      sellingPlanGid: gidFrom("SellingPlan", plan.id),
      price,
      discount: discounts[index] ?? 0,
    };
  });
}

// Only a tip's line has these, also where they are null; its title is in the language of the shop.
const hasTip = (item: JsonObject): boolean =>
  ["tip", "tip_payment_gateway", "tip_payment_method"].some((field) => Object.hasOwn(item, field));

// Refunds say what they gave back for a line; what an edit took away beyond that counts by its share.
function remainingNet(line: { sold: Minor; quantity: number; remaining: number; back: { quantity: number; net: Minor } }): Minor {
  if (line.quantity === 0 || line.remaining === 0) return 0;
  const edited = Math.max(0, line.quantity - line.remaining - line.back.quantity);
  return Math.max(0, line.sold - line.back.net - roundDown(BigInt(line.sold) * BigInt(edited), line.quantity));
}

// Bodies since 2018 allocate every discount to lines. Older ones tell a line's own and the order's total.
function discountsOf(body: JsonObject, items: JsonObject[], currency: string): Minor[] {
  if (items.some((item) => Array.isArray(item.discount_allocations))) {
    return items.map((item) => sum(list(item.discount_allocations).map((one) => shopAmount(one.amount_set, one.amount, currency))));
  }
  const own = items.map((item) => shopAmount(item.total_discount_set, item.total_discount, currency));
  const gross = items.map((item) => shopAmount(item.price_set, item.price, currency) * Math.max(0, whole(item.quantity) ?? 0));
  // Old samples tell a code's amount and a total of zero: what a code gave was given.
  const codes = sum(
    list(body.discount_codes)
      .filter((one) => text(one.type) !== "shipping")
      .map((one) => amount(one.amount, currency)),
  );
  const total = Math.max(shopAmount(body.total_discounts_set, body.total_discounts, currency), codes + sum(own));
  const rest = Math.max(0, Math.min(total, sum(gross)) - sum(own));
  const parts = spread(rest, gross);
  return own.map((discount, index) => discount + (parts[index] ?? 0));
}

function refundedByLine(body: JsonObject, currency: string): Map<string, { quantity: number; net: Minor }> {
  const taxesIncluded = flag(body.taxes_included);
  const byLine = new Map<string, { quantity: number; net: Minor }>();
  for (const refund of list(body.refunds)) {
    for (const part of list(refund.refund_line_items)) {
      const id = text(part.line_item_id) ?? text(object(part.line_item).id);
      if (!id) continue;
      const tax = taxesIncluded ? shopAmount(part.total_tax_set, part.total_tax, currency) : 0;
      const seen = byLine.get(id) ?? { quantity: 0, net: 0 };
      byLine.set(id, {
        quantity: seen.quantity + (whole(part.quantity) ?? 0),
        net: seen.net + shopAmount(part.subtotal_set, part.subtotal, currency) - tax,
      });
    }
  }
  return byLine;
}

/**
 * An amount given back without lines shows as a refund discrepancy below zero. One above zero (less was given
 * back than the lines are worth) earns nothing. An order called refunded has nothing left, whatever its parts say.
 */
function refundedWithoutLines(body: JsonObject, currency: string, { lines, shipping }: Pick<OrderFacts, "lines" | "shipping">): Minor {
  if (text(body.financial_status) === "refunded") return sum(lines.map((line) => line.net)) + shipping;
  const discrepancies = list(body.refunds)
    .flatMap((refund) => list(refund.order_adjustments))
    .filter((one) => text(one.kind) === "refund_discrepancy")
    .map((one) => shopAmount(one.amount_set, one.amount, currency));
  return Math.max(0, -sum(discrepancies));
}

// What each refund took, and when. Their sums are what the lines and the shipping above have lost.
function readRefunds(body: JsonObject, currency: string): RefundFacts[] {
  const taxesIncluded = flag(body.taxes_included);
  return list(body.refunds).map((refund) => {
    const adjustments = list(refund.order_adjustments).map((one) => ({
      kind: text(one.kind),
      amount: shopAmount(one.amount_set, one.amount, currency),
    }));
    const ofKind = (kind: string) => 0 - sum(adjustments.filter((one) => one.kind === kind).map((one) => one.amount));
    const byLines = list(refund.refund_shipping_lines).map((one) => shopAmount(one.subtotal_amount_set, one.subtotal_amount, currency));
    return {
      at: instant(refund.processed_at) ?? instant(refund.created_at) ?? instant(body.updated_at) ?? instant(body.created_at) ?? "",
      lines: list(refund.refund_line_items).map((part) => ({
        lineGid: `gid://shopify/LineItem/${text(part.line_item_id) ?? text(object(part.line_item).id)}`,
        quantity: whole(part.quantity) ?? 0,
        net:
          shopAmount(part.subtotal_set, part.subtotal, currency) -
          (taxesIncluded ? shopAmount(part.total_tax_set, part.total_tax, currency) : 0),
      })),
      // Both forms describe the same money; versions differ in which of them they fill.
      shipping: Math.max(sum(byLines), ofKind("shipping_refund")),
      withoutLines: ofKind("refund_discrepancy"),
    };
  });
}

function readShipping(body: JsonObject, currency: string, refunds: readonly RefundFacts[]): Pick<OrderFacts, "shipping" | "shippingSold"> {
  const taxesIncluded = flag(body.taxes_included);
  const charged = list(body.shipping_lines).map((line) => {
    const off = sum(list(line.discount_allocations).map((one) => shopAmount(one.amount_set, one.amount, currency)));
    const tax = taxesIncluded ? sum(list(line.tax_lines).map((one) => shopAmount(one.price_set, one.price, currency))) : 0;
    return flag(line.is_removed) ? 0 : shopAmount(line.price_set, line.price, currency) - off - tax;
  });
  const back = sum(refunds.map((one) => one.shipping));
  return { shipping: Math.max(0, sum(charged) - back), shippingSold: Math.max(0, sum(charged)) };
}

const shopAmount = (set: Json | undefined, plain: Json | undefined, currency: string): Minor =>
  amount(object(object(set).shop_money).amount ?? plain, currency);

function amount(value: Json | undefined, currency: string): Minor {
  const written = text(value);
  return written === null ? 0 : minorOf(written, currency);
}

const gidFrom = (type: string, id: Json | undefined): string | null => {
  const digits = text(id);
  return digits && /^\d+$/.test(digits) ? `gid://shopify/${type}/${digits}` : null;
};

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
