import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { asOf } from "../../app/loyalty/as-of.ts";
import { eligibleOf } from "../../app/loyalty/earning/eligible.ts";
import type { OrderFacts } from "../../app/loyalty/facts.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { gidOf, type Json, object, parseJson } from "../../app/shopify/read-json.ts";
import { type ReadOrder, readOrder, type Unreadable } from "../../app/shopify/read-order.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";

const read = (body: unknown) => readOrder(body as Json, { guestKey: (email) => `guest of ${email}` });
function facts(wish: OrderWish | object, changes: object = {}): OrderFacts {
  const said = read({ ...orderBody(wish as OrderWish), ...changes });
  if ("unreadable" in said) throw new Error(said.unreadable);
  return said.facts;
}
const { policies } = simplePoints(100);
const counts = (order: OrderFacts, changes: Partial<typeof policies> = {}): number => eligibleOf(order, { ...policies, ...changes }).amount;

describe("what counts of an order", () => {
  test("price times quantity, less every discount that was allocated to a line", () => {
    const order = facts({ lines: [{ price: "19.99", quantity: 3, discount: "5.97" }, { price: "0.01" }] });
    expect(order.lines.map((line) => [line.sold, line.net])).toEqual([
      [5400, 5400],
      [1, 1],
    ]);
    expect(counts(order)).toBe(5401);
  });

  test("tax is taken off where prices contain it, and only there", () => {
    const lines = [{ price: "119.00", tax: "19.00" }];
    expect(counts(facts({ lines, taxesIncluded: true }))).toBe(10_000);
    expect(counts(facts({ lines, taxesIncluded: false }))).toBe(11_900);
  });

  test("several taxes and several discounts on one line are all taken off", () => {
    const [line] = orderBody({ lines: [{ price: "100.00", quantity: 2 }] }).line_items;
    const more = {
      taxes_included: true,
      line_items: [
        { ...line, tax_lines: [{ price: "10.00" }, { price: "2.50" }], discount_allocations: [{ amount: "20.00" }, { amount: "5.00" }] },
      ],
    };
    expect(counts(facts({}, more))).toBe(20_000 - 2_500 - 1_250);
  });

  test("gift cards, tips and shipping earn nothing unless the programme says so", () => {
    const order = facts(
      {
        lines: [{ price: "50.00" }, { price: "100.00", giftCard: true }, { price: "7.00", title: "Tip", product: null }],
        shipping: "9.00",
      },
      { total_tip_received: "7.00" },
    );
    expect(counts(order)).toBe(5_000);
    expect(counts(order, { giftCardsEarn: true })).toBe(15_000);
    expect(counts(order, { shippingEarns: true })).toBe(5_900);
  });

  test.each([
    ["by what only tips have, in the words of any language", { tip_payment_gateway: null, tip_payment_method: null }, "Trinkgeld", "0.00"],
    ["as bodies have long told it", { tip: { payment_gateway: "shopify_payments" } }, "Pourboire", "7.00"],
    ["by its title, where nothing else tells", {}, "Tip", "7.00"],
  ])("a tip is known %s", (_, more, title, received) => {
    const body = orderBody({ lines: [{ price: "50.00" }, { price: "7.00", title, product: null }] });
    Object.assign(body.line_items[1] as object, more);
    expect(counts(facts({}, { line_items: body.line_items, total_tip_received: received }))).toBe(5_000);
  });

  test("a product that is called Tip is a product", () => {
    expect(counts(facts({ lines: [{ price: "7.00", title: "Tip" }] }, { total_tip_received: "7.00" }))).toBe(700);
    expect(counts(facts({ lines: [{ price: "7.00", title: "Tip", product: null }] }))).toBe(700);
  });

  test("a gift card that pays is money: the order earns", () => {
    expect(counts(facts({ lines: [{ price: "50.00" }] }, { payment_gateway_names: ["gift_card"], total_outstanding: "0.00" }))).toBe(5_000);
  });

  test("the shop's currency counts, whatever the buyer paid in", () => {
    const body = orderBody({ lines: [{ price: "100.00", discount: "10.00" }] });
    const [line] = body.line_items;
    const twoCurrencies = {
      presentment_currency: "JPY",
      line_items: [
        {
          ...line,
          price_set: {
            shop_money: { amount: "100.00", currency_code: "USD" },
            presentment_money: { amount: "15000", currency_code: "JPY" },
          },
          discount_allocations: [
            {
              amount: "1500",
              amount_set: {
                shop_money: { amount: "10.00", currency_code: "USD" },
                presentment_money: { amount: "1500", currency_code: "JPY" },
              },
            },
          ],
        },
      ],
    };
    expect(counts(facts({}, twoCurrencies))).toBe(9_000);
  });

  test.each([
    ["JPY", "1500", 1500],
    ["JPY", "1500.00", 1500],
    ["KWD", "1.234", 1234],
    ["USD", "1.2", 120],
    ["USD", 1.5, 150],
  ])("%s %s is %s minor units", (currency, price, minor) => {
    expect(facts({ currency, lines: [{ price }] }).lines[0]?.sold).toBe(minor);
  });
});

