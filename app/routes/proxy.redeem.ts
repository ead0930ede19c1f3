import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redeemedSince, waitingCode } from "../db/read-shopper.ts";
import { issueDiscount } from "../flows/issue-discount.ts";
import { type Reserved, reserveReward } from "../flows/reserve-reward.ts";
import { log } from "../log.server.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { codeHref, json, liquid, pathWithin, type Shopper, seeOther, shopperOf, sorry } from "../shopper.server.ts";
import { cardsOf } from "../shopper-cards.server.ts";
import { readRequest, signedRequest, type Wish, wishOf } from "../shopper-wish.server.ts";
import { redeemPage } from "../ui/storefront/confirm-page.ts";

const mostInAMinute = 5;
const patienceMs = 6000;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Asks once more, for whoever has no script. Nothing changes here. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shopper = await shopperOf(request);
  const { context, customerGid, words, query, proxyPath, locale } = shopper;
  const { card, programme, say } = await cardsOf(shopper);
  const reward = programme.rewards.find((one) => one.id === query.get("reward"));
  if (!card.open) return sorry(shopper, words.closed, 409);
  if (!reward) return sorry(shopper, words.rewardGone, 404);

  const now = context.now();
  const waiting = await context.db.inProgramme(context.scope, (tx) => waitingCode(tx, { customerGid, rewardId: reward.id, now }));
  if (!waiting && reward.points > card.points) return sorry(shopper, words.notEnough(say.points(reward.points - card.points)), 409);

  const back = pathWithin(query.get("return"));
  const hidden = { reward: reward.id, request: signedRequest(shopper, reward.id), locale, ...(back && { return: back }) };
  const asked = { reward: reward.name, sentence: reward.sentence, cost: say.points(reward.points), action: `${proxyPath}/redeem`, hidden };
  const code = waiting ? { code: waiting.code, href: codeHref(waiting.code, back) } : null;
  // Kept by the shopper's own browser, so that going back finds the same form with the same id.
  return liquid(redeemPage(words, { ...asked, back: proxyPath, waiting: code }), 200, { "cache-control": "private, no-cache" });
}

/** Reserves, issues, and goes where the code is put on the cart. The same request gives the same code, however often it comes. */
export async function action({ request }: ActionFunctionArgs) {
  const shopper = await shopperOf(request);
  const wish = await wishOf(request, shopper);
  const { context, customerGid, words } = shopper;
  const rewardId = wish.fields.reward ?? "";
  const tap = tapOf(shopper, wish, rewardId);
  if (!rewardId || !tap) return sorry(shopper, words.unclear, 400);

  const since = new Date(context.now().getTime() - 60_000);
  const lately = await context.db.inProgramme(context.scope, (tx) => redeemedSince(tx, { customerGid, requestId: tap.requestId, since }));
  if (!lately.known && tap.expired) return sorry(shopper, words.tooOld, 409);
  if (!lately.known && lately.others >= mostInAMinute) return sorry(shopper, words.tooOften, 429, { headers: { "retry-after": "60" } });

  const reserved = await reserveReward(context, { customerGid, rewardId, requestId: tap.requestId });
  if (isRefusal(reserved)) return sorry(shopper, reserved.sentence, 409);
  if (reserved.state !== "reserved" && reserved.state !== "issued")
    return sorry(shopper, words.settled, 409, { settled: true, again: true });
  return goOn(shopper, wish, reserved);
}

async function goOn(shopper: Shopper, wish: Wish, { redemptionId }: Reserved): Promise<Response> {
  try {
    const issued = await soon(issueDiscount(shopper.context, redemptionId));
    if (isRefusal(issued)) return sorry(shopper, issued.sentence, 409, { settled: true });
    const url = codeHref(issued.code, wish.fields.return);
    return shopper.wantsJson ? json({ code: issued.code, url }) : seeOther(url);
  } catch (error) {
    // The points are reserved and the safety job finishes what was begun: the shopper is told to come back for it.
    log.error({ err: error, redemptionId }, "a code could not be issued yet");
    return sorry(shopper, shopper.words.making, 503, { headers: { "retry-after": "5" } });
  }
}

/** A shopper waits a while and not until Shopify is well again; what was begun goes on without them. */
async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, give) => {
    timer = setTimeout(() => give(new Error("Shopify takes its time.")), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function tapOf(shopper: Shopper, { fields, isForm }: Wish, rewardId: string): { requestId: string; expired: boolean } | undefined {
  if (isForm) return readRequest(shopper, rewardId, fields.request);
  return isUuid.test(fields.request ?? "") ? { requestId: fields.request ?? "", expired: false } : undefined;
}
