// Shopify's token endpoint: token exchange and refresh, with offline tokens that expire.
// Token life is real time, so that a moved sandbox clock never logs the app out.

import { randomBytes } from "node:crypto";
import { json, type Request, type Response, Router, urlencoded } from "express";
import { readSessionToken } from "./session-token.ts";
import { installedApp, type ShopState, shopByDomain, type Token, type World } from "./store.ts";
import { type App, domainOf } from "./world.ts";

const accessSeconds = 3600;
const refreshSeconds = 7_776_000;
const exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
const idToken = "urn:ietf:params:oauth:token-type:id_token";
const offline = "urn:shopify:params:oauth:token-type:offline-access-token";

type Refusal = { status: number; error: string; description: string };
type Wish = Record<string, string | undefined>;

export function oauth(world: World): Router {
  const router = Router();
  router.post("/admin/oauth/access_token", json(), urlencoded({ extended: false }), (request: Request, response: Response) => {
    const state = shopByDomain(world, request.headers.host ?? "");
    if (!state) return void response.status(404).json({ errors: "Not Found" });
    const answer = grant(world, state, (request.body ?? {}) as Wish);
    if ("error" in answer) return void response.status(answer.status).json({ error: answer.error, error_description: answer.description });
    response.json(answer.body);
  });
  return router;
}

function grant(world: World, state: ShopState, wish: Wish): { body: object } | Refusal {
  const app = world.apps.get(wish.client_id ?? "");
  if (!app || app.secret !== wish.client_secret) return refused("invalid_client", "The client id or the client secret is wrong.", 401);
  if (wish.grant_type === exchange) return exchangeToken(world, state, app, wish);
  if (wish.grant_type === "refresh_token") return refreshToken(world, state, app, wish);
  return refused("unsupported_grant_type", "The grant type must be token exchange or refresh_token.");
}

function exchangeToken(world: World, state: ShopState, app: App, wish: Wish): { body: object } | Refusal {
  if (wish.subject_token_type !== idToken) return refused("invalid_request", "subject_token_type must be an id_token.");
  if (wish.requested_token_type !== offline) return refused("invalid_request", "The sandbox gives offline access tokens only.");
  const claims = readSessionToken(wish.subject_token ?? "", app.secret);
  if (!claims || claims.aud !== app.apiKey || claims.dest !== `https://${domainOf(state.shop)}`)
    return refused("invalid_subject_token", "The subject token is invalid.");
  if (installedApp(world, state)?.apiKey !== app.apiKey) return refused("invalid_subject_token", "The app is not installed in this shop.");
  return { body: issue(world, state, app, wish.expiring === "1") };
}

function refreshToken(world: World, state: ShopState, app: App, wish: Wish): { body: object } | Refusal {
  const old = [...state.tokens.values()].find((token) => token.refreshToken !== "" && token.refreshToken === wish.refresh_token);
  const alive = old && !old.dead && old.apiKey === app.apiKey && old.refreshExpiresAtMs > Date.now();
  if (!alive || installedApp(world, state)?.apiKey !== app.apiKey)
    return refused("invalid_grant", "The refresh token is invalid, expired or was used before.");
  return { body: issue(world, state, app, true, old) };
}

function issue(world: World, state: ShopState, app: App, expiring: boolean, replaced?: Token): object {
  const now = Date.now();
  const scopes = state.shop.installation?.scopes ?? [];
  const token: Token = {
    accessToken: `shpat_${randomBytes(16).toString("hex")}`,
    refreshToken: expiring ? `shprt_${randomBytes(16).toString("hex")}` : "",
    apiKey: app.apiKey,
    scopes,
    issuedAtMs: now,
    expiresAtMs: expiring ? now + accessSeconds * 1000 : Number.MAX_SAFE_INTEGER,
    refreshExpiresAtMs: expiring ? now + refreshSeconds * 1000 : 0,
    dead: false,
  };
  // The replaced refresh token stays good until the new pair is first used, so that an answer lost
  // on the way does not lock the app out. See retireOlderTokens.
  if (replaced) token.replaces = replaced.accessToken;
  state.tokens.set(token.accessToken, token);
  forgetExpired(state, now);
  world.changed(state.shop.handle);
  if (!expiring) return { access_token: token.accessToken, scope: scopes.join(",") };
  return {
    access_token: token.accessToken,
    scope: scopes.join(","),
    expires_in: accessSeconds,
    refresh_token: token.refreshToken,
    refresh_token_expires_in: refreshSeconds,
  };
}

/** The token of a call, if it may still be used. Its first use ends the refresh token that it replaced. */
export function spendToken(world: World, state: ShopState, accessToken: string): Token | null {
  const token = state.tokens.get(accessToken);
  const app = installedApp(world, state);
  if (!token || token.dead || token.expiresAtMs <= Date.now() || app?.apiKey !== token.apiKey) return null;
  if (token.replaces) {
    const older = state.tokens.get(token.replaces);
    if (older) older.refreshToken = "";
    token.replaces = undefined;
    world.changed(state.shop.handle, "tokens", token.accessToken);
  }
  return token;
}

function forgetExpired(state: ShopState, now: number): void {
  for (const token of state.tokens.values())
    if (token.expiresAtMs < now && token.refreshExpiresAtMs < now) state.tokens.delete(token.accessToken);
}

const refused = (error: string, description: string, status = 400): Refusal => ({ status, error, description });
