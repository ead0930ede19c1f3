import type { OrderFacts } from "../facts.ts";
import type { Minor } from "../money.ts";
import { type Points, spread } from "../points.ts";
import type { Definition, EarningRule } from "../program/definition.ts";
import type { Phase } from "../program/phase.ts";
import { kindOf } from "../program/union-of.ts";
import { awardKinds } from "./awards/index.ts";
import { eligibleOf, type LineCount } from "./eligible.ts";

/** What one rule did with an order, and why: plain values that are stored with the award. */
export type RuleTrace = { ruleId: string; name: string; points: Points; passed: boolean; why: RuleReason | null; lines: Points[] };
export type RuleReason = { reason: "below minimum"; minimum: Minor; amount: Minor };

export type NothingReason =
  | "test order"
  | "cancelled"
  | "deleted"
  | "payment void"
  | "not live"
  | "not a tester"
  | "excluded by tag"
  | "blocked"
  | "left";

/** The whole judgement of an order: the money path and the explanation are this one value. */
export type Judgement = {
  due: Points;
  nothing: NothingReason | null;
  version: number;
  amount: Minor;
  currency: string;
  lines: LineCount[];
  shipping: Minor;
  refundedWithoutLines: Minor;
  rules: RuleTrace[];
  rounding: "down, once per rule and order";
};

/** What is pinned when an order is first seen, and how it stands now. */
export type Circumstances = {
  version: number;
  phase: Phase;
  testTag: string | null;
  tags: readonly string[];
  deleted: boolean;
  memberState: "active" | "blocked" | "left";
};

export type CompiledProgramme = { version: number; definition: Definition; judge: (order: OrderFacts, at: Circumstances) => Judgement };

/** Turns a programme version into one function, once. Merchants' settings are never evaluated as code. */
export function compile(version: number, definition: Definition): CompiledProgramme {
  const rules = definition.earning.filter((rule) => rule.active).map(compileRule);

  const judge = (order: OrderFacts, at: Circumstances): Judgement => {
    const eligible = eligibleOf(order, definition.policies);
    const nothing = whyNothing(order, at, definition);
    const traces = nothing ? [] : rules.map((apply) => apply(eligible));
    return {
      due: traces.reduce((sum, trace) => sum + trace.points, 0),
      nothing,
      version,
      amount: eligible.amount,
      currency: order.currency,
      lines: eligible.lines,
      shipping: eligible.shipping,
      refundedWithoutLines: eligible.refundedWithoutLines,
      rules: traces,
      rounding: "down, once per rule and order",
    };
  };
  return { version, definition, judge };
}

type Basket = ReturnType<typeof eligibleOf>;

function compileRule(rule: EarningRule): (basket: Basket) => RuleTrace {
  const { kind: name, ...settings } = rule.award;
  const kind = kindOf(awardKinds, name);
  const pointsFor = kind.points as (eligible: Basket, settings: unknown) => Points;
  const failed = (basket: Basket, minimum: Minor): RuleTrace => ({
    ruleId: rule.id,
    name: rule.name,
    points: 0,
    passed: false,
    why: { reason: "below minimum", minimum, amount: basket.placed },
    lines: basket.lines.map(() => 0),
  });

  return (basket) => {
    if (rule.minimum !== null && basket.placed < rule.minimum) return failed(basket, rule.minimum);
    const points = pointsFor(basket, settings);
    const weights = basket.lines.map((line) => line.counts);
    return {
      ruleId: rule.id,
      name: rule.name,
      points,
      passed: true,
      why: null,
      lines: weights.some(Boolean) ? spread(points, weights) : weights,
    };
  };
}

function whyNothing(order: OrderFacts, at: Circumstances, definition: Definition): NothingReason | null {
  if (at.deleted) return "deleted";
  if (order.test) return "test order";
  if (order.cancelledAt) return "cancelled";
  if (order.payment === "void") return "payment void";
  if (at.phase === "off" || at.phase === "paused") return "not live";
  if (at.phase === "testing" && !(at.testTag && hasTag(at.tags, at.testTag))) return "not a tester";
  if (definition.policies.excludeTag && hasTag(at.tags, definition.policies.excludeTag)) return "excluded by tag";
  if (at.memberState === "blocked") return "blocked";
  if (at.memberState === "left") return "left";
  return null;
}

/** Shopify compares tags without regard to case. */
export const hasTag = (tags: readonly string[], tag: string): boolean => tags.some((one) => one.toLowerCase() === tag.toLowerCase());
