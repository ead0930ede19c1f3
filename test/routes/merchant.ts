import { createHmac, randomUUID } from "node:crypto";
import type { LoaderFunctionArgs } from "@remix-run/node";
import { beforeAll } from "vitest";
import { type AShop, aShop } from "../support/a-shop.ts";
import { type TestDatabase, useDatabase } from "../support/database.ts";

export const key = "the-app-key";
const secret = "the app's secret";
const browser = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

export type Merchant = {
  at: TestDatabase;
  /** Calls a route's loader or action as the browser of a shop's staff does. */
  ask: <T>(route: (args: LoaderFunctionArgs) => Promise<T> | T, wish: Wish) => Promise<T>;
  shop: () => AShop;
  /** A shop that has the app installed and its token kept. */
  anotherShop: () => Promise<AShop>;
};

export type Wish = { path: string; params?: Record<string, string>; body?: object | FormData; from?: AShop; token?: string | null };

/** A database with a shop, and a merchant whose requests carry session tokens as App Bridge makes them. */
export function useMerchant(): Merchant {
  const at = useDatabase();
  let shop: AShop;

  beforeAll(async () => {
    Object.assign(process.env, {
      NODE_ENV: "test",
      DATABASE_URL: at.url,
      SHOPIFY_API_KEY: key,
      SHOPIFY_API_SECRET: secret,
      SHOPIFY_APP_URL: "https://app.test",
      LAUREL_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      LOG_LEVEL: "silent",
    });
    shop = await installed();
    const { closeDatabase } = await import("../../app/db.server.ts");
    return closeDatabase;
  });

  const installed = async (): Promise<AShop> => {
    const { credentialsFor, shopifyFor } = await import("../../app/shopify.server.ts");
    const { Session } = await import("@shopify/shopify-api");
    const made = await aShop(at);
    const app = shopifyFor(await credentialsFor(made.shop), "embedded");
    const expires = new Date(Date.now() + 3_600_000);
    const id = `offline_${made.shop}`;
    await app.sessionStorage.storeSession(new Session({ id, shop: made.shop, state: "", isOnline: false, accessToken: "token", expires }));
    return made;
  };

  return {
    at,
    shop: () => shop,
    anotherShop: installed,
    ask: async (route, { path, params = {}, body, from = shop, token = sessionToken(from.shop) }) => {
      const headers = new Headers({ "user-agent": browser, ...(token ? { authorization: `Bearer ${token}` } : {}) });
      if (body && !(body instanceof FormData)) headers.set("content-type", "application/json");
      const request = new Request(`https://app.test${path}`, {
        method: body ? "POST" : "GET",
        headers,
        ...(body ? { body: body instanceof FormData ? body : JSON.stringify(body) } : {}),
      });
      return route({ request, params, context: {} });
    },
  };
}

/** What App Bridge hands to the page: signed with the app's secret, good for a minute. */
export function sessionToken(shop: string, change: { secret?: string; aud?: string; exp?: number } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://${shop}/admin`,
    dest: `https://${shop}`,
    aud: change.aud ?? key,
    sub: "42",
    exp: change.exp ?? now + 60,
    nbf: now - 1,
    iat: now - 1,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", change.secret ?? secret)
    .update(signed)
    .digest("base64url")}`;
}
