import type { LoaderFunctionArgs } from "@remix-run/node";
import { asMerchant } from "../context.server.ts";
import { suggest } from "../flows/shop/suggest.ts";

export { readOrNull as clientLoader } from "../ui/frame/lost.ts";

/** Proposals while somebody types in a form: what the shop has of this. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { context, place } = await asMerchant(request);
  const query = new URL(request.url).searchParams;
  return suggest(context, { what: query.get("what") ?? "", text: (query.get("text") ?? "").slice(0, 4000), shopId: place.shopId });
}
