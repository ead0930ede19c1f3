import { type CardHolder, cardHolders, cardsDone, type DueMember, dueMembers, rememberCards } from "../../db/cards.ts";
import { currentProgramme } from "../../db/programme.ts";
import { buildCard, type Card, type CardProgramme } from "../../loyalty/card.ts";
import { cardLatest } from "../../loyalty/explain/card-latest.ts";
import { ShopGone } from "../../shopify/admin.ts";
import { mostMetafields, type OwnerWish, setMetafields } from "../../shopify/metafields.ts";
import type { Context } from "../context.ts";
import { readLatestExplained } from "../explaining/read-explained.ts";

export const publishCardsJob = "publish-cards";

/** What was done: written, the same as before, refused by Shopify (the customer is gone there). `more` are still due. */
export type PublishedCards = { written: number; unchanged: number; refused: number; more: boolean };

/** A bite is small, so that one that fails repeats little. */
const membersInABite = 60;
const movementsOnACard = 5;
/** Two metafields for each customer. */
const customersInACall = Math.floor(mostMetafields / 2);

type Due = { holder: CardHolder; card: Card; hash: string };

/**
 * Brings the cards of due members to their customers, a bite of them; what is left comes with another job.
 * A job that dies between Shopify and us writes the same cards again. No transaction is open while Shopify is asked.
 */
export async function publishCards(context: Context): Promise<PublishedCards> {
  return alone(context, async () => {
    const bite = await read(context);
    if (!bite) return { written: 0, unchanged: 0, refused: 0, more: false };
    const changed = bite.due.filter(({ holder, hash }) => holder.cardHash !== hash);

    const outcomes = await Promise.all([...byShop(changed)].map(([shopId, cards]) => publishIn(context, shopId, cards)));
    const failed = outcomes.flatMap((outcome) => outcome.failed);
    const waiting = new Set(failed.flatMap(({ cards }) => cards.map(({ holder }) => holder.memberId)));

    const more = bite.members.length === membersInABite;
    await context.db.inProgramme(context.scope, async (tx) => {
      await rememberCards(tx, outcomes.flatMap((outcome) => outcome.settled).map(remembered));
      await cardsDone(
        tx,
        bite.members.filter(({ memberId }) => !waiting.has(memberId)),
      );
      if (more && failed.length === 0) await tx.addJob(publishCardsJob, {}, { key: jobKey(context) });
    });
    // A shop that could not be asked does not keep the others waiting, and its job comes again.
    const [first] = failed;
    if (first) throw first.error;

    const refused = outcomes.reduce((sum, outcome) => sum + outcome.refused, 0);
    const settled = outcomes.reduce((sum, outcome) => sum + outcome.settled.length, 0);
    return { written: settled - refused, unchanged: bite.due.length - changed.length, refused, more };
  });
}

export const jobKey = ({ scope }: Context): string => `${publishCardsJob} ${scope.programId}`;

async function read(context: Context): Promise<{ members: DueMember[]; due: Due[] } | undefined> {
  const now = context.now();
  const found = await context.db.inProgramme(context.scope, async (tx) => {
    const members = await dueMembers(tx, membersInABite);
    const programme = members.length > 0 ? await currentProgramme(tx, now) : undefined;
    if (!programme) return undefined;
    const holders = await cardHolders(
      tx,
      members.map(({ memberId }) => memberId),
      now,
    );
    return { members, programme, holders };
  });
  if (!found) return undefined;
  const { members, programme, holders } = found;
  const latest = await readLatestExplained(context, [...new Set(holders.map(({ memberId }) => memberId))], movementsOnACard);
  const withLatest = (holder: CardHolder): CardHolder => {
    const own = latest.filter((one) => one.memberId === holder.memberId);
    return { ...holder, latest: cardLatest(own, programme, holder.locale) };
  };
  return { members, due: holders.map((holder) => dueCard(context, programme, withLatest(holder), now)) };
}

function dueCard(context: Context, programme: CardProgramme, holder: CardHolder, now: Date): Due {
  const card = buildCard(programme, holder, now);
  return { holder, card, hash: context.fingerprint("card", JSON.stringify({ ...card, at: null })) };
}

type Outcome = { settled: Due[]; refused: number; failed: { cards: Due[]; error: unknown }[] };

async function publishIn(context: Context, shopId: string, cards: Due[]): Promise<Outcome> {
  const outcome: Outcome = { settled: [], refused: 0, failed: [] };
  for (let start = 0; start < cards.length; start += customersInACall) {
    const part = cards.slice(start, start + customersInACall);
    try {
      const refused = await setMetafields(await context.adminOf(shopId), part.map(wishOf));
      context.passing("cards published");
      // A refused one is remembered too: its customer is gone, and asking again would change nothing until its card does.
      outcome.settled.push(...part);
      outcome.refused += refused.length;
    } catch (error) {
      // Nobody reads the cards of a shop that has left; a new installation makes every card due.
      if (error instanceof ShopGone) return outcome;
      outcome.failed.push({ cards: cards.slice(start), error });
      return outcome;
    }
  }
  return outcome;
}

const wishOf = ({ holder, card }: Due): OwnerWish => ({
  ownerId: holder.customerGid,
  metafields: [
    { key: "card", type: "json", value: JSON.stringify(card) },
    { key: "points_balance", type: "number_integer", value: String(card.points) },
  ],
});

const remembered = ({ holder, hash }: Due) => ({ shopId: holder.shopId, customerGid: holder.customerGid, hash });

function byShop(cards: Due[]): Map<string, Due[]> {
  const shops = new Map<string, Due[]>();
  for (const card of cards) shops.set(card.holder.shopId, [...(shops.get(card.holder.shopId) ?? []), card]);
  return shops;
}

// Two at once could leave the older card in the shop. The lock is a session's, not a transaction's; it ends with its process.
async function alone(context: Context, work: () => Promise<PublishedCards>): Promise<PublishedCards> {
  const connection = await context.db.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await connection.query<{ mine: boolean }>("select pg_try_advisory_lock(hashtext('cards'), hashtext($1)) as mine", [
      context.scope.programId,
    ]);
    if (rows[0]?.mine) return await work();
    await context.db.inProgramme(context.scope, (tx) =>
      tx.addJob(publishCardsJob, {}, { key: jobKey(context), runAt: new Date(Date.now() + 2000) }),
    );
    return { written: 0, unchanged: 0, refused: 0, more: true };
  } finally {
    // Unlocking what is not ours says no and does no harm; a connection that cannot say so is thrown away, lock and all.
    await connection
      .query("select pg_advisory_unlock(hashtext('cards'), hashtext($1))", [context.scope.programId])
      .catch((error: Error) => {
        broken = error;
      });
    connection.release(broken);
  }
}
