import { expect, test } from "vitest";
import {
  cancelOrder,
  currentTotals,
  deleteOrder,
  editOrder,
  fulfillOrder,
  giveOrderTo,
  originalTotals,
  payOrder,
  placeOrder,
  received,
  refundOrder,
  tagOrder,
} from "../../sandbox/orders.ts";
import { isRefused, type Refused } from "../../sandbox/refused.ts";
import type { ShopSeed } from "../../sandbox/seed.ts";
import { aCode, aProduct, aWorld, lastBody, topicsOf } from "./a-world.ts";

function shop(differs: Partial<ShopSeed> = {}) {
  const { world, state } = aWorld({ shop: differs });
  const thing = (price: number, more = {}) => aProduct(world, state, { price, ...more }).variant;
  const place = (lines: [string, number][], more = {}) =>
    done(
      placeOrder(world, state, {
        email: "ann@example.com",
        lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
        ...more,
      }),
    );
  return { world, state, thing, place, code: (code: string, more = {}) => aCode(world, state, code, more) };
}

function done<T>(answer: T | Refused): T {
  if (isRefused(answer)) throw new Error(answer.refused);
  return answer as T;
}

test("a guest's e-mail makes a customer, once", () => {
  const { state, thing, place } = shop();
  const first = place([[thing(1000), 1]]);
  const second = place([[thing(1000), 1]], { email: "ANN@example.com" });
  expect(state.customers.size).toBe(1);
  expect(second.customerId).toBe(first.customerId);
  expect(topicsOf(state)).toEqual([
    "customers/create",
    "orders/create",
    "orders/paid",
    "orders/updated",
    "orders/create",
    "orders/paid",
    "orders/updated",
  ]);
});

test("the topics of one event share an event id and differ in their webhook id", () => {
  const { state, thing, place } = shop();
  place([[thing(1000), 1]]);
  const orders = [...state.deliveries.values()].filter((one) => one.topic.startsWith("orders/"));
  expect(new Set(orders.map((one) => one.eventId)).size).toBe(1);
  expect(new Set(orders.map((one) => one.webhookId)).size).toBe(3);
});

test("a refused code stops the checkout and leaves no customer, no order and no use behind", () => {
  const { world, state, thing, code } = shop();
  const spring = code("SPRING", { usageLimit: 0 });
  const answer = placeOrder(world, state, {
    email: "ann@example.com",
    lines: [{ variantId: thing(1000), quantity: 1 }],
    codes: ["SPRING"],
  });
  expect(answer).toEqual({ refused: "SPRING discount code has reached its usage limit." });
  expect([state.customers.size, state.orders.size, spring.codes[0]?.uses]).toEqual([0, 0, 0]);
});

test("a customer's own code works for a guest who gives that customer's e-mail, and is then used up", () => {
  const { state, thing, place, code } = shop();
  const ann = place([[thing(1000), 1]]).customerId as string;
  code("ANN", { customers: [ann], usageLimit: 1 });
  expect(originalTotals(place([[thing(1000), 1]], { codes: ["ann"] })).total).toBe(900);
  expect(() => place([[thing(1000), 1]], { codes: ["ANN"] })).toThrow("usage limit");
  expect(() => place([[thing(1000), 1]], { codes: ["ANN"], email: "bob@example.com" })).toThrow();
  expect([...state.discounts.values()][0]).toMatchObject({ codes: [{ uses: 1 }], usedBy: [ann] });
});

test("an order that is paid later says so then", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 1]], { paid: false });
  expect(order.financialStatus).toBe("pending");
  expect(topicsOf(state)).not.toContain("orders/paid");
  payOrder(world, state, order);
  expect(order.financialStatus).toBe("paid");
  expect(received(order)).toBe(1000);
  expect(topicsOf(state).slice(-2)).toEqual(["orders/paid", "orders/updated"]);
  expect(payOrder(world, state, order)).toEqual({ refused: `${order.name} is paid already.` });
});

test("refunding a line one by one gives back exactly what it cost", () => {
  const { world, state, thing, place, code } = shop({ taxRateBasisPoints: 825 });
  code("TEN", { value: { amount: 100, onEachItem: false } });
  const order = place([[thing(333), 3]], { codes: ["TEN"] });
  const line = order.lines[0]?.id as string;
  const parts = [1, 1, 1].map((quantity) => done(refundOrder(world, state, order, { lines: [{ line, quantity }] })));
  expect(parts.reduce((total, one) => total + (one.lines[0]?.subtotal ?? 0), 0)).toBe(899);
  expect(received(order)).toBe(0);
  expect(order.financialStatus).toBe("refunded");
  expect(currentTotals(order)).toMatchObject({ subtotal: 0, tax: 0, total: 0 });
  expect(originalTotals(order)).toMatchObject({ subtotal: 899 });
});

