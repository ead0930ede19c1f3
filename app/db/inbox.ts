import type { Database, Tx } from "./database.ts";

export type InboxRow = { id: string; shop: string; topic: string; webhookId: string; triggeredAt: Date; body: string; attempts: number };

/** Topics whose body is a whole order: a version of it. */
export const orderVersionTopics = [
  "orders/create",
  "orders/paid",
  "orders/updated",
  "orders/fulfilled",
  "orders/partially_fulfilled",
  "orders/cancelled",
];

/** Claims waiting rows of this programme; they stay locked, and nobody else's, until the transaction ends. */
export async function claimInbox(tx: Tx, which: "order versions" | "others", limit: number, now: Date): Promise<InboxRow[]> {
  const rows = await tx.rows<InboxRow>(
    `select id, shop, topic, webhook_id as "webhookId", triggered_at as "triggeredAt", body, attempts from inbox
     where program_id = $1 and state = 'waiting' and not_before <= $2 and (topic = any ($3)) = $4 order by id limit $5 for update skip locked`,
    [tx.scope.programId, now, orderVersionTopics, which === "order versions", limit],
  );
  return rows;
}

export async function claimOne(tx: Tx, id: string): Promise<InboxRow | undefined> {
  return tx.one<InboxRow>(
    `select id, shop, topic, webhook_id as "webhookId", triggered_at as "triggeredAt", body, attempts from inbox where id = $1 and state = 'waiting' for update skip locked`,
    [id],
  );
}

export type Done = { id: string; state: "done" | "ignored" | "failed"; reason?: string | undefined };

export async function markDone(tx: Tx, rows: readonly Done[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(
    `update inbox i set state = d.state, reason = d.reason, done_at = $2 from json_to_recordset($1) as d(id uuid, state text, reason text) where i.id = d.id`,
    [JSON.stringify(rows), now],
  );
}

const tries = 12;

/** A delivery that threw comes again, later each time; after the last try it stays, failed, for people to see. */
export async function postpone(tx: Tx, row: InboxRow, reason: string, now: Date): Promise<void> {
  const attempts = row.attempts + 1;
  const waitMs = Math.min(1000 * 2 ** attempts, 3_600_000);
  await tx.rows("update inbox set attempts = $2, not_before = $3, reason = $4, state = $5 where id = $1", [
    row.id,
    attempts,
    new Date(now.getTime() + waitMs),
    reason.slice(0, 500),
    attempts >= tries ? "failed" : "waiting",
  ]);
}

export async function nextProgramme(db: Database, now: Date, butNot: readonly string[]): Promise<string | undefined> {
  const [row] = await db.global<{ next: string | null }>("select laurel.next_program($1, $2) as next", [now, butNot]);
  return row?.next ?? undefined;
}
