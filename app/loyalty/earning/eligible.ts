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
  neverEarns: boolean[];
};

/**
 * The part of an order that earns (DESIGN.md §5): price × what remains − every discount − tax if prices include
 * it, without gift cards, tips, shipping or duties. An amount refunded without lines is taken off pro rata.
 */
export function eligibleOf(order: OrderFacts, policies: Definition["policies"]): EligibleOrder {
  const counted = order.lines.map((line) => countLine(line, policies));
  const shipping = policies.shippingEarns ? Math.max(0, order.shipping) : 0;
  const before = counted.reduce((sum, line) => sum + line.counts, 0) + shipping;

  const taken = Math.min(before, Math.max(0, order.refundedWithoutLines));
  const parts = taken > 0 ? spread(taken, [...counted.map((line) => line.counts), shipping]) : [];
  const lines = taken > 0 ? counted.map((line, index) => ({ ...line, counts: line.counts - (parts[index] ?? 0) })) : counted;

  const shippingPlaced = policies.shippingEarns ? Math.max(0, order.shippingSold) : 0;
  const never = order.lines.map((line) => neverEarns(line, policies) !== null);
  const soldOf = order.lines.map((line, index) => (never[index] ? 0 : Math.max(0, line.sold)));
  const placed = soldOf.reduce((sum, one) => sum + one, 0) + shippingPlaced;

  return {
    amount: before - taken,
    placed,
    items: lines.reduce((sum, line) => sum + line.items, 0),
    lines,
    shipping: shipping - (parts.at(-1) ?? 0),
    refundedWithoutLines: taken,
    soldOf,
    shippingPlaced,
    neverEarns: never,
  };
}

function countLine(line: LineFacts, policies: Definition["policies"]): LineCount {
  const why = whyNot(line, policies);
  const { lineGid, title } = line;
  return why
    ? { lineGid, title, counts: 0, items: 0, why }
    : { lineGid, title, counts: Math.max(0, line.net), items: line.remaining, why: null };
}

function whyNot(line: LineFacts, policies: Definition["policies"]): string | null {
  return neverEarns(line, policies) ?? (line.remaining === 0 ? "returned or removed" : null);
}

function neverEarns(line: LineFacts, policies: Definition["policies"]): string | null {
  if (line.giftCard && !policies.giftCardsEarn) return "gift card";
  if (line.tip) return "tip";
  return null;
}
