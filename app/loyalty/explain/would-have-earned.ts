import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { Circumstances, Judgement, RuleTrace } from "../earning/judgement.ts";
import { type Condition, conditionOf, leavesOf, settingsOf, type Tree } from "../earning/tree.ts";
import type { OrderFacts } from "../facts.ts";
import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import { itemsOf } from "./items-of.ts";

type Given = NonNullable<Judgement["gifts"]>[number];
type Gain = { gain: Record<string, Points>; gifts: readonly Given[] };

/** What an order would have earned more, had one thing been otherwise. */
export type More = Gain & ({ what: "amount"; missing: Minor; on: Tree | null } | { what: "tier"; tierId: string });

const most = 3;

/**
 * What would have earned more: amounts that were just missing, and the next tiers. Nothing is estimated: the order is
 * judged once more by the same version in the same circumstances with this one thing otherwise, and what comes out is
 * compared. An order that something came back of is left alone.
 */
export function wouldHaveEarned(programme: CompiledProgramme, order: OrderFacts, at: Circumstances, was: Judgement): More[] {
  const cameBack = order.refunds.length > 0 || order.refundedWithoutLines > 0 || order.lines.some((one) => one.remaining < one.quantity);
  if (was.nothing || cameBack || was.amount <= 0) return [];
  return [...amounts(programme, order, at, was), ...nextTier(programme, order, at, was)].slice(0, most);
}

function amounts(programme: CompiledProgramme, order: OrderFacts, at: Circumstances, was: Judgement): More[] {
  const found = new Map<string, More & { what: "amount" }>();
  for (const trace of was.rules) {
    const rule = programme.rules.find((one) => one.rule.id === trace.ruleId)?.rule;
    const missing = rule && missingOf(trace, rule.when);
    // Twice the order is another order.
    if (!rule || !missing || missing > was.amount) continue;
    const gain = leastGain(
      was,
      order.lines.map((_, line) => programme.judge(withMore(order, line, missing), at)).filter((better) => gives(better, rule.id)),
    );
    const on = itemsOf(rule.when);
    if (gain) found.set(`${missing} ${JSON.stringify(on)}`, { what: "amount", missing, on, ...gain });
  }
  return [...found.values()].sort((a, b) => a.missing - b.missing);
}

// A limit may leave nothing of what a rule gives: more money earns more then, but not by what the order lacked.
const gives = ({ rules, gifts = [] }: Judgement, ruleId: string): boolean =>
  rules.some((one) => one.ruleId === ruleId && one.points > 0) || gifts.some((gift) => gift.ruleId === ruleId);

// It may matter on which item more is spent: what is said holds for each of them.
function leastGain(was: Judgement, better: readonly Judgement[]): Gain | null {
  const gains = better.map((one) => gainOf(was, one));
  if (gains.some((one) => one === null)) return null;
  const sum = (one: Gain | null) => Object.values(one?.gain ?? {}).reduce((all, more) => all + more, 0);
  return gains.sort((a, b) => sum(a) - sum(b))[0] ?? null;
}

// What a rule asked for and the order did not come to.
function missingOf({ why, tests }: RuleTrace, when: Tree): Minor | null {
  if (why?.reason === "below minimum") return why.minimum - why.amount;
  if (why?.reason !== "conditions") return null;
  const leaves = leavesOf(when);
  const short = tests.flatMap(([leaf, passed, saw]) => {
    const least = leastOf(leaves[leaf]);
    return !passed && least !== null && typeof saw === "number" && saw < least ? [least - saw] : [];
  });
  return short.length > 0 ? Math.max(...short) : null;
}

function leastOf(condition: Condition | undefined): Minor | null {
  if (!condition || conditionOf(condition).sawAs !== "money") return null;
  const { least } = settingsOf(condition) as { least?: unknown };
  return typeof least === "number" ? least : null;
}

const withMore = (order: OrderFacts, at: number, more: Minor): OrderFacts => ({
  ...order,
  lines: order.lines.map((line, n) => (n === at ? { ...line, sold: line.sold + more, net: line.net + more } : line)),
});

// The lowest tier above the member's that would have earned more.
function nextTier(programme: CompiledProgramme, order: OrderFacts, at: Circumstances, was: Judgement): More[] {
  const levels = programme.definition.tiers?.levels ?? [];
  if (!programme.needs.has("tier") || at.member?.tierId === undefined) return [];
  const here = levels.findIndex((one) => one.id === at.member?.tierId);
  for (const { id: tierId } of levels.slice(here + 1)) {
    const gain = gainOf(was, programme.judge(order, { ...at, member: { ...at.member, tierId } }));
    if (gain) return [{ what: "tier", tierId, ...gain }];
  }
  return [];
}

// More of something and less of nothing.
function gainOf(was: Judgement, better: Judgement): Gain | null {
  const before: Record<string, Points> = { points: was.due, ...was.units };
  const after: Record<string, Points> = { points: better.due, ...better.units };
  const gain: Record<string, Points> = {};
  for (const unit of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const more = (after[unit] ?? 0) - (before[unit] ?? 0);
    if (more < 0) return null;
    if (more > 0) gain[unit] = more;
  }
  if (without(was.gifts, better.gifts).length > 0) return null;
  const gifts = without(better.gifts, was.gifts);
  return Object.keys(gain).length > 0 || gifts.length > 0 ? { gain, gifts } : null;
}

// A rule gives its gifts all or not at all.
const without = (gifts: readonly Given[] = [], known: readonly Given[] = []): Given[] =>
  gifts.filter((gift) => !known.some((one) => one.ruleId === gift.ruleId));
