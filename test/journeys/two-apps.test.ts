import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { signatureOf } from "../../sandbox/proxy.ts";
import { sessionToken } from "../../sandbox/session-token.ts";
import type { Customer } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";

const browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

describe("two shops of two Shopify apps in one installation", () => {
  const town = useTown({ shops: { juniper: {}, kiso: { app: "second", plan: "basic" }, stranger: { app: "second", notInstalled: true } } });
  const juniper = () => town.shop("juniper");
  const kiso = () => town.shop("kiso");
  let ann: Customer;
  let chie: Customer;

  beforeAll(async () => {
    ann = await juniper().customer({ firstName: "Annabel", email: "annabel@example.com" });
    chie = await kiso().customer({ firstName: "Chie", email: "chie@example.com" });
    await juniper().order(ann, { dollars: 640 });
    await kiso().order(chie, { dollars: 700 });
    await town.settled();
  });

  const webhook = (secret: string, headers: Record<string, string> = {}) => {
    const body = JSON.stringify({ id: 1 });
    return fetch(`${town.app}/webhooks/orders`, {
      method: "POST",
      headers: {
        "x-shopify-topic": "orders/paid",
        "x-shopify-shop-domain": juniper().domain,
        "x-shopify-webhook-id": randomUUID(),
        "x-shopify-api-version": "2026-10",
        "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
        ...headers,
      },
      body,
    });
  };
  const inbox = async () => (await town.owner.query<{ kept: number }>("select count(*)::int as kept from inbox")).rows[0]?.kept;

  test("a webhook in one shop's name signed by the other's app is turned away and not kept", async () => {
    const before = await inbox();
    expect((await webhook(town.apps.second.secret)).status).toBe(401);
    expect((await webhook(town.apps.first.secret, { "x-shopify-shop-domain": kiso().domain })).status).toBe(401);
    expect((await webhook("")).status).toBe(401);
    expect(await inbox()).toBe(before);
  });

  test("a shopper's request signed by the other's app is turned away", async () => {
    const asked = (secret: string) => {
      const params = {
        shop: juniper().domain,
        logged_in_customer_id: ann.id,
        path_prefix: "/apps/laurel",
        timestamp: String(Math.floor(Date.now() / 1000)),
      };
      return fetch(`${town.app}/proxy/card?${new URLSearchParams({ ...params, signature: signatureOf(params, secret) })}`, {
        headers: { accept: "application/json" },
      });
    };
    const right = await asked(town.apps.first.secret);
    expect(await right.json()).toMatchObject({ points: 640 });
    const wrong = await asked(town.apps.second.secret);
    expect([400, 401]).toContain(wrong.status);
    expect(await wrong.text()).not.toContain("640");
  });

  const page = (path: string, token: string) =>
    fetch(new URL(path, town.app), {
      headers: { authorization: `Bearer ${token}`, accept: "*/*", "user-agent": browser },
      redirect: "manual",
    });
  const members = "/app/members?_data=routes/app.members._index";

  test("staff of one shop see its members; a token signed by the other's app opens nothing", async () => {
    const own = await page(members, juniper().token());
    expect(own.status).toBe(200);
    expect(await own.text()).toContain("Annabel");

    const { world } = town.sandbox;
    const claims = JSON.parse(Buffer.from(juniper().token().split(".")[1] ?? "", "base64url").toString()) as object;
    const forged = [
      // The second app's own token, naming a shop of the first app.
      sessionToken(world, { shop: "juniper", apiKey: town.apps.second.apiKey }),
      // The same, and it says that it is for the first app.
      signed(claims, town.apps.second.secret),
      // Signed by nobody.
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`,
    ];
    for (const token of forged) {
      const answer = await page(members, token);
      expect(answer.status).toBeGreaterThanOrEqual(300);
      expect(await answer.text()).not.toContain("Annabel");
    }
    // And the first app's secret opens nothing of the second's shop.
    const other = await page(members, sessionToken(world, { shop: "kiso", apiKey: town.apps.first.apiKey }));
    expect(other.status).toBeGreaterThanOrEqual(300);
  });

  test("a token that names a shop in which its app is not installed installs nothing", async () => {
    const token = sessionToken(town.sandbox.world, { shop: "stranger", apiKey: town.apps.first.apiKey });
    expect((await page(members, token)).status).toBeGreaterThanOrEqual(300);
    const { rows } = await town.owner.query(
      "select installed_at from shop_directory where shop = 'stranger.myshopify.com' and installed_at is not null",
    );
    expect(rows).toEqual([]);
  });

  test("a member of one shop cannot be opened in the other", async () => {
    const { rows } = await town.owner.query<{ id: string }>("select member_id as id from member where name like 'Annabel%'");
    const path = `/app/members/${rows[0]?.id}?_data=${encodeURIComponent("routes/app.members.$memberId")}`;
    expect((await page(path, juniper().token())).status).toBe(200);
    const other = await page(path, kiso().token());
    expect(other.status).toBe(404);
    expect(await other.text()).not.toContain("Annabel");
    expect(await (await page(members, kiso().token())).text()).not.toContain("Annabel");
  });

  test("a shop without approval for protected data works by customer ids alone", async () => {
    const { programId } = await kiso().place();
    const { rows } = await town.owner.query("select name, email from member where program_id = $1", [programId]);
    expect(rows).toEqual([{ name: null, email: null }]);

    const shopper = await kiso().shopper(chie);
    expect((await shopper.visit("/pages/rewards")).text).toMatch(/laurel__balance">\s*700 points/);
    const sent = await shopper.redeem();
    expect(sent.status).toBe(303);
    const [redemption] = await kiso().redemptions(chie);
    await kiso().order(chie, { dollars: 30, codes: [redemption?.code ?? ""] });
    await town.settled();
    expect(await kiso().redemptions(chie)).toMatchObject([{ state: "used", given: 500, charged: 500 }]);
    expect(await kiso().held(chie)).toMatchObject({ available: 225, reserved: 0 });
    const bodies = await town.owner.query("select 1 from inbox where shop = $1 and body like '%chie@example.com%'", [kiso().domain]);
    expect(bodies.rows).toEqual([]);
    expect(await town.wrong()).toEqual([]);
  });
});

function signed(claims: object, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
