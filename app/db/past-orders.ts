import type { OrderFacts } from "../loyalty/facts.ts";
import type { Tx } from "./database.ts";

/** Keeps orders from before Laurel, for backtests; what was kept of them before is older. Who was a guest stays one. */
export async function keepPastOrders(tx: Tx, shopId: string, orders: readonly OrderFacts[], now: Date): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map((facts) => ({
    facts: { ...facts, guestKey: null },
    gid: facts.orderGid,
    placed: facts.placedAt,
    customer: facts.customerGid,
  }));
  await tx.rows(
    `insert into past_order (program_id, shop_id, order_gid, placed_at, customer_gid, facts, imported_at)
     select $1, $2, gid, placed, customer, facts, $4 from json_to_recordset($3) as o(gid text, placed timestamptz, customer text, facts jsonb) order by gid
     on conflict (program_id, shop_id, order_gid) do update set placed_at = excluded.placed_at, customer_gid = excluded.customer_gid, facts = excluded.facts, imported_at = excluded.imported_at`,
    [tx.scope.programId, shopId, JSON.stringify(rows), now],
  );
}

export async function countPastOrders(tx: Tx): Promise<number> {
  const row = await tx.one<{ n: number }>("select count(*) as n from past_order where program_id = $1", [tx.scope.programId]);
  return row?.n ?? 0;
}
