import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { ownRedemption } from "../db/read-shopper.ts";
import { releaseReward } from "../flows/release-reward.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { json, liquid, type Shopper, seeOther, shopperOf, sorry } from "../shopper.server.ts";
import { readRequest, signedRequest, wishOf } from "../shopper-wish.server.ts";
import { handBackPage } from "../ui/storefront/confirm-page.ts";

/** Asks once more, for whoever has no script. Nothing changes here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const { words, proxyPath, locale } = shopper;
  const redemption = shopper.query.get("redemption") ?? "";
  const own = await find(shopper, redemption);
  if (own?.state !== "issued") return sorry(shopper, words.codeGone, 404);

  const hidden = { redemption, request: signedRequest(shopper, redemption), locale };
  return liquid(handBackPage(words, { reward: own.reward.name, action: `${proxyPath}/hand-back`, hidden, back: proxyPath }));
}

/** Gives an unused code back. Handing back twice is handing back. */
export async function action({ request }: ActionFunctionArgs) {
  const shopper = await shopperOf(request);
  const { fields, isForm } = await wishOf(request, shopper);
  const { context, words, proxyPath, locale, wantsJson } = shopper;
  const redemptionId = fields.redemption ?? "";
  if (isForm) {
    const tap = readRequest(shopper, redemptionId, fields.request);
    if (!tap) return sorry(shopper, words.unclear, 400);
    if (tap.expired) return sorry(shopper, words.tooOld, 409);
  }
  if (!(await find(shopper, redemptionId))) return sorry(shopper, words.codeGone, 404);

  const released = await releaseReward(context, { redemptionId, why: "handed back", by: "shopper" });
  if (isRefusal(released)) return sorry(shopper, released.sentence, 409);
  if (wantsJson) return json({ handedBack: true, sentence: words.handedBack });
  return seeOther(`${proxyPath}?${new URLSearchParams({ notice: "handed-back", locale })}`);
}

const find = ({ context, customerGid }: Shopper, redemptionId: string) =>
  context.db.inProgramme(context.scope, (tx) => ownRedemption(tx, { customerGid, redemptionId }));
