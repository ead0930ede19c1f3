import { type CompiledRule, shutTrace } from "./compile-rule.ts";
import type { RuleReason, RuleTrace } from "./judgement.ts";
import type { Answers, LookUp, Seen } from "./look-up.ts";
import { type Condition, conditionOf, isBranch, leavesOf, type Tree } from "./tree.ts";

/** The trace of a rule that cannot pass, without asking it: one question that it cannot do without is answered no. null for a rule that has to be asked. */
export type Shut = (rule: number, answers: Answers) => RuleTrace | null;

/** A question that a rule cannot do without, where its answer is, and what was told of it, by what it saw. */
type Bar = { slot: number; leaf: number; ofItems: boolean; kind: string; seen: Seen; told: (RuleTrace | undefined)[] };

const conditions: RuleReason = { reason: "conditions" };
const noItems: RuleReason = { reason: "no items" };

/** A rule on “Coffee” is not asked about an order without coffee, and its trace says that no item was. */
export function indexOf(rules: readonly CompiledRule[], lookUp: LookUp): Shut {
  const byRule = rules.map((compiled) => barsOf(compiled, lookUp));
  const bars = byRule.flat();
  // The bars of rule n are those from begins[n] to before begins[n + 1]: most rules are told by these numbers alone.
  const slots = Int32Array.from(bars, ({ slot }) => slot);
  const begins = new Int32Array(rules.length + 1);
  for (const [n, { length }] of byRule.entries()) begins[n + 1] = (begins[n] as number) + length;
  return (n, answers) => {
    const end = begins[n + 1] as number;
    for (let at = begins[n] as number; at < end; at += 1) {
      if (answers[slots[at] as number] !== 0) continue;
      const bar = bars[at] as Bar;
      return bar.told[bar.seen.place] ?? tell(rules[n] as CompiledRule, bar);
    }
    return null;
  };
}

// A rule that is shut by the same answer leaves the same trace with every order: it is made once, and never changed.
function tell(compiled: CompiledRule, { leaf, ofItems, seen, told }: Bar): RuleTrace {
  const trace = Object.freeze(shutTrace(compiled, ofItems ? noItems : conditions, [[leaf, false, seen.saw]]));
  if (seen.place !== -1) told[seen.place] = trace;
  return trace;
}

// A rule that looks again asks about other items, and one that has its days is first asked whether it runs.
function barsOf({ rule }: CompiledRule, lookUp: LookUp): Bar[] {
  if (rule.judgesAgain || rule.runs.from !== null || rule.runs.until !== null) return [];
  return required(rule.when, 0)
    .flatMap(({ condition, leaf }) => {
      const slot = lookUp.slotOf(condition);
      const { about } = conditionOf(condition);
      return slot === null ? [] : [{ slot, leaf, ofItems: about === "items", kind: condition.kind, seen: lookUp.seenBy(slot), told: [] }];
    })
    .sort((a, b) => selectivity(a) - selectivity(b) || a.leaf - b.leaf);
}

// A shop has thousands of products and tags, some vendors and types, a few channels and seven days: what shuts most orders
// out is looked at first.
const mostSelective = [
  ...["variant", "sku", "product", "customer tag", "product tag", "collection", "vendor", "product type", "segment"],
  ...["country", "payment gateway", "tier", "weekday and hours", "channel"],
];

function selectivity({ kind }: Bar): number {
  const place = mostSelective.indexOf(kind);
  return place === -1 ? mostSelective.length : place;
}

type Question = { condition: Condition; leaf: number };

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
