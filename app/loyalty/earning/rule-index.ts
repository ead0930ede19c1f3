import type { CompiledRule } from "./compile-rule.ts";
import type { Lookup, Saw, World } from "./condition-kind.ts";
import type { RuleReason, RuleTrace } from "./judgement.ts";
import type { Item, Occasion } from "./occasion.ts";
import { plainText } from "./same-text.ts";
import { type Condition, conditionOf, isBranch, leavesOf, settingsOf, type Tree } from "./tree.ts";

/** Of the rules of an order those whose first question is answered no, each as the trace that asking it would leave. */
export type Shut = (rule: number) => RuleTrace | null;
export type RuleIndex = (occasion: Occasion, zeros: number[]) => Shut;

type Group = { lookup: Lookup; rules: Map<string, number[]> };
type Entry = { leaf: number; why: RuleReason; saw: (occasion: Occasion) => Saw };

const conditions: RuleReason = { reason: "conditions" };
const noItems: RuleReason = { reason: "no items" };

/**
 * Finds rules by the texts that they ask for first: tags, types, vendors, SKUs, channels, countries, tiers, days. A
 * rule on “Coffee” is not asked about an order without coffee, and its trace is what asking would have told. Which
 * rules can be found so is decided here, once; every other rule is asked as ever.
 */
export function indexOf(rules: readonly CompiledRule[], world: World): RuleIndex {
  const groups = new Map<string, Group>();
  const entries = rules.map((compiled, n): Entry | null => {
    const first = firstQuestion(compiled);
    if (!first) return null;
    const { condition, leaf, lookup, wanted } = first;
    const { name, saw } = conditionOf(condition);
    const settings = settingsOf(condition);
    const group = groups.get(name) ?? { lookup, rules: new Map() };
    groups.set(name, group);
    for (const text of new Set(wanted.map(plainText))) {
      const found = group.rules.get(text);
      if (found) found.push(n);
      else group.rules.set(text, [n]);
    }
    // What a question saw is its own: of two that ask for tags neither tells the other's.
    return lookup.ofItem || !saw
      ? { leaf, why: noItems, saw: () => 0 }
      : { leaf, why: conditions, saw: (occasion) => saw(occasion as never, settings, world) };
  });

  return (occasion, zeros) => {
    const open = new Uint8Array(rules.length);
    const there = occasion.items.filter(({ quantity }) => quantity > 0);
    // Without items nobody asks anything of rules that choose them.
    if (there.length === 0) return () => null;
    for (const { lookup, rules: byText } of groups.values()) openThose(lookup, byText, occasion, there, open);
    return (n) => {
      const entry = entries[n];
      if (!entry || open[n] === 1) return null;
      const { rule, unit } = rules[n] as CompiledRule;
      return {
        ruleId: rule.id,
        name: rule.name,
        unit,
        points: 0,
        passed: false,
        why: entry.why,
        tests: [[entry.leaf, false, entry.saw(occasion)]],
        lines: zeros,
        rest: 0,
      };
    };
  };
}

function openThose(lookup: Lookup, byText: Group["rules"], occasion: Occasion, there: readonly Item[], open: Uint8Array): void {
  const mark = (text: string) => {
    for (const n of byText.get(plainText(text)) ?? none) open[n] = 1;
  };
  if (!lookup.ofItem) for (const text of lookup.ofOccasion(occasion)) mark(text);
  else for (const item of there) for (const text of lookup.ofItem(item)) mark(text);
}

const none: readonly number[] = [];

type First = { condition: Condition; leaf: number };

// What a rule that runs always and never looks again asks before anything else, where one answer shuts it.
function firstQuestion({ rule }: CompiledRule): (First & { lookup: Lookup; wanted: readonly string[] }) | null {
  if (rule.judgesAgain || rule.runs.from !== null || rule.runs.until !== null) return null;
  const first = firstOf(rule.when, 0);
  const lookup = first && conditionOf(first.condition).lookup;
  const wanted = lookup?.wanted(settingsOf(first?.condition as Condition)) ?? null;
  return first && lookup && wanted ? { ...first, lookup, wanted } : null;
}

// In the order in which a compiled tree asks: of the whole occasion first, then of items.
function firstOf(tree: Tree, leaf: number): First | null {
  if (!isBranch(tree)) return { condition: tree, leaf };
  if (tree.kind !== "all") return null;
  let before = leaf;
  const parts = tree.of
    .map((part) => {
      const leaves = leavesOf(part);
      const at = before;
      before += leaves.length;
      return { part, at, asksItems: leaves.some((one) => conditionOf(one).about === "items") };
    })
    .sort((a, b) => Number(a.asksItems) - Number(b.asksItems));
  const [first] = parts;
  return first ? firstOf(first.part, first.at) : null;
}
