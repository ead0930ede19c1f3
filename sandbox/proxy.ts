// Shopify's app proxy: what a shopper asks of the shop under /apps/<subpath> goes to the app, signed and without cookies.

import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import type { ShopState } from "./shop-state.ts";
import { installedApp, type World } from "./store.ts";
import { domainOf } from "./world.ts";

export type ProxyAsk = {
  /** Below the proxy's own path, such as /rewards. */
  path: string;
  query?: Record<string, string | string[]>;
  /** null: not signed in. */
  customerId: string | null;
};

/** Where the shop has the app's proxy, such as /apps/laurel. */
export const proxyPrefix = ({ config }: World): string => `/${config.proxy.prefix}/${config.proxy.subpath}`;

/** The signed address on the app itself, or undefined when no app is installed. */
export function proxyUrl(world: World, state: ShopState, { path, query = {}, customerId }: ProxyAsk): URL | undefined {
  const app = installedApp(world, state);
  if (!app) return undefined;
  const url = new URL(`${world.config.proxy.path.replace(/\/$/, "")}${path === "/" ? "" : path}`, app.url);
  const params: Record<string, string | string[]> = {
    ...query,
    shop: domainOf(state.shop),
    logged_in_customer_id: customerId ?? "",
    path_prefix: proxyPrefix(world),
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  for (const [key, value] of Object.entries(params)) for (const one of [value].flat()) url.searchParams.append(key, one);
  url.searchParams.set("signature", signatureOf(params, app.secret));
  return url;
}

/** Hex, over the sorted pairs with nothing between them. */
export function signatureOf(params: Record<string, string | string[]>, secret: string): string {
  const pairs = Object.entries(params)
    .filter(([key]) => key !== "signature")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}=${[value].flat().join(",")}`);
  return createHmac("sha256", secret).update(pairs.join("")).digest("hex");
}

export type ProxyAnswer = { status: number; headers: Record<string, string | string[]>; body: Buffer };

const agent = new Agent({ connections: 32, pipelining: 1, keepAliveTimeout: 1000 });
/** Only these travel: a proxy strips cookies and everything that would tell of the connection. */
const asked = ["accept", "accept-language", "content-type", "user-agent", "sec-fetch-site", "sec-fetch-mode", "origin", "x-requested-with"];
const answered = ["content-type", "location", "cache-control", "content-language", "vary", "etag", "last-modified"];

export async function forward(
  world: World,
  state: ShopState,
  ask: ProxyAsk & { method: string; headers: Record<string, string | string[] | undefined>; body?: Buffer },
): Promise<ProxyAnswer> {
  const url = proxyUrl(world, state, ask);
  const plain = (status: number, text: string) => ({
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: Buffer.from(text),
  });
  if (!url) return plain(404, "No app answers here.");
  const headers = Object.fromEntries(asked.flatMap((name) => (ask.headers[name] === undefined ? [] : [[name, ask.headers[name]]])));
  try {
    const answer = await request(url, {
      method: ask.method as "GET" | "POST",
      dispatcher: agent,
      headers: { ...headers, "x-forwarded-host": domainOf(state.shop), "x-forwarded-proto": "https" },
      body: ask.body && ask.body.length > 0 && ask.method !== "GET" && ask.method !== "HEAD" ? ask.body : null,
      signal: AbortSignal.timeout(15_000),
    });
    const kept = Object.fromEntries(
      answered.flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]])),
    ) as ProxyAnswer["headers"];
    return { status: answer.statusCode, headers: kept, body: Buffer.from(await answer.body.arrayBuffer()) };
  } catch (error) {
    return plain(502, `There was an error in the third-party application: ${error instanceof Error ? error.message : String(error)}`);
  }
}
