import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { ownRedemption } from "../db/read-shopper.ts";
import { releaseReward } from "../flows/redeeming/release-reward.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { type Shopper, shopperOf } from "../shopper.server.ts";
import { isUuid, signedRequest, tapOf, wishOf } from "../shopper-wish.server.ts";
import { json, liquid, readerOf, seeOther, sorry } from "../ui/storefront/answer.ts";
import { handBackPage } from "../ui/storefront/confirm-page.ts";

/** Asks once more, for whoever has no script. Nothing changes here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const reader = readerOf(shopper);
  const { words, proxyPath, locale } = reader;
  const redemption = shopper.query.get("redemption") ?? "";
  const own = await find(shopper, redemption);
  if (own?.state !== "issued") return sorry(reader, "no such code");

  const hidden = { redemption, request: signedRequest(shopper, redemption), locale };
  return liquid(handBackPage(words, { reward: own.reward.name, action: `${proxyPath}/hand-back`, hidden, back: proxyPath }));
}

/** Gives an unused code back. Handing back twice is handing back. */
export async function action({ request }: ActionFunctionArgs) {
  const shopper = await shopperOf(request);
  const wish = await wishOf(request);
  if (isRefusal(wish)) return sorry(readerOf(shopper), wish);
  const { redemption = "", locale } = wish.fields;
  const reader = readerOf(shopper, locale);
  if (wish.isForm) {
    const tap = tapOf(shopper, redemption, wish);
    if (!tap || tap.expired) return sorry(reader, tap ? "too old" : "unclear");
  }
  if (!(await find(shopper, redemption))) return sorry(reader, "no such code");

  const released = await releaseReward(shopper.context, { redemptionId: redemption, why: "handed back", by: "shopper" });
  if (isRefusal(released)) return sorry(reader, released);
  if (reader.wantsJson) return json({ handedBack: true, sentence: reader.words.handedBack });
  return seeOther(`${reader.proxyPath}?${new URLSearchParams({ notice: "handed-back", locale: reader.locale })}`);
}

const find = async ({ context, customerGid }: Shopper, redemptionId: string) =>
  isUuid(redemptionId) ? context.db.inProgramme(context.scope, (tx) => ownRedemption(tx, { customerGid, redemptionId })) : undefined;
