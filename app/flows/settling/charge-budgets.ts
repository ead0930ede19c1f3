import { type BudgetHeld, holdBudgets } from "../../db/budgets.ts";
import type { Tx } from "../../db/database.ts";
import type { Pins } from "../../db/trails.ts";
import type { CompiledProgramme, Judgement } from "../../loyalty/earning/evaluate.ts";
import type { Budget, Circumstances } from "../../loyalty/earning/judgement.ts";
import { budgetPeriod } from "../../loyalty/program/budget-period.ts";

/** Something that a budget pays: when it was, what it took before, by which version. */
export type Charged = { at: Date; pins: Pins | null; programme: CompiledProgramme };

const budgets: readonly Budget[] = ["retention", "acquisition"];

/** Locks the budgets that pay these, after their members. */
export const holdBudgetsOf = (tx: Tx, charged: readonly Charged[]): Promise<Map<string, BudgetHeld>> =>
  holdBudgets(
    tx,
    charged.flatMap((one) => budgets.flatMap((budget) => periodOf(one, budget) ?? [])),
  );

/**
 * What a budget leaves. Headroom is pinned when something is first settled: later it may take what it had, and what
 * is still there, but never more than there was then.
 */
export function roomFor(one: Charged, held: ReadonlyMap<string, BudgetHeld>): Circumstances["room"] {
  const room: Circumstances["room"] = {};
  for (const budget of budgets) {
    const terms = one.programme.definition.budgets[budget];
    const left = leftOf(one, budget, held);
    if (terms?.stops && left !== undefined) room[budget] = Math.min(left, one.pins?.room?.[budget] ?? left);
  }
  return room;
}

/** Charges what a judgement gave. @returns the pins with what was charged */
export function charge(one: Charged, judgement: Judgement, held: ReadonlyMap<string, BudgetHeld>): Pins | null {
  let { pins } = one;
  for (const budget of budgets) {
    const left = leftOf(one, budget, held);
    const period = periodOf(one, budget);
    const use = period && held.get(`${period.budget} ${period.period}`);
    if (left === undefined || !use) continue;
    const pays = new Set(one.programme.definition.earning.filter((rule) => rule.budget === budget).map((rule) => rule.id));
    const spent = judgement.rules.reduce((sum, rule) => sum + (rule.unit === "points" && pays.has(rule.ruleId) ? rule.points : 0), 0);
    use.used += spent - (one.pins?.spent?.[budget] ?? 0);
    pins = { ...pins, room: { [budget]: left, ...pins?.room }, spent: { ...pins?.spent, [budget]: spent } };
  }
  return pins;
}

/**
 * Gives back what something took that is nobody's any more, as if all of it had been refunded. What had been left when it
 * was first settled stays pinned; what never took anything asks for nothing.
 */
export function giveBack(one: Charged, held: ReadonlyMap<string, BudgetHeld>): Pins | null {
  let { pins } = one;
  for (const budget of budgets) {
    const spent = one.pins?.spent?.[budget];
    const period = periodOf(one, budget);
    const use = period && held.get(`${period.budget} ${period.period}`);
    if (!spent || !use) continue;
    use.used -= spent;
    pins = { ...pins, spent: { ...pins?.spent, [budget]: 0 } };
  }
  return pins;
}

function leftOf(one: Charged, budget: Budget, held: ReadonlyMap<string, BudgetHeld>): number | undefined {
  const terms = one.programme.definition.budgets[budget];
  const period = periodOf(one, budget);
  const use = period && held.get(`${period.budget} ${period.period}`);
  if (!terms || !use) return undefined;
  return Math.max(0, terms.points - (use.used - (one.pins?.spent?.[budget] ?? 0)));
}

function periodOf({ at, programme }: Charged, budget: Budget): { budget: Budget; period: string } | undefined {
  const terms = programme.definition.budgets[budget];
  return terms ? { budget, period: budgetPeriod(terms.per, at, programme.timeZone) } : undefined;
}
