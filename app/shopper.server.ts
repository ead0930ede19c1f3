import { asShopper } from "./context.server.ts";
import type { Context } from "./flows/context.ts";
import type { Html } from "./ui/storefront/html.ts";
import { messagePage } from "./ui/storefront/page.ts";
import { type Locale, localeOf, type Words, wordsIn } from "./ui/storefront/words.ts";

/** A shopper at the shop's own address: who they are is what Shopify signed, and nothing they wrote. */
export type Shopper = {
  context: Context;
  customerGid: string;
  /** Where the shop has our pages, such as /apps/laurel. */
  proxyPath: string;
  locale: Locale;
  words: Words;
  wantsJson: boolean;
  query: URLSearchParams;
};

/**
 * Who asks. Somebody who is not signed in is sent to sign in, and comes back to where they were.
 * @throws Response
 */
export async function shopperOf(request: Request): Promise<Shopper> {
  const { context, customerGid } = await asShopper(request);
  const url = new URL(request.url);
  const query = url.searchParams;
  const proxyPath = pathWithin(query.get("path_prefix")) ?? "/apps/laurel";
  const wantsJson = request.headers.get("accept")?.includes("application/json") ?? false;
  const locale = localeOf(query.get("locale"), request.headers.get("accept-language"));
  if (!customerGid) throw signIn({ proxyPath, wantsJson, url });
  return { context, customerGid, proxyPath, locale, words: wordsIn(locale), wantsJson, query };
}

const login = "/account/login";

function signIn({ proxyPath, wantsJson, url }: { proxyPath: string; wantsJson: boolean; url: URL }): Response {
  if (wantsJson) return json({ login }, 401);
  const back = new URLSearchParams(url.searchParams);
  for (const ours of ["shop", "logged_in_customer_id", "path_prefix", "timestamp", "signature"]) back.delete(ours);
  const path = `${proxyPath}${url.pathname.replace(/^\/proxy\/?/, "/").replace(/\/$/, "")}${back.size > 0 ? `?${back}` : ""}`;
  return seeOther(`${login}?${new URLSearchParams({ return_url: path })}`);
}

/** A path of this shop, never another place: "//elsewhere" and "/\elsewhere" are other places to a browser. */
export const pathWithin = (asked: string | null | undefined): string | undefined =>
  asked && /^\/(?![/\\])[^\\\s]{0,500}$/.test(asked) ? asked : undefined;

/** One tap: Shopify puts the code on the cart and goes on. */
export const codeHref = (code: string, back: string | null | undefined): string =>
  `/discount/${encodeURIComponent(code)}?${new URLSearchParams({ redirect: pathWithin(back) ?? "/cart" })}`;

/** A page that the shop renders inside its theme. Nothing of a member is kept by anybody in between. */
export const liquid = (page: Html, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(page.text, { status, headers: { "content-type": "application/liquid", "cache-control": "private, no-store", ...headers } });

export const json = (body: object, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { "cache-control": "private, no-store", ...headers } });

export const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "private, no-store" } });

/** A sentence that says what to do: as a page, or for the script as JSON. */
export function sorry(
  { wantsJson, words, proxyPath, locale }: Shopper,
  sentence: string,
  status: number,
  more: { headers?: Record<string, string>; settled?: boolean; again?: boolean } = {},
): Response {
  const { headers, ...flags } = more;
  if (wantsJson) return json({ sentence, ...flags }, status, headers);
  const on = { href: `${proxyPath}?${new URLSearchParams({ locale })}`, label: words.toRewards };
  return liquid(messagePage(words.wentWrong, sentence, on), status, headers);
}
