import type { Points } from "../points.ts";
import { shareOut } from "./capping.ts";
import { rounded } from "./fraction.ts";
import type { CapTrace, Judgement, Rounding, RuleTrace } from "./judgement.ts";

/**
 * Works an award out once more from its trace alone: the fractions, the rounding, the limits and budgets that are
 * written there. It comes to what was given, or the trace does not explain it.
 */
export function replay({ rules, rounding }: Pick<Judgement, "rules" | "rounding">): Record<string, Points> {
  const points = new Map(rules.map((one) => [one, ofRule(one, rounding)]));
  for (const cap of sharedCaps(rules)) {
    const concerned = rules.filter((one) => one.unit === "points" && (cap.cap === "all rules" || isPaidBy(one, cap)));
    const after = shareOut(
      concerned.map((one) => ({ ruleId: one.ruleId, points: points.get(one) ?? 0 })),
      cap.left,
    );
    concerned.forEach((one, n) => {
      points.set(one, after[n] ?? 0);
    });
  }
  const sums: Record<string, Points> = {};
  for (const [{ unit }, given] of points) if (given > 0) sums[unit] = (sums[unit] ?? 0) + given;
  return sums;
}

function ofRule({ passed, exact, boosted, caps = [] }: RuleTrace, rounding: Rounding): Points {
  if (!passed || !exact) return 0;
  const [numerator, denominator] = boosted ?? exact;
  const points = rounded({ numerator: exactly(numerator), denominator: exactly(denominator) }, rounding);
  return caps.reduce(
    (left, cap) => (cap.cap === "limit" ? (cap.of === "times" ? (cap.left > 0 ? left : 0) : Math.min(left, cap.left)) : left),
    points,
  );
}

const exactly = (value: number | string): number | bigint => (typeof value === "number" ? value : BigInt(value));

// Limits of all rules and budgets are noted with every rule that they took something from: each is one.
function sharedCaps(rules: readonly RuleTrace[]): CapTrace[] {
  const seen = new Map<string, CapTrace>();
  for (const cap of rules.flatMap((one) => one.caps ?? []))
    if (cap.cap !== "limit") seen.set(JSON.stringify({ ...cap, before: 0, after: 0 }), cap);
  return [...seen.values()].sort((a, b) => Number(a.cap === "budget") - Number(b.cap === "budget"));
}

const isPaidBy = (one: RuleTrace, cap: CapTrace): boolean => cap.cap === "budget" && (one.budget ?? "retention") === cap.budget;
