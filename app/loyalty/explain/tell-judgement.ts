import { awardOf } from "../earning/award-of.ts";
import type { Judgement, RuleTrace } from "../earning/judgement.ts";
import type { EarningRule } from "../earning/rule.ts";
import { together } from "../earning/together.ts";
import type { Points } from "../points.ts";
import type { Definition } from "../program/definition.ts";
import type { Say, Texts } from "../say.ts";
import type { Reader } from "./award-steps.ts";
import { nameOfRule, type ToldTrace, tellTrace } from "./tell-trace.ts";
import { whyNothing, whyNothingToMembers } from "./why-nothing-words.ts";

export type ExplainedLine = {
  title: string;
  counts: string;
  points: Points;
  /** What each rule gave for it. */
  parts: string[];
  why: string | null;
};

/** A rule with all that its traces say: one for each unit that it gives. */
export type ToldRule = {
  ruleId: string;
  passed: boolean;
  /** It came to something: a rule may hold, and nothing be left for it. */
  gave: boolean;
  units: ToldTrace[];
  gifts: string[];
};

export type ToldJudgement = {
  /** Why nothing is due whatever the rules say; null where they decide. */
  nothing: string | null;
  /** What of the order counts. */
  counts: string[];
  rules: ToldRule[];
  /** Where several gave, what they come to. */
  together: string | null;
  /** Which version decided, and how it rounds. */
  decided: string;
  lines: ExplainedLine[];
  /** What belongs to no line, by rule. */
  rest: string[];
};

/** A judgement in words. Its version's definition makes its conditions and awards into sentences; without it, what the trace tells alone. */
export function tellJudgement(
  judgement: Judgement,
  say: Say,
  definition: Definition | null = null,
  reader: Reader = "staff",
): ToldJudgement {
  const told = toldRules(judgement, say, definition, reader);
  const given = judgement.rules.filter((one) => one.points > 0);
  const due = [["points", judgement.due] as const, ...Object.entries(judgement.units ?? {})].filter(([, amount]) => amount > 0);
  const sum = together(
    due.map(([unit, amount]) => say.amount(amount, unit)),
    say,
  );
  return {
    nothing:
      judgement.nothing &&
      nothingDue((reader === "member" ? whyNothingToMembers : whyNothing)[judgement.nothing], judgement.trigger === "order", say),
    counts: countsOf(judgement, say),
    rules: told,
    together: given.length > 1 ? say.in({ en: `Together ${sum}.`, fr: `En tout ${sum}.` }) : null,
    decided: decidedBy(judgement, say),
    lines: linesOf(judgement, say),
    rest: given.filter((one) => one.rest > 0 && judgement.lines.length > 0).map((one) => partOf(one, one.rest, say)),
  };
}

// A programme may have hundreds of rules: of those that gave nothing the first are told.
const mostFailed = 12;

/** The same as a list of sentences: what gave first, then what did not and why. */
export function stepsOf({ nothing, counts, rules, together, decided }: ToldJudgement, say: Say, more: readonly string[] = []): string[] {
  const passed = rules.filter((one) => one.passed);
  const failed = rules.filter((one) => !one.passed);
  const silent = failed.length - mostFailed;
  return [
    ...(nothing ? [nothing] : []),
    ...counts,
    ...passed.flatMap(ruleSteps),
    ...(together ? [together] : []),
    ...failed.slice(0, mostFailed).flatMap(ruleSteps),
    ...(silent > 0
      ? [
          say.in({
            en: `${say.number(silent)} more ${silent === 1 ? "rule" : "rules"} gave nothing.`,
            fr: `${say.number(silent)} autre${silent === 1 ? " règle n’a" : "s règles n’ont"} rien donné.`,
          }),
        ]
      : []),
    ...more,
    decided,
  ];
}

// Why it applied is said once, however many units it gives.
export const ruleSteps = ({ passed, units, gifts }: ToldRule): string[] =>
  units.map((one, at) =>
    [one.sentence, ...(passed && at === 0 ? one.because.map(asSentence) : []), ...one.steps, ...(at === 0 ? gifts : [])].join(" "),
  );

