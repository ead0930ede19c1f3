import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { control } from "../../sandbox/control.ts";
import { signatureOf } from "../../sandbox/proxy.ts";
import { startSender } from "../../sandbox/webhooks.ts";
import { aCode, anApp, aProduct, aWorld } from "./a-world.ts";
import { anAppListening } from "./an-app.ts";

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function desk(shop = {}) {
  const listener = await anAppListening("secret-1");
  const { world, state } = aWorld({ app: anApp({ url: listener.url }), shop });
  const sender = startSender(world, { retryBaseMs: 10 });
  const server = createServer(express().use("/control", control(world, sender)));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  closing.push(listener.close, sender.close, () => void server.close());
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/control`;
  const call = async (path: string, body?: unknown) => {
    const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(base + path, body === undefined ? {} : post);
    return { status: response.status, said: await response.json() };
  };
  return { call, world, state, listener, ok: async (path: string, body?: unknown) => (await call(path, body)).said };
}

test("a shopper's whole story is told by calls", async () => {
  const { ok, world, state, listener } = await desk();
  const { variant } = aProduct(world, state, { price: 1000 });
  const ann = await ok("/corner-shop/customers", { email: "ann@example.com", firstName: "Ann", account: true });
  const order = await ok("/corner-shop/orders", {
    customer: Number(ann.id),
    lines: [{ variant, quantity: 2, properties: { Engraving: "A" } }],
    paid: false,
  });
  await ok(`/corner-shop/orders/${order.id}/pay`, {});
  await ok(`/corner-shop/orders/${order.id}/refund`, { lines: [{ line: order.lines[0].id, quantity: 1 }] });
  await ok(`/corner-shop/orders/${order.id}/edit`, { add: [{ variant, quantity: 1 }] });
  await ok(`/corner-shop/orders/${order.id}/fulfill`, {});
  await ok(`/corner-shop/orders/${encodeURIComponent(order.name)}/tags`, { tags: ["seen"] });
  await ok(`/corner-shop/orders/${order.id}/cancel`, { refund: true });
  await ok(`/corner-shop/orders/${order.id}/delete`, {});
  expect(await ok("/settle", {})).toEqual({ settled: true, waiting: 0 });
  const order_ = (topic: string) => listener.topics().filter((one) => one === topic).length;
  expect(
    [
      "customers/create",
      "orders/create",
      "orders/paid",
      "refunds/create",
      "orders/edited",
      "orders/fulfilled",
      "orders/cancelled",
      "orders/delete",
    ].map(order_),
  ).toEqual([1, 1, 1, 2, 1, 1, 1, 1]);
  expect(listener.heard.every((one) => one.genuine)).toBe(true);
});

test("what Shopify would refuse is a 400 with a sentence, what is not there a 404", async () => {
  const { call, world, state } = await desk();
  const { variant } = aProduct(world, state, { price: 1000 });
  aCode(world, state, "OLD", { endsAt: "2021-01-01T00:00:00Z" });
  expect(await call("/corner-shop/orders", { lines: [{ variant, quantity: 1 }], codes: ["OLD"] })).toEqual({
    status: 400,
    said: { error: "OLD discount code has expired." },
  });
  expect(await call("/corner-shop/orders", { lines: [{ variant: "99", quantity: 1 }] })).toMatchObject({ status: 400 });
  expect(await call("/corner-shop/orders", { lines: [{ variant, quantity: 0.5 }] })).toEqual({
    status: 400,
    said: { error: "quantity is a whole number." },
  });
  expect(await call("/corner-shop/orders/7/pay", {})).toEqual({ status: 404, said: { error: "There is no order 7." } });
  expect(await call("/elsewhere/orders")).toMatchObject({ status: 404 });
  expect(await call("/corner-shop/no-such-call", {})).toMatchObject({ status: 404 });
});

test("the clock moves by calendar durations and comes back", async () => {
  const { ok, call, world } = await desk();
  await ok("/clock", { at: "2026-01-31T12:00:00Z" });
  expect((await ok("/clock", { advance: "P1M" })).now).toMatch(/^2026-02-28T12:00/);
  expect((await ok("/clock", { advance: "P1DT30M" })).now).toMatch(/^2026-03-01T12:30/);
  expect((await ok("/clock", { advance: "-P1D" })).now).toMatch(/^2026-02-28T12:30/);
  expect(world.clock.now().toISOString()).toMatch(/^2026-02-28T12:30/);
  expect((await call("/clock", { advance: "a month" })).status).toBe(400);
  expect((await ok("/clock", { reset: true })).offsetMs).toBe(0);
});

test("an order placed under a moved clock is dated by it", async () => {
  const { ok, world, state } = await desk();
  const { variant } = aProduct(world, state, { price: 1000 });
  await ok("/clock", { at: "2027-05-01T00:00:00Z" });
  expect((await ok("/corner-shop/orders", { lines: [{ variant, quantity: 1 }] })).createdAt).toMatch(/^2027-05-01T00:00:0/);
});

test("any body can be forged to the letter, with any id", async () => {
  const { ok, listener } = await desk();
  const body = '{"id":9007199254740993,"note":"é"}';
  await ok("/corner-shop/deliver", { topic: "orders/paid", body, webhookId: "mine", triggeredAt: "2026-01-01T00:00:00Z" });
  await ok("/settle", {});
  await ok("/corner-shop/deliveries/mine/again", {});
  expect(listener.heard.map((one) => [one.path, one.body, one.genuine])).toEqual([
    ["/webhooks/orders", body, true],
    ["/webhooks/orders", body, true],
  ]);
  expect(await ok("/corner-shop/deliveries?topic=orders/paid")).toMatchObject([
    { webhookId: "mine", state: "delivered", attempts: [{ status: 200 }, { status: 200 }] },
  ]);
});

test("deliveries are held and released in a given order", async () => {
  const { ok, listener } = await desk();
  await ok("/corner-shop/deliveries/hold", { hold: true });
  for (const name of ["a", "b", "c"]) await ok("/corner-shop/customers", { email: `${name}@example.com` });
  const ids = (await ok("/corner-shop/deliveries")).map((one: { webhookId: string }) => one.webhookId);
  expect(await ok("/corner-shop/deliveries/release", { order: [ids[2], ids[0]] })).toEqual({ released: 2 });
  expect(listener.ids()).toEqual([ids[2], ids[0]]);
});

test("uninstalling kills the tokens, says so, and a redaction still reaches the app", async () => {
  const { ok, state, listener } = await desk();
  const token = {
    accessToken: "t",
    refreshToken: "r",
    apiKey: "key-1",
    scopes: [],
    issuedAtMs: 0,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    refreshExpiresAtMs: 0,
    dead: false,
  };
  state.tokens.set("t", token);
  await ok("/corner-shop/uninstall", {});
  expect(token.dead).toBe(true);
  await ok("/corner-shop/customers", { email: "ann@example.com" });
  await ok("/corner-shop/redact", {});
  await ok("/settle", {});
  expect([...listener.topics()].sort()).toEqual(["app/uninstalled", "shop/redact"]);
  await ok("/corner-shop/install", {});
  await ok("/corner-shop/customers", { email: "bob@example.com" });
  await ok("/settle", {});
  expect(listener.topics()).toContain("customers/create");
});

test("a customer asks what is known, and is forgotten", async () => {
  const { ok, state, listener } = await desk();
  const ann = await ok("/corner-shop/customers", { email: "ann@example.com" });
  await ok(`/corner-shop/customers/${ann.id}/data-request`, {});
  await ok(`/corner-shop/customers/${ann.id}/redact`, {});
  await ok("/settle", {});
  const redact = listener.heard.find((one) => one.headers["x-shopify-topic"] === "customers/redact");
  expect(JSON.parse(redact?.body ?? "")).toMatchObject({
    shop_domain: "corner-shop.myshopify.com",
    customer: { id: Number(ann.id), email: "ann@example.com" },
  });
  expect(listener.heard.map((one) => one.path)).toContain("/webhooks/compliance");
  expect(state.customers.get(ann.id)?.email).toBeNull();
});

test("faults, latency, plan and approval are set", async () => {
  const { ok, call, state, world } = await desk();
  await ok("/corner-shop/fail", { next: 2, how: "unknown", operation: "CreateCode" });
  await ok("/corner-shop/latency", { ms: 250 });
  await ok("/corner-shop/plan", { plan: "plus", protectedData: false });
  expect(state).toMatchObject({ faults: [{ next: 2, how: "unknown", operation: "CreateCode" }], latencyMs: 250, shop: { plan: "plus" } });
  expect(world.apps.get("key-1")?.protectedData).toBe(false);
  expect((await call("/corner-shop/fail", { how: "badly" })).status).toBe(400);
});

test("a proxy address is signed as Shopify signs it", async () => {
  const { ok, listener } = await desk();
  const { url } = await ok("/corner-shop/proxy-url?path=/rewards&customer=gid://shopify/Customer/7&b=2&b=1");
  const { origin, pathname, searchParams } = new URL(url);
  expect([origin, pathname]).toEqual([listener.url, "/proxy/rewards"]);
  const params = Object.fromEntries(
    [...new Set(searchParams.keys())].map((key) => [
      key,
      searchParams.getAll(key).length > 1 ? searchParams.getAll(key) : (searchParams.get(key) as string),
    ]),
  );
  expect(params).toMatchObject({
    shop: "corner-shop.myshopify.com",
    logged_in_customer_id: "7",
    path_prefix: "/apps/laurel",
    b: ["2", "1"],
  });
  expect(params.signature).toBe(signatureOf(params, "secret-1"));
  expect(signatureOf({ ...params, logged_in_customer_id: "8" }, "secret-1")).not.toBe(params.signature);
});

test("a made-up past is the same for the same seed, lies in the past and adds up", async () => {
  const past = async () => {
    const { ok, state } = await desk({ shelves: "juniper" });
    state.hold = true;
    await ok("/clock", { at: "2026-11-21T12:00:00Z" });
    const made = await ok("/corner-shop/history", { days: 120, customers: 30, orders: 90, seed: 5 });
    return { made, state };
  };
  const [one, other] = [await past(), await past()];
  expect(one.made).toEqual(other.made);
  expect(one.made.customers).toBe(30);
  expect(one.made.orders).toBeGreaterThan(60);
  const orders = [...one.state.orders.values()];
  expect(orders.map((order) => [order.createdAt.slice(0, 10), order.lines.length])).toEqual(
    [...other.state.orders.values()].map((order) => [order.createdAt.slice(0, 10), order.lines.length]),
  );
  expect(orders.map((order) => order.number)).toEqual(orders.map((_, index) => 1001 + index));
  expect([...orders].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).map((order) => order.id)).toEqual(
    orders.map((order) => order.id),
  );
  for (const order of orders) {
    const customer = one.state.customers.get(order.customerId ?? "");
    expect(customer && customer.createdAt < order.createdAt && order.updatedAt < "2026-11-21T12:00:00Z").toBe(true);
  }
  expect(
    [...one.state.deliveries.values()]
      .filter((delivery) => delivery.topic === "orders/create")
      .map((delivery) => `${delivery.triggeredAt.slice(0, 19)}Z`),
  ).toEqual(orders.map((order) => order.createdAt));
});
