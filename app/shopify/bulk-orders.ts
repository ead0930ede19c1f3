import type { OrderFacts } from "../loyalty/facts.ts";
import { factsOf, type Line, type Node } from "./fetch-order.ts";
import type { JsonObject } from "./read-json.ts";

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
