import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { readPrivacyAnswer } from "../db/read-settings.ts";

/** What Laurel holds of one customer, for the merchant to hand over. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const requestId = z.uuid().safeParse(params.requestId);
  const found = requestId.success && (await context.db.inProgramme(context.scope, (tx) => readPrivacyAnswer(tx, requestId.data)));
  if (!found) throw new Response(null, { status: 404 });
  return { fileName: `customer-${found.customerGid.split("/").at(-1)}.json`, answer: found.answer };
}
