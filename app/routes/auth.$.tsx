import type { LoaderFunctionArgs } from "@remix-run/node";
import { asMerchant } from "../context.server.ts";

/** The library's own addresses below /auth: it answers them itself, with a page that fetches a session token. */
export async function loader({ request }: LoaderFunctionArgs) {
  await asMerchant(request);
  return null;
}
