import type { Budget } from "../loyalty/earning/judgement.ts";
import type { Points } from "../loyalty/points.ts";
import { budgetPeriod } from "../loyalty/program/budget-period.ts";
import { type BudgetStanding, budgetNames, budgetStandings } from "../loyalty/program/budget-standing.ts";
import type { Tx } from "./database.ts";
import type { Programme } from "./programme.ts";

/** What a budget has spent in a period ("2026-11", "2026"), held until the transaction ends. */
export type BudgetHeld = { budget: Budget; period: string; used: Points };

const keyOf = (one: { budget: string; period: string }): string => `${one.budget} ${one.period}`;

/** Locks what budgets have spent, after orders and members as everybody does. Keys are "<budget> <period>". */
export async function holdBudgets(tx: Tx, wanted: readonly { budget: Budget; period: string }[]): Promise<Map<string, BudgetHeld>> {
  const unique = [...new Map(wanted.map((one) => [keyOf(one), one])).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (unique.length === 0) return new Map();
  const values = [tx.scope.programId, unique.map((one) => one.budget), unique.map((one) => one.period)];
  await tx.rows(
    "insert into budget_use (program_id, budget, period) select $1, b, p from unnest($2::text[], $3::text[]) as w(b, p) order by b, p on conflict do nothing",
    values,
  );
  const rows = await tx.rows<BudgetHeld>(
    "select budget, period, used from budget_use where program_id = $1 and (budget, period) in (select * from unnest($2::text[], $3::text[])) order by budget, period for update",
    values,
  );
  return new Map(rows.map((row) => [keyOf(row), { ...row }]));
}

export async function writeBudgets(tx: Tx, held: Iterable<BudgetHeld>): Promise<void> {
  const rows = [...held];
  if (rows.length === 0) return;
  await tx.rows(
    `update budget_use b set used = w.used from unnest($2::text[], $3::text[], $4::bigint[]) as w(budget, period, used)
     where b.program_id = $1 and b.budget = w.budget and b.period = w.period`,
    [tx.scope.programId, rows.map((one) => one.budget), rows.map((one) => one.period), rows.map((one) => one.used)],
  );
}

/** How the programme's budgets stand in the periods that run now. */
export async function readBudgets(
  tx: Tx,
  { definition, timeZone }: Pick<Programme, "definition" | "timeZone">,
  now: Date,
): Promise<BudgetStanding[]> {
  if (budgetNames.every((budget) => definition.budgets[budget] === null)) return [];
  const rows = await tx.rows<BudgetHeld>("select budget, period, used from budget_use where program_id = $1 and period = any ($2)", [
    tx.scope.programId,
    [budgetPeriod("month", now, timeZone), budgetPeriod("year", now, timeZone)],
  ]);
  return budgetStandings(definition.budgets, (budget, per) => {
    const period = budgetPeriod(per, now, timeZone);
    return rows.find((row) => row.budget === budget && row.period === period)?.used ?? 0;
  });
}
