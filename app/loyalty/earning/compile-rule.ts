import { kindOf } from "../program/union-of.ts";
import type { Basket, Certificate, Gift, Share } from "./award-kind.ts";
import { awardKinds } from "./awards/index.ts";
import { type CompiledTree, compileTree, type Test } from "./compile-tree.ts";
import type { World } from "./condition-kind.ts";
import { noParts, type RuleReason, type RuleTrace } from "./judgement.ts";
import type { LookUp } from "./look-up.ts";
import type { Item, Occasion } from "./occasion.ts";
import type { Boost, EarningRule } from "./rule.ts";
import { settingsOf } from "./tree.ts";
import { windowOf } from "./window.ts";

/** What a rule chose of an occasion: the items that count, by their place in the order; null when all do. */
export type Chosen = { passed: true; items: number[] | null; tests: Test[] } | { passed: false; why: RuleReason; tests: Test[] };

export type CompiledRule = {
  rule: EarningRule;
  /** What it gives; of several, points. */
  unit: string;
  choose: (occasion: Occasion) => Chosen;
  shares: (basket: Basket) => Share[];
  gifts: readonly Gift[];
  certificate: Certificate | null;
};

export type CompiledBoost = {
  boost: Pick<Boost, "id" | "name" | "times">;
  rules: ReadonlySet<string> | null;
  choose: (occasion: Occasion) => Chosen;
};

type AnyAward = {
  shares?: (settings: unknown) => (basket: Basket) => Share[];
  gifts?: (settings: unknown) => Gift[];
  certificate?: (settings: unknown) => Certificate;
};

const none = (): Share[] => [];

export function compileRule(rule: EarningRule, world: World, lookUp: LookUp | null): CompiledRule {
  const kind = kindOf(awardKinds, rule.award.kind) as AnyAward;
  const settings = settingsOf(rule.award);
  return {
    rule,
    unit: "unit" in rule.award && typeof rule.award.unit === "string" ? rule.award.unit : "points",
    choose: chooser(rule, world, lookUp),
    shares: kind.shares?.(settings) ?? none,
    gifts: kind.gifts?.(settings) ?? [],
    certificate: kind.certificate?.(settings) ?? null,
  };
}

export function compileBoost(boost: Boost, world: World, lookUp: LookUp | null): CompiledBoost {
  return {
    boost,
    rules: boost.rules.length > 0 ? new Set(boost.rules) : null,
    choose: chooser(boost, world, lookUp),
  };
}

/** What is told of a rule that gave nothing. */
export const shutTrace = ({ rule, unit }: Pick<CompiledRule, "rule" | "unit">, why: RuleReason, tests: Test[]): RuleTrace => ({
  ruleId: rule.id,
  name: rule.name,
  unit,
  points: 0,
  passed: false,
  why,
  tests,
  lines: noParts,
  rest: 0,
});

const notRunning: RuleReason = { reason: "not running" };
const conditions: RuleReason = { reason: "conditions" };
const noItems: RuleReason = { reason: "no items" };

type Asking = (occasion: Occasion) => Chosen;

function chooser({ runs, when }: Pick<EarningRule, "runs" | "when">, world: World, lookUp: LookUp | null): Asking {
  const tree = compileTree(when, world, lookUp);
  const choose = tree.choosesItems ? chooserOfItems(tree) : chooserOfAll(tree);
  if (runs.from === null && runs.until === null) return choose;
  const isRunning = windowOf(runs, world.timeZone);
  return (occasion) => (isRunning(occasion.at) ? choose(occasion) : { passed: false, why: notRunning, tests: [] });
}

function chooserOfAll({ leaves, holds, testsOf }: CompiledTree): Asking {
  const noted = new Int32Array(leaves);
  return (occasion) => {
    noted.fill(0);
    const passed = holds(occasion, null, noted);
    const tests = testsOf(occasion, noted);
    return passed ? { passed, items: null, tests } : { passed, why: conditions, tests };
  };
}

function chooserOfItems({ leaves, gate, holds, testsOf }: CompiledTree): Asking {
  const noted = new Int32Array(leaves);
  const chosen: number[] = [];
  return (occasion) => {
    let at = firstThere(occasion);
    // What is asked of the whole occasion is asked once, and only where there is an item to ask about.
    if (at === -1) return { passed: false, why: noItems, tests: [] };
    noted.fill(0);
    if (gate && !gate(occasion, null, noted)) return { passed: false, why: conditions, tests: testsOf(occasion, noted) };
    let count = 0;
    for (; at < occasion.items.length; at += 1) {
      const item = occasion.items[at] as Item;
      if (isThere(item, occasion.again) && holds(occasion, item, noted)) {
        chosen[count] = at;
        count += 1;
      }
    }
    const tests = testsOf(occasion, noted);
    return count > 0 ? { passed: true, items: chosen.slice(0, count), tests } : { passed: false, why: noItems, tests };
  };
}

function firstThere({ items, again }: Occasion): number {
  for (let at = 0; at < items.length; at += 1) if (isThere(items[at] as Item, again)) return at;
  return -1;
}

// A gate looks at the order as it was sold, so that a refund does not close it again.
const isThere = (item: Item, again: boolean): boolean => (again ? item.remaining : item.quantity) > 0;
