import { type Points, spread } from "../points.ts";
import type { Budget, CapTrace, Circumstances, RuleTrace, Used } from "./judgement.ts";
import type { Limit } from "./limit.ts";
import { givenKey } from "./trail.ts";

/** The name under which what was used of a limit is kept, by what it counts: of a rule (`givenKey`), or of all together, "*". */
export const limitKey = (counts: string, index: number): string => `${counts}/${index}`;

/** What a limit has left for this occasion. */
export function leftOf(limit: Limit, key: string, used: Used): number {
  return limit.per === "order" ? limit.most : Math.max(0, limit.most - (used[key] ?? 0));
}

/** Cuts what a rule gives of a unit down to what its own limits leave. The trace says which of them took something. */
export function capRule(trace: RuleTrace, limits: readonly Limit[], used: Used): void {
  limits.forEach((limit, index) => {
    const counts = limit.of === "points" ? givenKey(trace.ruleId, trace.unit) : trace.ruleId;
    const left = leftOf(limit, limitKey(counts, index), used);
    const after = limit.of === "times" ? (left > 0 ? trace.points : 0) : Math.min(trace.points, left);
    if (after === trace.points) return;
    const { of, per, days, most } = limit;
    note(trace, { cap: "limit", of, per, days, most, left, before: trace.points, after });
    trace.points = after;
  });
}

/** Limits of all rules together: what they leave is shared out in proportion, so that no rule's place in the list matters. */
export function capAll(traces: readonly RuleTrace[], limits: readonly Limit[], used: Used): void {
  limits.forEach((limit, index) => {
    const left = leftOf(limit, limitKey("*", index), used);
    const total = sumOf(traces);
    const allowed = limit.of === "times" ? (left > 0 ? total : 0) : left;
    const { of, per, days, most } = limit;
    share(traces, total, allowed, (before, after) => ({ cap: "all rules", of, per, days, most, left, before, after }));
  });
}

/** What a budget had left when this was first settled is never exceeded. */
export function capBudgets(traces: readonly RuleTrace[], budgetOf: ReadonlyMap<string, Budget>, room: Circumstances["room"]): void {
  const total = sumOf(traces);
  for (const [budget, left] of Object.entries(room ?? {}) as [Budget, Points][]) {
    // What all of them fit into needs no sorting out of whom it pays.
    if (left >= total) continue;
    const charged = traces.filter((one) => budgetOf.get(one.ruleId) === budget);
    share(charged, sumOf(charged), left, (before, after) => ({ cap: "budget", budget, left, before, after }));
  }
}

const sumOf = (traces: readonly { points: Points }[]): Points => traces.reduce((sum, one) => sum + one.points, 0);

function note(trace: RuleTrace, cap: CapTrace): void {
  trace.caps ??= [];
  trace.caps.push(cap);
}

function share(traces: readonly RuleTrace[], total: Points, allowed: Points, cap: (before: Points, after: Points) => CapTrace): void {
  if (allowed >= total) return;
  const parts = shareOut(traces, allowed);
  traces.forEach((trace, at) => {
    const after = parts[at] ?? 0;
    if (after === trace.points) return;
    note(trace, cap(trace.points, after));
    trace.points = after;
  });
}

/**
 * What each rule keeps of its points where only so many are allowed: in proportion, and equal remainders in the order
 * of the rules' ids, so that it falls the same way however the merchant sorts the list.
 */
export function shareOut(rules: readonly { ruleId: string; points: Points }[], allowed: Points): Points[] {
  if (allowed >= sumOf(rules)) return rules.map((one) => one.points);
  const sorted = rules.map((one, at) => ({ ...one, at })).sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1));
  const parts = spread(
    Math.max(0, allowed),
    sorted.map((one) => one.points),
  );
  const kept: Points[] = [];
  sorted.forEach((one, n) => {
    kept[one.at] = parts[n] ?? 0;
  });
  return kept;
}
