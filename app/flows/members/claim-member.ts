import { bringOpenLots, holdBooks, POINTS } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { post } from "../../db/ledger.ts";
import { guestGid, hasAccount, markCards, membersOf } from "../../db/members.ts";
import { asksHistory, publishedVersions } from "../../db/programme.ts";
import { markStandings } from "../../db/tiers.ts";
import { newId } from "../../ids.ts";
import { type MemberAccount, memberAccounts, type Posting } from "../../loyalty/ledger/accounts.ts";
import { repay, turnPage } from "../../loyalty/ledger/book.ts";
import type { Context } from "../context.ts";
import { welcome } from "../receiving/welcome.ts";
import { hasTiers } from "../settling/ladders.ts";
import { lookAgain } from "../settling/look-again.ts";

/**
 * A shopper who is logged in claims what they earned: the member of their customer record becomes theirs, and
 * points that they earned as a guest with the same address come along. Harmless to repeat.
 *
 * `email` is the address that Shopify has verified for this customer, where we may know it.
 */
export async function claimMember(context: Context, wish: Claim): Promise<{ memberId: string }> {
  for (let tried = 1; ; tried += 1)
    try {
      return await claim(context, wish);
    } catch (error) {
      if (!(error instanceof CameMeanwhile) || tried === mostTries) throw error;
    }
}

type Claim = { customerGid: string; email?: string | null };

const mostTries = 10;

/** Something of the guest's was settled after what is theirs was locked: their claim begins anew. */
class CameMeanwhile extends Error {
  override name = "CameMeanwhile";
}

async function claim(context: Context, wish: Claim): Promise<{ memberId: string }> {
  const { db, scope, now } = context;
  const { shopId } = scope;
  if (shopId === "*") throw new Error("Points are claimed in one shop.");
  return db.inProgramme(scope, async (tx) => {
    const gid = wish.customerGid;
    const hadAccount = await hasAccount(tx, shopId, gid);
    const person = (
      await membersOf(tx, [{ shopId, customerGid: gid, name: null, email: null, locale: null, hasAccount: true, seenAt: now() }])
    ).get(`${shopId} ${gid}`);
    if (!person) throw new Error("The shopper has no member.");
    await tx.rows("update member set claimed_at = $3, changed_at = $3 where program_id = $1 and member_id = $2 and claimed_at is null", [
      tx.scope.programId,
      person.memberId,
      now(),
    ]);
    await tx.rows(
      "update customer set has_account = true where program_id = $1 and shop_id = $2 and customer_gid = $3 and not has_account",
      [tx.scope.programId, shopId, gid],
    );
    const email =
      wish.email ??
      (
        await tx.one<{ email: string | null }>("select email from member where program_id = $1 and member_id = $2", [
          tx.scope.programId,
          person.memberId,
        ])
      )?.email;
    if (email)
      await bringGuest(tx, context, {
        shopId,
        memberId: person.memberId,
        guest: guestGid(context.fingerprint(`guest of ${tx.scope.programId}`, email.trim().toLowerCase())),
      });
    await welcome(tx, { memberId: person.memberId, shopId, hadAccount, now: now() });
    return { memberId: person.memberId };
  });
}

async function bringGuest(tx: Tx, context: Context, at: { shopId: string; memberId: string; guest: string }): Promise<void> {
  const found = await tx.one<{ member_id: string }>(
    "select member_id from customer where program_id = $1 and shop_id = $2 and customer_gid = $3 for update",
    [tx.scope.programId, at.shopId, at.guest],
  );
  if (!found || found.member_id === at.memberId) return;
  await becomeOne(tx, context, { from: found.member_id, to: at.memberId });
}