describe("what remains of an order", () => {
  test("a returned line does not count, a partly returned one by what it gave back", () => {
    const order = facts({
      lines: [
        { id: 1, price: "30.00", quantity: 3, current: 2, discount: "9.00" },
        { id: 2, price: "10.00", current: 0 },
      ],
      refunds: [
        {
          id: 9,
          lines: [
            { line: 1, quantity: 1, subtotal: "27.00" },
            { line: 2, quantity: 1, subtotal: "10.00" },
          ],
        },
      ],
    });
    expect(order.lines.map((line) => [line.remaining, line.sold, line.net])).toEqual([
      [2, 8_100, 5_400],
      [0, 1_000, 0],
    ]);
    expect(order.refundIds).toEqual(["gid://shopify/Refund/9"]);
  });

  test("where prices contain tax, a refund gives back less its tax", () => {
    const order = facts({
      taxesIncluded: true,
      lines: [{ id: 1, price: "119.00", quantity: 2, current: 1, tax: "38.00" }],
      refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "119.00", tax: "19.00" }] }],
    });
    expect(counts(order)).toBe(10_000);
  });

  test("an edit that took items away counts by its share, rounded for the shopper", () => {
    expect(facts({ lines: [{ price: "10.00", quantity: 3, current: 2, discount: "0.01" }] }).lines[0]?.net).toBe(2_999 - 999);
  });

  test("a part of a line that an edit took away and a part that was refunded add up", () => {
    const order = facts({
      lines: [{ id: 1, price: "10.00", quantity: 4, current: 1 }],
      refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "10.00" }] }],
    });
    expect(order.lines[0]?.net).toBe(1_000);
  });

  test("bodies that are too old to tell what remains are read by their refunds", () => {
    const body = orderBody({
      lines: [{ id: 1, price: "10.00", quantity: 3 }],
      refunds: [{ id: 9, lines: [{ line: 1, quantity: 2, subtotal: "20.00" }] }],
    });
    for (const line of body.line_items) delete (line as Partial<typeof line>).current_quantity;
    const said = read(body) as ReadOrder;
    expect(said.facts.lines[0]).toMatchObject({ remaining: 1, net: 1_000 });
  });

  test("an amount that was given back without lines is taken off the whole; giving back less than lines are worth is not", () => {
    expect(facts({ refunds: [{ id: 9, discrepancy: "-10.00" }] }).refundedWithoutLines).toBe(1_000);
    expect(facts({ refunds: [{ id: 9, discrepancy: "10.00" }] }).refundedWithoutLines).toBe(0);
    expect(counts(facts({ lines: [{ price: "100.00" }], refunds: [{ id: 9, discrepancy: "-10.00" }] }))).toBe(9_000);
    expect(counts(facts({ lines: [{ price: "100.00" }], refunds: [{ id: 9, discrepancy: "-500.00" }] }))).toBe(0);
  });

  test("an order that is called refunded has nothing left, its shipping neither", () => {
    const order = facts({ status: "refunded", lines: [{ price: "100.00" }], shipping: "9.00" });
    expect(counts(order)).toBe(0);
    expect(counts(order, { shippingEarns: true })).toBe(0);
  });

  test("shipping that was refunded is told in two ways, and taken off once", () => {
    const refunded = (refund: object) =>
      facts({ shipping: "9.00" }, { refunds: [{ id: 9, refund_line_items: [], order_adjustments: [], ...refund }] }).shipping;
    expect(refunded({ order_adjustments: [{ kind: "shipping_refund", amount: "-4.00" }] })).toBe(500);
    expect(refunded({ refund_shipping_lines: [{ subtotal_amount_set: { shop_money: { amount: "4.00" } } }] })).toBe(500);
    expect(
      refunded({
        order_adjustments: [{ kind: "shipping_refund", amount: "-4.00" }],
        refund_shipping_lines: [{ subtotal_amount_set: { shop_money: { amount: "4.00" } } }],
      }),
    ).toBe(500);
  });

  test("shipping that two refunds tell in two ways is taken off for each", () => {
    const order = facts(
      { shipping: "9.00" },
      {
        refunds: [
          { id: 8, refund_line_items: [], order_adjustments: [{ kind: "shipping_refund", amount: "-4.00" }] },
          {
            id: 9,
            refund_line_items: [],
            order_adjustments: [],
            refund_shipping_lines: [{ subtotal_amount_set: { shop_money: { amount: "3.00" } } }],
          },
        ],
      },
    );
    expect([order.shipping, order.refunds.map((one) => one.shipping)]).toEqual([200, [400, 300]]);
  });

  test("a return that was paid out by a later refund is taken off once, also as the order stood between", () => {
    const order = facts({
      lines: [
        { id: 1, price: "60.00", current: 0 },
        { id: 2, price: "40.00", quantity: 2, current: 1 },
      ],
      refunds: [
        { id: 7, at: "2026-05-02T10:00:00Z", lines: [{ line: 1, quantity: 1, subtotal: "60.00" }], discrepancy: "60.00" },
        { id: 8, at: "2026-05-03T10:00:00Z", discrepancy: "-60.00" },
        { id: 9, at: "2026-05-04T10:00:00Z", lines: [{ line: 2, quantity: 1, subtotal: "40.00" }] },
      ],
    });
    const stood = (day: string) => counts(asOf(order, Date.parse(`2026-05-${day}T12:00:00Z`)));
    expect([stood("01"), stood("02"), stood("03"), stood("04")]).toEqual([14_000, 8_000, 8_000, 4_000]);
  });

  test("what an order came to when it was placed does not change with refunds, of lines or of shipping", () => {
    const placed = (wish: OrderWish) => eligibleOf(facts(wish), { ...policies, shippingEarns: true }).placed;
    const lines = [{ id: 1, price: "95.00" }];
    expect(placed({ lines, shipping: "9.00" })).toBe(10_400);
    expect(placed({ lines, shipping: "9.00", refunds: [{ id: 9, shipping: "9.00" }] })).toBe(10_400);
    expect(
      placed({
        lines: [{ id: 1, price: "95.00", current: 0 }],
        shipping: "9.00",
        refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "95.00" }] }],
      }),
    ).toBe(10_400);
    expect(placed({ lines, shipping: "9.00", status: "refunded" })).toBe(10_400);
  });
});

