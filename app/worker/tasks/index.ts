import { publishCards } from "../../flows/cards/publish-cards.ts";
import { publishProgrammeCard } from "../../flows/cards/publish-programme-card.ts";
import type { Context } from "../../flows/context.ts";
import { issueCertificates } from "../../flows/gifts/issue-certificates.ts";
import { settleGifts } from "../../flows/gifts/settle-gifts.ts";
import { workChallenger } from "../../flows/insight/challenge.ts";
import { rollUp } from "../../flows/insight/roll-up.ts";
import { workBacktest } from "../../flows/insight/work-backtest.ts";
import { importBalances } from "../../flows/members/import-balances.ts";
import { fillMirror } from "../../flows/mirror/fill-mirror.ts";
import { refreshCollection, refreshProducts } from "../../flows/mirror/refresh-products.ts";
import { everyCardIsDue } from "../../flows/programme/every-card-is-due.ts";
import { fetchOrderProducts, fetchSegments, settleAgain } from "../../flows/receiving/await-facts.ts";
import { fetchForEvent } from "../../flows/receiving/fetch-for-event.ts";
import { fetchMissingOrder, fetchTags } from "../../flows/receiving/fetch-missing.ts";
import { tellJoined } from "../../flows/receiving/welcome.ts";
import { issueDiscount } from "../../flows/redeeming/issue-discount.ts";
import { lookAtCode } from "../../flows/redeeming/look-at-code.ts";
import { finishRelease, releaseReward, switchOff } from "../../flows/redeeming/release-reward.ts";
import { settleDue } from "../../flows/settling/settle-due.ts";
import { settleHappenings } from "../../flows/settling/settle-happenings.ts";
import { reviewTiers } from "../../flows/tiers/review-tiers.ts";

/** What every job carries. A context of the job's programme is made from it. */
export type Payload = { programId: string; shopId?: string } & Record<string, unknown>;
export type Task = (context: Context, payload: Payload) => Promise<unknown>;

const named = (payload: Payload, name: string): string => {
  const value = payload[name];
  if (typeof value !== "string") throw new Error(`This job names no ${name}.`);
  return value;
};

/** Every task that a job may ask for. Each is harmless to repeat: a job that dies comes again. */
export const tasks: Record<string, Task> = {
  "fetch-order": (context, payload) =>
    fetchMissingOrder(context, { ...payload, shopId: named(payload, "shopId"), orderGid: named(payload, "orderGid") }),
  "fetch-tags": (context, payload) => fetchTags(context, { shopId: named(payload, "shopId"), customerGid: named(payload, "customerGid") }),
  "fetch-order-products": (context, payload) =>
    fetchOrderProducts(context, { shopId: named(payload, "shopId"), productGids: payload.productGids as string[] }),
  "fetch-segments": (context, payload) =>
    fetchSegments(context, {
      shopId: named(payload, "shopId"),
      orderGid: named(payload, "orderGid"),
      customerGid: named(payload, "customerGid"),
    }),
  "settle-again": (context, payload) =>
    settleAgain(context, { memberId: named(payload, "memberId"), since: new Date(named(payload, "since")) }),
  "look-at-code": (context, payload) => lookAtCode(context, named(payload, "redemptionId")),
  "issue-discount": (context, payload) => issueDiscount(context, named(payload, "redemptionId")),
  "release-reward": (context, payload) => switchOff(context, named(payload, "redemptionId")),
  "expire-reward": (context, payload) =>
    releaseReward(context, { redemptionId: named(payload, "redemptionId"), why: "the code was not used in time", by: "laurel" }),
  "finish-release": (context, payload) => finishRelease(context, named(payload, "redemptionId")),
  "publish-cards": (context) => publishCards(context),
  "publish-programme-card": (context) => publishProgrammeCard(context),
  "all-cards-due": (context) => context.db.inProgramme(context.scope, (tx) => everyCardIsDue(tx, context.now())),
  "import-balances": (context, payload) => importBalances(context, named(payload, "importId")),
  "fill-mirror": (context, payload) => fillMirror(context, named(payload, "shopId")),
  "refresh-products": (context, payload) => refreshProducts(context, named(payload, "shopId")),
  "refresh-collection": (context, payload) =>
    refreshCollection(context, { shopId: named(payload, "shopId"), collectionGid: named(payload, "collectionGid") }),
  "settle-event": (context, payload) =>
    context.db.inProgramme(context.scope, (tx) => settleHappenings(tx, [named(payload, "happeningId")], context.now())),
  "fetch-for-event": (context, payload) =>
    fetchForEvent(context, {
      happeningId: named(payload, "happeningId"),
      lacks: named(payload, "lacks"),
      shopId: named(payload, "shopId"),
      customerGid: named(payload, "customerGid"),
    }),
  "tell-joined": (context, payload) => tellJoined(context, { memberId: named(payload, "memberId"), at: new Date(named(payload, "at")) }),
  "settle-gifts": (context, payload) => settleGifts(context, named(payload, "memberId")),
  "issue-certificates": (context, payload) => issueCertificates(context, named(payload, "memberId")),
  "run-challenger": (context) => workChallenger(context),
  "run-backtest": (context, payload) => workBacktest(context, named(payload, "backtestId")),
  "review-tiers": (context) => reviewTiers(context),
  "settle-due": (context) => settleDue(context),
  "roll-up": (context) => rollUp(context),
};
