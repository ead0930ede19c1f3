import { bringOpenLots, bringReservedLots, holdBooks, POINTS } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { membersOf } from "../../db/members.ts";
import { currentProgramme, type Programme } from "../../db/programme.ts";
import { redeemedSince } from "../../db/read-shopper.ts";
import { type Redemption, redemptionByRequest } from "../../db/redemptions.ts";
import { tierNow } from "../../db/tiers.ts";
import { keepAliveNow } from "../../loyalty/ledger/longer-lots.ts";
import { bringUpToDate } from "../../loyalty/ledger/redeem.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import { whyNotRedeem } from "../../loyalty/redeeming/may-redeem.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import { wordsOf } from "../../loyalty/say.ts";
import type { Context } from "../context.ts";
import { settleDueLots } from "../settling/settle-lots.ts";
import { writeReservation } from "./write-reservation.ts";

export type Reserved = { redemptionId: string; state: Redemption["state"]; code: string; reused: boolean };

type Wish = {
  customerGid: string;
  rewardId: string;
  requestId: string;
  /** A request that is too old to be a new one. */
  expired?: boolean;
  mostInAMinute?: number;
};

/**
 * Sets a reward's points aside and writes down the code that it will have. One request makes one redemption,
 * however often it is sent. Nothing is asked of Shopify here; a safety job finishes what a dying process began.
 */
export async function reserveReward(context: Context, wish: Wish): Promise<Reserved | Refusal> {
  const { db, scope } = context;
  const shopId = scope.shopId;
  if (shopId === "*") throw new Error("A reward is redeemed in one shop.");
  return db.inProgramme(scope, async (tx) => {
    const programme = await currentProgramme(tx, context.now());
    if (!programme) throw new Error(`There is no programme ${scope.programId}.`);
    const person = (
      await membersOf(tx, [
        { shopId, customerGid: wish.customerGid, name: null, email: null, locale: null, hasAccount: true, seenAt: context.now() },
      ])
    ).get(`${shopId} ${wish.customerGid}`);
    if (!person) throw new Error("The shopper has no member.");

    // From here on nobody else can spend this member's points: they stand for all that the member has.
    const points = await holdBooks(tx, [person.memberId]);
    const before = await redemptionByRequest(tx, person.memberId, wish.requestId);
    if (before) return { redemptionId: before.redemptionId, state: before.state, code: before.code, reused: true };
    const hasty = await isHasty(tx, wish, context.now());
    if (hasty) return hasty;

    const reward = mayRedeem(programme, person, wish.rewardId);
    if (isRefusal(reward)) return reward;
    const books = reward.unit === POINTS ? points : await holdBooks(tx, [person.memberId], reward.unit);
    const book = books.get(person.memberId);
    if (!book) throw new Error("The balance is not held.");
    await bringOpenLots(tx, books, [person.memberId]);
    bringUpToDate(book, context.now());
    await settleDueLots(tx, book, context.now());

    if (book.balance.available < reward.points) {
      const { currency, definition } = programme;
      const say = wordsOf({ currency, pointsName: definition.points, units: definition.units });
      const [costs, has] = [say.amount(reward.points, reward.unit), say.amount(book.balance.available, reward.unit)];
      return refuse("too few points", `${reward.name} costs ${costs}; you have ${has}.`);
    }
    const { expiry } = termsOf(programme, reward.unit, await tierNow(tx, person.memberId));
    if (expiry.kind === "inactivity") await bringReservedLots(tx, books, [person.memberId]);
    keepAliveNow(book, expiry, { now: context.now(), timeZone: programme.timeZone });
    const { customerGid, requestId } = wish;
    const why = "asked for by the shopper";
    const made = await writeReservation(tx, context, {
      programme,
      reward,
      points: reward.points,
      shopId,
      customerGid,
      requestId,
      book,
      why,
    });
    context.passing("reward is reserved, not committed");
    return { ...made, state: "reserved", reused: false };
  });
}

// Counted under the lock: of thirty taps at once each would see none of the others.
async function isHasty(tx: Tx, { customerGid, expired, mostInAMinute }: Wish, now: Date): Promise<Refusal | undefined> {
  if (expired) return refuse("too old", "This page has been open for too long. Please open the reward again.");
  if (mostInAMinute === undefined) return undefined;
  const lately = await redeemedSince(tx, { customerGid, since: new Date(now.getTime() - 60_000) });
  if (lately < mostInAMinute) return undefined;
  return refuse("too often", "You have redeemed several rewards within a minute. Please wait a minute and try again.");
}

function mayRedeem(programme: Programme, person: { state: string; tags: string[] }, rewardId: string): Reward | Refusal {
  const reward = programme.definition.rewards.find((one) => one.id === rewardId && one.active && one.offered);
  return (
    whyNotRedeem(programme, person) ?? reward ?? refuse("no such reward", "This reward is no longer offered. Please choose another one.")
  );
}
