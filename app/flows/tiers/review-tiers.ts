import { holdBooks } from "../../db/books.ts";
import type { Tx } from "../../db/database.ts";
import { markCards } from "../../db/members.ts";
import { currentProgramme, type Programme } from "../../db/programme.ts";
import {
  addSteps,
  dueStandings,
  forgetStandings,
  type KnownStanding,
  saveStandings,
  standingsOf,
  type WrittenStep,
} from "../../db/tiers.ts";
import { nextGrantAt } from "../../loyalty/tiers/grants.ts";
import type { Tier } from "../../loyalty/tiers/ladder.ts";
import { hasReached } from "../../loyalty/tiers/reached.ts";
import { type Standing, standingAt } from "../../loyalty/tiers/standing.ts";
import type { Context } from "../context.ts";
import { laddersInForce } from "../settling/ladders.ts";
import { giveEntryGifts, giveGrants, type Holder } from "./give-tier-gifts.ts";
import { type Climber, lengthenLateLots, lengthenLots } from "./lengthen-lots.ts";
import { type MemberPast, pastsOf } from "./standings.ts";

const bite = 100;

/** Works out anew the standing of every member whose review is due. In bites, each a transaction. @returns how many there were */
export async function reviewTiers(context: Pick<Context, "db" | "now" | "scope" | "passing">): Promise<number> {
  const scope = { ...context.scope, shopId: "*" as const };
  let reviewed = 0;
  for (;;) {
    const done = await context.db.inProgramme(scope, async (tx) => {
      const due = await dueStandings(tx, context.now(), bite);
      await reviewMembers(tx, due, context.now());
      context.passing("standings are reviewed, not committed");
      return due.length;
    });
    reviewed += done;
    if (done < bite) return reviewed;
  }
}

/**
 * Works out where these members stand, writes it down, and gives what reaching or holding a tier brings: gifts, tasks
 * for staff, longer lives for points. Harmless to repeat: what was written is compared, and every gift has one cause.
 */
export async function reviewMembers(tx: Tx, memberIds: readonly string[], now: Date): Promise<void> {
  const programme = await currentProgramme(tx, now);
  if (!programme || memberIds.length === 0) return;
  const ids = [...new Set(memberIds)].sort();
  // From here on nobody adds to what these members did.
  await holdBooks(tx, ids);
  const states = await statesOf(tx, ids);
  const here = ids.filter((id) => states.has(id) && states.get(id) !== "merged");
  await forgetStandings(
    tx,
    ids.filter((id) => !here.includes(id)),
  );
  const known = await standingsOf(tx, here, { locked: true });
  const ladders = await laddersInForce(tx, programme.versions);
  const pasts = await pastsOf(tx, here, programme, ladders);

  const reviewed = here.flatMap((memberId) => {
    const past = pasts.get(memberId);
    return past ? [review({ memberId, past, before: known.get(memberId), state: states.get(memberId) ?? "" }, programme, now)] : [];
  });
  await saveStandings(
    tx,
    reviewed.map((one) => one.after),
  );
  await addSteps(
    tx,
    reviewed.flatMap((one) => one.steps),
    now,
  );
  await markCards(
    tx,
    reviewed.filter((one) => one.looksDifferent).map((one) => one.after.memberId),
    now,
  );
  await lengthenLateLots(
    tx,
    reviewed.map((one) => one.climber),
    programme,
    now,
  );
  for (const { holder, hasReached: isReached, hasMoved } of reviewed) {
    if (!holder) continue;
    if (hasMoved) await lengthenLots(tx, holder, now);
    if (isReached) await giveEntryGifts(tx, holder, now);
    if (holder.state === "active") await giveGrants(tx, holder, now);
  }
}

type Reviewing = { memberId: string; past: MemberPast; before: KnownStanding | undefined; state: string };

type Reviewed = {
  after: KnownStanding;
  steps: WrittenStep[];
  looksDifferent: boolean;
  /** Whoever holds a tier now; null without one. */
  holder: Holder | null;
  climber: Climber;
  hasMoved: boolean;
  hasReached: boolean;
};

function review({ memberId, past, before, state }: Reviewing, programme: Programme, now: Date): Reviewed {
  const at = now.getTime();
  const standing = standingAt(past, at);
  const levels = programme.definition.tiers?.levels ?? [];
  const tier = levels.find((one) => one.id === standing.tierId);
  const after = written(memberId, standing, { tier, past, version: programme.version, now });
  const isFirst = !before?.computedAt;
  const from = before?.tierId ?? null;
  const hasMoved = from !== standing.tierId;
  return {
    after,
    steps: (isFirst ? standing.steps : hasMoved ? [{ at: standing.since, from, to: standing.tierId, why: standing.why }] : []).map(
      (step) => ({
        ...step,
        memberId,
        version: programme.version,
      }),
    ),
    looksDifferent: isFirst || JSON.stringify(shown(before)) !== JSON.stringify(shown(after)),
    holder: tier ? { memberId, state, tier, past, since: standing.since, programme } : null,
    climber: { memberId, past, steps: standing.steps },
    hasMoved,
    hasReached: tier !== undefined && state === "active" && hasReached({ levels, from, to: tier, standing }, at),
  };
}

function written(
  memberId: string,
  standing: Standing,
  { tier, past, version, now }: { tier: Tier | undefined; past: MemberPast; version: number; now: Date },
): KnownStanding {
  const grantAt = tier ? nextGrantAt(tier.grants, now.getTime(), past) : null;
  const reviews = [standing.reviewAt, grantAt].filter((one) => one !== null);
  const { tierId, why, counters, next, keep } = standing;
  return {
    memberId,
    tierId,
    since: new Date(standing.since),
    until: dateOf(standing.until),
    graceUntil: dateOf(standing.graceUntil),
    reviewAt: dateOf(reviews.length === 0 ? null : Math.min(...reviews)),
    why,
    counters,
    next,
    keep,
    version,
    computedAt: now,
  };
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at));

const shown = (one: KnownStanding | undefined) => one && [one.tierId, one.until?.getTime(), one.graceUntil?.getTime(), one.next, one.keep];

async function statesOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ member_id: string; state: string }>(
    "select member_id, state from member where program_id = $1 and member_id = any ($2)",
    [tx.scope.programId, memberIds],
  );
  return new Map(rows.map((row) => [row.member_id, row.state]));
}
