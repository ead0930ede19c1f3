import type { Tx } from "../../db/database.ts";

/**
 * A member's orders and events from an instant on are judged again, by a job: they are not locked here, and locks are
 * taken in one order.
 */
export async function lookAgain(tx: Tx, memberId: string, since: number): Promise<void> {
  const at = new Date(since).toISOString();
  await tx.addJob("settle-again", { memberId, since: at }, { key: `settle-again ${memberId} ${at}` });
}
