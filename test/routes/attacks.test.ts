import { createHmac, randomUUID } from "node:crypto";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addApp } from "../../scripts/laurel/apps.ts";
import { type AShop, aContext, aMember, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
const secret = "the app's secret";
const secondSecret = "the second app's secret";
/** A shop of the app in the environment, and one whose app has a secret of its own. */
let first: AShop;
let second: AShop;
let card: typeof import("../../app/routes/proxy.card.ts");
let account: typeof import("../../app/routes/proxy._index.ts");
let redeem: typeof import("../../app/routes/proxy.redeem.ts");
let handBack: typeof import("../../app/routes/proxy.hand-back.ts");

beforeAll(async () => {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: at.url,
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: secret,
    SHOPIFY_APP_URL: "https://app.test",
    LAUREL_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    LOG_LEVEL: "silent",
  });
  [first, second] = [await aShop(at), await aShop(at)];
  await addApp(at.owner, { shop: second.shop, apiKey: "second-key", secret: secondSecret, handle: "second", distribution: "custom" });
  card = await import("../../app/routes/proxy.card.ts");
  account = await import("../../app/routes/proxy._index.ts");
  redeem = await import("../../app/routes/proxy.redeem.ts");
  handBack = await import("../../app/routes/proxy.hand-back.ts");
  const { closeDatabase } = await import("../../app/db.server.ts");
  return closeDatabase;
});

let codes = 0;
beforeEach(() => {
  vi.stubGlobal("fetch", async () =>
    Response.json({
      data: { discountCodeBasicCreate: { codeDiscountNode: { id: `gid://shopify/DiscountCodeNode/${++codes}` }, userErrors: [] } },
    }),
  );
});
afterEach(() => vi.unstubAllGlobals());

describe("whoever knows the secret of one app, delivering for a shop of another", () => {
  const body = JSON.stringify({ id: 1 });
  const deliver = async (shop: string, signedWith: string) => {
    const { receiveWebhook } = await import("../../app/webhooks.server.ts");
    const headers = {
      "x-shopify-topic": "app/uninstalled",
      "x-shopify-shop-domain": shop,
      "x-shopify-hmac-sha256": createHmac("sha256", signedWith).update(body).digest("base64"),
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-api-version": "2026-10",
    };
    return (await receiveWebhook(headers, Buffer.from(body))).status;
  };

  test.each([
    ["as it is", (shop: string) => shop],
    ["in capitals", (shop: string) => shop.toUpperCase()],
    ["with one capital", (shop: string) => shop.replace("s", "S")],
  ])("is refused with the shop's name %s", async (_, written) => {
    expect(await deliver(written(second.shop), secret)).toBe(401);
    expect((await at.owner.query("select 1 from inbox where shop = $1", [second.shop])).rows).toEqual([]);
    expect(await deliver(written(first.shop), secondSecret)).toBe(401);
  });

  test("and the shop's own app is heard however the name is written", async () => {
    expect(await deliver(second.shop.toUpperCase(), secondSecret)).toBe(200);
    expect((await at.owner.query("select 1 from inbox where shop = $1", [second.shop])).rows).toHaveLength(1);
  });
});

type Pairs = [string, string][];

/** An address with the signature that Shopify's rule gives it: values of one name are joined with commas. */
function signed(path: string, pairs: Pairs, key = secret): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  const text = [...values]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, all]) => `${name}=${all.join(",")}`)
    .join("");
  const signature = createHmac("sha256", key).update(text).digest("hex");
  return `https://app.test/proxy${path}?${new URLSearchParams([...pairs, ["signature", signature]])}`;
}

const asked = (shop: string, customerId = ""): Pairs => [
  ["shop", shop],
  ["logged_in_customer_id", customerId],
  ["path_prefix", "/apps/laurel"],
  ["timestamp", String(Math.floor(Date.now() / 1000))],
];

