import { bringOpenLots, holdBooks, POINTS } from "../db/books.ts";
import type { Tx } from "../db/database.ts";
import { post } from "../db/ledger.ts";
import { markCards, membersOf } from "../db/members.ts";
import { currentProgramme, type Programme } from "../db/programme.ts";
import { redeemedSince } from "../db/read-shopper.ts";
import { addRedemption, type Redemption, redemptionByRequest } from "../db/redemptions.ts";
import { newId } from "../ids.ts";
import { hasTag } from "../loyalty/earning/evaluate.ts";
import { turnPage } from "../loyalty/ledger/book.ts";
import { bringUpToDate, reserve } from "../loyalty/ledger/redeem.ts";
import type { Reward } from "../loyalty/program/definition.ts";
import { isRefusal, type Refusal, refuse } from "../loyalty/refusal.ts";
import { wordsOf } from "../loyalty/say.ts";
import type { Context } from "./context.ts";
import { newCode } from "./new-code.ts";
import { settleDueLots } from "./settle-lots.ts";

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

    // From here on nobody else can spend this member's points.
    const books = await holdBooks(tx, [person.memberId]);
    const before = await redemptionByRequest(tx, person.memberId, wish.requestId);
    if (before) return { redemptionId: before.redemptionId, state: before.state, code: before.code, reused: true };
    const hasty = await isHasty(tx, wish, context.now());
    if (hasty) return hasty;

    const reward = mayRedeem(programme, person, wish.rewardId);
    if (isRefusal(reward)) return reward;
    const book = books.get(person.memberId);
    if (!book) throw new Error("The balance is not held.");
    await bringOpenLots(tx, books, [person.memberId]);
    bringUpToDate(book, context.now());
    await settleDueLots(tx, book, context.now());

    if (book.balance.available < reward.points) {
      const say = wordsOf({ currency: programme.currency, pointsName: programme.definition.points });
      return refuse("too few points", `${reward.name} costs ${say.points(reward.points)}; you have ${say.points(book.balance.available)}.`);
    }
    return write(tx, context, { programme, reward, memberId: person.memberId, shopId, wish, book });
  });
}

type Decided = {
  programme: Programme;
  reward: Reward;
  memberId: string;
  shopId: string;
  wish: Wish;
  book: NonNullable<ReturnType<Awaited<ReturnType<typeof holdBooks>>["get"]>>;
};

async function write(tx: Tx, context: Context, { programme, reward, memberId, shopId, wish, book }: Decided): Promise<Reserved> {
  const now = context.now();
  const redemptionId = newId();
  const redemption: Redemption = {
    redemptionId,
    shopId,
    memberId,
    customerGid: wish.customerGid,
    requestId: wish.requestId,
    version: programme.version,
    reward,
    unit: POINTS,
    points: reward.points,
    state: "reserved",
    code: newCode(),
    discountGid: null,
    reservedAt: now,
    issuedAt: null,
    expiresAt: new Date(now.getTime() + programme.definition.policies.codeDays * 86_400_000),
    orderGid: null,
    givenMinor: null,
    charged: 0,
    settlements: 0,
    changedAt: now,
  };
  reserve(book, reward.points, redemptionId);
  await addRedemption(tx, redemption, "asked for by the shopper");
  const explanation = { reward: reward.name, points: reward.points };
  const transaction = {
    transactionId: newId(),
    kind: "reserve" as const,
    source: redemptionId,
    memberId,
    shopId,
    orderGid: null,
    redemptionId,
    version: programme.version,
    actor: context.actor,
    explanation,
    occurredAt: now,
  };
  await post(tx, [book], [{ ...transaction, ...turnPage(book) }], now);
  await markCards(tx, [memberId], now);
  await tx.addJob(
    "issue-discount",
    { redemptionId, shopId },
    { key: `issue-discount ${redemptionId}`, runAt: new Date(Date.now() + 60_000) },
  );
  context.passing("reward is reserved, not committed");
  return { redemptionId, state: "reserved", code: redemption.code, reused: false };
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
  if (programme.phase === "off" || programme.phase === "paused") return refuse("not live", "Rewards cannot be redeemed at the moment.");
  if (programme.phase === "testing" && !(programme.testTag && hasTag(person.tags, programme.testTag)))
    return refuse("not live", "Rewards cannot be redeemed yet.");
  if (person.state !== "active")
    return refuse("not a member", "This account does not take part in the programme. Please contact the shop.");
  const excluded = programme.definition.policies.excludeTag;
  if (excluded && hasTag(person.tags, excluded)) return refuse("excluded", "This account does not take part in the programme.");
  const reward = programme.definition.rewards.find((one) => one.id === rewardId && one.active);
  return reward ?? refuse("no such reward", "This reward is no longer offered. Please choose another one.");
}
