import type { OrderFacts, Payment, RefundFacts } from "../loyalty/facts.ts";
import { minorOf } from "../loyalty/money.ts";
import { roundDown } from "../loyalty/points.ts";
import type { Admin } from "./admin.ts";
import type { Buyer } from "./read-order.ts";

const lineFields = `
  id title quantity currentQuantity isGiftCard sku vendor
  product { id }
  variant { id }
  sellingPlan { sellingPlanId }
  originalTotalSet { shopMoney { amount } }
  originalUnitPriceSet { shopMoney { amount } }
  discountAllocations { allocatedAmountSet { shopMoney { amount } } }
  taxLines { priceSet { shopMoney { amount } } }`;

const document = `#graphql
  query SettleOrder($id: ID!) {
    order(id: $id) {
      id name createdAt updatedAt cancelledAt test sourceName currencyCode presentmentCurrencyCode taxesIncluded displayFinancialStatus paymentGatewayNames
      customer { id state locale }
      shippingAddress { countryCodeV2 }
      billingAddress { countryCodeV2 }
      purchasingEntity { __typename }
      totalTipReceivedSet { shopMoney { amount } }
      lineItems(first: 100) { nodes { ${lineFields} } pageInfo { hasNextPage endCursor } }
      shippingLines(first: 20) { nodes { isRemoved originalPriceSet { shopMoney { amount } } discountedPriceSet { shopMoney { amount } } taxLines { priceSet { shopMoney { amount } } } } }
      discountApplications(first: 50) { nodes { __typename index ... on DiscountCodeApplication { code } } }
      discountCodes
      refunds(first: 100) {
        id createdAt processedAt
        refundLineItems(first: 100) { nodes { quantity lineItem { id } subtotalSet { shopMoney { amount } } totalTaxSet { shopMoney { amount } } } }
        refundShippingLines(first: 20) { nodes { subtotalAmountSet { shopMoney { amount } } } }
        orderAdjustments(first: 20) { nodes { reason amountSet { shopMoney { amount } } } }
      }
      allocations: lineItems(first: 100) { nodes { discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index } } } }
    }
  }`;

const moreLines = `#graphql
  query MoreLines($id: ID!, $after: String) {
    order(id: $id) { lineItems(first: 100, after: $after) { nodes { ${lineFields} } pageInfo { hasNextPage endCursor } } }
  }`;

/**
 * All orders that Shopify lets the app see: those of the last sixty days, unless it was granted read_all_orders. A bulk
 * query has no room for what a refund took of which line: whoever has one is fetched by itself.
 */
export const bulkOrders = `#graphql
  query BulkOrders {
    orders {
      edges {
        node {
          id name createdAt updatedAt cancelledAt test sourceName currencyCode presentmentCurrencyCode taxesIncluded displayFinancialStatus paymentGatewayNames
          customer { id state locale }
          shippingAddress { countryCodeV2 }
          billingAddress { countryCodeV2 }
          purchasingEntity { __typename }
          totalTipReceivedSet { shopMoney { amount } }
          discountCodes
          refunds(first: 1) { id }
          lineItems { edges { node { ${lineFields} } } }
          shippingLines { edges { node { id isRemoved originalPriceSet { shopMoney { amount } } discountedPriceSet { shopMoney { amount } } taxLines { priceSet { shopMoney { amount } } } } } }
        }
      }
    }
  }`;

