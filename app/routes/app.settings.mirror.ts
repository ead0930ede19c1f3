import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { asMerchant } from "../context.server.ts";
import { fillsOf } from "../db/mirror-fills.ts";
import { askForFill } from "../flows/mirror/fill-mirror.ts";
import type { ActAnswer } from "../ui/frame/use-answer.ts";
import { mirror as t } from "../ui/texts/mirror.ts";

export { readOrNull as clientLoader, sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { context, place } = await asMerchant(request);
  const fills = await context.db.inProgramme(context.scope, (tx) => fillsOf(tx, place.shopId));
  return {
    fills: fills
      .filter((one) => one.what !== "orders")
      .map(({ what, state, found, expected, finishedAt, reason }) => ({ what, state, found, expected, finishedAt, reason })),
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<ActAnswer> {
  const { context, place } = await asMerchant(request);
  await context.db.inProgramme(context.scope, (tx) => askForFill(tx, { shopId: place.shopId, at: context.now() }));
  return { done: true, said: t.asked };
}
