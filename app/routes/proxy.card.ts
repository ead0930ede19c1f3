import type { LoaderFunctionArgs } from "@remix-run/node";
import { shopperOf } from "../shopper.server.ts";
import { cardsOf } from "../shopper-cards.server.ts";
import { json, readerOf } from "../ui/storefront/answer.ts";

/** The card as it stands now, for a theme that wants to show it without waiting for the published one. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  return json((await cardsOf(shopper, readerOf(shopper).locale)).card);
}
