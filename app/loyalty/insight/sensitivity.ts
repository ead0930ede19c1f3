import { capAll, capBudgets, capRule, leftOf, limitKey } from "../earning/capping.ts";
import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import { rounded, times } from "../earning/fraction.ts";
import type { Budget, Circumstances, RuleTrace, Used } from "../earning/judgement.ts";
import type { Limit } from "../earning/limit.ts";
import type { Points } from "../points.ts";

/** Per cent of what rules give. */
export const rates = [50, 75, 90, 110, 125, 150] as const;

/**
 * What would be given if every rule gave so much more or less: the exact shares of this judgement scaled, rounded
 * and cut by its limits again. Tiers, and what limits and budgets had left, stay as they were.
 */
export function sensitivity() {
  const totals: Points[] = rates.map(() => 0);
  const known = new WeakMap<CompiledProgramme, Terms>();

  return {
    take({ rules, rounding }: Judgement, programme: CompiledProgramme, at: Circumstances): void {
      const paid = rules.filter((one) => one.unit === "points" && one.passed && one.exact && Number(one.exact[0]) > 0);
      if (paid.length === 0) return;
      let terms = known.get(programme);
      if (!terms) {
        terms = termsOf(programme);
        known.set(programme, terms);
      }
      for (let n = 0; n < rates.length; n += 1) {
        const points = paid.map((one) => scaled(one, rates[n] as number, rounding));
        const total = points.reduce((sum, one) => sum + one, 0);
        totals[n] = (totals[n] ?? 0) + (isCut(paid, points, total, terms, at) ? cut(paid, points, terms, at) : total);
      }
    },
    report: (): { rate: number; points: Points }[] => rates.map((rate, n) => ({ rate, points: totals[n] ?? 0 })),
  };
}

type Terms = { limits: Map<string, readonly Limit[]>; all: readonly Limit[]; budgetOf: Map<string, Budget> };

const termsOf = ({ definition: { earning, policies } }: CompiledProgramme): Terms => ({
  limits: new Map(earning.filter((rule) => rule.limits.length > 0).map((rule) => [rule.id, rule.limits])),
  all: policies.limits,
  budgetOf: new Map(earning.map((rule) => [rule.id, rule.budget])),
});

// Whether a limit or a budget may take something: most orders are far from all of them.
function isCut(
  paid: readonly RuleTrace[],
  points: readonly Points[],
  total: Points,
  { limits, all }: Terms,
  { used, room }: Circumstances,
): boolean {
  for (let n = 0; n < paid.length; n += 1) {
    const { ruleId } = paid[n] as RuleTrace;
    if (limits.get(ruleId)?.some((limit, index) => isOver(limit, limitKey(ruleId, index), used ?? {}, points[n] ?? 0))) return true;
  }
  if (all.some((limit, index) => isOver(limit, limitKey("*", index), used ?? {}, total))) return true;
  for (const budget in room) if ((room[budget as Budget] ?? 0) < total) return true;
  return false;
}

function isOver(limit: Limit, key: string, used: Used, points: Points): boolean {
  const left = leftOf(limit, key, used);
  return limit.of === "times" ? left <= 0 : points > left;
}

function cut(
  paid: readonly RuleTrace[],
  points: readonly Points[],
  { limits, all, budgetOf }: Terms,
  { used = {}, room }: Circumstances,
): Points {
  const traces = paid.map((one, n) => light(one, points[n] ?? 0));
  for (const trace of traces) capRule(trace, limits.get(trace.ruleId) ?? [], used);
  capAll(traces, all, used);
  capBudgets(traces, budgetOf, room);
  return traces.reduce((sum, one) => sum + one.points, 0);
}

function scaled(trace: RuleTrace, rate: number, rounding: Judgement["rounding"]): Points {
  const [numerator, denominator] = trace.boosted ?? trace.exact ?? [0, 1];
  return rounded({ numerator: times(whole(numerator), rate), denominator: times(whole(denominator), 100) }, rounding);
}

// As much of a trace as limits and budgets look at.
const light = ({ ruleId, unit, name, passed, why, tests, lines, rest }: RuleTrace, points: Points): RuleTrace => ({
  ruleId,
  name,
  unit,
  points,
  passed,
  why,
  tests,
  lines,
  rest,
});

const whole = (value: number | string): bigint | number => {
  if (typeof value === "number") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
};
