import { now } from "./clock.server.ts";
import { database } from "./db.server.ts";
import { env } from "./env.server.ts";
import type { Context } from "./flows/context.ts";
import { installShop } from "./flows/install-shop.ts";
import { log } from "./log.server.ts";
import { fingerprint } from "./secrets.server.ts";
import { adminFor, credentialsFor, shopifyFor } from "./shopify.server.ts";

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
  // Whoever knows the secret of one custom app could sign a token that names another app's shop.
  if ((await credentialsFor(session.shop, audience)).apiKey !== credentials.apiKey)
    throw new Response("This token is not for this shop.", { status: 401 });

  const place = (await placeOf(session.shop)) ?? (await install(session.shop, credentials.apiKey));
  const scope = { programId: place.programId, shopId: place.shopId };
  return { context: contextFor(scope, `staff:${sessionToken?.sub ?? "unknown"}`), place, credentials, redirect: leave };
}

/** A shopper on the storefront, as Shopify's signed app proxy names them; customerGid is null when nobody is logged in. */
export async function asShopper(request: Request) {
  const shop = new URL(request.url).searchParams.get("shop");
  const credentials = await credentialsFor(shop);
  const signed = shopifyFor(credentials, "signed");
  await signed.authenticate.public.appProxy(request);

  const place = shop ? await placeOf(shop) : undefined;
  if (!place) throw new Response("This shop has no loyalty programme.", { status: 404 });
  const customerId = new URL(request.url).searchParams.get("logged_in_customer_id");
  return {
    context: contextFor({ programId: place.programId, shopId: place.shopId }, "shopper"),
    place,
    customerGid: customerId ? `gid://shopify/Customer/${customerId}` : null,
  };
}

/** Where a shop that has the app installed belongs. */
export async function placeOf(shop: string): Promise<ShopPlace | undefined> {
  const [row] = await database().global<{ program_id: string; shop_id: string }>(
    "select program_id, shop_id from shop_directory where shop = $1 and program_id is not null and uninstalled_at is null",
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
  const shop = claims?.dest?.replace(/^https?:\/\//, "") ?? url.searchParams.get("shop");
  return { shop, audience: claims?.aud };
}

function claimsOf(token: string): { dest?: string; aud?: string } | undefined {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as { dest?: string; aud?: string };
  } catch {
    return undefined;
  }
}

// A test names a point and the process dies there as by a power cut. Refused in production by env().
function passing(point: string): void {
  if (env().LAUREL_CRASH_AT !== point) return;
  log.warn({ point }, "crash point reached");
  process.kill(process.pid, "SIGKILL");
  // The signal is on its way; nothing after this line may happen.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
