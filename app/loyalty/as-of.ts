import type { OrderFacts } from "./facts.ts";

/**
 * An order as it stood at an instant: what was refunded later is put back, a later cancellation has not happened.
 * Edits and payment have no time of their own in an order's body: they count from the beginning.
 *
 * What depends on a member's history asks this, so that a refund frees what it took from then on and does not reach
 * back (DESIGN.md §1.2).
 */
export function asOf(order: OrderFacts, at: number): OrderFacts {
  const later = order.refunds.filter((refund) => Date.parse(refund.at) > at);
  const cancelledAt = order.cancelledAt !== null && Date.parse(order.cancelledAt) > at ? null : order.cancelledAt;
  if (later.length === 0) return cancelledAt === order.cancelledAt ? order : { ...order, cancelledAt };

  const back = new Map<string, { quantity: number; net: number }>();
  for (const { lineGid, quantity, net } of later.flatMap((refund) => refund.lines)) {
    const seen = back.get(lineGid) ?? { quantity: 0, net: 0 };
    back.set(lineGid, { quantity: seen.quantity + quantity, net: seen.net + net });
  }
  const earlier = order.refunds.filter((refund) => !later.includes(refund));
  return {
    ...order,
    cancelledAt,
    lines: order.lines.map((line) => {
      const restored = back.get(line.lineGid);
      if (!restored) return line;
      return {
        ...line,
        remaining: Math.min(line.quantity, line.remaining + restored.quantity),
        net: Math.min(line.sold, line.net + restored.net),
      };
    }),
    shipping: Math.min(order.shippingSold, order.shipping + later.reduce((sum, refund) => sum + refund.shipping, 0)),
    refundedWithoutLines: Math.max(
      0,
      earlier.reduce((sum, refund) => sum + refund.withoutLines, 0),
    ),
    refunds: earlier,
  };
}

/** The instants at which an order changed by itself, oldest first: its placing, its refunds, its cancellation. */
export function turnsOf(order: OrderFacts): number[] {
  const placed = Date.parse(order.placedAt);
  if (order.refunds.length === 0 && order.cancelledAt === null) return [placed];
  const later = [...order.refunds.map((refund) => Date.parse(refund.at)), ...(order.cancelledAt ? [Date.parse(order.cancelledAt)] : [])];
  return [...new Set([placed, ...later.filter((at) => at > placed).sort((a, b) => a - b)])];
}
