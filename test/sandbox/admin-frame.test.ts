// The admin around the app: what it hands to the app, what App Bridge may ask it, and the pages of the shop's records.

import { createHmac } from "node:crypto";
import { runInNewContext } from "node:vm";
import express from "express";
import { afterEach, expect, test } from "vitest";
import { createCustomer } from "../../sandbox/customers.ts";
import { faces } from "../../sandbox/faces.ts";
import { placeOrder } from "../../sandbox/orders.ts";
import { readSessionToken } from "../../sandbox/session-token.ts";
import { aShopper, aSiteOf } from "./a-shopper.ts";
import { aCode, aProduct, aWorld, topicsOf } from "./a-world.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function anAdmin(options: Parameters<typeof aWorld>[0] = {}) {
  const { world, state } = aWorld(options);
  const app = express();
  app.use(faces(world, { themeExtension: "extensions/loyalty-theme" }));
  const site = await aSiteOf(app);
  closing.push(site.close);
  return { world, state, site, merchant: aShopper(site.url) };
}

const framed = (text: string): URL => new URL((/<iframe id="app"[^>]* src="([^"]+)"/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&"));

test("the frame opens the app at the path of its own address, with all that Shopify hands over, signed", async () => {
  const { merchant } = await anAdmin();
  const url = framed((await merchant.visit("/store/corner-shop/apps/laurel/app/members?q=ann%20o&page=2")).text);

  expect(url.origin + url.pathname).toBe("http://127.0.0.1:1/app/members");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    q: "ann o",
    page: "2",
    embedded: "1",
    shop: "corner-shop.myshopify.com",
    locale: "en",
  });
  expect(Buffer.from(url.searchParams.get("host") ?? "", "base64url").toString()).toBe("admin.shopify.com/store/corner-shop");
  expect(readSessionToken(url.searchParams.get("id_token") ?? "", "secret-1")).toMatchObject({
    aud: "key-1",
    dest: "https://corner-shop.myshopify.com",
  });

  const message = [...url.searchParams]
    .filter(([name]) => name !== "hmac")
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&");
  expect(url.searchParams.get("hmac")).toBe(createHmac("sha256", "secret-1").update(message).digest("hex"));
});

test("the app is found by its key too, as Shopify's own redirects name it", async () => {
  const { merchant } = await anAdmin();
  expect(framed((await merchant.visit("/store/corner-shop/apps/key-1/app")).text).pathname).toBe("/app");
});

test("an app that is not installed is offered with the scopes it asks for", async () => {
  const { merchant, state } = await anAdmin();
  if (state.shop.installation) state.shop.installation.uninstalledAt = "2026-01-01T00:00:00Z";
  const { text } = await merchant.visit("/store/corner-shop/apps/laurel");
  expect(text).not.toContain("<iframe");
  expect(text).toContain("write_discounts");
  expect(text).toContain('data-call="/control/corner-shop/install"');
});

test("App Bridge is one script that runs once however often a page has it", async () => {
  const { merchant } = await anAdmin();
  const { text } = await merchant.visit("/app-bridge.js");
  expect(() => runInNewContext(text, { window: { shopify: {} } })).not.toThrow();
  expect(text).toContain("window.shopify = {");
});

test("App Bridge gets a session token of the shop and app it names, from any origin", async () => {
  const { site } = await anAdmin();
  const answer = await fetch(`${site.url}/app-bridge/session-token?shop=corner-shop.myshopify.com&app=key-1`, {
    headers: { origin: "http://127.0.0.1:3000" },
  });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(readSessionToken(await answer.text(), "secret-1")).toMatchObject({ dest: "https://corner-shop.myshopify.com" });
  expect((await fetch(`${site.url}/app-bridge/session-token?shop=other.myshopify.com&app=key-1`)).status).toBe(404);
});

test("App Bridge tells which blocks of the theme extension stand on which page", async () => {
  const { merchant, state } = await anAdmin();
  state.placements = [{ page: "cart", block: "rewards" }];
  const [extension] = JSON.parse((await merchant.ask("/app-bridge/extensions?shop=corner-shop&app=key-1")).text);
  const byHandle = Object.fromEntries(extension.activations.map((one: { handle: string }) => [one.handle, one]));
  expect(byHandle.rewards).toMatchObject({ status: "active", target: "section", activations: [{ target: "template--cart/main/rewards" }] });
  expect(byHandle.balance).toMatchObject({ status: "available", activations: [] });
  expect(byHandle.rewards.name).not.toMatch(/^t:/);
});

