import type { LineFacts, OrderFacts } from "../facts.ts";
import type { Minor } from "../money.ts";
import { spread } from "../points.ts";
import type { Definition } from "../program/definition.ts";

/** Why a line counts or not, and with how much: what the trace shows. */
export type LineCount = { lineGid: string; title: string; counts: Minor; items: number; why: string | null };

/** placed is the eligible amount as the order was sold: thresholds look at it, so that a refund does not reopen them. */
export type EligibleOrder = {
  amount: Minor;
  placed: Minor;
  items: number;
  lines: LineCount[];
  shipping: Minor;
  refundedWithoutLines: Minor;
  /** For each line what it was sold for, where it can earn; and for shipping. */
  soldOf: Minor[];
  shippingPlaced: Minor;
  /** Nothing that rules choose: it never earns, or it is a tip that earns. */
  isNoItem: boolean[];
};

/** Whether the programme says that a line's product earns nothing, whatever rules ask. */
export type IsExcluded = (line: LineFacts) => boolean;

/**
 * The part of an order that earns (DESIGN.md §5): price × what remains − every discount − tax if prices include
 * it, without duties and excluded products, and without gift cards, tips and shipping unless the programme says so.
 * An amount refunded without lines is taken off pro rata.
 */
export function eligibleOf(order: OrderFacts, policies: Definition["policies"], isExcluded?: IsExcluded): EligibleOrder {
  const shipping = policies.shippingEarns ? Math.max(0, order.shipping) : 0;
  const shippingPlaced = policies.shippingEarns ? Math.max(0, order.shippingSold) : 0;
  const count = order.lines.length;
  const eligible: EligibleOrder = {
    amount: shipping,
    placed: shippingPlaced,
    items: 0,
    lines: new Array(count),
    shipping,
    refundedWithoutLines: 0,
    soldOf: new Array(count),
    shippingPlaced,
    isNoItem: new Array(count),
  };
  for (let n = 0; n < count; n += 1) {
    const line = order.lines[n] as LineFacts;
    const never = neverEarns(line, policies) ?? (isExcluded?.(line) ? "excluded product" : null);
    const counted = countLine(line, never);
    const sold = never === null ? Math.max(0, line.sold) : 0;
    eligible.lines[n] = counted;
    eligible.soldOf[n] = sold;
    eligible.isNoItem[n] = never !== null || line.tip;
    eligible.amount += counted.counts;
    eligible.items += counted.items;
    eligible.placed += sold;
  }
  return order.refundedWithoutLines > 0 ? withoutRefund(eligible, order.refundedWithoutLines) : eligible;
}

function withoutRefund(eligible: EligibleOrder, refunded: Minor): EligibleOrder {
  const taken = Math.min(eligible.amount, refunded);
  const parts = spread(taken, [...eligible.lines.map((line) => line.counts), eligible.shipping]);
  return {
    ...eligible,
    amount: eligible.amount - taken,
    lines: eligible.lines.map((line, index) => ({ ...line, counts: line.counts - (parts[index] ?? 0) })),
    shipping: eligible.shipping - (parts.at(-1) ?? 0),
    refundedWithoutLines: taken,
  };
}

function countLine(line: LineFacts, never: string | null): LineCount {
  const why = never ?? (line.remaining === 0 ? "returned or removed" : null);
  const { lineGid, title } = line;
  return why
    ? { lineGid, title, counts: 0, items: 0, why }
    : { lineGid, title, counts: Math.max(0, line.net), items: line.tip ? 0 : line.remaining, why: null };
}

function neverEarns(line: LineFacts, policies: Definition["policies"]): string | null {
  if (line.giftCard && !policies.giftCardsEarn) return "gift card";
  if (line.tip && !policies.tipsEarn) return "tip";
  return null;
}
