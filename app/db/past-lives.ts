import type { LedgerOf } from "../loyalty/insight/lives.ts";
import type { PastOccasion } from "../loyalty/insight/past-occasion.ts";
import type { Fate } from "../loyalty/insight/purse.ts";
import { isCertificateCause } from "../loyalty/redeeming/certificate-rules.ts";
import type { Tx } from "./database.ts";

/** What the ledger says of these members beside what they earned: rewards and what became of them, staff, opening balances. */
export async function ledgersOf(tx: Tx, memberIds: readonly string[], until: Date): Promise<Map<string, LedgerOf>> {
  if (memberIds.length === 0) return new Map();
  const of = [tx.scope.programId, memberIds];
  const members = await tx.rows<{ memberId: string; state: LedgerOf["state"]; hasAccount: boolean }>(
    `select member_id as "memberId", state, exists (select from customer c where c.program_id = m.program_id and c.member_id = m.member_id
       and c.deleted_at is null and c.customer_gid like 'gid://%') as "hasAccount"
     from member m where program_id = $1 and member_id = any ($2)`,
    of,
  );
  const ledgers = new Map(members.map(({ memberId, ...one }) => [memberId, { ...one, taken: [], adjusted: [] } as LedgerOf]));
  const fates = await fatesOf(tx, of, until);
  const rewards = await tx.rows<{ id: string; memberId: string; cause: string; unit: string; points: number; at: Date }>(
    `select redemption_id as id, member_id as "memberId", request_id as cause, unit, points, reserved_at as at from redemption
     where program_id = $1 and member_id = any ($2) and points > 0 and reserved_at <= $3 order by reserved_at, redemption_id`,
    [...of, until],
  );
  for (const { id, memberId, cause, unit, points, at } of rewards) {
    const became = (fates.get(id) ?? []).map(({ at: then, fate }): Fate => ({ ...fate, after: then.getTime() - at.getTime() }));
    const isCertificate = isCertificateCause(cause);
    ledgers.get(memberId)?.taken.push({ cause, isCertificate, at: at.getTime(), unit, points, fates: became });
  }
  const adjusted = await tx.rows<{ memberId: string; at: Date; unit: string; points: number }>(
    `select t.member_id as "memberId", t.recorded_at as at, p.unit, sum(case when p.to_member = t.member_id then p.amount else -p.amount end)::bigint as points
     from transaction t join posting p using (program_id, transaction_id)
     where t.program_id = $1 and t.member_id = any ($2) and t.kind in ('adjust', 'import', 'import undone') and t.recorded_at <= $3
       and (p.from_account in ('adjusted', 'imported') or p.to_account in ('adjusted', 'imported'))
     group by t.member_id, t.transaction_id, t.recorded_at, p.unit order by t.recorded_at, t.transaction_id`,
    [...of, until],
  );
  for (const { memberId, at, ...one } of adjusted) ledgers.get(memberId)?.adjusted.push({ ...one, at: at.getTime() });
  return ledgers;
}

type Posted = { id: string; kind: "redeem" | "release" | "expire"; cost: number; at: Date };

// An order says what it cost; a release gives back what is set aside, or it is lost.
async function fatesOf(tx: Tx, of: unknown[], until: Date) {
  const rows = await tx.rows<Posted>(
    `select redemption_id as id, kind, coalesce((explanation->>'cost')::bigint, 0) as cost, recorded_at as at from transaction
     where program_id = $1 and member_id = any ($2) and kind in ('redeem', 'release', 'expire') and redemption_id is not null and recorded_at <= $3
     order by recorded_at, transaction_id`,
    [...of, until],
  );
  const fates = new Map<string, { at: Date; fate: { what: "used"; cost: number } | { what: "released" | "lost" } }[]>();
  for (const { id, kind, cost, at } of rows) {
    const fate =
      kind === "redeem" ? { what: "used" as const, cost } : { what: kind === "release" ? ("released" as const) : ("lost" as const) };
    fates.set(id, [...(fates.get(id) ?? []), { at, fate }]);
  }
  return fates;
}

type Heard = NonNullable<PastOccasion["heard"]>;
type Occasion = { kind: "order" | "event"; key: string; shopId: string | null; id: string };

/** When these orders and events were heard of: when something was posted for them; where nothing was, when they were first seen. */
export async function heardOf(tx: Tx, asked: readonly Occasion[]): Promise<Map<string, Heard>> {
  const orders = asked.filter((one) => one.kind === "order");
  const rows = await tx.rows<{ key: string; paidAt: Date | null; seen: Date | null; posted: { at: number; due: number | null }[] | null }>(
    `select o.shop_id || ' ' || o.order_gid as key, o.paid_at as "paidAt", o.pinned_at as seen,
       (select json_agg(json_build_object('at', extract(epoch from t.recorded_at) * 1000, 'due', (t.explanation->>'due')::bigint) order by t.recorded_at, t.transaction_id) from transaction t
        where t.program_id = o.program_id and t.kind = 'order' and t.shop_id = o.shop_id and t.order_gid = o.order_gid) as posted
     from order_facts o where o.program_id = $1 and (o.shop_id, o.order_gid) in (select * from unnest($2::uuid[], $3::text[]))
     union all
     select h.happening_id::text, null, null, (select json_agg(json_build_object('at', extract(epoch from t.recorded_at) * 1000, 'due', null)) from transaction t where t.program_id = h.program_id and t.kind = 'event' and t.source = h.happening_id || ' 1')
     from happening h where h.program_id = $1 and h.happening_id = any ($4)`,
    [
      tx.scope.programId,
      orders.map((one) => one.shopId),
      orders.map((one) => one.id),
      asked.flatMap((one) => (one.kind === "event" ? [one.id] : [])),
    ],
  );
  return new Map(
    rows.map(({ key, paidAt, seen, posted }) => {
      const first = seen ? [{ at: seen.getTime(), due: null }] : [];
      // Of what is in a value of JSON no more than milliseconds are told.
      const later = (posted ?? []).map(({ at, due }) => ({ at: Math.floor(at), due }));
      return [key, { posted: [...first, ...later].sort((a, b) => a.at - b.at), paidAt: paidAt?.getTime() ?? null }];
    }),
  );
}

export type GivenBeside = { memberId: string; cause: string; what: string };

/** What the ledger holds of gifts of tiers and of certificates. */
export const givenBeside = (tx: Tx, memberIds: readonly string[], until: Date): Promise<GivenBeside[]> =>
  tx.rows<GivenBeside>(
    `select member_id as "memberId", source as cause, (explanation->>'points') || ' ' || (explanation->>'unit') as what from transaction
     where program_id = $1 and member_id = any ($2) and kind = 'gift' and (source like 'tier %' or source like 'grant %') and recorded_at <= $3
     union all
     select member_id, request_id, case when points > 0 then points || ' ' || unit || ' ' else '' end || reward_id from redemption
     where program_id = $1 and member_id = any ($2) and (request_id like 'grant %' or request_id like 'certificate %') and reserved_at <= $3
     union all
     select member_id, cause, what from gift where program_id = $1 and member_id = any ($2) and (cause like 'tier %' or cause like 'grant %') and created_at <= $3`,
    [tx.scope.programId, memberIds, until],
  );
