import type { RuleReason, RuleTrace } from "../earning/judgement.ts";
import { plainTree } from "../earning/plain-tree.ts";
import type { EarningRule } from "../earning/rule.ts";
import { conditionOf, isBranch, type Tree } from "../earning/tree.ts";
import { treeSentence } from "../earning/tree-sentence.ts";
import { windowSentence } from "../earning/window.ts";
import type { Say } from "../say.ts";
import { type Around, awardSteps, countsNothing, renamed } from "./award-steps.ts";
import { itemsOf } from "./items-of.ts";
import { type Asked, askedOf, sayAsked, type ToldTree, toldTree } from "./told-tree.ts";

/** One question of a rule, with what was found: the condition in words, whether it held, and what it saw. */
export type ToldTest = { condition: string; passed: boolean; saw: string };

/** Why a rule gave what it gave, or nothing: for whoever tries it on a basket, or reads what an order earned. */
export type ToldTrace = {
  sentence: string;
  tests: ToldTest[];
  tree: ToldTree | null;
  /** What held, so that it was paid. */
  because: string[];
  steps: string[];
};

export type RuleTold = Pick<EarningRule, "when" | "limits"> & Partial<Pick<EarningRule, "award" | "runs" | "minimum" | "judgesAgain">>;

/** @param rule as its version has it; undefined where nobody knows any more: then the trace tells what it can alone */
export function tellTrace(trace: RuleTrace, rule: RuleTold | undefined, say: Say, around: Around = {}): ToldTrace {
  const asked = rule ? askedOf(rule.when, trace.tests, say) : [];
  const award = rule?.award;
  return {
    sentence: verdictOf(trace, rule, asked, say, around),
    tests: asked.map(({ phrase, passed, found }) => ({ condition: phrase, passed, saw: found })),
    tree: rule ? toldTree(rule.when, trace.tests, say) : null,
    because: trace.passed && rule ? [...asked.filter(holdsFor(rule.when)).map((one) => sayAsked(one, say)), ...minimumMet(rule, say)] : [],
    steps: trace.passed ? awardSteps(trace, award && { award }, around, say) : [],
  };
}

// What held, and of which items it left some out: with another way in, those may have come by that.
function holdsFor(when: Tree): (one: Asked) => boolean {
  const isOneWay = !hasWays(when);
  return ({ condition, passed, isExcept }) => passed !== isExcept || (isExcept && isOneWay && conditionOf(condition).about === "items");
}

const hasWays = (one: Tree): boolean => isBranch(one) && ((one.kind === "any" && one.of.length > 1) || one.of.some(hasWays));

// A minimum that was met stays met, whatever came back since.
function minimumMet({ when, minimum = null, judgesAgain = false }: RuleTold, say: Say): string[] {
  if (minimum === null) return [];
  const what = itemsOf(when) ? { en: "what it counts", fr: "ce qui compte pour elle" } : { en: "the order", fr: "la commande" };
  const then = judgesAgain ? { en: "", fr: "" } : { en: " as it was sold", fr: " à la vente" };
  return [
    say.in({
      en: `it asks for ${say.money(minimum)}, and ${what.en} came to that or more${then.en}`,
      fr: `elle demande ${say.money(minimum)}, et ${what.fr} faisait au moins cela${then.fr}`,
    }),
  ];
}

/** What the rule is called in the reader's language, where the programme has a word for it. */
export const nameOfRule = ({ ruleId, name }: Pick<RuleTrace, "ruleId" | "name">, say: Say): string =>
  renamed(say.nameOf("rule", ruleId), ruleId, name);

function verdictOf(trace: RuleTrace, rule: RuleTold | undefined, asked: readonly Asked[], say: Say, around: Around): string {
  const name = nameOfRule(trace, say);
  const { points, unit } = trace;
  if (trace.passed && points > 0)
    return say.in({ en: `${name} gave ${say.amount(points, unit)}.`, fr: `${name} a donné ${say.amount(points, unit)}.` });
  if (countsNothing(trace))
    return say.in({
      en: `${name} came to nothing here: nothing of the order counts for it.`,
      fr: `${name} ne donnait rien ici : rien de la commande ne compte pour elle.`,
    });
  if (trace.passed) return say.in({ en: `${name} came to nothing here.`, fr: `${name} ne donnait rien ici.` });
  const why = trace.why?.reason === "beaten" ? beatenBy(trace, trace.why, say, around) : whyNot(trace, rule, asked, say);
  return say.in({ en: `${name} gave nothing: ${why}.`, fr: `${name} n’a rien donné : ${why}.` });
}

