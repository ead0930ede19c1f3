import { spread } from "../points.ts";
import type { Definition } from "../program/definition.ts";
import { type ActiveBoost, boosted } from "./boosting.ts";
import { capAll, capBudgets, capRule } from "./capping.ts";
import { basketOf, type Chosen, type CompiledBoost, type CompiledRule } from "./compile-rule.ts";
import { rounded } from "./fraction.ts";
import type { Budget, Circumstances, Judgement, RuleTrace } from "./judgement.ts";
import type { Occasion } from "./occasion.ts";

/** A version as its rules and boosts, compiled. */
export type Compiled = {
  definition: Definition;
  rules: readonly CompiledRule[];
  boosts: readonly CompiledBoost[];
  ofOrders: readonly CompiledRule[];
  tierBoosts: ReadonlyMap<string, ActiveBoost>;
  budgetOf: ReadonlyMap<string, Budget>;
};

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Given = RuleTrace & { weights: number[]; places: readonly number[] | null };

/** Rules, then boosts, then groups, then limits, then budgets; points are spread over the lines when all is decided. */
export function decide(
  judgement: Judgement,
  programme: Compiled,
  rules: readonly CompiledRule[],
  occasion: Mutable<Occasion>,
  at: Circumstances,
): Judgement {
  const { policies } = programme.definition;
  const boosts = activeBoosts(programme, occasion);
  const given: Given[] = [];
  const groups = new Map<string, { trace: Given[]; worth: number; ruleId: string }[]>();

  for (const compiled of rules) {
    const { rule } = compiled;
    occasion.again = rule.judgesAgain;
    const chosen = compiled.choose(occasion);
    const sold =
      chosen.passed && (rule.minimum !== null || rule.group !== null)
        ? basketOf(occasion, chosen.items, rule.judgesAgain ? "counts" : "sold")
        : null;
    if (!chosen.passed || (rule.minimum !== null && sold && sold.amount < rule.minimum)) {
      given.push(failed(compiled, chosen, sold?.amount ?? 0));
      continue;
    }
    const apply = rule.boosted ? boosts.filter((one) => one.rules === null || one.rules.has(rule.id)) : none;
    const traces = award(compiled, chosen, basketOf(occasion, chosen.items, "counts"), apply, policies);
    given.push(...traces);
    if (rule.group !== null && sold) {
      const worth = award(compiled, chosen, sold, apply, policies).reduce((sum, one) => sum + one.points, 0);
      groups.set(rule.group, [...(groups.get(rule.group) ?? []), { trace: traces, worth, ruleId: rule.id }]);
    }
  }
  for (const rivals of groups.values()) best(rivals);

  const limits = new Map(rules.map(({ rule }) => [rule.id, rule.limits]));
  for (const trace of given) capRule(trace, limits.get(trace.ruleId) ?? none, at.used ?? {});
  const ofPoints = given.filter((one) => one.unit === "points");
  capAll(ofPoints, policies.limits, at.used ?? {});
  capBudgets(ofPoints, programme.budgetOf, at.room);
  return finished(judgement, given, rules, occasion, at);
}

const none: readonly never[] = [];

function activeBoosts({ boosts, tierBoosts }: Compiled, occasion: Occasion): ActiveBoost[] {
  const active: ActiveBoost[] = [];
  const ofTier = occasion.member.tierId === null ? undefined : tierBoosts.get(occasion.member.tierId);
  if (ofTier) active.push(ofTier);
  for (const { boost, rules, choose } of boosts) {
    const chosen = choose(occasion);
    if (chosen.passed) active.push({ boost, rules, items: chosen.items === null ? null : new Set(chosen.items) });
  }
  return active;
}

function failed({ rule }: CompiledRule, chosen: Chosen, amount: number): Given {
  const why = chosen.passed ? { reason: "below minimum" as const, minimum: rule.minimum ?? 0, amount } : chosen.why;
  return { ...blank(rule), passed: false, why, tests: chosen.tests, weights: [], places: null };
}

