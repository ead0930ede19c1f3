import type { Tx } from "../../db/database.ts";
import { programmeAccounts } from "../../loyalty/ledger/accounts.ts";
import type { Context } from "../context.ts";

// Ids grow with time but commit in any order; what is older than this has been committed or never will be.
const settledAfterMs = 15 * 60_000;

/**
 * Adds the postings since the last roll-up to the sums of the programme's own accounts. They have no balance row
 * (everybody would wait for it), so a page adds the tail to the sum.
 */
export async function rollUp(context: Pick<Context, "db" | "scope">): Promise<void> {
  await context.db.inProgramme(context.scope, async (tx) => {
    await tx.rows("select 1 from program where program_id = $1 for update", [tx.scope.programId]);
    const through = uuidAt(Date.now() - settledAfterMs);
    const sums = await tail(tx, through);
    for (const { unit, account, taken, given } of sums) {
      await tx.rows(
        `insert into account_rollup as r (program_id, unit, account, through, taken, given) values ($1, $2, $3, $4, $5, $6)
         on conflict (program_id, unit, account) do update set through = excluded.through, taken = r.taken + excluded.taken, given = r.given + excluded.given`,
        [tx.scope.programId, unit, account, through, taken, given],
      );
    }
    await tx.rows("update account_rollup set through = greatest(through, $2) where program_id = $1", [tx.scope.programId, through]);
  });
}

async function tail(tx: Tx, through: string) {
  return tx.rows<{ unit: string; account: string; taken: number; given: number }>(
    `select unit, account, sum(taken)::bigint as taken, sum(given)::bigint as given from (
       select p.unit, p.from_account as account, p.amount as taken, 0 as given, p.transaction_id from posting p where p.program_id = $1 and p.from_account = any ($3)
       union all
       select p.unit, p.to_account, 0, p.amount, p.transaction_id from posting p where p.program_id = $1 and p.to_account = any ($3)) e
     where transaction_id <= $2 and transaction_id > coalesce((select through from account_rollup where program_id = $1 order by through desc limit 1), '00000000-0000-0000-0000-000000000000')
     group by 1, 2`,
    [tx.scope.programId, through, programmeAccounts],
  );
}

// The largest UUIDv7 of an instant.
function uuidAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7fff-bfff-ffffffffffff`;
}
