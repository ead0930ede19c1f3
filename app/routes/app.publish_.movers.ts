import type { LoaderFunctionArgs } from "@remix-run/node";
import { asMerchant } from "../context.server.ts";
import { definitionOf, workingProgramme } from "../db/drafts.ts";
import { whoMoves } from "../flows/tiers/who-moves.ts";
import { wordsOfProgrammes } from "../loyalty/program/words-of-programmes.ts";
import { moverRows } from "../ui/publish/mover-rows.ts";

export { readOrNull as clientLoader } from "../ui/frame/lost.ts";

/** Counted apart from the review page: many members take a while, and nothing of the page has to wait for it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  return context.db.inProgramme(context.scope, async (tx) => {
    const { definition, basedOn, currency } = await workingProgramme(tx);
    const moves = await whoMoves(tx, definition.tiers, { now: context.now(), signal: request.signal });
    return moverRows(moves, wordsOfProgrammes(currency, definition, await definitionOf(tx, basedOn)));
  });
}