describe("who, when and how", () => {
  test.each([
    ["paid", "paid"],
    ["partially_refunded", "paid"],
    ["refunded", "paid"],
    ["voided", "void"],
    ["pending", "waiting"],
    ["authorized", "waiting"],
    ["partially_paid", "waiting"],
    ["expired", "waiting"],
    [null, "waiting"],
  ])("an order that is %s counts as %s", (status, payment) => {
    expect(facts({}, { financial_status: status }).payment).toBe(payment);
  });

  test("a guest is known by a key of their address, a customer by their id, and facts hold no address", () => {
    const guest = read(orderBody({ customer: null, email: " Ann@Example.COM " })) as ReadOrder;
    expect(guest.facts).toMatchObject({ customerGid: null, guestKey: "guest of ann@example.com" });
    const customer = read(orderBody({ customer: 7, email: "other@example.com" })) as ReadOrder;
    expect(customer.facts).toMatchObject({ customerGid: "gid://shopify/Customer/7", guestKey: null });
    expect(customer.buyer).toMatchObject({ name: "Ann Lee", email: "ann@example.com", hasAccount: true });
    expect(JSON.stringify(customer.facts)).not.toMatch(/example|Ann|Lee/);
    const nobody = read(orderBody({ customer: null })) as ReadOrder;
    expect(nobody.facts).toMatchObject({ customerGid: null, guestKey: null });
  });

  test("where names and addresses are not granted, the order is read all the same", () => {
    const said = read({ ...orderBody(), email: null, customer: { id: 7, first_name: null, last_name: null, email: null } }) as ReadOrder;
    expect(said.facts.customerGid).toBe("gid://shopify/Customer/7");
    expect(said.buyer).toEqual({ name: null, email: null, locale: null, hasAccount: false });
  });

  test("times come as instants, whatever zone they are written in", () => {
    const order = facts({ at: "2026-05-01T06:00:00-04:00", updated: "2026-05-01T12:00:01+02:00" });
    expect([order.placedAt, order.versionAt]).toEqual(["2026-05-01T10:00:00.000Z", "2026-05-01T10:00:01.000Z"]);
  });

  test("codes come with what they gave", () => {
    expect(
      facts({
        codes: [
          { code: "LRL-1", amount: "3.00" },
          { code: "TEN", amount: "10.00" },
        ],
      }).codes,
    ).toEqual([
      { code: "LRL-1", given: 300 },
      { code: "TEN", given: 1_000 },
    ]);
  });

  test("ids past 2^53 keep every digit", () => {
    const text = JSON.stringify(orderBody({ customer: 7 }))
      .replace('"id":1001,"admin_graphql_api_id":"gid://shopify/Order/1001"', '"id":9007199254740993')
      .replace('"customer":{"id":7,"admin_graphql_api_id":"gid://shopify/Customer/7"', '"customer":{"id":115310627314723951');
    const said = readOrder(parseJson(text), { guestKey: String }) as ReadOrder;
    expect(said.facts.orderGid).toBe("gid://shopify/Order/9007199254740993");
    expect(said.facts.customerGid).toBe("gid://shopify/Customer/115310627314723951");
  });

  test("a refund finds its line also where their ids are past 2^53", () => {
    const body = orderBody({
      lines: [
        { id: 1, price: "10.00", current: 0 },
        { id: 2, price: "7.00", quantity: 2, current: 1 },
      ],
      refunds: [{ id: 9, lines: [{ line: 2, quantity: 1, subtotal: "6.00" }] }],
    });
    const text = JSON.stringify(body)
      .replaceAll('"id":2,', '"id":141249953214522974,')
      .replaceAll('"line_item_id":2,', '"line_item_id":141249953214522974,');
    const said = readOrder(parseJson(text), { guestKey: String }) as ReadOrder;
    expect(said.facts.lines[1]).toMatchObject({ sold: 1_400, net: 800 });
  });
});

