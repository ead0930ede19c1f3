import { createHmac, randomUUID } from "node:crypto";
import { Liquid } from "liquidjs";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Context } from "../../app/flows/context.ts";
import { giveGift } from "../../app/flows/gifts/give-gift.ts";
import { drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { receiveEvents } from "../../app/flows/receiving/receive-event.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import type { AShop } from "../support/a-shop.ts";
import { aContext, aMember, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programme } from "../support/rules.ts";

const at = useDatabase();
const secret = "the app's secret";
let routes: {
  account: typeof import("../../app/routes/proxy._index.ts");
  redeem: typeof import("../../app/routes/proxy.redeem.ts");
  handBack: typeof import("../../app/routes/proxy.hand-back.ts");
  card: typeof import("../../app/routes/proxy.card.ts");
};

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
  routes = {
    account: await import("../../app/routes/proxy._index.ts"),
    redeem: await import("../../app/routes/proxy.redeem.ts"),
    handBack: await import("../../app/routes/proxy.hand-back.ts"),
    card: await import("../../app/routes/proxy.card.ts"),
  };
  const { closeDatabase } = await import("../../app/db.server.ts");
  return closeDatabase;
});

/** Shopify as far as codes go. */
const shopify = { codes: new Map<string, { id: string; status: string }>(), calls: [] as string[], down: false };

beforeEach(() => {
  shopify.codes.clear();
  shopify.calls = [];
  shopify.down = false;
  vi.stubGlobal("fetch", async (_: string, init: RequestInit) => {
    if (shopify.down) throw new TypeError("fetch failed");
    const { query, variables } = JSON.parse(String(init.body));
    shopify.calls.push(/(?:mutation|query) (\w+)/.exec(query)?.[1] ?? "");
    return Response.json({ data: answer(query, variables) });
  });
});

afterEach(() => vi.unstubAllGlobals());

function answer(query: string, variables: { basicCodeDiscount?: { code: string }; code?: string; id?: string }): object {
  if (query.includes("discountCodeBasicCreate")) {
    const code = variables.basicCodeDiscount?.code ?? "";
    const node = { id: `gid://shopify/DiscountCodeNode/${shopify.codes.size + 1}`, status: "ACTIVE" };
    shopify.codes.set(code, node);
    return { discountCodeBasicCreate: { codeDiscountNode: { id: node.id }, userErrors: [] } };
  }
  if (query.includes("discountCodeDeactivate")) {
    for (const node of shopify.codes.values()) if (node.id === variables.id) node.status = "EXPIRED";
    return { discountCodeDeactivate: { codeDiscountNode: { id: variables.id }, userErrors: [] } };
  }
  const found = shopify.codes.get(variables.code ?? "");
  return { codeDiscountNodeByCode: found ? { id: found.id, codeDiscount: { status: found.status, asyncUsageCount: 0 } } : null };
}

type Ask = {
  query?: Record<string, string>;
  customerId?: string | null;
  form?: Record<string, string>;
  json?: object;
  headers?: Record<string, string>;
  key?: string;
};

/** A request as Shopify's proxy signs and sends it. */
function signed(shop: string, path: string, ask: Ask): Request {
  const params: Record<string, string> = {
    ...ask.query,
    shop,
    logged_in_customer_id: ask.customerId ?? "",
    path_prefix: "/apps/laurel",
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const text = Object.keys(params)
    .sort()
    .map((key) => `${key}=${params[key]}`)
    .join("");
  const signature = createHmac("sha256", ask.key ?? secret)
    .update(text)
    .digest("hex");
  const url = `https://app.test/proxy${path}?${new URLSearchParams({ ...params, signature })}`;
  if (ask.form) return new Request(url, { method: "POST", body: new URLSearchParams(ask.form), headers: ask.headers ?? {} });
  if (ask.json) {
    const headers = { "content-type": "application/json", accept: "application/json", ...ask.headers };
    return new Request(url, { method: "POST", body: JSON.stringify(ask.json), headers });
  }
  return new Request(url, { headers: ask.headers ?? {} });
}

type Route = (args: never) => Promise<Response>;
async function go(route: Route, request: Request): Promise<Response> {
  try {
    return await route({ request, params: {}, context: {} } as never);
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

type Ann = AShop & { context: Context; customerId: string; customerGid: string; memberId: string };

async function ann(points: number, state: Parameters<typeof aShop>[1] = {}): Promise<Ann> {
  const place = await aShop(at, state);
  await at.owner.query(`insert into session (id, shop, state, "accessToken", expires) values ($1, $2, '', $3, now() + interval '1 hour')`, [
    `offline_${place.shop}`,
    place.shop,
    (await import("../../app/secrets.server.ts")).seal("token", `access offline_${place.shop}`),
  ]);
  const context = aContext(at, place.scope, () => {
    throw new Error("not asked");
  });
  return { ...place, context, ...(await aMember(context, at, { points })) };
}

const balance = async ({ memberId }: Ann) =>
  (await at.owner.query("select available::int, reserved::int from balance where member_id = $1", [memberId])).rows[0];

const tap = (who: Ann, request: string = randomUUID(), more: object = {}) =>
  go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, json: { reward: "five-off", request, ...more } }));

