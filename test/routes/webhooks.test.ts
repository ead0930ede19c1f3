import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { type AShop, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
const secret = "the app's secret";
let doors: typeof import("../../app/webhooks.server.ts");
let shopify: typeof import("../../app/shopify.server.ts");
let here: AShop;

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
  doors = await import("../../app/webhooks.server.ts");
  shopify = await import("../../app/shopify.server.ts");
  here = await aShop(at);
  const { closeDatabase } = await import("../../app/db.server.ts");
  return closeDatabase;
});

const sign = (body: string, by = secret): string => createHmac("sha256", by).update(body).digest("base64");

type Said = { headers: Record<string, string>; body: string };

/** A delivery as Shopify sends it, changed by what a test is about. */
function delivery(change: { body?: string; headers?: Record<string, string | undefined>; style?: "x-shopify-" | "shopify-" } = {}): Said {
  const body = change.body ?? JSON.stringify({ id: 1 });
  const style = change.style ?? "x-shopify-";
  const headers: Record<string, string | undefined> = {
    [`${style}topic`]: "orders/paid",
    [`${style}shop-domain`]: here.shop,
    [`${style}hmac-sha256`]: sign(body),
    [`${style}webhook-id`]: randomUUID(),
    [`${style}event-id`]: randomUUID(),
    [`${style}api-version`]: "2026-10",
    [`${style}triggered-at`]: "2026-05-01T10:00:00.123456789Z",
    ...change.headers,
  };
  return {
    body,
    headers: Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)),
  };
}

const ours = async ({ headers, body }: Said): Promise<number> => (await doors.receiveWebhook(headers, Buffer.from(body))).status;

/** What the library says of the same request. */
async function theirs({ headers, body }: Said): Promise<number> {
  const library = shopify.shopifyFor(await shopify.credentialsFor(here.shop), "signed");
  try {
    await library.authenticate.webhook(new Request("https://app.test/webhooks/orders", { method: "POST", headers, body }));
    return 200;
  } catch (refused) {
    if (refused instanceof Response) return refused.status;
    throw refused;
  }
}

const stored = async (webhookId: string | undefined) =>
  (await at.owner.query("select shop, topic, body, program_id, state, triggered_at from inbox where webhook_id = $1", [webhookId])).rows;

const good = sign(JSON.stringify({ id: 1 }));
describe("the library's verdict is ours", () => {
  test.each<[number, string, () => Said]>([
    [200, "a good delivery", () => delivery()],
    [200, "one of the newer style", () => delivery({ style: "shopify-" })],
    [200, "letters beyond ASCII", () => delivery({ body: '{"name":"Zoë ☆ 星"}' })],
    [
      200,
      "headers in capitals",
      () => ({
        ...delivery(),
        headers: Object.fromEntries(Object.entries(delivery().headers).map(([name, value]) => [name.toLowerCase(), value])),
      }),
    ],
    [200, "no time of triggering", () => delivery({ headers: { "x-shopify-triggered-at": undefined } })],
    [200, "no event id", () => delivery({ headers: { "x-shopify-event-id": undefined } })],
    [200, "a topic that we do not know", () => delivery({ headers: { "x-shopify-topic": "carts/update" } })],
    [400, "no signature", () => delivery({ headers: { "x-shopify-hmac-sha256": undefined } })],
    [400, "an empty signature", () => delivery({ headers: { "x-shopify-hmac-sha256": "" } })],
    [400, "no topic", () => delivery({ headers: { "x-shopify-topic": undefined } })],
    [400, "no shop", () => delivery({ headers: { "x-shopify-shop-domain": undefined } })],
    [400, "no webhook id", () => delivery({ headers: { "x-shopify-webhook-id": undefined } })],
    [400, "no version", () => delivery({ headers: { "x-shopify-api-version": undefined } })],
    [400, "no body", () => delivery({ body: "" })],
    [400, "headers of two styles mixed", () => delivery({ headers: { "x-shopify-topic": undefined, "shopify-topic": "orders/paid" } })],
    [
      400,
      "a signature of the newer style and the rest of the older",
      () => delivery({ headers: { "x-shopify-hmac-sha256": undefined, "shopify-hmac-sha256": good } }),
    ],
    [
      401,
      "a signature of the newer style that is wrong beside one of the older that is right",
      () => delivery({ headers: { "shopify-hmac-sha256": sign("other") } }),
    ],
    [401, "another secret", () => delivery({ headers: { "x-shopify-hmac-sha256": sign(JSON.stringify({ id: 1 }), "guessed") } })],
    [401, "another body", () => delivery({ headers: { "x-shopify-hmac-sha256": sign('{"id":2}') } })],
    [401, "one more space in the body", () => ({ ...delivery(), body: '{"id":1} ' })],
    [401, "no base64", () => delivery({ headers: { "x-shopify-hmac-sha256": "%%%" } })],
    [401, "a signature that is cut", () => delivery({ headers: { "x-shopify-hmac-sha256": good.slice(0, 20) } })],
    [401, "a signature without its padding", () => delivery({ headers: { "x-shopify-hmac-sha256": good.replace("=", "") } })],
    [401, "a signature with something behind it", () => delivery({ headers: { "x-shopify-hmac-sha256": `${good}AAAA` } })],
    [
      401,
      "a signature in the alphabet of addresses",
      () =>
        delivery({ body: '{"id":7}', headers: { "x-shopify-hmac-sha256": Buffer.from(sign('{"id":7}'), "base64").toString("base64url") } }),
    ],
    [
      401,
      "a signature in hexadecimal",
      () => delivery({ headers: { "x-shopify-hmac-sha256": Buffer.from(good, "base64").toString("hex") } }),
    ],
    [
      401,
      "a wrong signature and no topic",
      () => delivery({ headers: { "x-shopify-hmac-sha256": sign("x"), "x-shopify-topic": undefined } }),
    ],
  ])("%i: %s", async (status, _, make) => {
    const said = make();
    expect({ ours: await ours(said), theirs: await theirs(said) }).toEqual({ ours: status, theirs: status });
    const id = said.headers["x-shopify-webhook-id"] ?? said.headers["shopify-webhook-id"];
    expect(await stored(id)).toHaveLength(status === 200 ? 1 : 0);
  });

  test("but a signed body that is no JSON, over which the library throws, is kept for people to see", async () => {
    const said = delivery({ body: "{" });
    await expect(theirs(said)).rejects.toThrow(SyntaxError);
    expect(await ours(said)).toBe(200);
    expect(await stored(said.headers["x-shopify-webhook-id"])).toMatchObject([{ body: "{", state: "waiting" }]);
  });
});