/** Everything of one member becomes another's: by postings, account by account, so that the books show it. */
export async function becomeOne(
  tx: Tx,
  context: Pick<Context, "now" | "actor">,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const now = context.now();
  const brought = await lockAll(tx, from);
  await holdBooks(tx, [from, to]);
  const { n } = (await tx.one<{ n: number }>(
    `select (select count(*) from order_facts where program_id = $1 and member_id = $2) + (select count(*) from happening where program_id = $1 and member_id = $2) as n`,
    [tx.scope.programId, from],
  )) ?? { n: 0 };
  // It is not locked, and whoever has it may wait for the balances that are held here.
  if (n > brought.length) throw new CameMeanwhile(`Member ${from} bought something meanwhile.`);
  for (const unit of await unitsOf(tx, from)) await moveUnit(tx, context, { from, to, unit });

  const values = [tx.scope.programId, from, to];
  await tx.rows("update lot set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows("update redemption set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows("update order_facts set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows("update happening set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows("update gift set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows("update customer set member_id = $3 where program_id = $1 and member_id = $2", values);
  await tx.rows(
    "update member set state = 'merged', merged_into = $3, changed_at = $4 where program_id = $1 and (member_id = $2 or merged_into = $2)",
    [...values, now],
  );
  await markCards(tx, [to], now);
  const versions = await publishedVersions(tx);
  if (await hasTiers(tx, versions)) await markStandings(tx, [from, to], now);
  // The two histories are one now: each finds the other's before what was placed since.
  const since = brought.reduce((first, one) => (one.settled ? Math.min(first, one.at.getTime()) : first), Number.POSITIVE_INFINITY);
  if (since < Number.POSITIVE_INFINITY && (await asksHistory(tx, versions)))
    await lookAgain(tx, to, Math.min(since, await firstCounted(tx, to)));
}

// What Shopify had counted is held against all that is known: the more that is, the fewer were before Laurel.
async function firstCounted(tx: Tx, memberId: string): Promise<number> {
  const row = await tx.one<{ first: Date | null }>(
    "select min(placed_at) as first from order_facts where program_id = $1 and member_id = $2 and jsonb_typeof(pins->'counted') = 'object'",
    [tx.scope.programId, memberId],
  );
  return row?.first?.getTime() ?? Number.POSITIVE_INFINITY;
}

// Orders and events before members, as everybody locks them.
async function lockAll(tx: Tx, memberId: string): Promise<{ at: Date; settled: boolean }[]> {
  const lock = async (sql: string) => tx.rows<{ at: Date; settled: boolean }>(sql, [tx.scope.programId, memberId]);
  const orders = await lock(
    "select placed_at as at, pinned_at is not null as settled from order_facts where program_id = $1 and member_id = $2 order by shop_id, order_gid for update",
  );
  const events = await lock(
    "select at, version is not null as settled from happening where program_id = $1 and member_id = $2 order by happening_id for update",
  );
  return [...orders, ...events];
}

// Points first: they stand for the member.
async function unitsOf(tx: Tx, memberId: string): Promise<string[]> {
  const rows = await tx.rows<{ unit: string }>(
    "select unit from balance where program_id = $1 and member_id = $2 and unit <> $3 order by unit",
    [tx.scope.programId, memberId, POINTS],
  );
  return [POINTS, ...rows.map((row) => row.unit)];
}

async function moveUnit(
  tx: Tx,
  context: Pick<Context, "now" | "actor">,
  { from, to, unit }: { from: string; to: string; unit: string },
): Promise<void> {
  const now = context.now();
  const books = await holdBooks(tx, [from, to], unit);
  const [source, target] = [books.get(from), books.get(to)];
  if (!source || !target) throw new Error("The balances are not held.");
  await bringOpenLots(tx, books, [from, to]);

  const postings: Posting[] = [];
  for (const account of memberAccounts) {
    const amount = source.balance[account];
    if (amount === 0) continue;
    // A debt moves the other way: it is owed by the one and then by the other.
    const [giver, taker] = account === "owed" ? [to, from] : [from, to];
    postings.push({ from: place(account, giver), to: place(account, taker), unit: source.unit, amount });
    target.balance[account] += amount;
    source.balance[account] = 0;
  }
  target.lots.push(...source.lots.splice(0).map((lot) => ({ ...lot, memberId: to })));
  // What the one owes, the other's points repay.
  repay(target);
  const repaid = turnPage(target);

  const transactionId = newId();
  if (postings.length > 0) {
    await post(
      tx,
      [source, target],
      [
        {
          transactionId,
          kind: "claim",
          source: unit === POINTS ? from : `${from} ${unit}`,
          memberId: to,
          shopId: null,
          orderGid: null,
          redemptionId: null,
          version: null,
          actor: context.actor,
          explanation: { from, ...(unit === POINTS ? {} : { unit }) },
          occurredAt: now,
          postings: [...postings, ...repaid.postings],
          newLots: [],
          uses: repaid.uses,
        },
      ],
      now,
    );
  }
}

const place = (account: MemberAccount, member: string): Posting["from"] => ({ account, member });
