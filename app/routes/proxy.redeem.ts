import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { waitingCode } from "../db/read-shopper.ts";
import { NotMadeYet, redeemReward } from "../flows/redeeming/redeem-reward.ts";
import { log } from "../log.server.ts";
import { spendable } from "../loyalty/card.ts";
import { isRefusal, refuse } from "../loyalty/refusal.ts";
import { shopperOf } from "../shopper.server.ts";
import { cardsOf } from "../shopper-cards.server.ts";
import { signedRequest, tapOf, wishOf } from "../shopper-wish.server.ts";
import { codeHref, json, liquid, pathWithin, readerOf, seeOther, sorry } from "../ui/storefront/answer.ts";
import { redeemPage } from "../ui/storefront/confirm-page.ts";

/** Asks once more, for whoever has no script. Nothing is redeemed here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const { context, customerGid, query, proxyPath } = shopper;
  const reader = readerOf(shopper);
  const { words, locale } = reader;
  const { card, programme, say } = await cardsOf(shopper, locale);
  const reward = programme.rewards.find((one) => one.id === query.get("reward"));
  if (!card.open) return sorry(reader, "not live");
  if (!reward) return sorry(reader, "no such reward");

  const whose = { customerGid, rewardId: reward.id, now: context.now() };
  const waiting = await context.db.inProgramme(context.scope, (tx) => waitingCode(tx, whose));
  const unit = reward.unit?.id ?? "points";
  const missing = reward.points - spendable(card, unit);
  if (!waiting && missing > 0) return sorry(reader, refuse("points missing", words.notEnough(say.amount(missing, unit))));

  const back = pathWithin(query.get("return"));
  const hidden = { reward: reward.id, request: signedRequest(shopper, reward.id), locale, ...(back && { return: back }) };
  const cost = say.amount(reward.points, unit);
  const asked = { reward: reward.name, sentence: reward.sentence, cost, action: `${proxyPath}/redeem`, hidden };
  const code = waiting ? { code: waiting.code, href: codeHref(waiting.code, back) } : null;
  // Kept by the shopper's own browser, so that going back finds the same form with the same id.
  return liquid(redeemPage(words, { ...asked, back: proxyPath, waiting: code }), 200, { "cache-control": "private, no-cache" });
}

/** Redeems, and goes where the code is put on the cart. */
export async function action({ request }: ActionFunctionArgs) {
  const shopper = await shopperOf(request);
  const wish = await wishOf(request);
  if (isRefusal(wish)) return sorry(readerOf(shopper), wish);
  const { reward: rewardId = "", locale, return: back } = wish.fields;
  const reader = readerOf(shopper, locale);
  const tap = tapOf(shopper, rewardId, wish);
  if (!tap) return sorry(reader, "unclear");
  try {
    const redeemed = await redeemReward(shopper.context, { customerGid: shopper.customerGid, rewardId, ...tap });
    if (isRefusal(redeemed)) return sorry(reader, redeemed);
    const url = codeHref(redeemed.code, back);
    return reader.wantsJson ? json({ code: redeemed.code, url }) : seeOther(url);
  } catch (error) {
    if (!(error instanceof NotMadeYet)) throw error;
    log.error({ err: error }, "a shopper waits for a code");
    return sorry(reader, "not made yet");
  }
}
