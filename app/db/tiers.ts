import type { Goal, Standing, TierDecision, TierStep, TierWhy } from "../loyalty/tiers/standing.ts";
import type { Tx } from "./database.ts";

/** A member's standing as it was last worked out. */
export type KnownStanding = {
  memberId: string;
  tierId: string | null;
  since: Date | null;
  until: Date | null;
  graceUntil: Date | null;
  reviewAt: Date | null;
  why: TierWhy | null;
  counters: Standing["counters"] | null;
  next: Goal | null;
  keep: Goal | null;
  /** The version that was in force; null while it was never worked out. */
  version: number | null;
  computedAt: Date | null;
};

const columns =
  'member_id as "memberId", tier_id as "tierId", since, until, grace_until as "graceUntil", review_at as "reviewAt", why, counters, next, keep, version, computed_at as "computedAt"';

export async function standingsOf(tx: Tx, memberIds: readonly string[], { locked = false } = {}): Promise<Map<string, KnownStanding>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<KnownStanding>(
    `select ${columns} from member_tier where program_id = $1 and member_id = any ($2) order by member_id${locked ? " for update" : ""}`,
    [tx.scope.programId, memberIds],
  );
  return new Map(rows.map((row) => [row.memberId, row]));
}

/** The tier that a member was in when that was last worked out: their points live as long as its points do. */
export async function tierNow(tx: Tx, memberId: string): Promise<string | null> {
  return (await standingsOf(tx, [memberId])).get(memberId)?.tierId ?? null;
}

export async function saveStandings(tx: Tx, standings: readonly KnownStanding[]): Promise<void> {
  if (standings.length === 0) return;
  await tx.rows(
    `insert into member_tier (program_id, member_id, tier_id, since, until, grace_until, review_at, why, counters, next, keep, version, computed_at)
     select $1, "memberId", "tierId", since, until, "graceUntil", "reviewAt", why, counters, next, keep, version, "computedAt"
     from json_to_recordset($2) as s("memberId" uuid, "tierId" text, since timestamptz, until timestamptz, "graceUntil" timestamptz, "reviewAt" timestamptz,
       why jsonb, counters jsonb, next jsonb, keep jsonb, version int, "computedAt" timestamptz)
     on conflict (program_id, member_id) do update set tier_id = excluded.tier_id, since = excluded.since, until = excluded.until,
       grace_until = excluded.grace_until, review_at = excluded.review_at, why = excluded.why, counters = excluded.counters,
       next = excluded.next, keep = excluded.keep, version = excluded.version, computed_at = excluded.computed_at`,
    [tx.scope.programId, JSON.stringify(standings)],
  );
}

/** Somebody who became somebody else stands nowhere of their own. */
export async function forgetStandings(tx: Tx, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await tx.rows("delete from member_tier where program_id = $1 and member_id = any ($2)", [tx.scope.programId, memberIds]);
}

export type WrittenStep = TierStep & { memberId: string; version: number };

