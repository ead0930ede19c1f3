import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Context } from "./flows/context.ts";
import type { Shopper } from "./shopper.server.ts";
import { sorry } from "./shopper.server.ts";
import { localeOf, wordsIn } from "./ui/storefront/words.ts";

/** What a form or the script sent. Forms prove by a signed id that our page was seen; the script by its content type. */
export type Wish = { fields: Record<string, string>; isForm: boolean };

const formHours = 12;

/**
 * Reads a POST and refuses one that another site made a browser send.
 * A form on another site cannot send JSON without asking us first (and is never told yes), nor does it know a signed id.
 * @throws Response
 */
export async function wishOf(request: Request, shopper: Shopper): Promise<Wish> {
  if (request.method !== "POST") throw new Response("Only POST is answered here.", { status: 405, headers: { allow: "POST" } });
  if (isFromElsewhere(request)) throw sorry(shopper, shopper.words.elsewhere, 403);
  const isForm = !request.headers.get("content-type")?.startsWith("application/json");
  const fields = isForm
    ? strings(Object.fromEntries(await request.formData().catch(() => new FormData())))
    : strings(await bodyOf(request));
  const locale = fields.locale ? localeOf(fields.locale, null) : shopper.locale;
  Object.assign(shopper, { locale, words: wordsIn(locale) });
  return { fields, isForm };
}

/** An id for one tap, bound to who taps what, and to a time: part of a form, so that sending it again is the same tap. */
export function signedRequest({ context, customerGid }: Pick<Shopper, "context" | "customerGid">, what: string): string {
  const expires = Math.floor(Date.now() / 1000) + formHours * 3600;
  const claim = `${randomUUID()}.${expires}`;
  return `${claim}.${sealOf(context, customerGid, what, claim)}`;
}

/** The id of a signed tap, and whether its time is over; undefined when it is not ours, or for something else. */
export function readRequest(
  { context, customerGid }: Pick<Shopper, "context" | "customerGid">,
  what: string,
  signed: string | undefined,
): { requestId: string; expired: boolean } | undefined {
  const [requestId = "", expires = "", seal = ""] = (signed ?? "").split(".");
  const expected = Buffer.from(sealOf(context, customerGid, what, `${requestId}.${expires}`));
  const given = Buffer.from(seal);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  return { requestId, expired: Number(expires) * 1000 < Date.now() };
}

const sealOf = (context: Context, customerGid: string, what: string, claim: string): string =>
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

async function bodyOf(request: Request): Promise<object> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === "object" && body !== null ? body : {};
}

const strings = (fields: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].length <= 500),
  );
