import type { Tx } from "../db/database.ts";
import { newId } from "../ids.ts";
import type { Context } from "./context.ts";

/** Who did what, for ever. */
export async function audit(
  tx: Tx,
  { actor, now }: Pick<Context, "actor" | "now">,
  action: string,
  subject: string | null,
  details: object,
): Promise<void> {
  await tx.rows("insert into audit (program_id, audit_id, actor, action, subject, details, at) values ($1, $2, $3, $4, $5, $6, $7)", [
    tx.scope.programId,
    newId(),
    actor,
    action,
    subject,
    JSON.stringify(details),
    now(),
  ]);
}