describe("what is acknowledged is kept", () => {
  test("with its shop's programme, its topic and its time", async () => {
    const said = delivery();
    await ours(said);
    expect(await stored(said.headers["x-shopify-webhook-id"])).toEqual([
      {
        shop: here.shop,
        topic: "orders/paid",
        body: '{"id":1}',
        program_id: here.scope.programId,
        state: "waiting",
        triggered_at: new Date("2026-05-01T10:00:00.123Z"),
      },
    ]);
  });

  test("once, however often it is delivered, and as it came first", async () => {
    const id = randomUUID();
    for (const body of ['{"id":1}', '{"id":1}', '{"id":2}'])
      expect(await ours(delivery({ body, headers: { "x-shopify-webhook-id": id } }))).toBe(200);
    const again = Array.from({ length: 20 }, () => ours(delivery({ headers: { "x-shopify-webhook-id": id } })));
    expect(new Set(await Promise.all(again))).toEqual(new Set([200]));
    expect(await stored(id)).toMatchObject([{ body: '{"id":1}' }]);
  });

  test("by shop: another shop's delivery of the same id is another one", async () => {
    const id = randomUUID();
    const other = await aShop(at);
    for (const shop of [here.shop, other.shop])
      await ours(delivery({ headers: { "x-shopify-webhook-id": id, "x-shopify-shop-domain": shop } }));
    expect((await stored(id)).map((row) => row.program_id).sort()).toEqual([here.scope.programId, other.scope.programId].sort());
  });

  test("for a shop that we do not know yet too", async () => {
    const said = delivery({ headers: { "x-shopify-shop-domain": "new.myshopify.com" } });
    expect(await ours(said)).toBe(200);
    expect(await stored(said.headers["x-shopify-webhook-id"])).toMatchObject([{ shop: "new.myshopify.com", program_id: null }]);
  });

  test("also with bytes that no text has", async () => {
    const said = delivery({ body: '{"note":"a\0b"}' });
    expect(await ours(said)).toBe(200);
    expect(await stored(said.headers["x-shopify-webhook-id"])).toMatchObject([{ body: '{"note":"a\\u0000b"}' }]);
  });

  test("all of five hundred at once", async () => {
    const many = Array.from({ length: 500 }, (_, index) => delivery({ body: JSON.stringify({ index }) }));
    const statuses = await Promise.all(many.map(ours));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const { rows } = await at.owner.query("select body from inbox where webhook_id = any ($1)", [
      many.map((said) => said.headers["x-shopify-webhook-id"]),
    ]);
    expect(rows.map((row) => JSON.parse(row.body).index).sort((a, b) => a - b)).toEqual(many.map((_, index) => index));
  });

  test("or refused together: where the database cannot write, nobody is told that it did", async () => {
    await at.owner.query("alter table inbox rename to inbox_away");
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => ours(delivery())));
    await at.owner.query("alter table inbox_away rename to inbox");
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
    // And it goes on afterwards.
    expect(await ours(delivery())).toBe(200);
  });
});

test("one shop's app cannot speak for another's: the secret is chosen by the shop that is named", async () => {
  const { seal } = await import("../../app/secrets.server.ts");
  const other = await aShop(at);
  await at.owner.query("insert into shopify_app (api_key, secret, handle, distribution) values ('other key', $1, 'other', 'custom')", [
    seal("another secret", "app other key"),
  ]);
  await at.owner.query("update shop_directory set api_key = 'other key' where shop = $1", [other.shop]);
  const body = JSON.stringify({ id: 1 });
  const said = (shop: string, by: string) =>
    delivery({ body, headers: { "x-shopify-shop-domain": shop, "x-shopify-hmac-sha256": sign(body, by) } });
  expect(await ours(said(other.shop, "another secret"))).toBe(200);
  expect(await ours(said(other.shop, secret))).toBe(401);
  expect(await ours(said(here.shop, "another secret"))).toBe(401);
  // Nor by writing the shop's name otherwise.
  expect(await ours(said(other.shop.toUpperCase(), secret))).toBe(401);
});