const confirmForm = async (who: Ann): Promise<Record<string, string>> => {
  const page = await go(
    routes.redeem.loader,
    signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "five-off", return: "/products/tea" } }),
  );
  return hiddenOf(await page.text());
};

const hiddenOf = (page: string): Record<string, string> =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name ?? "", value ?? ""]),
  );

test("one tap with script gives a code and the address that puts it on the cart", async () => {
  const who = await ann(600);
  const response = await tap(who);
  expect(response.status).toBe(200);
  const { code, url } = await response.json();
  expect([...shopify.codes.keys()]).toEqual([code]);
  expect(url).toBe(`/discount/${code}?redirect=%2Fcart`);
  expect(response.headers.get("cache-control")).toContain("no-store");
  expect(await balance(who)).toEqual({ available: 100, reserved: 500 });
});

test("the same tap, sent twice at once and again later, gives one code", async () => {
  const who = await ann(1200);
  const request = randomUUID();
  const answers = await Promise.all([tap(who, request), tap(who, request)]);
  answers.push(await tap(who, request));
  const codes = await Promise.all(answers.map(async (one) => (await one.json()).code));
  expect(codes[0]).toMatch(/^LRL-/);
  expect(new Set(codes).size).toBe(1);
  expect(await balance(who)).toEqual({ available: 700, reserved: 500 });
});

test("without script a page asks once more, and its form leads to the cart with the code", async () => {
  const who = await ann(600);
  const page = await go(
    routes.redeem.loader,
    signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "five-off", return: "/products/tea" } }),
  );
  expect(page.headers.get("content-type")).toBe("application/liquid");
  const text = await page.text();
  expect(text).toContain('<form method="post" action="/apps/laurel/redeem">');
  expect(shopify.calls).toEqual([]);
  expect(await balance(who)).toEqual({ available: 600, reserved: 0 });

  const form = hiddenOf(text);
  const response = await go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, form }));
  const [code] = [...shopify.codes.keys()];
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe(`/discount/${code}?redirect=%2Fproducts%2Ftea`);

  const again = await go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, form }));
  expect(again.headers.get("location")).toBe(response.headers.get("location"));
  expect(await balance(who)).toEqual({ available: 100, reserved: 500 });
});

test("who comes back to the page is shown the code they have", async () => {
  const who = await ann(600);
  await tap(who);
  const page = await go(routes.redeem.loader, signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "five-off" } }));
  expect(await page.text()).toContain(`href="/discount/${[...shopify.codes.keys()][0]}?redirect=%2Fcart"`);
});

test("a form's id is good for one shopper and one reward, and cannot be made up", async () => {
  const who = await ann(600);
  const form = await confirmForm(who);
  const other = await aMember(who.context, at, { points: 600 });
  const post = (customerId: string, changed: Record<string, string>) =>
    go(routes.redeem.action, signed(who.shop, "/redeem", { customerId, form: { ...form, ...changed } }));

  expect((await post(other.customerId, {})).status).toBe(400);
  expect((await post(who.customerId, { reward: "another" })).status).toBe(400);
  expect((await post(who.customerId, { request: `${randomUUID()}.9999999999.made-up` })).status).toBe(400);
  expect((await post(who.customerId, { request: "" })).status).toBe(400);
  expect(shopify.codes.size).toBe(0);
});

