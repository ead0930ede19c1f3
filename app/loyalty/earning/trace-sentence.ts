import type { Say } from "../say.ts";
import type { CapTrace, RuleTrace } from "./judgement.ts";
import { limitSentence } from "./limit.ts";
import type { EarningRule } from "./rule.ts";
import { type Condition, conditionOf, leavesOf, settingsOf } from "./tree.ts";

/** One question of a rule, with what was found: the condition in words, whether it held, and what it saw. */
export type ToldTest = { condition: string; passed: boolean; saw: string | null };

/** Why a rule gave what it gave, or nothing: for whoever tries it on a basket, or reads what an order earned. */
export type ToldTrace = { sentence: string; tests: ToldTest[]; steps: string[] };

export function tellTrace(trace: RuleTrace, rule: Pick<EarningRule, "when" | "limits">, say: Say): ToldTrace {
  return { sentence: verdictOf(trace, say), tests: testsOf(trace, rule, say), steps: trace.passed ? stepsOf(trace, say) : [] };
}

function verdictOf({ name, points, unit, why, passed }: RuleTrace, say: Say): string {
  if (passed) return `${name} gives ${say.amount(points, unit)}.`;
  const because: string = (() => {
    switch (why?.reason) {
      case "below minimum":
        return `${say.money(why.amount)} counts, and it asks for ${say.money(why.minimum)}`;
      case "no items":
        return "no item fits its conditions";
      case "not running":
        return "it does not run at that time";
      case "beaten":
        return `“${say.nameOf("rule", why.by)}” of the same group is worth more (${say.amount(why.rival, unit)} against ${say.amount(why.points, unit)})`;
      default:
        return "its conditions do not hold";
    }
  })();
  return `${name} gives nothing: ${because}.`;
}

function testsOf({ tests }: RuleTrace, { when }: Pick<EarningRule, "when">, say: Say): ToldTest[] {
  const leaves = leavesOf(when);
  return tests.flatMap(([leaf, passed, saw]) => {
    const condition = leaves[leaf];
    return condition ? [{ condition: phraseOf(condition, say), passed, saw: sayWhatItSaw(condition, saw, say) }] : [];
  });
}

const phraseOf = (condition: Condition, say: Say): string => {
  const { label, sentence } = conditionOf(condition);
  return sentence(settingsOf(condition), say) || label;
};

function sayWhatItSaw(condition: Condition, saw: string | number | boolean | null, say: Say): string | null {
  const { about, sawAs } = conditionOf(condition);
  if (about === "items") return saw === 1 ? "1 item" : saw === 0 ? "no item" : `${saw} items`;
  if (saw === null) return sawAs === "tier" ? "no tier" : null;
  if (typeof saw === "boolean") return saw ? "yes" : "no";
  if (sawAs === "money" && typeof saw === "number") return say.money(saw);
  if (sawAs === "days" && typeof saw === "number") return saw === 1 ? "1 day" : `${say.number(saw)} days`;
  if (sawAs === "tier") return say.nameOf("tier", String(saw));
  if (sawAs === "time" && typeof saw === "string" && /^\d{4}-\d\d-\d\d/.test(saw)) return say.day(saw);
  return typeof saw === "number" ? say.number(saw) : saw;
}

function stepsOf({ amount, boosts = [], caps = [], points, unit }: RuleTrace, say: Say): string[] {
  return [
    ...(amount === undefined ? [] : [`${say.money(amount)} of the order counts for it.`]),
    ...boosts.map(({ name, times, onItems }) => `${name} multiplies ${onItems ? "its items" : "it"} by ${say.percent(times)}.`),
    ...caps.filter((one) => one.after < one.before).map((one) => capStep(one, unit, say)),
    ...(points === 0 && boosts.length + caps.length === 0 && amount === undefined ? ["Its award comes to nothing here."] : []),
  ];
}

function capStep(one: CapTrace, unit: string, say: Say): string {
  const left = `leaves ${say.amount(one.after, unit)} of ${say.amount(one.before, unit)}`;
  if (one.cap === "budget") return `What the ${one.budget} budget has left ${left}.`;
  const of = one.cap === "limit" ? one.of : "points";
  const limit = limitSentence({ most: one.most, of, per: one.per, days: one.days }, unit, say);
  return `The limit of ${one.cap === "all rules" ? "all rules, " : ""}${limit}, ${left}.`;
}