test("an amount without lines lowers what the order is worth and no line", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 2]]);
  done(refundOrder(world, state, order, { amount: 300 }));
  expect(currentTotals(order)).toMatchObject({ subtotal: 2000, total: 1700 });
  expect(order.financialStatus).toBe("partially_refunded");
  expect(lastBody(state, "refunds/create")).toMatchObject({
    refund_line_items: [],
    order_adjustments: [{ kind: "refund_discrepancy", amount: "-3.00" }],
    transactions: [{ kind: "refund", amount: "3.00" }],
  });
});

test("refunding everything gives back shipping, tax and tip as well", () => {
  const { world, state, thing, place } = shop({ taxRateBasisPoints: 1000, shippingRate: 500 });
  const order = place([[thing(1000), 2]], { tip: 150 });
  expect(originalTotals(order).total).toBe(2000 + 200 + 500 + 50 + 150);
  const refund = done(refundOrder(world, state, order, { all: true }));
  expect(refund.transactions[0]?.amount).toBe(2900);
  expect(received(order)).toBe(0);
  expect(currentTotals(order).total).toBe(0);
});

test("nothing is refunded twice", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 1]]);
  const line = order.lines[0]?.id as string;
  expect(refundOrder(world, state, order, { lines: [{ line, quantity: 2 }] })).toHaveProperty("refused");
  expect(
    refundOrder(world, state, order, {
      lines: [
        { line, quantity: 1 },
        { line, quantity: 1 },
      ],
    }),
  ).toHaveProperty("refused");
  expect(refundOrder(world, state, order, { amount: 1001 })).toHaveProperty("refused");
  done(refundOrder(world, state, order, { all: true }));
  expect(refundOrder(world, state, order, { all: true })).toHaveProperty("refused");
});

test("a cancelled order is not a refunded one, unless it is asked to be", () => {
  const { world, state, thing, place } = shop();
  const kept = done(cancelOrder(world, state, place([[thing(1000), 1]])));
  expect(kept).toMatchObject({ financialStatus: "paid", refunds: [] });
  expect(topicsOf(state).slice(-2)).toEqual(["orders/cancelled", "orders/updated"]);
  const back = done(cancelOrder(world, state, place([[thing(1000), 1]]), { refund: true }));
  expect(back).toMatchObject({ financialStatus: "refunded", refunds: [{ lines: [{ restock: "cancel" }] }] });
  expect(topicsOf(state).slice(-3)).toEqual(["refunds/create", "orders/cancelled", "orders/updated"]);
  expect(done(cancelOrder(world, state, place([[thing(1000), 1]], { paid: false }))).financialStatus).toBe("voided");
});

test("an edit changes the current totals and leaves those of the order as placed", () => {
  const { world, state, thing, place } = shop();
  const [mug, bowl] = [thing(1000), thing(2500)];
  const order = place([[mug, 2]]);
  done(
    editOrder(world, state, order, {
      add: [{ variant: bowl, quantity: 1 }],
      remove: [{ line: order.lines[0]?.id as string, quantity: 1 }],
    }),
  );
  expect(originalTotals(order).total).toBe(2000);
  expect(currentTotals(order).total).toBe(3500);
  expect(order.financialStatus).toBe("partially_paid");
  expect(lastBody(state, "orders/edited").order_edit.line_items).toEqual({
    additions: [{ id: Number(order.lines[1]?.id), delta: 1 }],
    removals: [{ id: Number(order.lines[0]?.id), delta: 1 }],
  });
  done(payOrder(world, state, order));
  expect(received(order)).toBe(3500);
});

test("what an edit took off is owed back, and giving it back changes the order no further", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 2]]);
  done(editOrder(world, state, order, { remove: [{ line: order.lines[0]?.id as string, quantity: 1 }] }));
  expect(currentTotals(order).total).toBe(1000);
  done(refundOrder(world, state, order, { amount: 1200 }));
  expect(currentTotals(order).total).toBe(800);
  expect(received(order)).toBe(800);
  done(refundOrder(world, state, order, { all: true }));
  expect([received(order), currentTotals(order).total]).toEqual([0, 0]);
});

test("updated_at grows with every change, unless two changes share their second", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 1]], { createdAt: "2026-01-01T00:00:00Z" });
  const at = "2026-01-01T00:00:00.400Z";
  tagOrder(world, state, order, ["a"], { at, sameSecond: true });
  expect(order.updatedAt).toBe("2026-01-01T00:00:00Z");
  tagOrder(world, state, order, ["b"], { at });
  expect(order.updatedAt).toBe("2026-01-01T00:00:01Z");
  fulfillOrder(world, state, order, { at });
  expect(order.updatedAt).toBe("2026-01-01T00:00:02Z");
});

test("an order changes hands and goes", () => {
  const { world, state, thing, place } = shop();
  const order = place([[thing(1000), 1]]);
  giveOrderTo(world, state, order, null);
  expect(lastBody(state, "orders/updated").customer).toBeNull();
  deleteOrder(world, state, order);
  expect(state.orders.size).toBe(0);
  expect(lastBody(state, "orders/delete")).toEqual({ id: Number(order.id) });
});
