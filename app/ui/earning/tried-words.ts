import { awardOf } from "../../loyalty/earning/award-of.ts";
import type { Judgement } from "../../loyalty/earning/judgement.ts";
import { giftSentence } from "../../loyalty/explain/tell-judgement.ts";
import { type ToldTest, tellTrace } from "../../loyalty/explain/tell-trace.ts";
import type { Definition, EarningRule } from "../../loyalty/program/definition.ts";
import type { Say } from "../../loyalty/say.ts";
import { editor } from "../texts/editor.ts";
import { en as t } from "../texts/en.ts";

/** What a rule that is tried came to: a heading, what was asked, and how the number came about. One part for each unit. */
export type TriedWords = { heading: string | null; tests: ToldTest[]; parts: { heading: string | null; steps: string[] }[] };

type Tried = { judgement: Judgement; definition: Definition; amount: number };

export function triedWords({ judgement, definition, amount }: Tried, rule: EarningRule, say: Say): TriedWords {
  const mine = judgement.rules.filter((one) => one.ruleId === rule.id);
  const told = mine.map((trace) => tellTrace(trace, rule, say, { ...judgement, boosts: definition.policies.boosts }));
  const gifts = (judgement.gifts ?? []).filter((one) => one.ruleId === rule.id);
  const given = mine.filter((one) => one.points > 0).map((one) => say.amount(one.points, one.unit));
  const tests = told[0]?.tests ?? [];
  const [first] = mine;

  // No single order or event earns it: that it comes to nothing here says nothing about it.
  if (first?.passed && awardOf(rule.award).isCertificate)
    return { heading: editor.tryIt.collected, tests, parts: [{ heading: null, steps: told[0]?.steps ?? [] }] };
  const earns = [...given, ...gifts.map((gift) => awardOf(gift).say(say))];
  if (earns.length > 0 && judgement.trigger === "order") {
    // A gift is said whole by its name.
    const parts = given.length > 0 ? told.map(({ steps }) => ({ heading: null, steps })) : [];
    return { heading: t.earning.example(say.money(amount), earns.join(" + ")), tests, parts };
  }
  if (first && gifts.length > 0 && given.length === 0) return { heading: giftSentence(first, gifts, say), tests, parts: [] };
  return { heading: null, tests, parts: told.map(({ sentence, steps }) => ({ heading: sentence, steps })) };
}
