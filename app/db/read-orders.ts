import type { Explanation } from "../loyalty/explain.ts";
import type { Tx } from "./database.ts";

export type OrderLine = {
  orderGid: string;
  name: string;
  placedAt: Date;
  memberId: string | null;
  who: string | null;
  waitingFor: string | null;
  settledAt: Date | null;
};

const columns = `o.order_gid as "orderGid", o.name, o.placed_at as "placedAt", o.member_id as "memberId", coalesce(m.name, m.email) as who,
  o.waiting_for as "waitingFor", o.settled_at as "settledAt"`;
const from = "order_facts o left join member m on m.program_id = o.program_id and m.member_id = o.member_id";

/** Orders of this shop by the name that is printed on them ("#1001", or "1001" alone) or by Shopify's own number. */
export async function findOrders(tx: Tx, asked: string, limit = 20): Promise<OrderLine[]> {
  const text = asked.trim();
  const bare = text.replace(/^#/, "");
  return tx.rows<OrderLine>(
    `select ${columns} from ${from} where o.program_id = $1 and o.shop_id = $2 and (o.name = any ($3) or o.order_gid = $4) order by o.placed_at desc limit $5`,
    [tx.scope.programId, tx.scope.shopId, [text, bare, `#${bare}`], `gid://shopify/Order/${bare}`, limit],
  );
}

/** The orders of this shop that moved points last. */
export async function latestOrders(tx: Tx, limit = 20): Promise<OrderLine[]> {
  return tx.rows<OrderLine>(
    `with latest as (
       select shop_id, order_gid, max(transaction_id::text) as newest from
         (select shop_id, order_gid, transaction_id from transaction where program_id = $1 and shop_id = $2 and kind = 'order' order by transaction_id desc limit $3 * 5) t
       group by 1, 2 order by newest desc limit $3)
     select ${columns} from latest l join ${from} on o.program_id = $1 and o.shop_id = l.shop_id and o.order_gid = l.order_gid order by l.newest desc`,
    [tx.scope.programId, tx.scope.shopId, limit],
  );
}

export type RecordedAward = { transactionId: string; at: Date; version: number | null; explanation: Explanation };

/** What was last posted for an order of this shop; undefined where nothing ever was. */
export async function lastAward(tx: Tx, orderGid: string): Promise<RecordedAward | undefined> {
  return tx.one<RecordedAward>(
    `select t.transaction_id as "transactionId", t.recorded_at as at, t.version, t.explanation
     from transaction t where t.program_id = $1 and t.shop_id = $2 and t.order_gid = $3 and t.kind = 'order'
     order by t.transaction_id desc limit 1`,
    [tx.scope.programId, tx.scope.shopId, orderGid],
  );
}