const asSentence = (clause: string): string => `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;

function toldRules(judgement: Judgement, say: Say, definition: Definition | null, reader: Reader): ToldRule[] {
  const rules = new Map<string, EarningRule>(definition?.earning.map((rule) => [rule.id, rule]));
  const told = new Map<string, ToldRule>();
  const around = {
    amount: judgement.amount,
    rounding: judgement.rounding,
    trigger: judgement.trigger,
    boosts: definition?.policies.boosts,
    reader,
    unitsOf: (ruleId: string) => judgement.rules.flatMap((one) => (one.ruleId === ruleId ? [one.unit] : [])),
  };
  for (const trace of judgement.rules) {
    const rule = rules.get(trace.ruleId);
    // A certificate is made of what was collected: no single order or event gives it.
    if (rule && awardOf(rule.award).isCertificate) continue;
    const gifts = giftsOf(judgement, trace.ruleId);
    const one = told.get(trace.ruleId) ?? { ruleId: trace.ruleId, passed: trace.passed, gave: false, units: [], gifts: [] };
    one.gave ||= trace.points > 0 || gifts.length > 0;
    if (one.units.length === 0)
      one.gifts = gifts.map((gift) => say.in({ en: `Given: ${awardOf(gift).say(say)}.`, fr: `Donné : ${awardOf(gift).say(say)}.` }));
    // Why a rule gave nothing is said once, however many units it would have given.
    if (!trace.passed && one.units.length > 0) continue;
    const words = tellTrace(trace, rule, say, around);
    one.units.push(gifts.length > 0 && trace.points === 0 ? { ...words, sentence: giftSentence(trace, gifts, say), steps: [] } : words);
    if (gifts.length > 0 && trace.points === 0) one.gifts = [];
    told.set(trace.ruleId, one);
  }
  return [...told.values()];
}

type GivenGift = NonNullable<Judgement["gifts"]>[number];

// A gift is what an award of its kind gives, said in the award's words.
const giftsOf = ({ gifts = [] }: Judgement, ruleId: string): GivenGift[] => gifts.filter((gift) => gift.ruleId === ruleId);

/** What a rule that gives no amount gave: "Birthday gave the reward “A drink”." */
export function giftSentence(trace: RuleTrace, gifts: readonly GivenGift[], say: Say): string {
  const name = nameOfRule(trace, say);
  const said = gifts.map((gift) => awardOf(gift).say(say)).join(say.in({ en: " and ", fr: " et " }));
  return say.in({ en: `${name} gave ${said}.`, fr: `${name} a donné ${said}.` });
}

function nothingDue(why: Texts, isOrder: boolean, say: Say): string {
  const said = say.in(why);
  if (isOrder) return say.in({ en: `Nothing is due: the order ${said}.`, fr: `Rien n’est dû : la commande ${said}.` });
  return say.in({ en: `Nothing is due: this ${said}.`, fr: `Rien n’est dû : cela ${said}.` });
}

function countsOf({ trigger, amount, shipping, refundedWithoutLines, nothing }: Judgement, say: Say): string[] {
  if (trigger !== "order") return [];
  const counts = say.money(amount);
  const ofShipping =
    shipping === 0
      ? ""
      : shipping === amount
        ? say.in({ en: ", all of it for shipping", fr: ", uniquement pour la livraison" })
        : say.in({ en: `, ${say.money(shipping)} of it for shipping`, fr: `, dont ${say.money(shipping)} de livraison` });
  const refunded = say.money(refundedWithoutLines);
  return [
    ...(nothing
      ? []
      : [say.in({ en: `${counts} of the order counts${ofShipping}.`, fr: `${counts} de la commande comptent${ofShipping}.` })]),
    ...(refundedWithoutLines > 0
      ? [
          say.in({
            en: `${refunded} was refunded without naming items and is taken off them in proportion.`,
            fr: `${refunded} ont été remboursés sans nommer d’articles et en sont retirés en proportion.`,
          }),
        ]
      : []),
  ];
}

function decidedBy({ version, rounding, trigger }: Judgement, say: Say): string {
  const how = {
    down: { en: "down", fr: "vers le bas" },
    nearest: { en: "to the nearest", fr: "au plus proche" },
    up: { en: "up", fr: "vers le haut" },
  };
  const [n, said] = [say.number(version), say.in(how[rounding])];
  // Only a draft has no number yet.
  const by =
    version === 0 ? { en: "The draft", fr: "Le brouillon" } : { en: `Version ${n} of the programme`, fr: `La version ${n} du programme` };
  const once =
    trigger === "order"
      ? { en: "once per rule and order", fr: "une fois par règle et commande" }
      : { en: "once per rule", fr: "une fois par règle" };
  return say.in({
    en: `${by.en} decided, rounding ${said}, ${once.en}.`,
    fr: `${by.fr} a décidé, en arrondissant ${said}, ${once.fr}.`,
  });
}

const whyLine: Record<string, string> = {
  "gift card": "carte cadeau",
  tip: "pourboire",
  "excluded product": "produit exclu",
  "returned or removed": "retourné ou retiré",
};

const linesOf = ({ lines, rules }: Judgement, say: Say): ExplainedLine[] =>
  lines.map((line, at) => ({
    title: line.title,
    counts: say.money(line.counts),
    points: rules.reduce((sum, rule) => sum + (rule.unit === "points" ? (rule.lines[at] ?? 0) : 0), 0),
    parts: rules.flatMap((rule) => ((rule.lines[at] ?? 0) > 0 ? [partOf(rule, rule.lines[at] ?? 0, say)] : [])),
    why: line.why && say.in({ en: line.why, fr: whyLine[line.why] ?? line.why }),
  }));

const partOf = (rule: RuleTrace, amount: Points, say: Say): string => `${nameOfRule(rule, say)} ${say.amount(amount, rule.unit)}`;