async function go(route: (args: never) => Promise<Response>, request: Request): Promise<Response> {
  try {
    return await route({ request, params: {}, context: {} } as never);
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

const post = (url: string, body: object) =>
  new Request(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(body),
  });

async function ann(points: number) {
  await at.owner.query(
    `insert into session (id, shop, state, "accessToken", expires) values ($1, $2, '', $3, now() + interval '1 hour') on conflict do nothing`,
    [`offline_${first.shop}`, first.shop, (await import("../../app/secrets.server.ts")).seal("token", `access offline_${first.shop}`)],
  );
  const context = aContext(at, first.scope, () => {
    throw new Error("not asked");
  });
  return aMember(context, at, { points });
}

describe("a shopper who writes what Shopify signs", () => {
  test.each(["first", "last"])("cannot name another customer %s in the address", async (place) => {
    const [me, victim] = [await ann(10), await ann(700)];
    const mine = asked(first.shop, me.customerId);
    const theirs: Pairs = [["logged_in_customer_id", victim.customerId]];
    const response = await go(card.loader, new Request(signed("/card", place === "first" ? [...theirs, ...mine] : [...mine, ...theirs])));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain("700");
  });

  test.each([
    ["shop", "other.myshopify.com"],
    ["path_prefix", "//elsewhere.test"],
    ["timestamp", "1"],
  ])("cannot add a %s of their own", async (name, value) => {
    const response = await go(account.loader, new Request(signed("", [[name, value], ...asked(first.shop)])));
    expect(response.status).toBe(400);
    expect(response.headers.get("location")).toBeNull();
  });

  test("is nobody where the customer is not a number", async () => {
    expect((await go(card.loader, new Request(signed("/card", asked(first.shop, "1/../../2"))))).status).toBe(400);
  });

  test.each(["\0", "FIRST", "elsewhere.test", "a.myshopify.com.elsewhere.test", ""])("finds no shop by the name of %j", async (name) => {
    const shop = name === "FIRST" ? first.shop.toUpperCase() : name;
    expect((await go(card.loader, new Request(signed("/card", asked(shop, "1"))))).status).toBe(400);
  });

  test("cannot sign for a shop of one app with the secret of another", async () => {
    expect((await go(card.loader, new Request(signed("/card", asked(second.shop, "1"), secret)))).status).toBe(400);
    expect((await go(card.loader, new Request(signed("/card", asked(first.shop, "1"), secondSecret)))).status).toBe(400);
  });
});

describe("a shopper in a hurry", () => {
  test("redeems five rewards in a minute, also with thirty taps at once, and spends no point twice", async () => {
    const who = await ann(20_000);
    const taps = Array.from({ length: 30 }, () =>
      go(redeem.action, post(signed("/redeem", asked(first.shop, who.customerId)), { reward: "five-off", request: randomUUID() })),
    );
    const statuses = (await Promise.all(taps)).map((one) => one.status).sort();
    expect(statuses).toEqual([...Array(5).fill(200), ...Array(25).fill(429)]);
    const { rows } = await at.owner.query("select available::int, reserved::int from balance where member_id = $1", [who.memberId]);
    expect(rows).toEqual([{ available: 17_500, reserved: 2500 }]);
  });
});

describe("a shopper who plays with what a form holds", () => {
  test.each(["\0", "-1", "__proto__", "x".repeat(400), "' or 1=1 --"])("finds no code %j to hand back", async (redemption) => {
    const who = await ann(0);
    const address = () => signed("/hand-back", [["redemption", redemption], ...asked(first.shop, who.customerId)]);
    expect((await go(handBack.loader, new Request(address()))).status).toBe(404);
    expect((await go(handBack.action, post(address(), { redemption }))).status).toBe(404);
  });

  test.each([
    "//evil.test",
    "/\\evil.test",
    "/.//evil.test",
    "/x/..//evil.test",
    "/\t/evil.test",
    "/\u0001/evil.test",
    "javascript:alert(1)",
  ])("is not led to %j", async (back) => {
    const who = await ann(600);
    const url = signed("/redeem", asked(first.shop, who.customerId));
    const answer = await go(redeem.action, post(url, { reward: "five-off", request: randomUUID(), return: back }));
    expect((await answer.json()).url).toMatch(/\?redirect=%2Fcart$/);
  });

  test.each(["/", "/products/tea?variant=1#reviews", "/a//b", "/fr-ca/pages/f%C3%A9te"])("is led back to %j", async (back) => {
    const who = await ann(600);
    const url = signed("/redeem", asked(first.shop, who.customerId));
    const answer = await go(redeem.action, post(url, { reward: "five-off", request: randomUUID(), return: back }));
    expect(new URLSearchParams((await answer.json()).url.split("?")[1]).get("redirect")).toBe(back);
  });
});
