// The token endpoint as an app meets it.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readSessionToken, sessionToken } from "../../sandbox/session-token.ts";
import { app, type SmallWorld, smallWorld } from "./admin-world.ts";
import { type ShopifyServer, shopifyServer } from "./shopify-server.ts";

let small: SmallWorld;
let shopify: ShopifyServer;

beforeEach(async () => {
  small = smallWorld();
  shopify = await shopifyServer(small.world);
});
afterEach(async () => {
  vi.useRealTimers();
  await shopify.close();
});

const credentials = { client_id: app.apiKey, client_secret: app.secret };
const exchange = (more: object = {}) => ({
  ...credentials,
  grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
  subject_token: sessionToken(small.world, { shop: "laurel-demo", apiKey: app.apiKey }),
  subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
  requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
  expiring: "1",
  ...more,
});
const refresh = (refresh_token: string) => ({ ...credentials, grant_type: "refresh_token", refresh_token });
const token = async (body: object) => (await shopify.post("/admin/oauth/access_token", body)).body;
const asks = (accessToken: string) =>
  shopify.post("/admin/api/2026-10/graphql.json", { query: "{ shop { name } }" }, { headers: { "x-shopify-access-token": accessToken } });

test("a session token says who it is for and is refused with another secret", () => {
  const text = sessionToken(small.world, { shop: "laurel-demo", apiKey: app.apiKey, sub: "7" });
  expect(readSessionToken(text, app.secret)).toMatchObject({
    iss: "https://laurel-demo.myshopify.com/admin",
    dest: "https://laurel-demo.myshopify.com",
    aud: app.apiKey,
    sub: "7",
  });
  expect(readSessionToken(text, "another secret")).toBeNull();
  expect(readSessionToken(`${text.slice(0, -2)}xx`, app.secret)).toBeNull();
});

describe("token exchange", () => {
  test("gives an offline token that expires, with a refresh token", async () => {
    const given = await token(exchange());
    expect(given).toMatchObject({
      expires_in: 3600,
      refresh_token_expires_in: 7_776_000,
      scope: expect.stringContaining("write_customers"),
    });
    expect((await asks(given.access_token)).body.data).toEqual({ shop: { name: "Juniper & Co" } });
  });

  test.each([
    ["a forged session token", { subject_token: "a.b.c" }, 400, "invalid_subject_token"],
    ["a wrong secret", { client_secret: "no" }, 401, "invalid_client"],
    ["an unknown grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
  ])("refuses %s", async (_, more, status, error) => {
    const reply = await shopify.post("/admin/oauth/access_token", exchange(more));
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });

  test("refuses the session token of an hour ago", async () => {
    const old = exchange();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    expect((await token(old)).error).toBe("invalid_subject_token");
  });

  test("refuses a session token of another shop", async () => {
    const reply = await shopify.post("/admin/oauth/access_token", exchange(), { host: "unknown.myshopify.com" });
    expect(reply.status).toBe(404);
  });
});

describe("refresh", () => {
  test("gives a new pair, and the old refresh token stays good until the new pair is used", async () => {
    const first = await token(exchange());
    const second = await token(refresh(first.refresh_token));
    expect(second.access_token).not.toBe(first.access_token);

    // The answer may have been lost: the old one still works.
    const again = await token(refresh(first.refresh_token));
    expect(again.access_token).toMatch(/^shpat_/);

    expect((await asks(again.access_token)).status).toBe(200);
    expect((await token(refresh(first.refresh_token))).error).toBe("invalid_grant");
  });

  test("an access token is dead after its hour, its refresh token is not", async () => {
    const first = await token(exchange());
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_601_000 });
    expect((await asks(first.access_token)).status).toBe(401);
    expect((await token(refresh(first.refresh_token))).access_token).toMatch(/^shpat_/);
  });

  test("moving the sandbox's clock ends no token", async () => {
    const first = await token(exchange());
    small.world.clock.offsetMs += 40 * 86_400_000;
    expect((await asks(first.access_token)).status).toBe(200);
  });

  test("after an uninstall every token is dead", async () => {
    const first = await token(exchange());
    if (small.state.shop.installation) small.state.shop.installation.uninstalledAt = "2026-11-21T12:00:00Z";
    expect((await asks(first.access_token)).status).toBe(401);
    expect((await token(refresh(first.refresh_token))).error).toBe("invalid_grant");
    expect((await token(exchange())).error).toBe("invalid_subject_token");
  });
});