function beatenBy(
  { ruleId, unit }: RuleTrace,
  { by, points, rival }: Extract<RuleReason, { reason: "beaten" }>,
  say: Say,
  { unitsOf = () => [unit] }: Around,
): string {
  // A rule that nobody knows any more has no name that says anything.
  const name = say.nameOf("rule", by);
  const winner = name === by ? say.in({ en: "another rule", fr: "une autre règle" }) : say.in({ en: `“${name}”`, fr: `« ${name} »` });
  const [own, others] = [unitsOf(ruleId), unitsOf(by)];
  // What several units came to is a sum of different things: it is compared, and not said.
  const isSaid = own.length < 2 && others.length < 2;
  const [more, less] = [say.amount(rival, others[0] ?? unit), say.amount(points, unit)];
  return rival === points
    ? say.in({
        en: `${winner} of the same group gave as much${isSaid ? `, ${more}` : ""}`,
        fr: `${winner} du même groupe donnait autant${isSaid ? `, ${more}` : ""}`,
      })
    : say.in({
        en: `${winner} of the same group gave more${isSaid ? `, ${more} against ${less}` : ""}`,
        fr: `${winner} du même groupe donnait plus${isSaid ? `, ${more} contre ${less}` : ""}`,
      });
}

function whyNot({ why, tests }: RuleTrace, rule: RuleTold | undefined, asked: readonly Asked[], say: Say): string {
  switch (why?.reason) {
    case "below minimum": {
      const [amount, minimum] = [say.money(why.amount), say.money(why.minimum)];
      const ofItems = asked.some(({ condition, isExcept, passed }) => passed && !isExcept && conditionOf(condition).about === "items");
      return ofItems
        ? say.in({
            en: `what it counts came to ${amount} and the rule asks for ${minimum}`,
            fr: `ce qui compte pour elle faisait ${amount} et la règle demande ${minimum}`,
          })
        : say.in({
            en: `the order came to ${amount} and the rule asks for ${minimum}`,
            fr: `la commande faisait ${amount} et la règle demande ${minimum}`,
          });
    }
    case "not running": {
      const runs = rule?.runs ? windowSentence(rule.runs, say) : "";
      return runs
        ? say.in({ en: `it runs ${runs}`, fr: `elle a cours ${runs}` })
        : say.in({ en: "it did not run then", fr: "elle n’avait pas cours" });
    }
    case "no items":
      // Gift cards, tips, what was removed: there was nothing to ask about.
      if (tests.length === 0) return say.in({ en: "no item of the order counts", fr: "aucun article de la commande ne compte" });
      return noItems(rule, say) ?? whatFailed(asked, say);
    default:
      return whatFailed(asked, say);
  }
}

// Each question may have had its item; what counts is that none was all of it.
function noItems(rule: RuleTold | undefined, say: Say): string | null {
  const items = rule && itemsOf(rule.when);
  if (!items) return null;
  const plain = plainTree(items);
  if (isBranch(plain) && plain.kind === "none") {
    const phrase = treeSentence({ ...plain, kind: "any" }, say);
    return say.in({
      en: `it does not apply ${phrase}, and every item was like that`,
      fr: `elle ne s’applique pas ${phrase}, et tous les articles étaient ainsi`,
    });
  }
  const phrase = treeSentence(items, say);
  return say.in({ en: `it applies ${phrase}, and no item was like that`, fr: `elle s’applique ${phrase}, et aucun article n’était ainsi` });
}

function whatFailed(asked: readonly Asked[], say: Say): string {
  const failed = asked.filter(({ passed, isExcept }) => passed === isExcept);
  if (failed.length > 0) return failed.map((one) => sayAsked(one, say)).join(say.in({ en: "; ", fr: " ; " }));
  return say.in({ en: "its conditions did not hold", fr: "ses conditions n’étaient pas réunies" });
}
