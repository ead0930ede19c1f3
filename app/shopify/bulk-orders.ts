import type { OrderFacts } from "../loyalty/facts.ts";
import { factsOf, type Line, lineFields, type Node } from "./fetch-order.ts";
import type { JsonObject } from "./read-json.ts";

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

/** An order put together from its lines of the bulk answer; null where a refund makes it be fetched by itself. */
export function readBulkOrder(root: JsonObject, children: readonly { gid: string; line: JsonObject }[]): OrderFacts | null {
  if (Array.isArray(root.refunds) && root.refunds.length > 0) return null;
  const of = (type: string) => children.filter((one) => one.gid.startsWith(`gid://shopify/${type}/`)).map((one) => one.line as unknown);
  const lines = of("LineItem") as Line[];
  const order = {
    ...(root as unknown as Node),
    refunds: [],
    shippingLines: { nodes: of("ShippingLine") as Node["shippingLines"]["nodes"] },
    // What a code took off is only asked of an order that uses one of ours, and those are not imported.
    discountApplications: { nodes: [] },
    allocations: { nodes: [] },
  };
  return factsOf(order, lines);
}
