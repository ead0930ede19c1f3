import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Html } from "./html.ts";
import { messagePage } from "./page.ts";
import { type Locale, localeOf, type Words, wordsIn } from "./words.ts";

/** Who reads the answer: in which language, as a page or by the script, and where our pages are. */
export type Reader = { words: Words; locale: Locale; proxyPath: string; wantsJson: boolean };

type Asked = { proxyPath: string; wantsJson: boolean; languages: { page: string | null; browser: string | null } };

export function readerOf({ proxyPath, wantsJson, languages }: Asked, inForm?: string): Reader {
  const locale = localeOf(inForm ?? languages.page, languages.browser);
  return { words: wordsIn(locale), locale, proxyPath, wantsJson };
}

/** A page that the shop renders inside its theme. Nothing of a member is kept by anybody in between. */
export const liquid = (page: Html, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(page.text, { status, headers: { "content-type": "application/liquid", "cache-control": "private, no-store", ...headers } });

export const json = (body: object, status = 200, headers: Record<string, string> = {}): Response =>
  Response.json(body, { status, headers: { "cache-control": "private, no-store", ...headers } });

export const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, "cache-control": "private, no-store" } });

const refusals: Record<string, { status: number; headers?: Record<string, string>; more?: object }> = {
  unclear: { status: 400 },
  elsewhere: { status: 403 },
  "no such reward": { status: 404 },
  "no such code": { status: 404 },
  "too often": { status: 429, headers: { "retry-after": "60" } },
  "not made yet": { status: 503, headers: { "retry-after": "5" } },
  // The script forgets this tap; its next one is a new wish.
  settled: { status: 409, more: { settled: true, again: true } },
  released: { status: 409, more: { settled: true } },
  used: { status: 409, more: { settled: true } },
  "shopify refused": { status: 409, more: { settled: true } },
};

/** A sentence that says what to do, in the reader's language: as a page, or for the script as JSON. */
export function sorry({ words, locale, proxyPath, wantsJson }: Reader, no: Refusal | string): Response {
  const { refused, sentence } = typeof no === "string" ? refuse(no, words.refused.unclear ?? no) : no;
  const said = words.refused[refused] ?? sentence;
  const { status, headers, more } = refusals[refused] ?? { status: 409 };
  if (wantsJson) return json({ sentence: said, ...more }, status, headers);
  const on = { href: `${proxyPath}?${new URLSearchParams({ locale })}`, label: words.toRewards };
  return liquid(messagePage(words.wentWrong, said, on), status, headers);
}

/** A path of this shop, never another place: "//elsewhere" and "/\elsewhere" are other places to a browser. */
export function pathWithin(asked: string | null | undefined): string | undefined {
  if (!asked || !/^\/(?![/\\])[^\\\s\p{Cc}]{0,500}$/u.test(asked)) return undefined;
  const shop = "https://shop.invalid";
  const path = URL.canParse(asked, shop) ? new URL(asked, shop) : undefined;
  // Dots can hide the second slash: "/.//elsewhere" is "//elsewhere" to whoever tidies paths up.
  return path?.origin === shop && !path.pathname.startsWith("//") ? asked : undefined;
}

/** One tap: Shopify puts the code on the cart and goes on. */
export const codeHref = (code: string, back: string | null | undefined): string =>
  `/discount/${encodeURIComponent(code)}?${new URLSearchParams({ redirect: pathWithin(back) ?? "/cart" })}`;
