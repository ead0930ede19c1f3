import { asShopper, signedByShopify } from "./context.server.ts";
import type { Context } from "./flows/context.ts";

/** A shopper at the shop's own address: who they are is what Shopify signed, and nothing they wrote. */
export type Shopper = {
  context: Context;
  customerGid: string;
  /** Where the shop has our pages, such as /apps/laurel. */
  proxyPath: string;
  /** The language of the page they came from, and what their browser asks for. */
  languages: { page: string | null; browser: string | null };
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
  const proxyPath = query.get("path_prefix") || "/apps/laurel";
  const wantsJson = request.headers.get("accept")?.includes("application/json") ?? false;
  if (!customerGid) throw signIn({ proxyPath, wantsJson, url });
  const languages = { page: query.get("locale"), browser: request.headers.get("accept-language") };
  return { context, customerGid, proxyPath, languages, wantsJson, query };
}

const login = "/account/login";

function signIn({ proxyPath, wantsJson, url }: { proxyPath: string; wantsJson: boolean; url: URL }): Response {
  const headers = { "cache-control": "private, no-store" };
  if (wantsJson) return Response.json({ login }, { status: 401, headers });
  const back = new URLSearchParams(url.searchParams);
  for (const name of signedByShopify) back.delete(name);
  const path = `${proxyPath}${url.pathname.replace(/^\/proxy\/?/, "/").replace(/\/$/, "")}${back.size > 0 ? `?${back}` : ""}`;
  return new Response(null, { status: 303, headers: { ...headers, location: `${login}?${new URLSearchParams({ return_url: path })}` } });
}