test("a form that was open for too long is refused with what to do", async () => {
  const who = await ann(600);
  const form = await confirmForm(who);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 13 * 3_600_000 });
  try {
    const response = await go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, form }));
    expect(response.status).toBe(409);
    expect(await response.text()).toContain("Please open the reward again");
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a sister site", { "sec-fetch-site": "same-site" }],
  ["an origin that is not the shop's", { origin: "https://evil.test", "x-forwarded-host": "shop.test" }],
  ["nowhere", { origin: "null" }],
])("a tap that came from %s is refused", async (_, headers) => {
  const who = await ann(600);
  const form = await confirmForm(who);
  const response = await go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, form, headers }));
  expect(response.status).toBe(403);
  expect(shopify.codes.size).toBe(0);
});

test("a tap from the shop's own page is heard", async () => {
  const who = await ann(600);
  const form = await confirmForm(who);
  const headers = { "sec-fetch-site": "same-origin", origin: "http://localhost:4001" };
  expect((await go(routes.redeem.action, signed(who.shop, "/redeem", { customerId: who.customerId, form, headers }))).status).toBe(303);
});

test("a request that Shopify did not sign is not answered", async () => {
  const who = await ann(600);
  const request = signed(who.shop, "/redeem", {
    customerId: who.customerId,
    json: { reward: "five-off", request: randomUUID() },
    key: "guess",
  });
  expect((await go(routes.redeem.action, request)).status).toBe(400);
});

test("who is not signed in goes to sign in and comes back", async () => {
  const { shop } = await ann(0);
  const page = await go(routes.redeem.loader, signed(shop, "/redeem", { query: { reward: "five-off" } }));
  expect(page.status).toBe(303);
  expect(page.headers.get("location")).toBe(`/account/login?return_url=${encodeURIComponent("/apps/laurel/redeem?reward=five-off")}`);
  const home = await go(routes.account.loader, signed(shop, "", {}));
  expect(home.headers.get("location")).toBe("/account/login?return_url=%2Fapps%2Flaurel");
  const script = await go(routes.redeem.action, signed(shop, "/redeem", { json: { reward: "five-off", request: randomUUID() } }));
  expect(script.status).toBe(401);
  expect(await script.json()).toEqual({ login: "/account/login" });
});

test("too few points is a sentence, and costs nothing", async () => {
  const who = await ann(499);
  const response = await tap(who);
  expect(response.status).toBe(409);
  expect((await response.json()).sentence).toContain("500 points");
  expect(await balance(who)).toEqual({ available: 499, reserved: 0 });
  const page = await go(routes.redeem.loader, signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "five-off" } }));
  expect(page.status).toBe(409);
  expect(await page.text()).toContain("You need 1 point more for this reward.");
});

test("the sixth reward within a minute is refused, while the fifth may still be asked for again", async () => {
  const who = await ann(5000);
  const requests = Array.from({ length: 5 }, () => randomUUID());
  for (const request of requests) expect((await tap(who, request)).status).toBe(200);
  const sixth = await tap(who);
  expect(sixth.status).toBe(429);
  expect(sixth.headers.get("retry-after")).toBe("60");
  expect((await sixth.json()).sentence).toContain("wait a minute");
  expect((await tap(who, requests[4])).status).toBe(200);
  expect(await balance(who)).toEqual({ available: 2500, reserved: 2500 });
});

test("when Shopify does not answer the points are safe, and the same tap gets its code later", async () => {
  const who = await ann(600);
  const request = randomUUID();
  shopify.down = true;
  const response = await tap(who, request);
  expect(response.status).toBe(503);
  expect((await response.json()).sentence).toContain("your points are safe");
  expect(await balance(who)).toEqual({ available: 100, reserved: 500 });
  shopify.down = false;
  expect((await tap(who, request)).status).toBe(200);
  expect(await balance(who)).toEqual({ available: 100, reserved: 500 });
}, 90_000);

test("a tap whose code was handed back is settled: the script asks anew", async () => {
  const who = await ann(600);
  const request = randomUUID();
  await tap(who, request);
  const { redemption_id } = (await at.owner.query("select redemption_id from redemption where member_id = $1", [who.memberId])).rows[0];
  const back = await go(
    routes.handBack.action,
    signed(who.shop, "/hand-back", { customerId: who.customerId, json: { redemption: redemption_id } }),
  );
  expect(await back.json()).toMatchObject({ handedBack: true });
  expect([...shopify.codes.values()]).toMatchObject([{ status: "EXPIRED" }]);
  const again = await tap(who, request);
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ settled: true, again: true });
});