test.each<[string, unknown, RegExp]>([
  ["nothing", null, /no order id/],
  ["a list", [], /no order id/],
  ["a text", "order", /no order id/],
  ["a body without its time", { ...orderBody(), created_at: "soon" }, /no created_at/],
  ["a body without currency", { ...orderBody(), currency: "dollars" }, /no currency/],
  ["a body without lines", { ...orderBody(), line_items: null }, /no line_items/],
  ["a price that is no number", orderBody({ lines: [{ price: "12,50" }] }), /not an amount/],
  ["a price in powers of ten", orderBody({ lines: [{ price: "1e3" }] }), /not an amount/],
  ["a price that no number holds", orderBody({ lines: [{ price: "90071992547409.93" }] }), /too large/],
  ["a sum that no number holds", orderBody({ lines: [{ price: "90071992547.00", quantity: 1000000 }] }), /too large/],
])("%s is refused with a reason", (_, body, reason) => {
  expect((read(body) as Unreadable).unreadable).toMatch(reason);
});

test("whatever is missing or of another kind, nothing throws", () => {
  const whole = orderBody({
    codes: [{ code: "A", amount: "1.00" }],
    shipping: "5.00",
    refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "1.00" }], discrepancy: "-1.00" }],
  });
  const odd = [undefined, null, 0, -1, "", "x", true, [], {}, [null], [[]], [1], { id: null }, "9".repeat(400)];
  let tried = 0;
  const spoil = (value: unknown, path: (string | number)[]): void => {
    for (const key of typeof value === "object" && value !== null ? Object.keys(value) : []) {
      const at = [...path, key];
      for (const one of odd) {
        const copy = structuredClone(whole) as unknown as Record<string, unknown>;
        const parent = path.reduce<Record<string, unknown>>((node, step) => node[step] as Record<string, unknown>, copy);
        parent[key] = one;
        const said = read(copy);
        if (!("unreadable" in said)) {
          expect(Number.isSafeInteger(counts(said.facts)), at.join(".")).toBe(true);
          expect(counts(said.facts), at.join(".")).toBeGreaterThanOrEqual(0);
        }
        tried += 1;
      }
      spoil((value as Record<string, unknown>)[key], at);
    }
  };
  spoil(whole, []);
  expect(tried).toBeGreaterThan(1_300);
});