test("the theme editor puts a block on a page, and a deep link brings it along", async () => {
  const { merchant, state } = await anAdmin();
  const editor = (await merchant.visit("/store/corner-shop/themes/current/editor?template=cart&addAppBlockId=key-1/balance")).text;
  expect(editor).toMatch(/name="balance" data-always checked/);
  await merchant.json("/store/corner-shop/placements", { page: "cart", balance: true, rewards: false });
  expect(state.placements?.filter((one) => one.page === "cart")).toEqual([{ page: "cart", block: "balance" }]);
  // Other pages stay as they were.
  expect(state.placements?.some((one) => one.page === "rewards")).toBe(true);
});

test("optional scopes are granted and taken back, and the app is told; what it must have stays", async () => {
  const { merchant, state } = await anAdmin();
  await merchant.json("/store/corner-shop/scopes", { grant: ["read_all_orders", "write_themes"] });
  expect(state.shop.installation?.scopes).toContain("read_all_orders");
  expect(state.shop.installation?.scopes).not.toContain("write_themes");
  await merchant.json("/store/corner-shop/scopes", { revoke: ["read_all_orders", "read_orders"] });
  expect(state.shop.installation?.scopes).not.toContain("read_all_orders");
  expect(state.shop.installation?.scopes).toContain("read_orders");
  expect(topicsOf(state).filter((topic) => topic === "app/scopes_update")).toHaveLength(2);
});

test("the resource picker finds products, variants and collections in the shape an app gets", async () => {
  const { merchant, state } = await anAdmin({ shop: { shelves: "juniper" } });
  const ask = async (type: string, query = "") =>
    JSON.parse((await merchant.ask(`/store/corner-shop/resources?type=${type}&query=${encodeURIComponent(query)}`)).text);
  const mugs = await ask("product", "mug");
  expect(mugs).toMatchObject([
    {
      id: expect.stringMatching(/^gid:\/\/shopify\/Product\/\d+$/),
      title: "Morning mug",
      variants: [{ id: expect.stringMatching(/ProductVariant/), price: "24.00" }, {}],
    },
  ]);
  expect(await ask("variant", "mug")).toHaveLength(2);
  expect(await ask("collection")).toHaveLength(state.collections.size);
});

test("the pages of orders, customers and discounts show the shop's records, whatever they are called", async () => {
  const { world, state, merchant } = await anAdmin();
  const { variant } = aProduct(world, state, { price: 2500 });
  const eve = createCustomer(world, state, { email: "eve@example.com", firstName: "<script>", lastName: "Eve" });
  const code = aCode(world, state, "TEN");
  const order = placeOrder(world, state, { customerId: eve.id, lines: [{ variantId: variant, quantity: 2 }], codes: ["TEN"] });
  if ("refused" in order) throw new Error(order.refused);

  const page = async (path: string) => (await merchant.visit(`/store/corner-shop/${path}`)).text;
  expect(await page("orders")).toContain("#1001");
  const detail = await page(`orders/${order.id}`);
  for (const said of ["$50.00", "−$5.00", "$45.00", "TEN", `data-call="/control/corner-shop/orders/${order.id}/refund"`])
    expect(detail).toContain(said);
  expect(detail).toContain("&lt;script&gt; Eve");
  expect(detail).not.toContain("<script> Eve");
  expect(await page(`customers/${eve.id}`)).toContain("#1001");
  expect(await page("discounts")).toContain("10% off");
  expect(await page(`discounts/${code.id}`)).toContain("used 1 times");
  for (const path of ["", "products", "customers?q=eve", "orders?page=9"])
    expect((await merchant.visit(`/store/corner-shop/${path}`)).status).toBe(200);
});

test("what there is not is said so", async () => {
  const { merchant } = await anAdmin();
  for (const path of ["/store/nobody/orders", "/store/corner-shop/orders/1", "/store/corner-shop/settings/billing"]) {
    expect([path, (await merchant.visit(path)).status]).toEqual([path, 404]);
  }
});

test("a way to the storefront goes to the shop's own port", async () => {
  const { merchant, state } = await anAdmin();
  state.shop.storefrontPort = 4321;
  expect((await merchant.ask("/store/corner-shop/storefront/products/mug?variant=1")).location).toBe(
    "http://127.0.0.1:4321/products/mug?variant=1",
  );
});