test("a code is handed back by its own shopper only, and without script by a form", async () => {
  const who = await ann(600);
  await tap(who);
  const other = await aMember(who.context, at, { points: 0 });
  const { redemption_id: redemption } = (await at.owner.query("select redemption_id from redemption where member_id = $1", [who.memberId]))
    .rows[0];
  const ask = (customerId: string, more: Ask) => signed(who.shop, "/hand-back", { customerId, ...more });

  expect((await go(routes.handBack.loader, ask(other.customerId, { query: { redemption } }))).status).toBe(404);
  expect((await go(routes.handBack.action, ask(other.customerId, { json: { redemption } }))).status).toBe(404);
  expect((await go(routes.handBack.action, ask(who.customerId, { json: { redemption: "' or 1=1" } }))).status).toBe(404);
  expect([...shopify.codes.values()]).toMatchObject([{ status: "ACTIVE" }]);

  const page = await go(routes.handBack.loader, ask(who.customerId, { query: { redemption } }));
  const response = await go(routes.handBack.action, ask(who.customerId, { form: hiddenOf(await page.text()) }));
  expect(response.headers.get("location")).toBe("/apps/laurel?notice=handed-back&locale=en");
  const home = await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId, query: { notice: "handed-back" } }));
  expect(await home.text()).toContain('<p role="status">Handed back.');
});

test("the account page says the balance, the reasons, the rewards and the codes", async () => {
  const who = await ann(1100);
  await tap(who);
  const page = await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId }));
  const text = await page.text();
  expect(text).toContain('<p class="laurel-balance">600 points</p>');
  expect(text).toContain("Staff added 1,100 points: A gift.");
  expect(text).toContain("500 points set aside for “Thank you”.");
  expect(text).toContain("<strong>+1,100 points</strong>");
  expect(text).toContain("<strong>-500 points</strong>");
  expect(text).toContain([...shopify.codes.keys()][0]);
  expect(text).toContain('href="/apps/laurel/redeem?reward=five-off&amp;locale=en"');
});

test("the account page speaks French to a French browser", async () => {
  const who = await ann(600);
  const page = await go(
    routes.account.loader,
    signed(who.shop, "", { customerId: who.customerId, headers: { "accept-language": "fr-FR,fr;q=0.9" } }),
  );
  const text = await page.text();
  expect(text).toContain("<h1>Vos points</h1>");
  expect(text).toContain("La boutique a ajouté 600 points : A gift.");
});

test("the account page says why an order earned what it earned, and what would have earned more, without script", async () => {
  const definition = programme({
    earning: [
      { id: "shopping", name: "Shopping", award: { kind: "per amount", points: 1, per: 100, unit: "points" } },
      { id: "big", name: "Big basket", award: { kind: "fixed", points: 50, unit: "points" }, minimum: 5_000 },
    ],
  });
  const who = await ann(0, { definition });
  const body = orderBody({ id: 4201, customer: who.customerId, lines: [{ price: "42.00" }] });
  const heard = { shop: who.shop, topic: "orders/updated", webhookId: randomUUID(), eventId: null, apiVersion: "2026-10" };
  await receiveEvents(at.db, [{ ...heard, triggeredAt: new Date(body.updated_at), body: JSON.stringify(body) }], new Date());
  const failed = (_: unknown, error: unknown) => {
    throw error;
  };
  while ((await drainProgramme({ ...who.context, settled: () => undefined, failed }, who.scope.programId)) > 0);
  const page = await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId, query: { locale: "fr" } }));
  const text = (await page.text()).replace(/[\u00a0\u202f]/g, " ");
  expect(text).toContain("<details><summary>Pourquoi 42 points ?</summary>");
  expect(text).toContain("<li>Big basket n’a rien donné : la commande faisait 42 $ et la règle demande 50 $.</li>");
  expect(text).toContain("<li>8 $ de plus auraient donné 58 points de plus.</li>");
});