// Bodies that were collected from Shopify, where they lie beside the project.
const folder = process.env.PAYLOADS_DIR ?? fileURLToPath(new URL("../../../shared/payloads", import.meta.url));
describe.skipIf(!existsSync(folder))("collected bodies", () => {
  const bodies = (which: RegExp): string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((topic) => which.test(topic))
          .flatMap((topic) => readdirSync(join(folder, topic)).map((file) => join(topic, file)))
      : [];
  const load = (file: string): Json => parseJson(readFileSync(join(folder, file), "utf8"));

  test.each(bodies(/^orders_/))("%s is read, or refused with a reason", (file) => {
    const body = load(file);
    const said = readOrder(body, { guestKey: () => "a key" });
    if ("unreadable" in said) {
      expect(said.unreadable).toMatch(/^The (body|order) has no /);
      // Only what is no order is refused: hints, lists and fragments.
      expect(Array.isArray(object(body).line_items)).toBe(false);
      return;
    }
    expect(said.facts.orderGid).toMatch(/^gid:\/\/shopify\/Order\/\d+$/);
    expect(counts(said.facts)).toBeGreaterThanOrEqual(0);
    expect(JSON.stringify(said.facts)).not.toMatch(/@/);
  });

  test.each(bodies(/^refunds_create$/))("%s names its refund and its order", (file) => {
    const body = object(load(file));
    const refund = "refund" in body ? object(body.refund) : body;
    expect(gidOf("Refund", refund)).toMatch(/^gid:\/\/shopify\/Refund\/\d+$/);
    expect(gidOf("Order", { id: refund.order_id })).toMatch(/^gid:\/\/shopify\/Order\/\d+$/);
  });

  // Calculated by hand from the bodies: what remains and counts, what it came to when placed, in cents.
  test.each<[string, { counts: number; placed: number; payment: string; lines: number[]; more?: Partial<OrderFacts> }]>([
    // 3 × 199.00 less 3.34 + 3.33 + 3.33; two of three lines came back; 11.94 tax on top.
    ["orders_updated/shopify-rest-2026-07-order-test_1.json", { counts: 19_567, placed: 58_700, payment: "paid", lines: [0, 19_567, 0] }],
    // The same, cancelled.
    [
      "orders_cancelled/shopify-rest-2026-07-order-test_13.json",
      { counts: 19_567, placed: 58_700, payment: "paid", lines: [0, 19_567, 0] },
    ],
    // Every line came back.
    ["orders_cancelled/shopify-rest-2026-07-order-test_14.json", { counts: 0, placed: 58_700, payment: "paid", lines: [0, 0, 0] }],
    // One line came back and the status says that all did.
    [
      "orders_cancelled/shopify-rest-2026-07-order-test_15.json",
      { counts: 0, placed: 58_700, payment: "paid", lines: [0, 19_567, 19_567] },
    ],
    // 3 × 74.99 in euro, 13.50 tax on top.
    [
      "orders_paid/shopify-rest-2026-07-order-test_16.json",
      { counts: 22_497, placed: 22_497, payment: "paid", lines: [22_497], more: { currency: "EUR", customerGid: null } },
    ],
    // 199.00, not paid yet.
    ["orders_create/shopify-rest-2026-07-order-test_18.json", { counts: 19_900, placed: 19_900, payment: "waiting", lines: [19_900] }],
    // A real order of 2017: 3 × 150.00 with taxes included (none), one of them given back, 5 × 0.00.
    [
      "orders_updated/spree-vcr-5182437124-20171007135931.json",
      { counts: 30_000, placed: 45_000, payment: "paid", lines: [30_000, 0], more: { test: true, currency: "EUR" } },
    ],
    // Before discounts were allocated to lines: 24.99 + 27.99 less 5.00 of the second.
    [
      "orders_create/laravel-shopify-webhook.json",
      { counts: 4_798, placed: 4_798, payment: "void", lines: [2_499, 2_299], more: { test: true } },
    ],
    // 89.99 + 19.99 + 24.99 + 159.99 + 119.99; ids past 2^53.
    [
      "orders_paid/shopify-dev-2026-07.json",
      { counts: 41_495, placed: 41_495, payment: "void", lines: [8_999, 1_999, 2_499, 15_999, 11_999] },
    ],
  ])("%s counts what it counts by hand", (file, by) => {
    const said = read(load(file)) as ReadOrder;
    expect({
      counts: counts(said.facts),
      placed: eligibleOf(said.facts, policies).placed,
      payment: said.facts.payment,
      lines: said.facts.lines.map((line) => line.net),
    }).toEqual({
      counts: by.counts,
      placed: by.placed,
      payment: by.payment,
      lines: by.lines,
    });
    expect(said.facts).toMatchObject(by.more ?? {});
  });
});
