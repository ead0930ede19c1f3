import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createCustomer } from "../../sandbox/customers.ts";
import { placeOrder, tagOrder } from "../../sandbox/orders.ts";
import { calm } from "../../sandbox/shop-state.ts";
import { createWorld, type World, type WorldOptions } from "../../sandbox/store.ts";
import { startSender } from "../../sandbox/webhooks.ts";
import type { Order } from "../../sandbox/world.ts";
import { anApp, aProduct, aWorld } from "./a-world.ts";
import { anAppListening, type Heard } from "./an-app.ts";

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function sending(answer?: (heard: Heard, nth: number) => number, options: Partial<WorldOptions> = {}) {
  const listener = await anAppListening("secret-1", answer);
  const { world, state } = aWorld({ app: anApp({ url: listener.url }), ...options });
  const sender = startSender(world, { retryBaseMs: 10 });
  closing.push(listener.close, () => world.close(), sender.close);
  return { listener, world, state, sender, settle: (most = 5000) => sender.settle(most) };
}

const customers = (world: World, state: Parameters<typeof createCustomer>[1], count: number) => {
  for (let number = 0; number < count; number += 1) createCustomer(world, state, { email: `c${number}@example.com` });
};

test("a webhook is signed and carries Shopify's headers", async () => {
  const { listener, world, state, settle } = await sending();
  createCustomer(world, state, { email: "ann@example.com" }, { at: "2026-01-01T00:00:00Z" });
  expect(await settle()).toEqual({ settled: true, waiting: 0 });
  const [first] = listener.heard;
  expect(first).toMatchObject({ path: "/webhooks/customers", genuine: true });
  expect(first?.headers).toMatchObject({
    "x-shopify-topic": "customers/create",
    "x-shopify-shop-domain": "corner-shop.myshopify.com",
    "x-shopify-api-version": "2026-10",
    "x-shopify-triggered-at": "2026-01-01T00:00:00Z",
    "content-type": "application/json",
  });
  for (const name of ["x-shopify-webhook-id", "x-shopify-event-id", "x-shopify-hmac-sha256"]) expect(first?.headers[name]).toBeTruthy();
});

test("a failed delivery comes again with the same id, time and body", async () => {
  const { listener, world, state, settle } = await sending((_, nth) => (nth < 3 ? 500 : 200));
  createCustomer(world, state, { email: "ann@example.com" });
  await settle();
  expect(listener.heard).toHaveLength(3);
  expect(new Set(listener.ids()).size).toBe(1);
  expect(new Set(listener.heard.map((one) => one.body)).size).toBe(1);
  expect([...state.deliveries.values()][0]).toMatchObject({
    state: "delivered",
    attempts: [{ status: 500 }, { status: 500 }, { status: 200 }],
  });
});

test("after eight retries Shopify gives up", async () => {
  const { listener, world, state, settle } = await sending(() => 500);
  createCustomer(world, state, { email: "ann@example.com" });
  expect(await settle()).toEqual({ settled: true, waiting: 0 });
  expect(listener.heard).toHaveLength(9);
  expect([...state.deliveries.values()][0]?.state).toBe("failed");
});

test("a retry carries the body of its moment, not of now", async () => {
  const { listener, world, state, settle } = await sending((_, nth) => (nth === 1 ? 500 : 200));
  const { variant } = aProduct(world, state, { price: 1000 });
  const order = placeOrder(world, state, { lines: [{ variantId: variant, quantity: 1 }] }) as Order;
  tagOrder(world, state, order, ["late"]);
  await settle();
  const created = listener.heard.filter((one) => one.headers["x-shopify-topic"] === "orders/create");
  expect(created.map((one) => JSON.parse(one.body).tags)).toEqual(created.map(() => ""));
});

test("chaos doubles every delivery", async () => {
  const { listener, world, state, settle } = await sending();
  state.chaos = { ...calm, duplicate: 1 };
  customers(world, state, 5);
  await settle();
  expect(listener.heard).toHaveLength(10);
  expect(new Set(listener.ids()).size).toBe(5);
});

