import { capAll, capBudgets, capRule } from "../earning/capping.ts";
import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import { rounded, times } from "../earning/fraction.ts";
import type { Budget, Circumstances, RuleTrace } from "../earning/judgement.ts";
import type { Points } from "../points.ts";
import type { EarningRule } from "../program/definition.ts";

/** Per cent of what rules give. */
export const rates = [50, 75, 90, 110, 125, 150] as const;

/**
 * What would be given if every rule gave so much more or less: the exact shares of this judgement scaled, rounded
 * and cut by its limits again. Tiers, and what limits and budgets had left, stay as they were.
 */
export function sensitivity() {
  const totals: Points[] = rates.map(() => 0);
  const known = new WeakMap<CompiledProgramme, { rules: Map<string, EarningRule>; budgetOf: Map<string, Budget> }>();

  return {
    take({ rules, rounding }: Judgement, programme: CompiledProgramme, at: Circumstances): void {
      const paid = rules.filter((one) => one.unit === "points" && one.passed && one.exact && Number(one.exact[0]) > 0);
      if (paid.length === 0) return;
      let of = known.get(programme);
      if (!of) {
        const { earning } = programme.definition;
        of = { rules: new Map(earning.map((rule) => [rule.id, rule])), budgetOf: new Map(earning.map((rule) => [rule.id, rule.budget])) };
        known.set(programme, of);
      }
      const { limits } = programme.definition.policies;
      const isPlain = limits.length === 0 && !at.room;
      for (let n = 0; n < rates.length; n += 1) {
        const rate = rates[n] as number;
        if (isPlain && paid.length === 1 && of.rules.get(paid[0]?.ruleId ?? "")?.limits.length === 0) {
          totals[n] = (totals[n] ?? 0) + scaled(paid[0] as RuleTrace, rate, rounding);
          continue;
        }
        const traces = paid.map((one) => light(one, scaled(one, rate, rounding)));
        for (const trace of traces) {
          const own = of.rules.get(trace.ruleId)?.limits;
          if (own && own.length > 0) capRule(trace, own, at.used ?? {});
        }
        if (!isPlain) {
          capAll(traces, limits, at.used ?? {});
          capBudgets(traces, of.budgetOf, at.room);
        }
        totals[n] = (totals[n] ?? 0) + traces.reduce((sum, one) => sum + one.points, 0);
      }
    },
    report: (): { rate: number; points: Points }[] => rates.map((rate, n) => ({ rate, points: totals[n] ?? 0 })),
  };
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