type Money = { shopMoney: { amount: string } };
export type Line = {
  id: string;
  title: string;
  quantity: number;
  currentQuantity: number;
  isGiftCard: boolean;
  sku: string | null;
  vendor: string | null;
  product: { id: string } | null;
  variant: { id: string } | null;
  sellingPlan: { sellingPlanId: string | null } | null;
  originalTotalSet: Money;
  originalUnitPriceSet: Money;
  discountAllocations: { allocatedAmountSet: Money }[];
  taxLines: { priceSet: Money }[];
};
type Lines = { nodes: Line[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
export type Node = {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  test: boolean;
  sourceName: string | null;
  currencyCode: string;
  presentmentCurrencyCode: string;
  shippingAddress: { countryCodeV2: string | null } | null;
  billingAddress: { countryCodeV2: string | null } | null;
  purchasingEntity: { __typename: string } | null;
  taxesIncluded: boolean;
  displayFinancialStatus: string | null;
  paymentGatewayNames: string[];
  customer: { id: string; state: string; locale: string } | null;
  totalTipReceivedSet: Money;
  lineItems: Lines;
  shippingLines: { nodes: { isRemoved: boolean; originalPriceSet: Money; discountedPriceSet: Money; taxLines: { priceSet: Money }[] }[] };
  discountApplications: { nodes: { __typename: string; index: number; code?: string }[] };
  discountCodes: string[];
  refunds: {
    id: string;
    createdAt: string | null;
    processedAt: string | null;
    refundLineItems: { nodes: { quantity: number; lineItem: { id: string }; subtotalSet: Money; totalTaxSet: Money }[] };
    refundShippingLines: { nodes: { subtotalAmountSet: Money }[] };
    orderAdjustments: { nodes: { reason: string | null; amountSet: Money }[] };
  }[];
  allocations: { nodes: { discountAllocations: { allocatedAmountSet: Money; discountApplication: { index: number } }[] }[] };
};

/** An order as Shopify has it now, as the same facts that its webhook bodies give; null when it is gone. */
export async function fetchOrder(admin: Admin, orderGid: string): Promise<{ facts: OrderFacts; buyer: Buyer } | null> {
  const { order } = await admin.call<{ order: Node | null }>(document, { id: orderGid });
  if (!order) return null;
  const lines = [...order.lineItems.nodes];
  for (let page = order.lineItems.pageInfo; page.hasNextPage; ) {
    const more = await admin.call<{ order: { lineItems: Lines } | null }>(moreLines, { id: orderGid, after: page.endCursor });
    if (!more.order) break;
    lines.push(...more.order.lineItems.nodes);
    page = more.order.lineItems.pageInfo;
  }
  return {
    facts: factsOf(order, lines),
    buyer: { name: null, email: null, locale: order.customer?.locale ?? null, hasAccount: order.customer?.state === "ENABLED" },
  };
}

export function factsOf(order: Node, lines: Line[]): OrderFacts {
  const minor = (money: Money) => minorOf(money.shopMoney.amount, order.currencyCode);
  const total = <T>(items: T[], of: (item: T) => number) => items.reduce((sum, item) => sum + of(item), 0);
  const back = refundedByLine(order, minor);
  const tips = minor(order.totalTipReceivedSet);

  const tipLines = tips > 0 ? tipsOf(lines, (line) => minor(line.originalTotalSet) === tips) : [];

  const read = lines.map((line) => {
    const tax = order.taxesIncluded ? total(line.taxLines, (one) => minor(one.priceSet)) : 0;
    const discount = total(line.discountAllocations, (one) => minor(one.allocatedAmountSet));
    const sold = minor(line.originalTotalSet) - discount - tax;
    const refunded = back.get(line.id) ?? { quantity: 0, net: 0 };
    const edited = Math.max(0, line.quantity - line.currentQuantity - refunded.quantity);
    const net =
      line.currentQuantity === 0 || line.quantity === 0
        ? 0
        : Math.max(0, sold - refunded.net - roundDown(BigInt(sold) * BigInt(edited), line.quantity));
    return {
      lineGid: line.id,
      productGid: line.product?.id ?? null,
      variantGid: line.variant?.id ?? null,
      sku: line.sku || null,
      vendor: line.vendor || null,
      title: line.title,
      quantity: line.quantity,
      remaining: line.currentQuantity,
      sold,
      net,
      giftCard: line.isGiftCard,
      tip: tipLines.includes(line),
      subscription: line.sellingPlan !== null,
      sellingPlanGid: line.sellingPlan?.sellingPlanId ?? null,
      price: minor(line.originalUnitPriceSet),
      discount,
    };
  });

  const shippingBack = total(order.refunds, (refund) => total(refund.refundShippingLines.nodes, (one) => minor(one.subtotalAmountSet)));
  const shipping = total(order.shippingLines.nodes, (line) =>
    line.isRemoved ? 0 : minor(line.discountedPriceSet) - (order.taxesIncluded ? total(line.taxLines, (one) => minor(one.priceSet)) : 0),
  );
  const remaining = Math.max(0, shipping - shippingBack);
  const discrepancy = total(order.refunds, (refund) =>
    total(refund.orderAdjustments.nodes.filter(isDiscrepancy), (one) => minor(one.amountSet)),
  );

  return {
    orderGid: order.id,
    name: order.name,
    currency: order.currencyCode,
    placedAt: new Date(order.createdAt).toISOString(),
    versionAt: new Date(order.updatedAt).toISOString(),
    cancelledAt: order.cancelledAt && new Date(order.cancelledAt).toISOString(),
    test: order.test,
    channel: order.sourceName ?? "web",
    payment: paymentOf(order.displayFinancialStatus),
    gateways: order.paymentGatewayNames,
    customerGid: order.customer?.id ?? null,
    guestKey: null,
    lines: read,
    shipping: remaining,
    shippingSold: Math.max(0, shipping),
    refundedWithoutLines:
      order.displayFinancialStatus === "REFUNDED" ? total(read, (line) => line.net) + remaining : Math.max(0, -discrepancy),
    codes: order.discountCodes.map((code) => ({ code, given: givenBy(order, code, minor) })),
    refundIds: order.refunds.map((refund) => refund.id),
    refunds: order.refunds.map((refund) => refundOf(refund, order, minor)),
    presentmentCurrency: order.presentmentCurrencyCode,
    country: order.shippingAddress?.countryCodeV2 ?? order.billingAddress?.countryCodeV2 ?? null,
    company: order.purchasingEntity?.__typename === "PurchasingCompany",
  };
}

// Its title is in the language of the shop: then what no product is and comes to all tips is the tip.
function tipsOf(lines: readonly Line[], isAllTips: (line: Line) => boolean): Line[] {
  const noProducts = lines.filter((line) => !line.product && !line.variant);
  const named = noProducts.filter((line) => /^tip$/i.test(line.title));
  return named.length > 0 ? named : noProducts.filter(isAllTips).slice(0, 1);
}

// Whatever reason staff chose for it: damage, the customer's wish. Shipping's has none, and is told by its lines.
const isDiscrepancy = ({ reason }: { reason: string | null }): boolean => reason !== null;

function refundOf(refund: Node["refunds"][number], order: Node, minor: (money: Money) => number): RefundFacts {
  const sum = (amounts: number[]) => amounts.reduce((all, one) => all + one, 0);
  const discrepancies = refund.orderAdjustments.nodes.filter(isDiscrepancy);
  return {
    at: new Date(refund.processedAt ?? refund.createdAt ?? order.updatedAt).toISOString(),
    lines: refund.refundLineItems.nodes.map((part) => ({
      lineGid: part.lineItem.id,
      quantity: part.quantity,
      net: minor(part.subtotalSet) - (order.taxesIncluded ? minor(part.totalTaxSet) : 0),
    })),
    shipping: sum(refund.refundShippingLines.nodes.map((one) => minor(one.subtotalAmountSet))),
    withoutLines: 0 - sum(discrepancies.map((one) => minor(one.amountSet))),
  };
}

function givenBy(order: Node, code: string, minor: (money: Money) => number): number {
  const indexes = new Set(
    order.discountApplications.nodes.filter((one) => one.code?.toUpperCase() === code.toUpperCase()).map((one) => one.index),
  );
  const onLines = order.allocations.nodes
    .flatMap((line) => line.discountAllocations)
    .filter((one) => indexes.has(one.discountApplication.index));
  return onLines.reduce((sum, one) => sum + minor(one.allocatedAmountSet), 0);
}

function refundedByLine(order: Node, minor: (money: Money) => number): Map<string, { quantity: number; net: number }> {
  const byLine = new Map<string, { quantity: number; net: number }>();
  for (const part of order.refunds.flatMap((refund) => refund.refundLineItems.nodes)) {
    const seen = byLine.get(part.lineItem.id) ?? { quantity: 0, net: 0 };
    byLine.set(part.lineItem.id, {
      quantity: seen.quantity + part.quantity,
      net: seen.net + minor(part.subtotalSet) - (order.taxesIncluded ? minor(part.totalTaxSet) : 0),
    });
  }
  return byLine;
}

function paymentOf(status: string | null): Payment {
  if (status === "PAID" || status === "PARTIALLY_REFUNDED" || status === "REFUNDED") return "paid";
  return status === "VOIDED" ? "void" : "waiting";
}
