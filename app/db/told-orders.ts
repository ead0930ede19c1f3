import type { Tx } from "./database.ts";

export type Told = { memberId: string; at: Date; orders: number };

/** How many of a member's orders are known here up to an instant at which Shopify had counted them. */
export async function toldOrders(tx: Tx, counted: readonly { memberId: string; at: Date }[], withImported: boolean): Promise<Told[]> {
  if (counted.length === 0) return [];
  return tx.rows<Told>(
    `with wanted as (select * from unnest($2::uuid[], $3::timestamptz[]) as w(member_id, at)),
       told as (
         select w.member_id, w.at, o.shop_id, o.order_gid from wanted w join order_facts o on o.program_id = $1 and o.member_id = w.member_id and o.placed_at <= w.at
           where o.pinned_at is not null
         ${
           withImported
             ? `union
         select w.member_id, w.at, p.shop_id, p.order_gid from wanted w join customer c on c.program_id = $1 and c.member_id = w.member_id
           join past_order p on p.program_id = $1 and p.shop_id = c.shop_id and p.customer_gid = c.customer_gid and p.placed_at <= w.at`
             : ""
         })
     select member_id as "memberId", at, count(*) as orders from told group by member_id, at`,
    [tx.scope.programId, counted.map((one) => one.memberId), counted.map((one) => one.at)],
  );
}