const blank = (rule: CompiledRule["rule"]): RuleTrace => ({
  ruleId: rule.id,
  name: rule.name,
  unit: "unit" in rule.award && typeof rule.award.unit === "string" ? rule.award.unit : "points",
  points: 0,
  passed: true,
  why: null,
  tests: [],
  lines: [],
  rest: 0,
});

function award(
  { rule, shares }: CompiledRule,
  chosen: Chosen & { passed: true },
  basket: ReturnType<typeof basketOf>,
  boosts: readonly ActiveBoost[],
  policies: Definition["policies"],
): Given[] {
  const traces = shares(basket).map((share): Given => {
    const { fraction, weights, boosts: told } = boosted(share, basket, chosen.items, boosts, policies.boosts);
    const trace: Given = {
      ...blank(rule),
      unit: share.unit,
      points: rounded(fraction, policies.rounding),
      tests: chosen.tests,
      exact: [stored(share.numerator), stored(share.denominator)],
      weights,
      places: chosen.items,
    };
    if (chosen.items !== null) trace.amount = basket.amount;
    if (told.length > 0) {
      trace.boosts = told;
      trace.boosted = [String(fraction.numerator), String(fraction.denominator)];
    }
    return trace;
  });
  if (traces.length > 0) return traces;
  // A rule that gives gifts only is told too.
  const trace: Given = { ...blank(rule), tests: chosen.tests, weights: [], places: chosen.items };
  if (chosen.items !== null) trace.amount = basket.amount;
  return [trace];
}

// JSON has no numbers beyond those that are exact.
const stored = (value: bigint | number): number | string => (typeof value === "number" ? value : String(value));

// The best by what the order was worth as it was sold; of equals the one whose id comes first, wherever it stands in the list.
function best(rivals: { trace: Given[]; worth: number; ruleId: string }[]): void {
  const [winner, ...others] = [...rivals].sort((a, b) => b.worth - a.worth || (a.ruleId < b.ruleId ? -1 : 1));
  if (!winner) return;
  for (const { trace, worth } of others) {
    for (const one of trace) {
      one.points = 0;
      one.passed = false;
      one.why = { reason: "beaten", by: winner.ruleId, points: worth, rival: winner.worth };
    }
  }
}

function finished(
  judgement: Judgement,
  given: readonly Given[],
  rules: readonly CompiledRule[],
  occasion: Occasion,
  at: Circumstances,
): Judgement {
  for (const { weights, places, ...trace } of given) {
    trace.lines = occasion.items.map(() => 0);
    if (trace.points > 0) {
      const parts = spread(trace.points, weights);
      trace.rest = parts.pop() ?? 0;
      parts.forEach((part, n) => {
        trace.lines[places?.[n] ?? n] = part;
      });
      if (parts.length === 0 && trace.rest === 0) trace.rest = trace.points;
      if (trace.unit === "points") judgement.due += trace.points;
      else {
        judgement.units ??= {};
        judgement.units[trace.unit] = (judgement.units[trace.unit] ?? 0) + trace.points;
      }
    }
    judgement.rules.push(trace);
  }
  giftsOf(judgement, rules, at);
  if (at.member && Object.keys(at.member).length > 0) judgement.member = at.member;
  return judgement;
}

// A gift is given once for the occasion, while something of it remains and no limit says "not so often".
function giftsOf(judgement: Judgement, rules: readonly CompiledRule[], at: Circumstances): void {
  if (judgement.trigger === "order" && judgement.amount <= 0) return;
  for (const { rule, gifts } of rules) {
    if (gifts.length === 0) continue;
    const trace = judgement.rules.find((one) => one.ruleId === rule.id);
    const isUsedUp = rule.limits.some((limit, n) => limit.of === "times" && (at.used?.[`${rule.id}/${n}`] ?? 0) >= limit.most);
    // Of items that all came back nothing remains, whatever else the order has.
    const cameBack = judgement.trigger === "order" && trace?.amount !== undefined && trace.amount <= 0;
    if (!trace?.passed || isUsedUp || cameBack) continue;
    judgement.gifts = [...(judgement.gifts ?? []), ...gifts.map((gift) => ({ ...gift, ruleId: rule.id }))];
  }
}
