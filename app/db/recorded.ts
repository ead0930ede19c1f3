import type { Tx } from "./database.ts";

/** What orders have earned so far, by member and unit. */
export type Recorded = Map<string, Map<string, Record<string, number>>>;

/**
 * What orders have earned so far, by member and unit, from the ledger itself. A member who was merged counts as the
 * one they became.
 */
export async function recordedFor(tx: Tx, orders: readonly { shopId: string; orderGid: string }[]): Promise<Recorded> {
  if (orders.length === 0) return new Map();
  const rows = await tx.rows<{ shop_id: string; order_gid: string; member_id: string; unit: string; points: number }>(
    `select t.shop_id, t.order_gid, coalesce(m.merged_into, t.member_id) as member_id, p.unit,
       sum(case when p.from_account = 'issued' then p.amount when p.to_account = 'issued' then -p.amount else 0 end)::bigint as points
     from transaction t join posting p using (program_id, transaction_id) join member m on m.program_id = t.program_id and m.member_id = t.member_id
     where t.program_id = $1 and t.kind = 'order' and (t.shop_id, t.order_gid) in (select * from unnest($2::uuid[], $3::text[]))
     group by 1, 2, 3, 4`,
    [tx.scope.programId, orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
  const recorded: Recorded = new Map();
  for (const row of rows) {
    const key = `${row.shop_id} ${row.order_gid}`;
    const byMember = recorded.get(key) ?? new Map<string, Record<string, number>>();
    byMember.set(row.member_id, { ...byMember.get(row.member_id), [row.unit]: row.points });
    recorded.set(key, byMember);
  }
  return recorded;
}
