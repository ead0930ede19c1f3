import type { LoaderFunctionArgs } from "@remix-run/node";
import { readExplained } from "../flows/explaining/read-explained.ts";
import { explainToShopper } from "../loyalty/explain/for-shoppers.ts";
import { shopperOf } from "../shopper.server.ts";
import { cardsOf } from "../shopper-cards.server.ts";
import { isUuid, signedRequest } from "../shopper-wish.server.ts";
import { accountPage } from "../ui/storefront/account-page.ts";
import { codeHref, liquid, readerOf } from "../ui/storefront/answer.ts";

const movementsOnAPage = 20;

/** All that a member has, and what happened to it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const { context, query } = shopper;
  const { words, locale, proxyPath } = readerOf(shopper);
  const { card, programme, say, sayOf, memberId, timeZone } = await cardsOf(shopper, locale);

  const asked = query.get("before");
  const before = isUuid(asked) ? asked : null;
  const { rows, older } = memberId ? await readExplained(context, { memberId, before, size: movementsOnAPage }) : { rows: [], older: null };

  const notice = query.get("notice") === "handed-back" ? words.handedBack : null;
  const handBackHidden = (redemption: string) => ({ redemption, request: signedRequest(shopper, redemption), locale });
  const shown = {
    words,
    say,
    locale,
    timeZone,
    card,
    programme,
    movements: rows.map((row) => ({ at: row.at, ...explainToShopper(row, sayOf(row.definition), row) })),
    older,
    notice,
    proxyPath,
  };
  return liquid(accountPage({ ...shown, codeHref: (code) => codeHref(code, null), handBackHidden }));
}
