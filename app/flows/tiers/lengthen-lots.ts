import { bringOpenLots, bringReservedLots, holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { writeLotChanges } from "../../db/ledger.ts";
import { compiledVersion, type Programme } from "../../db/programme.ts";
import type { Expiry } from "../../loyalty/ledger/expiry.ts";
import { longerBy, longerSince } from "../../loyalty/ledger/longer-lots.ts";
import { termsOf } from "../../loyalty/ledger/terms-of.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import type { TierStep } from "../../loyalty/tiers/why.ts";
import type { Holder } from "./give-tier-gifts.ts";
import type { MemberPast } from "./standings.ts";

/**
 * The points that a member has live as long as the tier lets them that they are in now, where that is longer. Never
 * shorter: what was promised when they were earned stays promised, also to who falls.
 */
export async function lengthenLots(tx: Tx, { memberId, tier, past, programme }: Holder, now: Date): Promise<void> {
  const expiry = tier.expiry ?? programme.definition.policies.expiry;
  const books = await booksOf(tx, [memberId]);
  const of = { now, joinedAt: new Date(past.joinedAt), timeZone: programme.timeZone };
  const longer = longerBy(expiry, books.get(memberId)?.lots ?? [], of);
  await writeLotChanges(tx, longer);
}

export type Climber = { memberId: string; past: MemberPast; steps: readonly TierStep[] };

/**
 * Points of an order that is told late, or raised late, live as long as they would had they been there when their
 * member came into the tiers that they came into since.
 */
export async function lengthenLateLots(tx: Tx, climbers: readonly Climber[], programme: Programme, now: Date): Promise<void> {
  const expiryIn = await expiriesOf(tx, programme);
  if (!expiryIn) return;
  const books = await booksOf(
    tx,
    climbers.map((one) => one.memberId),
  );
  const longer = climbers.flatMap(({ memberId, past, steps }) =>
    longerSince(
      steps.flatMap(({ at, to }) => (to === null ? [] : [{ at, expiry: expiryIn(at, to) }])),
      books.get(memberId)?.lots ?? [],
      { now, joinedAt: new Date(past.joinedAt), timeZone: programme.timeZone },
    ),
  );
  await writeLotChanges(tx, longer);
}

async function booksOf(tx: Tx, memberIds: readonly string[]) {
  const books = await holdBooks(tx, memberIds);
  await bringOpenLots(tx, books, memberIds);
  await bringReservedLots(tx, books, memberIds);
  return books;
}

/** How long points live in a tier, by the version of an instant; undefined where they live as long in every tier of every version. */
async function expiriesOf(tx: Tx, { versions }: Programme): Promise<((at: number, tierId: string) => Expiry) | undefined> {
  const compiled = new Map<number, Awaited<ReturnType<typeof compiledVersion>>>();
  for (const { version } of versions) compiled.set(version, await compiledVersion(tx, version));
  const all = [...compiled.values()].flatMap(({ definition: { policies, tiers } }) => [
    policies.expiry,
    ...(tiers?.levels.map((one) => one.expiry ?? policies.expiry) ?? []),
  ]);
  if (new Set(all.map((one) => JSON.stringify(one))).size <= 1) return undefined;
  return (at, tierId) => {
    const version = versionAt(versions, new Date(at));
    const programme = version && compiled.get(version.version);
    if (!programme) throw new Error("The programme has no version.");
    return termsOf(programme, "points", tierId).expiry;
  };
}
