import "@shopify/shopify-app-remix/adapters/node";
import { remember } from "@epic-web/remember";
import { ApiVersion, type Session } from "@shopify/shopify-api";
import { AppDistribution, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";
import { database, prisma } from "./db.server.ts";
import { env } from "./env.server.ts";
import { counted } from "./metrics.server.ts";
import { unseal } from "./secrets.server.ts";
import { encrypted, noSessions } from "./session-storage.server.ts";
import { type Admin, AdminRefused, openAdmin, ShopGone, UnknownOutcome } from "./shopify/admin.ts";

// A door's callers need to know this end from a failure.
export { ShopGone };

export const apiVersion = ApiVersion.October26;

/** One Shopify app that this installation serves. */
export type Credentials = { apiKey: string; secret: string; handle: string; distribution: "public" | "custom" };

const fromEnvironment = (): Credentials => ({
  apiKey: env().SHOPIFY_API_KEY,
  secret: env().SHOPIFY_API_SECRET,
  handle: env().SHOPIFY_APP_HANDLE,
  distribution: env().SHOPIFY_APP_DISTRIBUTION,
});

const known = remember("credentials", () => new Map<string, { credentials: Credentials; until: number }>());

/** A shop's name as the directory writes it. What a stranger wrote is no name until it looks like one. */
export function shopNamed(claimed: string | null | undefined): string | null {
  const name = claimed?.toLowerCase() ?? "";
  return /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(name) ? name : null;
}

/**
 * The app that a shop belongs to: requests are verified with its secret and no other. A shop that we have not
 * met may name its app (the audience of its token); the signature then proves it or not.
 */
export async function credentialsFor(claimed: string | null, audience?: string): Promise<Credentials> {
  // However it is written, it is the same shop: in other letters it must not be verified with another app's secret.
  const shop = shopNamed(claimed);
  const key = `${shop} ${audience ?? ""}`;
  const remembered = known.get(key);
  if (remembered && remembered.until > Date.now()) return remembered.credentials;

  const [row] = await database().global<{ api_key: string; secret: string; handle: string; distribution: "public" | "custom" }>(
    `select a.api_key, a.secret, a.handle, a.distribution from shopify_app a
     where a.api_key = coalesce((select d.api_key from shop_directory d where d.shop = $1), $2)`,
    [shop, audience ?? null],
  );
  const credentials = row
    ? { apiKey: row.api_key, secret: unseal(row.secret, `app ${row.api_key}`), handle: row.handle, distribution: row.distribution }
    : fromEnvironment();
  // Anybody can ask in the name of any shop; what is remembered of them must not grow without end.
  if (known.size > 10_000) known.clear();
  known.set(key, { credentials, until: Date.now() + 15_000 });
  return credentials;
}

/** For the command line, after it changed an app. */
export const forgetCredentials = (): void => known.clear();

const sessions = () => remember("sessions", () => encrypted(new PrismaSessionStorage(prisma(), { tableName: "session" })));

function build(app: Credentials, options: { keepsSessions: boolean }) {
  return shopifyApp({
    apiKey: app.apiKey,
    apiSecretKey: app.secret,
    appUrl: env().SHOPIFY_APP_URL,
    apiVersion,
    authPathPrefix: "/auth",
    sessionStorage: options.keepsSessions ? sessions() : noSessions,
    distribution: app.distribution === "public" ? AppDistribution.AppStore : AppDistribution.SingleMerchant,
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    logger: { level: 0 },
  });
}

type ShopifyApp = ReturnType<typeof build>;
const apps = remember("shopify apps", () => new Map<string, ShopifyApp>());

/** The library for one app. `embedded` keeps sessions; `signed` only checks signatures and never calls Shopify (facts: #3360). */
export function shopifyFor(app: Credentials, use: "embedded" | "signed"): ShopifyApp {
  const key = `${use} ${app.apiKey} ${app.secret}`;
  let found = apps.get(key);
  if (!found) {
    found = build(app, { keepsSessions: use === "embedded" });
    apps.set(key, found);
  }
  return found;
}

/** The Admin API of a shop, with a token that is refreshed by one process at a time. */
export function adminFor(shop: string): Admin {
  const admin = openAdmin({ shop, apiVersion, token: (refused) => liveToken(shop, refused) });
  return { ...admin, call: (document, variables) => timed(() => admin.call(document, variables)) };
}

async function timed<T>(call: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const done = (outcome: string) => counted.adminCall(outcome, performance.now() - began);
  try {
    const answer = await call();
    done("answered");
    return answer;
  } catch (error) {
    done(
      error instanceof AdminRefused
        ? "refused"
        : error instanceof UnknownOutcome
          ? "unknown"
          : error instanceof ShopGone
            ? "gone"
            : "failed",
    );
    throw error;
  }
}

export const forgetSession = (shop: string): Promise<boolean> => sessions().deleteSession(`offline_${shop}`);

async function liveToken(shop: string, refused: string | undefined): Promise<{ accessToken: string }> {
  const session = await sessions().loadSession(`offline_${shop}`);
  if (session && isGood(session, refused)) return session;
  return refreshOnce(shop, refused);
}

// What was refused is the caller's token, which somebody else may have renewed since.
const isGood = (session: Session, refused: string | undefined): session is Session & { accessToken: string } =>
  session.accessToken !== undefined && session.accessToken !== refused && !endsSoon(session);

const endsSoon = (session: Session): boolean => session.expires !== undefined && session.expires.getTime() - Date.now() < 60_000;

const refreshing = remember("refreshing", () => new Map<string, Promise<{ accessToken: string }>>());

// Two refreshes at once would make each other's token useless. Within the process they are one; with a hundred
// waiting for the lock, each on a connection of its own, nobody else would get one.
function refreshOnce(shop: string, refused: string | undefined): Promise<{ accessToken: string }> {
  const key = `${shop} ${refused ?? ""}`;
  const underWay = refreshing.get(key) ?? refresh(shop, refused).finally(() => refreshing.delete(key));
  refreshing.set(key, underWay);
  return underWay;
}

// Among processes the lock is a session lock of PostgreSQL, not a transaction: no transaction waits for Shopify.
async function refresh(shop: string, refused: string | undefined): Promise<{ accessToken: string }> {
  // Asked for first: whoever holds the lock must not wait for another connection.
  const app = await credentialsFor(shop);
  const connection = await database().connect();
  try {
    await connection.query("select pg_advisory_lock(hashtext('refresh'), hashtext($1))", [shop]);
    const session = await sessions().loadSession(`offline_${shop}`);
    if (!session?.refreshToken) throw new ShopGone(`There is no session for ${shop}: it is not installed.`);
    if (isGood(session, refused)) return session;

    const response = await fetch(`https://${shop}/admin/oauth/access_token`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({
        client_id: app.apiKey,
        client_secret: app.secret,
        grant_type: "refresh_token",
        refresh_token: session.refreshToken,
      }),
      signal: AbortSignal.timeout(8000),
      redirect: "error",
    });
    if (response.status >= 400 && response.status < 500 && response.status !== 429)
      throw new ShopGone(`${shop} refused to refresh our token.`);
    if (!response.ok) throw new Error(`The token of ${shop} could not be refreshed: HTTP ${response.status}.`);
    const token = (await response.json()) as {
      access_token: string;
      expires_in: number;
      refresh_token: string;
      refresh_token_expires_in: number;
      scope: string;
    };
    session.accessToken = token.access_token;
    session.scope = token.scope;
    session.expires = new Date(Date.now() + token.expires_in * 1000);
    session.refreshToken = token.refresh_token;
    session.refreshTokenExpires = new Date(Date.now() + token.refresh_token_expires_in * 1000);
    if (!(await sessions().storeSession(session))) throw new Error(`The session of ${shop} could not be stored.`);
    return { accessToken: token.access_token };
  } finally {
    await connection.query("select pg_advisory_unlock(hashtext('refresh'), hashtext($1))", [shop]).catch(() => undefined);
    connection.release();
  }
}
