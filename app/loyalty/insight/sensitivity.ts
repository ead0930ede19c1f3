import { capAll, capRule, leftOf, limitKey } from "../earning/capping.ts";
import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import { type Fraction, rounded, times } from "../earning/fraction.ts";
import type { Circumstances, RuleTrace, Used } from "../earning/judgement.ts";
import type { Limit } from "../earning/limit.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";
import type { Budgets } from "../program/definition.ts";
import { periodKey } from "./budget-stops.ts";
import { periodOf } from "./budgets-so-far.ts";
import { merged } from "./merged.ts";

/** Per cent of what rules give. */
export const rates = [50, 75, 90, 110, 125, 150] as const;

/** What is given at each of the rates, of that which no budget limits, and of each budget that stops in a period. */
export type Sensitivity = { free: Points[]; budgets: { key: string; most: Points; points: Points[] }[] };

/**
 * What would be given if every rule gave so much more or less: the exact shares of this judgement scaled, rounded
 * and cut by its limits again, and of a budget no more than it has for the period. Tiers, and what limits had left, stay
 * as they were.
 */
export function sensitivity() {
  const free: Points[] = rates.map(() => 0);
  const paidBy = new Map<string, Sensitivity["budgets"][number]>();
  const known = new WeakMap<CompiledProgramme, Terms>();

  function take({ rules, rounding }: Judgement, programme: CompiledProgramme, at: Circumstances, local: () => LocalMoment): void {
    const paid: RuleTrace[] = [];
    for (const one of rules) if (one.passed && one.exact && one.unit === "points" && Number(one.exact[0]) > 0) paid.push(one);
    if (paid.length === 0) return;
    let terms = known.get(programme);
    if (!terms) {
      terms = termsOf(programme);
      known.set(programme, terms);
    }
    const used = at.used ?? {};
    const { stopping } = terms;
    const payers = stopping && paid.map((one) => payerOf(one, stopping, local));
    const shares = paid.map(shareOf);
    const points = new Array<Points>(paid.length).fill(0);
    for (let n = 0; n < rates.length; n += 1) {
      for (let one = 0; one < paid.length; one += 1) points[one] = scaled(shares[one] as Fraction, rates[n] as number, rounding);
      const kept = isCut(paid, points, terms, used) ? cut(paid, points, terms, used) : points;
      for (let one = 0; one < paid.length; one += 1) {
        const sums = payers?.[one]?.points ?? free;
        sums[n] = (sums[n] ?? 0) + (kept[one] ?? 0);
      }
    }
  }

  function payerOf({ budget = "retention" }: RuleTrace, stopping: Budgets, local: () => LocalMoment) {
    const terms = stopping[budget];
    if (!terms) return null;
    const key = periodKey(budget, periodOf(terms.per, local()));
    const one = paidBy.get(key) ?? { key, most: terms.points, points: rates.map(() => 0) };
    paidBy.set(key, one);
    return one;
  }

  return { take, sums: (): Sensitivity => ({ free, budgets: [...paidBy.values()] }) };
}

export const mergeSensitivities = (parts: readonly Sensitivity[]): Sensitivity => ({
  free: rates.map((_, n) => parts.reduce((sum, one) => sum + (one.free[n] ?? 0), 0)),
  budgets: merged(
    parts.map((one) => one.budgets),
    (one) => one.key,
    (sum, one) => {
      sum.points = sum.points.map((points, n) => points + (one.points[n] ?? 0));
    },
  ),
});

/** @param usedBefore what a budget had given before the first day that counts */
export const tellSensitivity = ({ free, budgets }: Sensitivity, usedBefore: (key: string) => Points): { rate: number; points: Points }[] =>
  rates.map((rate, n) => ({
    rate,
    points: budgets.reduce(
      (sum, { key, most, points }) => sum + Math.min(points[n] ?? 0, Math.max(0, most - usedBefore(key))),
      free[n] ?? 0,
    ),
  }));

type Terms = { limits: Map<string, readonly Limit[]>; all: readonly Limit[]; stopping: Budgets | null };

const termsOf = ({ definition: { earning, policies, budgets } }: CompiledProgramme): Terms => {
  const stopping = { retention: stops(budgets.retention), acquisition: stops(budgets.acquisition) };
  return {
    limits: new Map(earning.filter((rule) => rule.limits.length > 0).map((rule) => [rule.id, rule.limits])),
    all: policies.limits,
    stopping: stopping.retention || stopping.acquisition ? stopping : null,
  };
};

const stops = (terms: Budgets["retention"]): Budgets["retention"] => (terms?.stops ? terms : null);

// Whether a limit may take something: most orders are far from all of them.
function isCut(paid: readonly RuleTrace[], points: readonly Points[], { limits, all }: Terms, used: Used): boolean {
  let total = 0;
  for (let n = 0; n < paid.length; n += 1) {
    const { ruleId } = paid[n] as RuleTrace;
    const wanted = points[n] ?? 0;
    total += wanted;
    const own = limits.get(ruleId);
    if (own && takeSome(own, ruleId, used, wanted)) return true;
  }
  return takeSome(all, "*", used, total);
}

const takeSome = (limits: readonly Limit[], counts: string, used: Used, points: Points): boolean =>
  limits.some((limit, index) => isOver(limit, limitKey(counts, index), used, points));

function isOver(limit: Limit, key: string, used: Used, points: Points): boolean {
  const left = leftOf(limit, key, used);
  return limit.of === "times" ? left <= 0 : points > left;
}

function cut(paid: readonly RuleTrace[], points: readonly Points[], { limits, all }: Terms, used: Used): Points[] {
  const traces = paid.map((one, n) => light(one, points[n] ?? 0));
  for (const trace of traces) capRule(trace, limits.get(trace.ruleId) ?? [], used);
  capAll(traces, all, used);
  return traces.map((one) => one.points);
}

const shareOf = ({ boosted, exact }: RuleTrace): Fraction => {
  const [numerator, denominator] = boosted ?? exact ?? [0, 1];
  return { numerator: whole(numerator), denominator: times(whole(denominator), 100) };
};

const scaled = ({ numerator, denominator }: Fraction, rate: number, rounding: Judgement["rounding"]): Points =>
  rounded({ numerator: times(numerator, rate), denominator }, rounding);

// As much of a trace as limits look at.
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
