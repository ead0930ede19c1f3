import type pg from "pg";

export type Delivery = {
  id: string;
  shop: string;
  topic: string;
  receivedAt: Date;
  state: string;
  attempts: number;
  reason: string | null;
};

const columns = `id, shop, topic, received_at as "receivedAt", state, attempts, reason`;

/** Deliveries that wait or could not be used, the oldest first. */
export async function listInbox(owner: pg.Pool, wish: { state: "failed" | "waiting"; shop?: string; limit: number }): Promise<Delivery[]> {
  const { rows } = await owner.query<Delivery>(
    `select ${columns} from inbox where state = $1 and ($2::text is null or shop = $2) order by received_at limit $3`,
    [wish.state, wish.shop ?? null, wish.limit],
  );
  return rows;
}

export async function showDelivery(owner: pg.Pool, id: string): Promise<(Delivery & { webhookId: string; body: string }) | undefined> {
  const { rows } = await owner.query<Delivery & { webhookId: string; body: string }>(
    `select ${columns}, webhook_id as "webhookId", body from inbox where id::text = $1 or webhook_id = $1`,
    [id],
  );
  return rows[0];
}

/** Puts failed deliveries back to be tried again; answers how many. */
export async function retryInbox(owner: pg.Pool, which: { id?: string; shop?: string }): Promise<number> {
  const { rowCount } = await owner.query(
    `update inbox set state = 'waiting', attempts = 0, reason = null, not_before = now()
     where state = 'failed' and ($1::text is null or id::text = $1 or webhook_id = $1) and ($2::text is null or shop = $2)`,
    [which.id ?? null, which.shop ?? null],
  );
  return rowCount ?? 0;
}
