// The shop as a shopper meets it: pages, cart, codes, account, checkout, the app's blocks and its proxy.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appNamespace } from "../../sandbox/app-ids.ts";
import { createCustomer } from "../../sandbox/customers.ts";
import { signatureOf } from "../../sandbox/proxy.ts";
import { storefront } from "../../sandbox/storefront/index.ts";
import { aShopper, aSiteOf } from "./a-shopper.ts";
import { aCode, anApp, aProduct, aWorld } from "./a-world.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "theme-"));
  for (const part of ["blocks", "locales", "snippets", "assets"]) mkdirSync(join(folder, part));
  closing.push(() => rmSync(folder, { recursive: true }));
});

const block = (name: string, liquid: string, schema: object = {}) =>
  writeFileSync(
    join(folder, "blocks", `${name}.liquid`),
    `${liquid}{% schema %}${JSON.stringify({ name, target: "section", ...schema })}{% endschema %}`,
  );

async function aShop(options: Parameters<typeof aWorld>[0] = {}) {
  const { world, state } = aWorld(options);
  const site = await aSiteOf(storefront(world, state, { themeExtension: folder }));
  closing.push(site.close);
  const ann = createCustomer(world, state, { email: "ann@example.com", firstName: "Ann", account: true });
  const shopper = aShopper(site.url);
  return { world, state, site, ann, shopper, signIn: () => shopper.send("/account/login", { id: ann.id }) };
}

test("a shopper puts a thing into the cart, pays, and the order is there", async () => {
  const { world, state, shopper } = await aShop();
  const { variant } = aProduct(world, state, { price: 1250 });

  const cart = await shopper.send("/cart/add", { id: variant, quantity: "2" });
  expect(cart.text).toContain("$25.00 USD");
  const thanks = await shopper.send("/checkout", { email: "guest@example.com", payment: "now" });

  expect(thanks.text).toContain("Thank you");
  const [order] = [...state.orders.values()];
  expect(order).toMatchObject({ email: "guest@example.com", financialStatus: "paid", sourceName: "web" });
  expect(order?.lines).toMatchObject([{ variantId: variant, quantity: 2, price: 1250 }]);
  expect((await shopper.json("/cart.js")).item_count).toBe(0);
});

test("an order paid by bank transfer waits for its money", async () => {
  const { world, state, shopper } = await aShop();
  await shopper.send("/cart/add", { id: aProduct(world, state, { price: 100 }).variant });
  await shopper.send("/checkout", { email: "guest@example.com", payment: "later" });
  expect([...state.orders.values()][0]).toMatchObject({ financialStatus: "pending", gateway: "Bank Deposit" });
});

test("a link with a code puts the code on the cart and goes on within the shop", async () => {
  const { world, state, shopper } = await aShop();
  aCode(world, state, "FIVE", { value: { amount: 500, onEachItem: false } });
  await shopper.send("/cart/add", { id: aProduct(world, state, { price: 2000 }).variant });

  const answer = await shopper.ask("/discount/five?redirect=/cart");
  expect(answer.location).toBe("/cart");
  expect((await shopper.visit("/cart")).text).toContain("$15.00 USD");
  await shopper.send("/checkout", { email: "guest@example.com" });
  expect([...state.orders.values()][0]?.discountApplications).toMatchObject([{ code: "FIVE" }]);
});

