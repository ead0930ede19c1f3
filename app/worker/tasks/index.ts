import { fetchOrderProducts, fetchSegments, settleAgain } from "../../flows/await-facts.ts";
import { workChallenger } from "../../flows/challenge.ts";
import type { Context } from "../../flows/context.ts";
import { fetchForEvent } from "../../flows/fetch-for-event.ts";
import { fetchMissingOrder, fetchTags, lookAtCode } from "../../flows/fetch-missing.ts";
import { fillMirror } from "../../flows/fill-mirror.ts";
import { importBalances } from "../../flows/import-balances.ts";
import { issueCertificates } from "../../flows/issue-certificates.ts";
import { issueDiscount } from "../../flows/issue-discount.ts";
import { publishCards } from "../../flows/publish-cards.ts";
import { everyCardIsDue } from "../../flows/publish-programme.ts";
import { publishProgrammeCard } from "../../flows/publish-programme-card.ts";
import { refreshCollection, refreshProducts } from "../../flows/refresh-products.ts";
import { finishRelease, releaseReward, switchOff } from "../../flows/release-reward.ts";
import { reviewTiers } from "../../flows/review-tiers.ts";
import { rollUp } from "../../flows/roll-up.ts";
import { settleDue } from "../../flows/settle-due.ts";
import { settleGifts } from "../../flows/settle-gifts.ts";
import { settleHappenings } from "../../flows/settle-happenings.ts";
import { tellJoined } from "../../flows/welcome.ts";
import { workBacktest } from "../../flows/work-backtest.ts";

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
