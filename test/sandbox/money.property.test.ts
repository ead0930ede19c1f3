// Whatever is in the cart and however it comes back, the parts add up to the whole.

import fc from "fast-check";
import { expect, test } from "vitest";
import { priceCart } from "../../sandbox/checkout.ts";
import { share } from "../../sandbox/money.ts";
import { currentTotals, originalTotals, placeOrder, received, refundOrder } from "../../sandbox/orders.ts";
import { isRefused } from "../../sandbox/refused.ts";
import type { Discount, Order } from "../../sandbox/world.ts";
import { aCode, aProduct, aWorld } from "./a-world.ts";

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

const someCode: fc.Arbitrary<Partial<Discount>> = fc.record({
  value: fc.oneof(
    fc.record({ basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ amount: fc.integer({ min: 1, max: 20_000 }), onEachItem: fc.boolean() }),
  ),
  items: fc.constantFrom({ all: true as const }, { products: [], variants: [], collections: ["7"] }),
  combinesWith: fc.record({ order: fc.boolean(), product: fc.boolean(), shipping: fc.boolean() }),
});
const someCart = fc.record({
  lines: fc.array(
    fc.record({
      price: fc.integer({ min: 0, max: 30_000 }),
      quantity: fc.integer({ min: 1, max: 7 }),
      tea: fc.boolean(),
      giftCard: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  codes: fc.array(someCode, { maxLength: 3 }),
  taxesIncluded: fc.boolean(),
  taxRateBasisPoints: fc.integer({ min: 0, max: 2500 }),
  shippingRate: fc.integer({ min: 0, max: 2000 }),
  tip: fc.integer({ min: 0, max: 500 }),
});

function laid({
  lines,
  codes,
  ...shop
}: {
  lines: { price: number; quantity: number; tea: boolean; giftCard: boolean }[];
  codes: Partial<Discount>[];
  taxesIncluded: boolean;
  taxRateBasisPoints: number;
  shippingRate: number;
}) {
  const { world, state } = aWorld({ shop });
  const cartLines = lines.map(({ price, quantity, tea, giftCard }) => ({
    variantId: aProduct(world, state, { price, giftCard, collections: tea ? ["7"] : [] }).variant,
    quantity,
  }));
  for (const [index, differs] of codes.entries()) aCode(world, state, `CODE-${index}`, differs);
  return { world, state, cartLines, entered: codes.map((_, index) => `CODE-${index}`) };
}

test("shares add up and never differ from the exact share by a whole unit", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 }),
      (amount, weights) => {
        const parts = share(amount, weights);
        const whole = sum(weights);
        expect(sum(parts)).toBe(whole === 0 ? 0 : amount);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part - (whole === 0 ? 0 : (amount * (weights[index] ?? 0)) / whole))).toBeLessThan(1);
        }
      },
    ),
  );
});

test("what the codes take is what the lines and the shipping give, and no line gives more than it has", () => {
  fc.assert(
    fc.property(someCart, (cart) => {
      const { state, cartLines, entered } = laid(cart);
      const priced = priceCart(state, { lines: cartLines, codes: entered, customerId: null, now: new Date(), tip: cart.tip });
      const given = [...priced.lines.flatMap((line) => line.allocations), ...(priced.shipping?.allocations ?? [])];
      for (const [index, { amount }] of priced.accepted.entries()) {
        expect(sum(given.filter((one) => one.index === index).map((one) => one.amount))).toBe(amount);
      }
      expect(sum(given.map((one) => one.amount))).toBe(priced.discount);
      expect(priced.accepted.length + priced.rejected.length).toBe(entered.length);
      for (const line of priced.lines) {
        expect(line.discounted).toBeGreaterThanOrEqual(0);
        expect(line.giftCard ? line.allocations : []).toEqual([]);
      }
      const tax = cart.taxesIncluded ? 0 : priced.tax;
      expect(priced.total).toBe(priced.linesTotal - priced.discount + (priced.shipping?.price ?? 0) + tax + priced.tip);
    }),
  );
});

test("however an order is refunded, in the end everything is back and nothing twice", () => {
  const someRefunds = fc.array(
    fc.record({
      line: fc.nat(4),
      quantity: fc.integer({ min: 1, max: 3 }),
      shipping: fc.integer({ min: 0, max: 300 }),
      amount: fc.integer({ min: 0, max: 500 }),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(someCart, someRefunds, (cart, refunds) => {
      const { world, state, cartLines, entered } = laid(cart);
      const codes = priceCart(state, { lines: cartLines, codes: entered, customerId: null, now: new Date() }).accepted.map(
        (one) => one.code,
      );
      const order = placeOrder(world, state, { lines: cartLines, codes, tip: cart.tip }) as Order;
      expect(isRefused(order)).toBe(false);
      const paid = received(order);
      expect(paid).toBe(originalTotals(order).total);
      for (const { line, quantity, shipping, amount } of refunds) {
        const sold = order.lines[line % order.lines.length];
        const before = currentTotals(order).total;
        const refund = refundOrder(world, state, order, { lines: [{ line: sold?.id ?? "", quantity }], shipping, amount });
        if (isRefused(refund)) continue;
        const money = sum(refund.transactions.map((one) => one.amount));
        expect(currentTotals(order).total).toBe(before - (paid === 0 ? 0 : money));
      }
      expect(currentTotals(order).total).toBe(received(order));
      const amounts = sum(order.refunds.map((one) => one.discrepancy));
      const last = refundOrder(world, state, order, { all: true });
      // Nothing is left over by rounding: beyond lines and shipping only the tip is given back.
      if (!isRefused(last) && paid > 0) expect(last.discrepancy).toBe(cart.tip - amounts);
      expect(received(order)).toBe(0);
      expect(currentTotals(order).total).toBe(0);
      expect(originalTotals(order).total).toBe(paid);
    }),
  );
});
