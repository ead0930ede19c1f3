import type { LoaderFunctionArgs } from "@remix-run/node";
import { readStatement } from "../db/read-member.ts";
import { codeHref, liquid, shopperOf } from "../shopper.server.ts";
import { cardsOf } from "../shopper-cards.server.ts";
import { signedRequest } from "../shopper-wish.server.ts";
import { accountPage } from "../ui/storefront/account-page.ts";

const movementsOnAPage = 20;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** All that a member has, and what happened to it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const { context, words, locale, proxyPath, query } = shopper;
  const { card, programme, say, memberId, timeZone } = await cardsOf(shopper);

  const asked = query.get("before") ?? "";
  const before = isUuid.test(asked) ? asked : null;
  const { rows, older } = memberId
    ? await context.db.inProgramme(context.scope, (tx) => readStatement(tx, memberId, before, movementsOnAPage))
    : { rows: [], older: null };

  const notice = query.get("notice") === "handed-back" ? words.handedBack : null;
  const handBackHidden = (redemption: string) => ({ redemption, request: signedRequest(shopper, redemption), locale });
  const use = (code: string) => codeHref(code, null);
  const shown = { words, say, locale, timeZone, card, programme, movements: rows, older, notice, proxyPath };
  return liquid(accountPage({ ...shown, codeHref: use, handBackHidden }));
}
