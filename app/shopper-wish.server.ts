import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Context } from "./flows/context.ts";
import { type Refusal, refuse } from "./loyalty/refusal.ts";

/** What a form or the script sent. */
export type Wish = { fields: Record<string, string>; isForm: boolean };
/** One tap: however often it is sent, it is the same one. */
export type Tap = { requestId: string; expired: boolean };

type Who = { context: Context; customerGid: string };

const formHours = 12;
export const isUuid = (text: string | null | undefined): text is string => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? "");

/**
 * Reads a POST, and refuses one that another site made a browser send. A form on another site cannot send JSON
 * without asking us first (and is never told yes), nor does it know a signed id.
 */
export async function wishOf(request: Request): Promise<Wish | Refusal> {
  if (request.method !== "POST") throw new Response("Only POST is answered here.", { status: 405, headers: { allow: "POST" } });
  if (isFromElsewhere(request)) return refuse("elsewhere", "This request did not come from the shop. Please open the page in the shop.");
  const isForm = !request.headers.get("content-type")?.startsWith("application/json");
  const body: unknown = isForm
    ? Object.fromEntries(await request.formData().catch(() => new FormData()))
    : await request.json().catch(() => null);
  return { fields: strings(typeof body === "object" && body !== null ? body : {}), isForm };
}

/** An id for one tap, bound to who taps what, and to a time: part of a form, so that sending it again is the same tap. */
export function signedRequest(who: Who, what: string): string {
  const claim = `${randomUUID()}.${Math.floor(Date.now() / 1000) + formHours * 3600}`;
  return `${claim}.${sealOf(who, what, claim)}`;
}

/** The tap of a wish: a form proves that our page was seen by a signed id; the script makes its own. */
export function tapOf(who: Who, what: string | undefined, { fields, isForm }: Wish): Tap | undefined {
  if (!what) return undefined;
  if (!isForm) return isUuid(fields.request) ? { requestId: fields.request, expired: false } : undefined;
  const [requestId = "", expires = "", seal = ""] = (fields.request ?? "").split(".");
  const expected = Buffer.from(sealOf(who, what, `${requestId}.${expires}`));
  const given = Buffer.from(seal);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return { requestId, expired: Number(expires) * 1000 < Date.now() };
}

const sealOf = ({ context, customerGid }: Who, what: string, claim: string): string =>
  context.fingerprint("shopper request", [customerGid, what, claim].join("\n"));

// Where the browser says whose page sent it, that decides. Where it does not, its Origin must be the shop's as
// Shopify names it; where neither came through, the signed id and the content type stand guard alone.
function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  if (!origin) return false;
  const hosts = [request.headers.get("x-forwarded-host"), new URL(request.url).searchParams.get("shop")];
  if (!hosts[0]) return origin === "null";
  return !hosts.includes(URL.canParse(origin) ? new URL(origin).host : "");
}

const strings = (fields: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= 500),
  );
