import type { Context } from "../context.ts";

/**
 * Redemptions that need somebody: codes whose day has passed, and those that a dying process left half done.
 * Each gets the job that finishes it.
 */
export async function overdueRedemptions(context: Pick<Context, "db" | "scope" | "now">): Promise<void> {
  await context.db.inProgramme(context.scope, async (tx) => {
    const rows = await tx.rows<{ redemptionId: string; shopId: string; state: string }>(
      `select redemption_id as "redemptionId", shop_id as "shopId", state from redemption
       where program_id = $1 and ((state = 'issued' and expires_at <= $2) or (state in ('reserved', 'releasing') and changed_at <= $2::timestamptz - interval '2 minutes')) limit 1000`,
      [tx.scope.programId, context.now()],
    );
    for (const { redemptionId, shopId, state } of rows) {
      if (state === "issued") await tx.addJob("expire-reward", { redemptionId, shopId }, { key: `expire-reward ${redemptionId}` });
      if (state === "reserved") await tx.addJob("issue-discount", { redemptionId, shopId }, { key: `issue-discount ${redemptionId}` });
      // One that waits for its window keeps its time, and its key: a release begun anew would never come to an end.
      if (state === "releasing")
        await tx.addJob("finish-release", { redemptionId, shopId }, { key: `release-reward ${redemptionId}`, mode: "preserve_run_at" });
    }
  });
}
