import { createHmac } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
const secret = "the app's secret";
const clientFolder = mkdtempSync(join(tmpdir(), "laurel-client-"));
let server: Server;
let url: string;
let ready = true;

beforeAll(async () => {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: at.url,
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: "https://app.test",
    LAUREL_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    SANDBOX_URL: "http://localhost:4000",
    LOG_LEVEL: "silent",
  });
  mkdirSync(join(clientFolder, "assets"));
  writeFileSync(join(clientFolder, "assets", "page-abc.js"), "plain()");
  writeFileSync(join(clientFolder, "assets", "page-abc.js.br"), brotliCompressSync("plain()"));
  writeFileSync(join(clientFolder, "robots.txt"), "User-agent: *");

  const { web } = await import("../../app/web.server.ts");
  // Pages have tests of their own; here a build that cannot be loaded stands for a fault of ours.
  const build = async () => {
    throw new Error("a secret detail of the fault");
  };
  server = createServer(web({ build, clientFolder, ready: () => ready }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    const { closeDatabase, ownerPool } = await import("../../app/db.server.ts");
    await closeDatabase();
    await ownerPool().end();
  };
});
afterAll(() => {
  server.close();
  rmSync(clientFolder, { recursive: true, force: true });
});

const body = JSON.stringify({ id: 1, admin_graphql_api_id: "gid://shopify/Order/1" });
const sign = (text: string, key = secret): string => createHmac("sha256", key).update(text).digest("base64");
const headers = (more: Record<string, string> = {}): Record<string, string> => ({
  "content-type": "application/json",
  "x-shopify-topic": "orders/paid",
  "x-shopify-shop-domain": "juniper.myshopify.com",
  "x-shopify-hmac-sha256": sign(body),
  "x-shopify-webhook-id": "one",
  "x-shopify-api-version": "2026-10",
  "x-shopify-triggered-at": "2026-11-01T10:00:00Z",
  ...more,
});
const deliver = (more: Record<string, string> = {}, text = body) =>
  fetch(`${url}/webhooks/orders`, { method: "POST", headers: headers(more), body: text });
const inbox = async () => (await at.owner.query("select webhook_id, topic, body from inbox order by webhook_id")).rows;

test("a signed webhook is answered 200 when it is in the inbox, to the letter, and once", async () => {
  expect((await deliver()).status).toBe(200);
  expect((await deliver()).status).toBe(200);
  expect(await inbox()).toEqual([{ webhook_id: "one", topic: "orders/paid", body }]);
});

test("a webhook with a wrong signature, without one, or without a body is refused and not kept", async () => {
  expect((await deliver({ "x-shopify-hmac-sha256": sign(body, "another"), "x-shopify-webhook-id": "two" })).status).toBe(401);
  const { "x-shopify-hmac-sha256": _, ...unsigned } = headers({ "x-shopify-webhook-id": "two" });
  expect((await fetch(`${url}/webhooks/orders`, { method: "POST", headers: unsigned, body })).status).toBe(400);
  expect((await deliver({ "x-shopify-webhook-id": "two", "x-shopify-hmac-sha256": sign("") }, "")).status).toBe(400);
  expect(await inbox()).toHaveLength(1);
});

test("only POST delivers, and nothing above five megabytes", async () => {
  expect((await fetch(`${url}/webhooks/orders`)).status).toBe(405);
  const large = JSON.stringify({ note: "x".repeat(5 * 1024 * 1024) });
  expect((await deliver({ "x-shopify-hmac-sha256": sign(large) }, large)).status).toBe(413);
});

test("a signed body without a length, sent in pieces, is stored whole", async () => {
  const status = await new Promise<number | undefined>((done, fail) => {
    const sent = request(
      `${url}/webhooks/orders`,
      { method: "POST", headers: headers({ "x-shopify-webhook-id": "pieces" }) },
      (response) => {
        response.resume();
        done(response.statusCode);
      },
    );
    sent.once("error", fail);
    sent.write(body.slice(0, 10));
    sent.end(body.slice(10));
  });
  expect(status).toBe(200);
  expect(await inbox()).toContainEqual({ webhook_id: "pieces", topic: "orders/paid", body });
});

test("it is ready while it serves and the database is current, and says why when it is not", async () => {
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  ready = false;
  const stopping = await fetch(`${url}/readyz`);
  ready = true;
  expect(stopping.status).toBe(503);
  expect(await stopping.json()).toMatchObject({ ready: false, reasons: ["The process is starting or stopping."] });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test("metrics count what was received and refused, and are for this machine only", async () => {
  const page = await (await fetch(`${url}/metrics`)).text();
  expect(page).toContain('laurel_webhooks_total{outcome="received"} 2');
  expect(page).toContain('laurel_webhooks_total{outcome="duplicate"} 1');
  expect(page).toContain("laurel_database_up 1");
  expect((await fetch(`${url}/metrics`, { headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(401);
});

test("built files are kept for ever and sent compressed to whoever can read it", async () => {
  const small = await fetch(`${url}/assets/page-abc.js`, { headers: { "accept-encoding": "br" } });
  expect(await small.text()).toBe("plain()");
  expect(small.headers.get("content-encoding")).toBe("br");
  expect(small.headers.get("content-type")).toMatch(/^(application|text)\/javascript/);
  expect(small.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(small.headers.get("vary")).toBe("accept-encoding");

  const plain = await fetch(`${url}/assets/page-abc.js`, { headers: { "accept-encoding": "identity" } });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect((await fetch(`${url}/assets/gone.js`)).status).toBe(404);
  expect((await fetch(`${url}/robots.txt`)).headers.get("cache-control")).toBe("public, max-age=3600");
});

test("what goes wrong inside is not explained to strangers, and every answer is guarded", async () => {
  const response = await fetch(`${url}/app?search=ann%40example.com`);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe("Something went wrong on our side.");
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(response.headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("an upload larger than any list of balances is refused before it is read", async () => {
  const status = await new Promise<number | undefined>((done, fail) => {
    const sent = request(`${url}/app/settings`, { method: "POST", headers: { "content-length": String(26 * 1024 * 1024) } }, (response) => {
      done(response.statusCode);
      sent.destroy();
    });
    sent.once("error", fail);
    sent.flushHeaders();
  });
  expect(status).toBe(413);
});

test("the admin that the library knows becomes the sandbox's, and nothing else does", async () => {
  const { inSandboxAdmin } = await import("../../app/sandbox-dispatch.server.ts");
  const origin = "http://localhost:4000";
  expect(inSandboxAdmin("https://admin.shopify.com/store/juniper/apps/key/app?x=1", origin)).toBe(
    `${origin}/store/juniper/apps/key/app?x=1`,
  );
  expect(inSandboxAdmin("https://admin.shopify.com.evil.test/store/juniper/apps/key/", origin)).toMatch(
    /^https:\/\/admin.shopify.com.evil/,
  );
  expect(inSandboxAdmin("/app", origin)).toBe("/app");
});