/** Adds steps behind those that are there. The members' standings are locked. */
export async function addSteps(tx: Tx, steps: readonly WrittenStep[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map((one, place) => ({ ...one, at: new Date(one.at), place }));
  await tx.rows(
    `insert into tier_step (program_id, member_id, seq, at, from_tier, to_tier, why, version, recorded_at)
     select $1, "memberId", coalesce((select max(seq) from tier_step t where t.program_id = $1 and t.member_id = n."memberId"), 0)
       + row_number() over (partition by "memberId" order by place), at, "from", "to", why, version, $3
     from json_to_recordset($2) as n("memberId" uuid, place int, at timestamptz, "from" text, "to" text, why jsonb, version int)`,
    [tx.scope.programId, JSON.stringify(rows), now],
  );
}

/** `called`: the name of the tier at that time, which the programme may have changed or dropped since. */
export type TierStepTaken = { at: Date; from: string | null; to: string | null; why: TierWhy; called: string | null };

/** The steps that a member took, newest first; with those of whom they were before. */
export async function stepsOf(tx: Tx, memberId: string, most: number): Promise<TierStepTaken[]> {
  return tx.rows(
    `select at, from_tier as "from", to_tier as "to", why, (
       select level->>'name' from program_version v, jsonb_array_elements(v.definition->'tiers'->'levels') level
       where v.program_id = $1 and v.version = step.version and level->>'id' = step.to_tier
     ) as called
     from tier_step step where program_id = $1 and member_id = $2 order by seq desc limit $3`,
    [tx.scope.programId, memberId, most],
  );
}

/** These members did something: their standing is worked out anew after this transaction. */
export async function markStandings(tx: Tx, memberIds: Iterable<string>, now: Date): Promise<void> {
  const ids = [...new Set(memberIds)].sort();
  if (ids.length === 0) return;
  await tx.rows(
    `insert into member_tier (program_id, member_id, review_at) select $1, m, $3 from unnest($2::uuid[]) m order by m
     on conflict (program_id, member_id) do update set review_at = least(member_tier.review_at, excluded.review_at)`,
    [tx.scope.programId, ids, now],
  );
  await askForReview(tx);
}

/** The ladder changed: everybody's standing is worked out anew. */
export async function everyStandingDue(tx: Tx, now: Date): Promise<void> {
  await tx.rows(
    `insert into member_tier (program_id, member_id, review_at)
     select program_id, member_id, $2::timestamptz from member where program_id = $1 and state <> 'merged' order by member_id
     on conflict (program_id, member_id) do update set review_at = least(member_tier.review_at, excluded.review_at)`,
    [tx.scope.programId, now],
  );
  await askForReview(tx);
}

const askForReview = (tx: Tx): Promise<void> => tx.addJob("review-tiers", {}, { key: `review-tiers ${tx.scope.programId}` });

export async function dueStandings(tx: Tx, now: Date, most: number): Promise<string[]> {
  const rows = await tx.rows<{ member_id: string }>(
    "select member_id from member_tier where program_id = $1 and review_at <= $2 order by review_at, member_id limit $3",
    [tx.scope.programId, now, most],
  );
  return rows.map((row) => row.member_id);
}

export async function addDecision(
  tx: Tx,
  decision: Omit<TierDecision, "at" | "until"> & { decisionId: string; memberId: string; at: Date; until: Date | null },
) {
  await tx.rows(
    "insert into tier_decision (program_id, decision_id, member_id, at, kind, tier_id, until, by, why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      tx.scope.programId,
      decision.decisionId,
      decision.memberId,
      decision.at,
      decision.kind,
      decision.tierId,
      decision.until,
      decision.by,
      decision.why,
    ],
  );
}

/**
 * What was decided about these members' tiers: by staff, and by rules whose award is a tier. Those count from when
 * their order was placed, or their event happened, and not at all once they are withdrawn.
 */
export async function tierDecisionsOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, TierDecision[]>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<Omit<TierDecision, "at" | "until"> & { memberId: string; at: Date; until: Date | null }>(
    `select coalesce(m.merged_into, m.member_id) as "memberId", d.at, d.kind, d.tier_id as "tierId", d.until, d.by, d.why
     from member m join tier_decision d using (program_id, member_id)
     where m.program_id = $1 and (m.member_id = any ($2) or m.merged_into = any ($2))
     union all
     select g.member_id, w.at, 'given', g.what, (w.at at time zone p.time_zone + make_interval(months => g.months)) at time zone p.time_zone, 'rule ' || g.rule_id, ''
     from gift g join program p using (program_id)
       cross join lateral (
         select o.placed_at as at from order_facts o where o.program_id = g.program_id and 'order ' || o.shop_id || ' ' || o.order_gid = g.cause and o.member_id = g.member_id
         union all
         select h.at from happening h where h.program_id = g.program_id and 'event ' || h.happening_id = g.cause and h.member_id = g.member_id
       ) w
     where g.program_id = $1 and g.member_id = any ($2) and g.kind = 'tier' and g.state in ('due', 'given')`,
    [tx.scope.programId, memberIds],
  );
  const decisions = new Map<string, TierDecision[]>();
  for (const { memberId, ...row } of rows) {
    const one = { ...row, at: row.at.getTime(), until: row.until?.getTime() ?? null };
    decisions.set(memberId, [...(decisions.get(memberId) ?? []), one]);
  }
  return decisions;
}