test("what chaos drops arrives later all the same", async () => {
  const { listener, world, state, settle } = await sending();
  state.chaos = { ...calm, drop: 0.9, seed: 7 };
  customers(world, state, 20);
  await settle();
  expect(new Set(listener.ids()).size).toBe(20);
  expect([...state.deliveries.values()].some((one) => one.attempts[0]?.error === "dropped by chaos")).toBe(true);
});

test("chaos shuffles and loses nothing", async () => {
  const { listener, world, state, settle } = await sending();
  state.chaos = { ...calm, shuffle: true };
  customers(world, state, 30);
  await settle();
  const heard = listener.heard.map((one) => JSON.parse(one.body).email as string);
  const sent = Array.from({ length: 30 }, (_, number) => `c${number}@example.com`);
  expect([...heard].sort()).toEqual([...sent].sort());
  expect(heard).not.toEqual(sent);
});

test("held deliveries wait and are released in the order that was asked for", async () => {
  const { listener, world, state, sender, settle } = await sending();
  state.hold = true;
  customers(world, state, 3);
  await settle();
  expect(listener.heard).toHaveLength(0);
  const [first, second, third] = [...state.deliveries.keys()] as [string, string, string];
  expect(await sender.release(state, [third, first])).toBe(2);
  expect(listener.ids()).toEqual([third, first]);
  await sender.release(state);
  await settle();
  expect(listener.ids()).toEqual([third, first, second]);
});

test("the same delivery once more has the same id", async () => {
  const { listener, world, state, sender, settle } = await sending();
  customers(world, state, 1);
  await settle();
  expect(await sender.again(state, listener.ids()[0] as string)).toMatchObject({ status: 200 });
  expect(new Set(listener.ids()).size).toBe(1);
  expect(listener.heard).toHaveLength(2);
  expect(await sender.again(state, "no-such-id")).toHaveProperty("refused");
});

test("only topics of the toml are sent, and a filter and fields of a GraphQL subscription hold", async () => {
  const { listener, world, state, settle } = await sending();
  state.webhookSubscriptions.set("1", {
    id: "1",
    topic: "ORDERS_CREATE",
    uri: `${listener.url}/mine`,
    filter: "test:true total_price:>=10",
    includeFields: ["id", "test"],
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
  });
  const { variant } = aProduct(world, state, { price: 1000 });
  const line = { variantId: variant, quantity: 1 };
  placeOrder(world, state, { lines: [line] });
  const order = placeOrder(world, state, { lines: [line], test: true }) as Order;
  world.events.emit(state.shop.handle, "customers/purchasing_summary", { customer: createCustomer(world, state, {}) });
  await settle();
  expect(listener.topics()).not.toContain("customers/purchasing_summary");
  const mine = listener.heard.filter((one) => one.path === "/mine");
  expect(mine.map((one) => JSON.parse(one.body))).toEqual([{ id: Number(order.id), test: true }]);
});

test("what was not delivered when the sandbox died is delivered when it lives again", async () => {
  const stateDir = mkdtempSync(join(tmpdir(), "sandbox-"));
  closing.push(() => rmSync(stateDir, { recursive: true }));
  const first = await sending(() => 500, { stateDir });
  const ann = createCustomer(first.world, first.state, { email: "ann@example.com" });
  await first.sender.settle(20);
  first.world.flush();
  await first.sender.close();

  const listener = await anAppListening("secret-1");
  const world = createWorld({ apps: [anApp({ url: listener.url })], config: first.world.config, stateDir });
  const sender = startSender(world, { retryBaseMs: 10 });
  closing.push(listener.close, () => world.close(), sender.close);
  expect(world.shops.get("corner-shop")?.customers.get(ann.id)).toEqual(ann);
  expect(Number(world.nextId())).toBeGreaterThan(Number(ann.id));
  await sender.settle(5000);
  expect(listener.heard.map((one) => JSON.parse(one.body).email)).toEqual(["ann@example.com"]);
});

test("thousands of webhooks are no burden", { timeout: 20_000 }, async () => {
  const { listener, world, state, settle } = await sending();
  customers(world, state, 4000);
  expect(await settle(15_000)).toEqual({ settled: true, waiting: 0 });
  expect(new Set(listener.ids()).size).toBe(4000);
  // The log keeps the latest and forgets the oldest.
  expect(state.deliveries.size).toBeLessThan(4000);
});
