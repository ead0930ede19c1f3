// The session token App Bridge gives to an embedded app: a JWT signed with the app's secret, living for a minute.

import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { World } from "./store.ts";

export type SessionClaims = {
  iss: string;
  dest: string;
  aud: string;
  sub: string;
  exp: number;
  nbf: number;
  iat: number;
  jti: string;
  sid: string;
};

export type SessionTokenWish = { shop: string; apiKey: string; sub?: string };

const livesSeconds = 60;

/** Signs a session token for the shop's handle. Time is the wall clock's: moving sandbox time must not end a session. */
export function sessionToken(world: World, { shop, apiKey, sub = "1" }: SessionTokenWish): string {
  const app = world.apps.get(apiKey);
  if (!app) throw new Error(`The sandbox knows no app with the key ${apiKey}.`);
  const domain = `https://${shop}.myshopify.com`;
  const seconds = Math.floor(Date.now() / 1000);
  const claims: SessionClaims = {
    iss: `${domain}/admin`,
    dest: domain,
    aud: apiKey,
    sub,
    exp: seconds + livesSeconds,
    nbf: seconds,
    iat: seconds,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const signed = `${base64url({ alg: "HS256", typ: "JWT" })}.${base64url(claims)}`;
  return `${signed}.${sign(signed, app.secret)}`;
}

/** The claims of a token that is genuine and in date, else null. */
export function readSessionToken(token: string, secret: string): SessionClaims | null {
  const [header, body, signature, ...rest] = token.split(".");
  if (!header || !body || !signature || rest.length > 0) return null;
  const expected = Buffer.from(sign(`${header}.${body}`, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  try {
    const { alg } = JSON.parse(Buffer.from(header, "base64url").toString());
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as SessionClaims;
    const seconds = Date.now() / 1000;
    const leewaySeconds = 10;
    if (alg !== "HS256" || !(claims.exp > seconds - leewaySeconds) || claims.nbf > seconds + leewaySeconds) return null;
    return claims;
  } catch {
    return null;
  }
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (text: string, secret: string): string => createHmac("sha256", secret).update(text).digest("base64url");
