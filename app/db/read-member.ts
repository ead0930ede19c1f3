import type { Movement } from "../loyalty/explain.ts";
import type { Balance } from "../loyalty/ledger/accounts.ts";
import { POINTS } from "./books.ts";
import type { Tx } from "./database.ts";

export type MemberFile = {
  memberId: string;
  name: string | null;
  email: string | null;
  state: string;
  stateNote: string | null;
  joinedAt: Date;
  mergedInto: string | null;
  redactedAt: Date | null;
  balance: Balance;
  customers: { shopId: string; customerGid: string; tags: string[]; hasAccount: boolean; deletedAt: string | null }[];
  /** What they have of other units, by the names of the version in force. */
  units: { id: string; one: string; other: string; available: number; pending: number; reserved: number }[];
  badges: string[];
  /** What rules gave them that is no amount and is not handed out, or was taken back: with the reason. */
  gifts: { what: string; state: string; why: string | null }[];
  /** What expires first: points and the day. */
  expiring: { points: number; at: string } | null;
};

export async function readMember(tx: Tx, memberId: string): Promise<MemberFile | undefined> {
  return tx.one<MemberFile>(
    `with v as (select definition from program_version where program_id = $1 and effective_from <= now() order by version desc limit 1)
     select m.member_id as "memberId", m.name, m.email, m.state, m.state_note as "stateNote", m.joined_at as "joinedAt", m.merged_into as "mergedInto", m.redacted_at as "redactedAt",
       json_build_object('pending', coalesce(b.pending, 0), 'available', coalesce(b.available, 0), 'reserved', coalesce(b.reserved, 0), 'owed', coalesce(b.owed, 0)) as balance,
       coalesce((select json_agg(json_build_object('shopId', c.shop_id, 'customerGid', c.customer_gid, 'tags', c.tags, 'hasAccount', c.has_account, 'deletedAt', c.deleted_at) order by c.customer_gid)
         from customer c where c.program_id = m.program_id and c.member_id = m.member_id), '[]') as customers,
       coalesce((select json_agg(json_build_object('id', u->>'id', 'one', u#>>'{name,one}', 'other', u#>>'{name,other}', 'available', coalesce(o.available, 0),
           'pending', coalesce(o.pending, 0), 'reserved', coalesce(o.reserved, 0)))
         from v, jsonb_array_elements(v.definition->'units') u left join balance o on o.program_id = m.program_id and o.member_id = m.member_id and o.unit = u->>'id'), '[]') as units,
       coalesce((select json_agg(distinct d->>'name') from v, jsonb_array_elements(v.definition->'badges') d
         where exists (select from gift g where g.program_id = m.program_id and g.member_id = m.member_id and g.kind = 'badge' and g.state = 'given' and g.what = d->>'id')), '[]') as badges,
       coalesce((select json_agg(json_build_object('what', g.what, 'state', g.state, 'why', g.why) order by g.changed_at desc)
         from gift g where g.program_id = m.program_id and g.member_id = m.member_id and g.why is not null), '[]') as gifts,
       (select json_build_object('points', sum(l."left"), 'at', l.expires_at) from lot l
         where l.program_id = m.program_id and l.member_id = m.member_id and l.unit = $3 and l."left" > 0 and l.expires_at is not null
         group by l.expires_at order by l.expires_at limit 1) as expiring
     from member m left join balance b on b.program_id = m.program_id and b.member_id = m.member_id and b.unit = $3
     where m.program_id = $1 and m.member_id = $2`,
    [tx.scope.programId, memberId, POINTS],
  );
}

export type StatementRow = Movement & {
  transactionId: string;
  shopId: string | null;
  orderGid: string | null;
  actor: string | null;
  at: Date;
  recordedAt: Date;
};
export type StatementPage = { rows: StatementRow[]; older: string | null };

/**
 * A member's movements, newest first, from before a transaction on. What they did as a guest, before they
 * claimed it, is theirs too: the claim itself then only changes whose name is on the points.
 */
export async function readStatement(tx: Tx, memberId: string, before: string | null, size: number): Promise<StatementPage> {
  const rows = await tx.rows<StatementRow>(
    `with who as (select array_agg(member_id) as ids from member where program_id = $1 and (member_id = $2 or merged_into = $2))
     select t.transaction_id as "transactionId", t.kind, t.shop_id as "shopId", t.order_gid as "orderGid", t.actor, t.explanation, t.occurred_at as at, t.recorded_at as "recordedAt",
       coalesce((select json_agg(json_build_object('from', p.from_account, 'to', p.to_account, 'amount', p.amount, 'unit', p.unit) order by p.seq)
        from posting p where p.program_id = t.program_id and p.transaction_id = t.transaction_id and (p.from_member = any (who.ids) or p.to_member = any (who.ids))), '[]') as postings
     from who, transaction t where t.program_id = $1 and t.member_id = any (who.ids) and ($3::uuid is null or t.transaction_id < $3)
     order by t.transaction_id desc limit $4`,
    [tx.scope.programId, memberId, before, size + 1],
  );
  const shown = rows.slice(0, size);
  return { rows: shown, older: rows.length > size ? (shown.at(-1)?.transactionId ?? null) : null };
}

/** The last movements of each of these members, newest first. What merely became spendable is no news. */
export async function readLatestOf(tx: Tx, memberIds: readonly string[], size: number): Promise<(StatementRow & { memberId: string })[]> {
  return tx.rows<StatementRow & { memberId: string }>(
    `select t.member_id as "memberId", t.transaction_id as "transactionId", t.kind, t.shop_id as "shopId", t.order_gid as "orderGid", t.actor, t.explanation,
       t.occurred_at as at, t.recorded_at as "recordedAt",
       coalesce((select json_agg(json_build_object('from', p.from_account, 'to', p.to_account, 'amount', p.amount, 'unit', p.unit) order by p.seq)
        from posting p where p.program_id = t.program_id and p.transaction_id = t.transaction_id), '[]') as postings
     from unnest($2::uuid[]) as m(id) cross join lateral (
       select * from transaction where program_id = $1 and member_id = m.id and kind <> 'mature' order by transaction_id desc limit $3) t
     order by t.transaction_id desc`,
    [tx.scope.programId, memberIds, size],
  );
}

export type MemberRedemption = {
  redemptionId: string;
  reward: { name: string };
  points: number;
  charged: number;
  state: string;
  code: string;
  reservedAt: Date;
  expiresAt: Date;
  givenMinor: number | null;
};

export async function readRedemptions(tx: Tx, memberId: string): Promise<MemberRedemption[]> {
  return tx.rows<MemberRedemption>(
    `select redemption_id as "redemptionId", reward, points, charged, state, code, reserved_at as "reservedAt", expires_at as "expiresAt", given_minor as "givenMinor"
     from redemption where program_id = $1 and member_id = $2 order by reserved_at desc limit 50`,
    [tx.scope.programId, memberId],
  );
}