test.each(["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""])(
  "a link with a code never leads to another site (%s)",
  async (target) => {
    const { shopper, site } = await aShop();
    const { location } = await shopper.ask(`/discount/X?redirect=${encodeURIComponent(target)}`);
    expect(new URL(location ?? "", site.url).origin).toBe(site.url);
  },
);

test("a refused code says why, and stops the payment until the shopper has seen it", async () => {
  const { world, state, shopper } = await aShop();
  aCode(world, state, "RICH", { minimumSubtotal: 10_000 });
  await shopper.send("/cart/add", { id: aProduct(world, state, { price: 2000 }).variant });
  await shopper.send("/cart/discount", { add: "rich" });

  const refused = await shopper.send("/checkout", { email: "guest@example.com" });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('role="alert"');
  expect(state.orders.size).toBe(0);

  await shopper.send("/checkout", { email: "guest@example.com", without_refused: "on" });
  expect([...state.orders.values()][0]?.discountApplications).toEqual([]);
});

test("a code bound to one customer is refused to the guest and honoured for her", async () => {
  const { world, state, shopper, ann, signIn } = await aShop();
  aCode(world, state, "ANNS", { customers: [ann.id] });
  await shopper.send("/cart/add", { id: aProduct(world, state, { price: 1000 }).variant });
  const guest = await shopper.send("/cart/discount", { add: "ANNS" });
  expect(guest.text).toContain("is-refused");
  await signIn();
  const hers = await shopper.visit("/cart");
  expect(hers.text).not.toContain("is-refused");
  expect(hers.text).toContain("$9.00 USD");
});

test("the cart answers scripts as a theme expects, in hundredths whatever the currency", async () => {
  const { world, state, shopper } = await aShop({ shop: { currency: "JPY" } });
  const { variant } = aProduct(world, state, { price: 1200 });
  const added = await shopper.json("/cart/add.js", { items: [{ id: Number(variant), quantity: 3, properties: { _from: "test" } }] });
  expect(added).toMatchObject({ items: [{ variant_id: Number(variant), quantity: 3, price: 120_000, properties: { _from: "test" } }] });
  expect(await shopper.json("/cart/change.js", { line: 1, quantity: 1 })).toMatchObject({
    item_count: 1,
    total_price: 120_000,
    currency: "JPY",
  });
  expect(await shopper.json("/cart/update.js", { attributes: { gift: "yes" }, note: "Ring twice" })).toMatchObject({
    note: "Ring twice",
    attributes: { gift: "yes" },
  });
  expect((await shopper.visit("/cart")).text).toContain("¥1,200");
  expect(await shopper.json("/cart/clear.js", {})).toMatchObject({ item_count: 0 });
});

test("a guest who signs in gets an account of the same customer", async () => {
  const { world, state, shopper } = await aShop();
  const ben = createCustomer(world, state, { email: "ben@example.com" });
  const page = await shopper.send("/account/login", { email: "BEN@example.com" });
  expect(page.path).toBe("/account");
  expect(ben.state).toBe("enabled");
  expect(state.customers.size).toBe(2);
  expect((await shopper.visit("/account/logout")).path).toBe("/");
  expect((await shopper.visit("/account")).path).toMatch(/^\/account\/login/);
});

test("two shops on one host do not share a shopper's cookies", async () => {
  const one = await aShop({ shop: { handle: "one" } });
  const other = await aShop({ shop: { handle: "other" } });
  await one.signIn();
  const elsewhere = aShopper(other.site.url);
  for (const [name, value] of one.shopper.cookies) elsewhere.cookies.set(name, value);
  expect((await elsewhere.visit("/account")).path).toMatch(/^\/account\/login/);
});

test("an app block reads the app's own metafields of the customer, under its own name", async () => {
  block(
    "balance",
    "[{{ customer.metafields['$app'].card.value.points }}|{{ customer.metafields['$app:deep'].n.value | plus: 1 }}|{{ customer.metafields.custom.card.value }}]",
  );
  const { world, state, ann, shopper, signIn } = await aShop();
  const namespace = appNamespace([...world.apps.values()][0] ?? anApp());
  const at = "2026-01-01T00:00:00Z";
  ann.metafields.push(
    { id: "1", namespace, key: "card", type: "json", value: '{"points":1240}', updatedAt: at },
    { id: "2", namespace: `${namespace}--deep`, key: "n", type: "number_integer", value: "41", updatedAt: at },
  );
  const { product } = aProduct(world, state, { price: 100 });
  const path = `/products/${state.products.get(product)?.handle}`;
  expect((await shopper.visit(path)).text).toContain("[|1|]");
  await signIn();
  expect((await shopper.visit(path)).text).toContain("[1240|42|]");
});

test("an app block has its settings, its texts in the shopper's language, its snippets and its assets", async () => {
  writeFileSync(
    join(folder, "locales", "en.default.json"),
    '{"have":{"one":"{{ count }} point","other":"{{ count }} points"},"only":"in English"}',
  );
  writeFileSync(join(folder, "locales", "fr.json"), '{"have":{"one":"{{ count }} point","other":"{{ count }} points en français"}}');
  writeFileSync(join(folder, "snippets", "shout.liquid"), "<b>{{ text | upcase }} {{ 'only' | t }}</b>");
  writeFileSync(join(folder, "assets", "points.css"), ".points{}");
  block(
    "balance",
    "<p {{ block.shopify_attributes }}>{{ block.settings.heading }} {{ 'have' | t: count: 2 }} {{ 'points.css' | asset_url }}{% render 'shout', text: 'hey' %}{{ app.metafields.laurel.programme.value.name }}</p>",
    { stylesheet: "points.css", settings: [{ type: "text", id: "heading", label: "Heading", default: "You have" }] },
  );
  const { state, shopper } = await aShop();
  state.appMetafields.push({
    id: "9",
    namespace: "laurel",
    key: "programme",
    type: "json",
    value: '{"name":"Berries"}',
    updatedAt: "2026-01-01T00:00:00Z",
  });

  const english = (await shopper.visit("/pages/rewards")).text;
  expect(english).toMatch(
    /data-shopify-editor-block=.*You have 2 points \/cdn\/shop\/extensions\/points\.css\?v=\w+<b>HEY in English<\/b>Berries/,
  );
  expect((await shopper.ask("/cdn/shop/extensions/points.css")).text).toBe(".points{}");
  const french = (await shopper.visit("/pages/rewards?locale=fr")).text;
  expect(french).toContain("2 points en français");
  expect(french).toContain("Récompenses");
  // The choice stays.
  expect((await shopper.visit("/pages/rewards")).text).toContain("2 points en français");
});

test("a text is escaped unless its key says that it carries markup", async () => {
  writeFileSync(join(folder, "locales", "en.default.json"), '{"plain":"<i>{{ who }}</i>","rich_html":"<i>{{ who }}</i>"}');
  block("balance", "{{ 'plain' | t: who: '<b>' }}~{{ 'rich_html' | t: who: 'Ann' }}~{{ 'gone' | t }}");
  const { shopper } = await aShop();
  expect((await shopper.visit("/pages/rewards")).text).toContain("&lt;i&gt;&lt;b&gt;&lt;/i&gt;~<i>Ann</i>~Translation missing: en.gone");
});

test("a block stands where the merchant has put it, and nowhere once the app is gone", async () => {
  block("balance", "<p>BALANCE</p>");
  block("extra", "<p>EXTRA</p>");
  const { state, shopper } = await aShop();
  expect((await shopper.visit("/pages/rewards")).text).not.toContain("EXTRA");
  state.placements = [{ page: "rewards", block: "extra" }];
  const placed = (await shopper.visit("/pages/rewards")).text;
  expect(placed).toContain("EXTRA");
  expect(placed).not.toContain("BALANCE");
  if (state.shop.installation) state.shop.installation.uninstalledAt = "2026-01-01T00:00:00Z";
  expect((await shopper.visit("/pages/rewards")).text).not.toContain("EXTRA");
});

test("a filter that Shopify does not have is an error and says its name", async () => {
  block("balance", "{{ 1 | sparkle }}");
  const { shopper } = await aShop();
  const page = await shopper.visit("/pages/rewards");
  expect([page.status, page.text]).toEqual([500, expect.stringContaining("undefined filter: sparkle")]);
});

async function anAppAnswering(
  answer: (url: URL, method: string, body: string) => { status?: number; type: string; body: string; location?: string },
) {
  const asked: { url: URL; headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "/", "http://app");
    asked.push({ url, headers: request.headers, body });
    const { status = 200, type, body: text, location } = answer(url, request.method ?? "GET", body);
    response.writeHead(status, { "content-type": type, ...(location ? { location } : {}) }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("what a shopper asks below /apps/laurel reaches the app, signed, with the form and without cookies", async () => {
  const app = await anAppAnswering((url, method, body) => ({
    type: "application/json",
    body: JSON.stringify({ path: url.pathname, method, body }),
  }));
  const { ann, shopper, signIn } = await aShop({ app: anApp({ url: app.url }) });
  await signIn();
  const answer = await shopper.send("/apps/laurel/redeem?locale=fr&x=1&x=2", { reward: "r1" });
  expect(JSON.parse(answer.text)).toEqual({ path: "/proxy/redeem", method: "POST", body: "reward=r1" });

  const [{ url, headers }] = app.asked as [(typeof app.asked)[number]];
  expect(headers.cookie).toBeUndefined();
  expect(url.searchParams.get("logged_in_customer_id")).toBe(ann.id);
  const names = [...new Set(url.searchParams.keys())].filter((name) => name !== "signature");
  const params = Object.fromEntries(names.map((name) => [name, url.searchParams.getAll(name)]));
  expect(url.searchParams.get("signature")).toBe(signatureOf(params, "secret-1"));
});

test("an answer in Liquid becomes a page of the theme, a redirect stays one", async () => {
  const app = await anAppAnswering((url) =>
    url.pathname === "/proxy/away"
      ? { status: 302, type: "text/plain", body: "", location: "/cart" }
      : { type: "application/liquid; charset=utf-8", body: "<p>Hello {{ customer.first_name }} of {{ shop.name }}</p>" },
  );
  const { shopper, signIn, state } = await aShop({ app: anApp({ url: app.url }) });
  await signIn();
  const page = await shopper.visit("/apps/laurel/hello");
  expect(page.text).toContain(`<p>Hello Ann of ${state.shop.name}</p>`);
  expect(page.text).toContain('<header class="header">');
  expect((await shopper.visit("/apps/laurel/away")).path).toBe("/cart");
});

test("every page of the theme has all its texts in both languages", async () => {
  const { world, state, shopper, signIn } = await aShop({ shop: { shelves: "juniper" } });
  const product = [...state.products.values()][0];
  for (const locale of ["en", "fr"]) {
    await signIn();
    await shopper.send("/cart/add", { id: product?.variants[0]?.id ?? "" });
    const paths = [
      "/",
      "/collections/all",
      `/products/${product?.handle}`,
      "/cart",
      "/checkout",
      "/account",
      "/account/login",
      "/pages/rewards",
      "/nowhere",
    ];
    for (const path of paths) {
      const { text } = await shopper.visit(`${path}?locale=${locale}`);
      expect([path, /Translation missing[^<]*/.exec(text)?.[0]]).toEqual([path, undefined]);
    }
  }
  expect(world.shops.size).toBe(1);
});
