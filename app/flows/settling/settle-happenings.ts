import { bringOpenLots, bringReservedLots, expiredOf, holdBooks, POINTS } from "../../db/books.ts";
import { writeBudgets } from "../../db/budgets.ts";
import type { Tx } from "../../db/database.ts";
import { noteGifts } from "../../db/gifts.ts";
import {
  bringHappeningLots,
  type Happening,
  happeningsSince,
  holdHappenings,
  personsOf,
  recordedForHappenings,
  saveHappenings,
} from "../../db/happenings.ts";
import { post, type Transaction, writeLotChanges } from "../../db/ledger.ts";
import { joinedAtOf, markCards } from "../../db/members.ts";
import { asksHistory, compiledVersion, holdVersions, phaseChanges, publishedVersions } from "../../db/programme.ts";
import { markStandings } from "../../db/tiers.ts";
import { backgroundsOf } from "../../db/trails.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import { certificatesDue } from "./certificates.ts";
import { holdBudgetsOf } from "./charge-budgets.ts";
import { historiesOf } from "./histories.ts";
import { judgeHappenings, type Lacking, pinHappening, programmeFor } from "./judge-happenings.ts";
import { hasTiers } from "./ladders.ts";
import { livedSince } from "./lived-since.ts";
import { lookAgain } from "./look-again.ts";
import type { Past } from "./past-of.ts";
import { type Recorded, settleHappening } from "./settle-happening.ts";

/**
 * Settles events as orders are settled: pinned at first sight, judged in the standing before them, and what is due
 * less what is recorded is posted. Repeating it changes nothing. Locks: events, members, budgets.
 */
export async function settleHappenings(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  await holdVersions(tx);
  const held = await holdHappenings(tx, ids);
  if (held.length === 0) return;
  const past = await pastOfHappenings(tx, held);
  const members = [...new Set(held.map((one) => one.memberId))];
  const persons = await personsOf(tx, held);
  const backgrounds = await backgroundsOf(tx, members);

  const pinned: Happening[] = [];
  for (const one of held) {
    const person = persons.get(one.memberId);
    // Whoever became somebody else has taken their events along.
    if (!person || person.state === "merged")
      throw new Error(`Member ${one.memberId} became somebody else meanwhile: the events are settled again.`);
    const read = pinHappening(one, person, backgrounds.get(one.memberId), past);
    if ("lacks" in read) await askFor(tx, read);
    else pinned.push(read);
  }
  if (pinned.length > 0) await settlePinned(tx, pinned, past, now);
}

async function settlePinned(tx: Tx, pinned: readonly Happening[], past: Past, now: Date): Promise<void> {
  const recorded = await recordedForHappenings(tx, pinned);
  const members = [...new Set(pinned.flatMap((one) => [one.memberId, ...(recorded.get(one.happeningId)?.keys() ?? [])]))];
  const shelves = new Map([[POINTS, await holdBooks(tx, members)]]);
  for (const unit of unitsOf(pinned, recorded, past)) shelves.set(unit, await holdBooks(tx, members, unit));

  const histories = await historiesOf(tx, members, past);
  const budgets = await holdBudgetsOf(
    tx,
    pinned.map((one) => ({ at: one.at, pins: one.pins, programme: programmeFor(one, past) })),
  );
  const { judged, again } = judgeHappenings(pinned, past, histories, budgets);

  // Events are few and seldom judged again: whoever has one has all open lots at hand.
  const settled = pinned.filter((one) => one.settlements > 0);
  const own = new Map<string, Set<string>>();
  const expired = new Map<string, number>();
  for (const [unit, books] of shelves) {
    await bringOpenLots(tx, books, members);
    await bringReservedLots(tx, books, members);
    for (const [id, lots] of await bringHappeningLots(tx, books, unit, settled)) own.set(`${id} ${unit}`, lots);
  }
  for (const [lotId, amount] of await expiredOf(
    tx,
    [...own.values()].flatMap((lots) => [...lots]),
  ))
    expired.set(lotId, amount);
  const joinedAt = await joinedAtOf(tx, members);

  const transactions: Transaction[] = [];
  for (const one of judged) {
    const posted = settleHappening({ ...one, shelves, recorded: recorded.get(one.happening.happeningId), own, expired, joinedAt, now });
    transactions.push(...posted);
    if (posted.length > 0) one.happening.settlements += 1;
  }
  const books = [...shelves.values()].flatMap((shelf) => [...shelf.values()]);
  await post(tx, books, transactions, now);
  if (transactions.length === 0)
    await writeLotChanges(
      tx,
      books.flatMap((book) => book.lots.filter((lot) => book.touched.has(lot.lotId))),
    );
  await saveHappenings(
    tx,
    judged.map((one) => one.happening),
    now,
  );
  await writeBudgets(tx, budgets.values());
  await noteGifts(
    tx,
    judged.map(({ happening: { memberId, shopId, happeningId }, judgement }) => ({
      memberId,
      shopId,
      cause: `event ${happeningId}`,
      gifts: judgement.gifts ?? [],
      now,
    })),
  );
  await certificatesDue(tx, past.compiled.values(), books, now);
  const lived = await livedSince(
    tx,
    transactions,
    past,
    pinned.map((one) => one.happeningId),
  );
  for (const { memberId, since } of [...again, ...lived]) await lookAgain(tx, memberId, since);
  if (await hasTiers(tx, past.versions)) await markStandings(tx, members, now);
  await markCards(
    tx,
    transactions.flatMap((one) => one.memberId ?? []),
    now,
  );
}

/** A member's settled events from an instant on are judged again: something older changed. */
export async function settleHappeningsSince(tx: Tx, memberId: string, since: Date, now: Date): Promise<void> {
  await settleHappenings(tx, await happeningsSince(tx, memberId, since), now);
}

async function pastOfHappenings(tx: Tx, held: readonly Happening[]): Promise<Past> {
  const versions = await publishedVersions(tx);
  const compiled = new Map<number, CompiledProgramme>();
  for (const one of held) {
    const version = one.version ?? versionAt(versions, one.at)?.version;
    if (version === undefined) throw new Error("The programme has no version.");
    if (!compiled.has(version)) compiled.set(version, await compiledVersion(tx, version));
  }
  // Also where only a later version asks: its orders look at what these events gave.
  return { versions, phases: await phaseChanges(tx), compiled, asksHistory: await asksHistory(tx, versions), products: new Map() };
}

function unitsOf(pinned: readonly Happening[], recorded: ReadonlyMap<string, Recorded>, past: Past): string[] {
  const units = new Set<string>();
  for (const one of pinned) for (const unit of programmeFor(one, past).definition.units) units.add(unit.id);
  for (const byMember of recorded.values()) for (const sums of byMember.values()) for (const unit of Object.keys(sums)) units.add(unit);
  units.delete(POINTS);
  return [...units].sort();
}

// Only Shopify can say it, and no transaction waits for Shopify.
const askFor = (tx: Tx, { happeningId, lacks, account: { shopId, customerGid } }: Lacking): Promise<void> =>
  tx.addJob("fetch-for-event", { happeningId, lacks, shopId, customerGid }, { key: `fetch-for-event ${happeningId}` });
