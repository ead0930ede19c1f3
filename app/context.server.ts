import { z } from "zod";
import { now } from "./clock.server.ts";
import { database } from "./db.server.ts";
import { env } from "./env.server.ts";
import type { Context } from "./flows/context.ts";
import { installShop } from "./flows/shop/install-shop.ts";
import { log } from "./log.server.ts";
import { fingerprint } from "./secrets.server.ts";
import { adminFor, credentialsFor, shopifyFor, shopNamed } from "./shopify.server.ts";

export type ShopPlace = { shop: string; programId: string; shopId: string };

/** Everything a flow needs, for one programme. */
export function contextFor(scope: Context["scope"], actor: string): Context {
  return {
    db: database(),
    scope,
    now,
    actor,
    adminOf: async (shopId) => adminFor(await domainOf(scope.programId, shopId)),
    fingerprint,
    passing,
  };
}

/** A member of the merchant's staff in the embedded admin. Installs the shop at its first visit. */
export async function asMerchant(request: Request) {
  const { shop, audience } = claimOf(request);
  const credentials = await credentialsFor(shop, audience);
  const library = shopifyFor(credentials, "embedded");
  const { session, redirect: leave, sessionToken } = await library.authenticate.admin(request);
  if (sessionToken && hostOf(sessionToken.iss) !== hostOf(sessionToken.dest))
    throw new Response("This token was not issued by its shop.", { status: 401 });
  // Whoever knows the secret of one custom app could sign a token that names another app's shop.
  if ((await credentialsFor(session.shop, audience)).apiKey !== credentials.apiKey)
    throw new Response("This token is not for this shop.", { status: 401 });

  const place = (await placeOf(session.shop)) ?? (await install(session.shop, credentials.apiKey));
  const scope = { programId: place.programId, shopId: place.shopId };
  return { context: contextFor(scope, `staff:${sessionToken?.sub ?? "unknown"}`), place, credentials, redirect: leave };
}

/** What Shopify adds to the address of a proxied request. The rest of the query is the shopper's. */
export const signedByShopify = ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"];

/** A shopper on the storefront, as Shopify's signed app proxy names them; customerGid is null when nobody is logged in. */
export async function asShopper(request: Request) {
  const query = new URL(request.url).searchParams;
  const shop = query.get("shop");
  const customerId = query.get("logged_in_customer_id");
  // The signature covers a name that is there twice as both values in a row: the first may be what the shopper wrote.
  const isTwice = signedByShopify.some((name) => query.getAll(name).length > 1);
  if (isTwice || !shop || shop !== shopNamed(shop) || (customerId && !/^\d+$/.test(customerId)))
    throw new Response("This is not a request of Shopify's app proxy.", { status: 400 });
  const signed = shopifyFor(await credentialsFor(shop), "signed");
  await signed.authenticate.public.appProxy(request);

  const place = await placeOf(shop);
  if (!place) throw new Response("This shop has no loyalty programme.", { status: 404 });
  return {
    context: contextFor({ programId: place.programId, shopId: place.shopId }, "shopper"),
    place,
    customerGid: customerId ? `gid://shopify/Customer/${customerId}` : null,
  };
}

/** Where a shop that has the app installed belongs. */
export async function placeOf(shop: string): Promise<ShopPlace | undefined> {
  const [row] = await database().global<{ program_id: string; shop_id: string }>(
    "select program_id, shop_id from shop_directory where shop = $1 and program_id is not null and installed_at is not null and uninstalled_at is null",
    [shop],
  );
  return row ? { shop, programId: row.program_id, shopId: row.shop_id } : undefined;
}

async function install(shop: string, apiKey: string): Promise<ShopPlace> {
  const place = await installShop({ db: database(), now, admin: adminFor(shop), apiKey });
  log.info({ shop, programId: place.programId }, "installed");
  return place;
}

async function domainOf(programId: string, shopId: string): Promise<string> {
  const [row] = await database().global<{ shop: string }>("select shop from shop_directory where program_id = $1 and shop_id = $2", [
    programId,
    shopId,
  ]);
  if (!row) throw new Error(`Programme ${programId} has no shop ${shopId}.`);
  return row.shop;
}

// Which shop and app a request says it is from. Nothing is believed yet: it chooses the secret to verify with.
function claimOf(request: Request): { shop: string | null; audience: string | undefined } {
  const url = new URL(request.url);
  const token = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? url.searchParams.get("id_token");
  const claims = token ? claimsOf(token) : undefined;
  return { shop: claims?.dest ? hostOf(claims.dest) : url.searchParams.get("shop"), audience: claims?.aud };
}

const claimed = z.object({ dest: z.string(), aud: z.string().regex(/^[\w-]{1,100}$/) }).partial();

function claimsOf(token: string): z.infer<typeof claimed> | undefined {
  try {
    return claimed.parse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")));
  } catch {
    return undefined;
  }
}

const hostOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).hostname : null);

// A test names a point and the process dies there as by a power cut. Refused in production by env().
function passing(point: string): void {
  if (env().LAUREL_CRASH_AT !== point) return;
  log.warn({ point }, "crash point reached");
  process.kill(process.pid, "SIGKILL");
  // The signal is on its way; nothing after this line may happen.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