test("words are shown and never run, neither as markup nor as Liquid", async () => {
  const nasty = '{{ 7 | times: 6 }}{% raw %}<script>alert("x")</script>';
  const simple = simplePoints(100);
  const definition = { ...simple, rewards: simple.rewards.map((reward) => ({ ...reward, name: nasty })) };
  const who = await ann(600, { definition });
  for (const request of [
    go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId })),
    go(
      routes.redeem.loader,
      signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "five-off", return: '/x"><script>{{1}}' } }),
    ),
  ]) {
    const source = await (await request).text();
    const shown = await new Liquid().parseAndRender(source);
    expect(shown).toBe(source);
    expect(shown).not.toContain("<script");
    expect(shown).toContain("&#123;&#123; 7 | times: 6 &#125;&#125;");
  }
});

test("another place is never gone to", async () => {
  const who = await ann(600);
  const { url } = await (await tap(who, randomUUID(), { return: "//evil.test" })).json();
  expect(url).toMatch(/\?redirect=%2Fcart$/);
});

test("before the programme is live the page says so and no reward can be had", async () => {
  const who = await ann(600, { phase: "off" });
  expect((await tap(who)).status).toBe(409);
  const page = await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId }));
  expect(await page.text()).toContain("not open for you at the moment");
});

test("the card is told as it stands, and kept by nobody", async () => {
  const who = await ann(600);
  const response = await go(routes.card.loader, signed(who.shop, "/card", { customerId: who.customerId }));
  expect(response.headers.get("cache-control")).toContain("no-store");
  expect(await response.json()).toMatchObject({ v: 1, points: 600, affordable: ["five-off"] });
});

test("who signs in for the first time claims what they earned as a guest", async () => {
  const who = await ann(0);
  const email = "ann@example.com";
  await at.owner.query("update member set email = $2 where member_id = $1", [who.memberId, email]);
  const guest = await aMember(who.context, at, { points: 300 });
  const { fingerprint } = await import("../../app/secrets.server.ts");
  await at.owner.query("update customer set customer_gid = $2, has_account = false where customer_gid = $1", [
    guest.customerGid,
    `guest:${fingerprint(`guest of ${who.scope.programId}`, email)}`,
  ]);
  const page = await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId }));
  expect(await page.text()).toContain('<p class="laurel-balance">300 points</p>');
});

test("stamps are shown as so many of so many, beside the points and the badges", async () => {
  const [five] = simplePoints(100).rewards;
  if (!five) throw new Error("The simple programme has a reward.");
  const definition = programme({
    units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, holdDays: 0, expiry: { kind: "never" } }],
    badges: [{ id: "regular", name: "Regular" }],
    earning: [{ id: "coffee", award: { kind: "fixed", points: 1, unit: "stamps" } }],
    rewards: [{ ...five, id: "coffee", name: "A coffee", points: 9, unit: "stamps" }],
  });
  const who = await ann(5000, { definition });
  const gift = { kind: "points" as const, points: 6, unit: "stamps" };
  const wish = { memberId: who.memberId, gift, cause: "head start", why: "Head start", now: new Date(), actor: "test" };
  await who.context.db.inProgramme(who.scope, (tx) => giveGift(tx, wish));
  await at.owner.query(
    `insert into gift (program_id, gift_id, member_id, cause, rule_id, kind, what, state, created_at, changed_at)
     values ($1, gen_random_uuid(), $2, 'test', 'test', 'badge', 'regular', 'given', now(), now())`,
    [who.scope.programId, who.memberId],
  );
  const page = async () => (await go(routes.account.loader, signed(who.shop, "", { customerId: who.customerId }))).text();
  const six = await page();
  expect(six).toContain("6 of 9 stamps for A coffee.");
  expect(six).toContain("Badges: Regular");
  expect(six).toContain("6 stamps given: Head start.");
  expect(six).toContain("3 stamps more needed");
  const refused = await go(routes.redeem.loader, signed(who.shop, "/redeem", { customerId: who.customerId, query: { reward: "coffee" } }));
  expect(await refused.text()).toContain("You need 3 stamps more for this reward.");
  await who.context.db.inProgramme(who.scope, (tx) => giveGift(tx, { ...wish, gift: { ...gift, points: 3 }, cause: "three more" }));
  expect(await page()).toContain("Redeem A coffee for 9 stamps");
});
