import { type CompiledRule, shutTrace } from "./compile-rule.ts";
import type { Lookup, Saw, World } from "./condition-kind.ts";
import type { RuleReason, RuleTrace } from "./judgement.ts";
import type { Item, Occasion } from "./occasion.ts";
import { plainText } from "./same-text.ts";
import { type Condition, conditionOf, isBranch, leavesOf, settingsOf, type Tree } from "./tree.ts";

/** Of the rules of an order those whose first question is answered no, each as the trace that asking it would leave. */
export type Shut = (rule: number) => RuleTrace | null;
export type RuleIndex = (occasion: Occasion) => Shut;

type Group = { lookup: Lookup; rules: Map<string, number[]>; heard: Map<string, readonly number[]> };
type Entry = { saw: ((occasion: Occasion) => Saw) | null; traceOf: (saw: Saw) => RuleTrace };

/** Below so many rules asking all of them is quicker than looking up whom to ask. */
const worthIt = 12;

/** A shop's tags and SKUs come again and again, but not without end. */
const mostHeard = 5_000;

const conditions: RuleReason = { reason: "conditions" };
const noItems: RuleReason = { reason: "no items" };

/**
 * Finds rules by the texts that they cannot do without: tags, types, vendors, SKUs, channels, countries, tiers, days.
 * A rule on “Coffee” is not asked about an order without coffee, and its trace says that no item was. Which rules can
 * be found so is decided here, once; every other rule is asked as ever.
 */
export function indexOf(rules: readonly CompiledRule[], world: World, least = worthIt): RuleIndex | null {
  if (rules.length < least) return null;
  const groups = new Map<string, Group>();
  const entries = rules.map((compiled, n): Entry | null => {
    const first = firstQuestion(compiled);
    if (!first) return null;
    const { condition, leaf, lookup, wanted } = first;
    const { name, saw } = conditionOf(condition);
    const settings = settingsOf(condition);
    const group = groups.get(name) ?? { lookup, rules: new Map(), heard: new Map() };
    groups.set(name, group);
    for (const text of new Set(wanted.map(plainText))) {
      const found = group.rules.get(text);
      if (found) found.push(n);
      else group.rules.set(text, [n]);
    }
    // What a question saw is its own: of two that ask for tags neither tells the other's.
    return lookup.ofItem || !saw
      ? { saw: null, traceOf: tracer(compiled, leaf, noItems) }
      : { saw: (occasion) => saw(occasion as never, settings, world), traceOf: tracer(compiled, leaf, conditions) };
  });

  return (occasion) => {
    const there = occasion.items.filter(({ quantity }) => quantity > 0);
    // Without items nobody asks anything of rules that choose them.
    if (there.length === 0) return () => null;
    const open = new Uint8Array(rules.length);
    for (const group of groups.values()) openThose(group, occasion, there, open);
    return (n) => {
      const entry = entries[n];
      if (!entry || open[n] === 1) return null;
      return entry.traceOf(entry.saw === null ? 0 : entry.saw(occasion));
    };
  };
}

// A rule that is shut by the same answer leaves the same trace with every order: it is made once, and never changed.
function tracer(compiled: CompiledRule, leaf: number, why: RuleReason): Entry["traceOf"] {
  const made = new Map<Saw, RuleTrace>();
  return (saw) => {
    const known = made.get(saw);
    if (known) return known;
    const trace = Object.freeze(shutTrace(compiled, why, [[leaf, false, saw]]));
    if (made.size < mostHeard) made.set(saw, trace);
    return trace;
  };
}

function openThose({ lookup, rules, heard }: Group, occasion: Occasion, there: readonly Item[], open: Uint8Array): void {
  const mark = (text: string) => {
    let found = heard.get(text);
    if (!found) {
      found = rules.get(plainText(text)) ?? none;
      if (heard.size < mostHeard) heard.set(text, found);
    }
    for (const n of found) open[n] = 1;
  };
  if (!lookup.ofItem) for (const text of lookup.ofOccasion(occasion)) mark(text);
  else for (const item of there) for (const text of lookup.ofItem(item)) mark(text);
}

const none: readonly number[] = [];

type Question = { condition: Condition; leaf: number };

// What a rule that runs always and never looks again has to have answered yes, whatever else it asks: the question that
// shuts most orders out.
function firstQuestion({ rule }: CompiledRule): (Question & { lookup: Lookup; wanted: readonly string[] }) | null {
  if (rule.judgesAgain || rule.runs.from !== null || rule.runs.until !== null) return null;
  const candidates = required(rule.when, 0).flatMap((one) => {
    const { lookup } = conditionOf(one.condition);
    const wanted = lookup?.wanted(settingsOf(one.condition)) ?? null;
    return lookup && wanted ? [{ ...one, lookup, wanted }] : [];
  });
  return candidates.sort((a, b) => selectivity(a) - selectivity(b) || a.leaf - b.leaf)[0] ?? null;
}

// A shop has thousands of SKUs and tags, some vendors and types, a few channels and seven days.
const mostSelective = ["sku", "customer tag", "product tag", "vendor", "product type", "country", "tier", "weekday and hours", "channel"];

function selectivity({ condition, wanted }: Question & { wanted: readonly string[] }): number {
  const place = mostSelective.indexOf(condition.kind);
  return (place === -1 ? mostSelective.length : place) * 100 + Math.min(99, wanted.length);
}

// The questions that all have to be answered yes.
function required(tree: Tree, leaf: number): Question[] {
  if (!isBranch(tree)) return [{ condition: tree, leaf }];
  if (tree.kind !== "all") return [];
  let before = leaf;
  return tree.of.flatMap((part) => {
    const at = before;
    before += leavesOf(part).length;
    return required(part, at);
  });
}
