import { audit } from "../audit.ts";
import type { Context } from "../context.ts";

/** Deliveries that could not be used are worked off once more, such as after an update of Laurel. */
export async function retryDeliveries(context: Context): Promise<{ again: number }> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const rows = await tx.rows(
      "update inbox set state = 'waiting', attempts = 0, reason = null, not_before = $2 where program_id = $1 and state = 'failed' returning id",
      [tx.scope.programId, context.now()],
    );
    if (rows.length > 0) await audit(tx, context, "tried deliveries again", null, { deliveries: rows.length });
    return { again: rows.length };
  });
}
