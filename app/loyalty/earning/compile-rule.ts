import { kindOf } from "../program/union-of.ts";
import type { Basket, BasketItem, Certificate, Gift, Share } from "./award-kind.ts";
import { awardKinds } from "./awards/index.ts";
import { type CompiledTree, compileTree, type Test } from "./compile-tree.ts";
import type { World } from "./condition-kind.ts";
import { noParts, type RuleReason, type RuleTrace } from "./judgement.ts";
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

export function compileRule(rule: EarningRule, world: World): CompiledRule {
  const kind = kindOf(awardKinds, rule.award.kind) as AnyAward;
  const settings = settingsOf(rule.award);
  return {
    rule,
    unit: "unit" in rule.award && typeof rule.award.unit === "string" ? rule.award.unit : "points",
    choose: chooser(windowOf(rule.runs, world.timeZone), compileTree(rule.when, world)),
    shares: kind.shares?.(settings) ?? none,
    gifts: kind.gifts?.(settings) ?? [],
    certificate: kind.certificate?.(settings) ?? null,
  };
}

export function compileBoost(boost: Boost, world: World): CompiledBoost {
  return {
    boost,
    rules: boost.rules.length > 0 ? new Set(boost.rules) : null,
    choose: chooser(windowOf(boost.runs, world.timeZone), compileTree(boost.when, world)),
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

function chooser(isRunning: (at: number) => boolean, tree: CompiledTree): (occasion: Occasion) => Chosen {
  return (occasion) => {
    if (!isRunning(occasion.at)) return { passed: false, why: notRunning, tests: [] };
    const tests: Test[] = [];
    if (!tree.choosesItems)
      return tree.holds(occasion, null, tests) ? { passed: true, items: null, tests } : { passed: false, why: conditions, tests };

    const { gate, holds } = tree;
    const items: number[] = [];
    let isOpen = gate === null;
    for (let at = 0; at < occasion.items.length; at += 1) {
      const item = occasion.items[at] as Item;
      if (!isThere(item, occasion.again)) continue;
      // What is asked of the whole occasion is asked once, and only where there is an item to ask about.
      if (!isOpen && gate && !gate(occasion, null, tests)) return { passed: false, why: conditions, tests };
      isOpen = true;
      if (holds(occasion, item, tests)) items.push(at);
    }
    if (items.length > 0) return { passed: true, items, tests };
    const shut = tests.some(([leaf, passed]) => !passed && !tree.itemLeaves.has(leaf));
    return { passed: false, why: shut ? conditions : noItems, tests };
  };
}

// A gate looks at the order as it was sold, so that a refund does not close it again.
const isThere = (item: Item, again: boolean): boolean => (again ? item.remaining > 0 : item.quantity > 0);

/** The basket of a rule: what counts of the items that it chose, now or as they were sold. */
export function basketOf(occasion: Occasion, places: readonly number[] | null, as: "sold" | "counts"): Basket {
  const isSold = as === "sold";
  const shipping = places === null ? (isSold ? occasion.shippingSold : occasion.shipping) : 0;
  const length = places === null ? occasion.items.length : places.length;
  const items: BasketItem[] = [];
  const weights: number[] = [];
  let amount = shipping;
  let pieces = 0;
  for (let n = 0; n < length; n += 1) {
    const item = occasion.items[places === null ? n : (places[n] ?? n)] as Item;
    const one = isSold ? { item, amount: item.sold, pieces: item.quantity } : { item, amount: item.counts, pieces: item.remaining };
    amount += one.amount;
    pieces += one.pieces;
    items.push(one);
    weights.push(one.amount);
  }
  weights.push(shipping);
  return { amount, items, pieces, shipping, isOrder: occasion.order !== null, weights };
}
