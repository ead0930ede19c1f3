// The whole sandbox on free ports, spoken to as an app, a shopper and a test would.

import { request } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signatureOf } from "../../sandbox/proxy.ts";
import { type RunningSandbox, startSandbox } from "../../sandbox/start.ts";
import { anApp } from "./a-world.ts";
import { anAppListening } from "./an-app.ts";

let sandbox: RunningSandbox;
let listener: Awaited<ReturnType<typeof anAppListening>>;

beforeAll(async () => {
  listener = await anAppListening("secret-1");
  sandbox = await startSandbox({
    port: 0,
    storefrontPort: 0,
    toml: "shopify.app.toml",
    apps: [anApp({ url: listener.url })],
    shops: [
      { handle: "laurel-demo", app: "laurel" },
      { handle: "laurel-second", app: "laurel", currency: "JPY", shelves: "kiso" },
    ],
    themeExtension: "extensions/loyalty-theme",
    quiet: true,
  });
});
afterAll(async () => {
  await sandbox?.close();
  await listener?.close();
});

/** fetch does not let the Host header be set. */
async function asApp(path: string, body: unknown, headers = {}) {
  const host = "laurel-demo.myshopify.com";
  const answer = await request(sandbox.url + path, {
    method: "POST",
    headers: { host, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return (await answer.body.json()) as Record<string, never>;
}

test("people find a start page, an admin, controls and a shop of its own for each", async () => {
  const pages = [
    `${sandbox.url}/`,
    `${sandbox.url}/control`,
    `${sandbox.url}/store/laurel-demo/orders`,
    sandbox.storefrontUrl("laurel-demo"),
    sandbox.storefrontUrl("laurel-second"),
  ];
  for (const page of pages) {
    const answer = await fetch(page, { headers: { accept: "text/html" } });
    expect([page, answer.status, answer.headers.get("content-type")]).toEqual([page, 200, expect.stringContaining("text/html")]);
  }
  expect(new Set(pages.slice(3)).size).toBe(2);
});

test("an app gets its token under the shop's own name, makes a code, and a checkout honours it once", async () => {
  const { token } = (await (await fetch(`${sandbox.url}/control/session-token?shop=laurel-demo&app=laurel`)).json()) as { token: string };
  const granted = await asApp("/admin/oauth/access_token", {
    client_id: "key-1",
    client_secret: "secret-1",
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    subject_token: token,
    subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    expiring: "1",
  });
  const made = await asApp(
    "/admin/api/2026-10/graphql.json",
    {
      query:
        "mutation($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { codeDiscountNode { id } userErrors { message } } }",
      variables: {
        d: {
          title: "Five off",
          code: "FIVE-OFF",
          startsAt: "2020-01-01T00:00:00Z",
          usageLimit: 1,
          context: { all: "ALL" },
          customerGets: { value: { discountAmount: { amount: "5.00", appliesOnEachItem: false } }, items: { all: true } },
        },
      },
    },
    { "x-shopify-access-token": granted.access_token },
  );
  expect(made).toMatchObject({ data: { discountCodeBasicCreate: { userErrors: [] } } });

  const place = async () => {
    const [product] = (await (await fetch(`${sandbox.url}/control/laurel-demo/products`)).json()) as { variants: { id: string }[] }[];
    const body = JSON.stringify({
      email: "ann@example.com",
      lines: [{ variant: product?.variants[0]?.id, quantity: 1 }],
      codes: ["five-off"],
    });
    return fetch(`${sandbox.url}/control/laurel-demo/orders`, { method: "POST", headers: { "content-type": "application/json" }, body });
  };
  expect((await place()).status).toBe(201);
  expect((await place()).status).toBe(400);
  expect(await sandbox.settle()).toEqual({ settled: true, waiting: 0 });
  const paid = listener.heard.find((one) => one.headers["x-shopify-topic"] === "orders/paid");
  expect(paid?.genuine).toBe(true);
  expect(JSON.parse(paid?.body ?? "").discount_codes).toEqual([{ code: "FIVE-OFF", amount: "5.00", type: "fixed_amount" }]);
});

test("what a shopper asks of the app goes through the shop, signed, with its body and without cookies", async () => {
  const body = new URLSearchParams({ reward: "five", request: "r-1" }).toString();
  await fetch(`${sandbox.storefrontUrl("laurel-demo")}/apps/laurel/redeem?step=2`, {
    method: "POST",
    body,
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: "secret=1" },
  });
  const heard = listener.heard.find((one) => one.path.startsWith("/proxy/redeem"));
  expect(heard?.body).toBe(body);
  expect(heard?.headers.cookie).toBeUndefined();
  const params = Object.fromEntries(new URL(heard?.path ?? "", listener.url).searchParams);
  expect(params).toMatchObject({ step: "2", shop: "laurel-demo.myshopify.com", logged_in_customer_id: "" });
  expect(params.signature).toBe(signatureOf(params, "secret-1"));
});

test("a shop that nobody opened is not answered for", async () => {
  const answer = await request(`${sandbox.url}/admin/api/2026-10/graphql.json`, {
    method: "POST",
    headers: { host: "nobody.myshopify.com", "content-type": "application/json" },
    body: "{}",
  });
  await answer.body.dump();
  expect(answer.statusCode).toBe(404);
});
