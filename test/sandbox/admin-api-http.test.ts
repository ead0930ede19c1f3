// The Admin API over HTTP: tokens, the log of calls, and the failures one can order.

import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "../../sandbox/store.ts";
import { app, type SmallWorld, smallWorld } from "./admin-world.ts";
import { type ShopifyServer, shopifyServer } from "./shopify-server.ts";

let small: SmallWorld;
let shopify: ShopifyServer;

beforeEach(async () => {
  small = smallWorld();
  small.state.tokens.set("shpat_1", {
    accessToken: "shpat_1",
    refreshToken: "",
    apiKey: app.apiKey,
    scopes: [],
    issuedAtMs: 0,
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    refreshExpiresAtMs: 0,
    dead: false,
  });
  shopify = await shopifyServer(small.world);
});
afterEach(() => shopify.close());

const ask = (query: string, token = "shpat_1") =>
  shopify.post("/admin/api/2026-10/graphql.json", { query }, { headers: { "x-shopify-access-token": token } });
const addTag = 'mutation Tag { tagsAdd(id: "gid://shopify/Customer/1", tags: ["new"]) { userErrors { message } } }';
const fails = (fault: Fault) => small.state.faults.push(fault);

test("an answer names its version and is written into the log", async () => {
  const reply = await ask("query Who { shop { name } }");
  expect(reply).toMatchObject({
    status: 200,
    body: { data: { shop: { name: "Juniper & Co" } }, extensions: { cost: { actualQueryCost: 1 } } },
  });
  expect(reply.headers["x-shopify-api-version"]).toBe("2026-10");
  expect(small.state.calls).toMatchObject([{ operation: "Who", status: 200, cost: 1, error: null }]);
});

test("a token nobody was given is refused", async () => {
  expect((await ask("{ shop { name } }", "shpat_no")).status).toBe(401);
});

test.each([
  ["500", 500],
  ["429", 429],
  ["401", 401],
] as const)("the next two calls fail with %s, the third does not", async (how, status) => {
  fails({ next: 2, how });
  const statuses = [await ask(addTag), await ask(addTag), await ask(addTag)].map((reply) => reply.status);
  expect(statuses).toEqual([status, status, 200]);
});

test("a throttled call is an answer of 200", async () => {
  fails({ next: 1, how: "throttled" });
  const { status, body } = await ask(addTag);
  expect([status, body.errors[0].extensions.code]).toEqual([200, "THROTTLED"]);
  expect(small.state.customers.get("1")?.tags).toEqual(["gold"]);
});

test("an unknown outcome has done its work", async () => {
  fails({ next: 1, how: "unknown" });
  await expect(ask(addTag)).rejects.toThrow();
  expect(small.state.customers.get("1")?.tags).toEqual(["gold", "new"]);
});

test("a fault for one operation leaves the others alone", async () => {
  fails({ next: 1, how: "500", operation: "tagsAdd" });
  expect((await ask("{ shop { name } }")).status).toBe(200);
  expect((await ask(addTag)).status).toBe(500);
});

test("latency is waited for", async () => {
  small.state.latencyMs = 120;
  const started = performance.now();
  await ask("{ shop { name } }");
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});
