import type { Say } from "../say.ts";
import { awardOf } from "./award-of.ts";
import { limitSentence } from "./limit.ts";
import { occasionPhrase } from "./occasion-phrase.ts";
import { plainTree } from "./plain-tree.ts";
import type { Boost, EarningRule } from "./rule.ts";
import { conditionOf, isBranch, leavesOf, type Tree } from "./tree.ts";
import { treeSentence } from "./tree-sentence.ts";
import { windowSentence } from "./window.ts";

export { namesOf } from "../program/names-of.ts";

export type Spoken = Pick<EarningRule, "award" | "on" | "when" | "minimum" | "limits" | "runs">;

/**
 * What a rule gives, for what, how often and to whom, in this order:
 * "5 points for every $1 spent on Coffee, up to 500 points a day, for Gold members, until 30 Nov 2026".
 *
 * @param rivals the names of rules that compete with it: of those and this one only the best counts
 */
export function ruleSentence(rule: Spoken, say: Say, rivals: readonly string[] = []): string {
  const award = awardOf(rule.award);
  const { items, orders, gates, last } = phrasesOf(rule.when, say);
  if (rule.minimum !== null) (items.length > 0 ? gates : orders).push(minimumPhrase(rule.minimum, items.length > 0, say));

  const head = [award.say(say)];
  // "50 points on the first order" needs no "for every order".
  if (!award.ofOrder && !award.isCertificate) head.push((rule.on.kind === "order" && orders.shift()) || occasionPhrase(rule.on, say));
  else if (award.takesItems) head.push(items.shift() ?? "");
  const limits = rule.limits.map((one) => limitSentence(one, award.units, say, rule.on.kind));
  const rest = [windowSentence(rule.runs, say), rivalsPhrase(rivals, say)];
  return whole([head.filter(Boolean).join(" "), ...items, ...orders, ...gates, ...limits, ...last, ...rest]);
}

/** The rules that compete with one: those of its group that are switched on. */
export const rivalsOf = <Rule extends Pick<EarningRule, "id" | "group" | "active">>(rule: Rule, all: readonly Rule[]): Rule[] =>
  rule.group === null ? [] : all.filter((one) => one.active && one.group === rule.group && one.id !== rule.id);

// More names than these nobody reads to the end.
const mostRivals = 3;

function rivalsPhrase(rivals: readonly string[], say: Say): string {
  if (rivals.length === 0) return "";
  const others = say.in({ en: "another of these offers", fr: "une autre de ces offres" });
  const named = rivals.length > mostRivals ? others : quotedList(rivals, say);
  return say.in({ en: `unless ${named} gives more`, fr: `sauf si ${named} donne plus` });
}

const quotedList = (names: readonly string[], say: Say): string =>
  say.list(names.map((name) => say.in({ en: `“${name}”`, fr: `« ${name} »` })));

/** "Double points on Coffee, for Gold members, until 30 Nov 2026" */
export function boostSentence(boost: Pick<Boost, "times" | "rules" | "when" | "runs">, say: Say): string {
  const { items, orders, gates, last } = phrasesOf(boost.when, say);
  const rules = quotedList(
    boost.rules.map((id) => say.nameOf("rule", id)),
    say,
  );
  const only = rules && say.in({ en: `for ${rules}`, fr: `pour ${rules}` });
  const head = [timesPhrase(boost.times, say), only, items.shift() ?? ""].filter(Boolean).join(" ");
  return whole([head, ...items, ...orders, ...gates, ...last, windowSentence(boost.runs, say)]);
}

type Phrases = { items: string[]; orders: string[]; gates: string[]; last: string[] };

/** The phrases of what has to hold, by what they are about. A group that mixes them is said where its questions about orders are. */
function phrasesOf(conditions: Tree, say: Say): Phrases {
  const when = plainTree(conditions);
  const phrases: Phrases = { items: [], orders: [], gates: [], last: [] };
  for (const part of isBranch(when) && when.kind === "all" ? when.of : [when]) {
    const phrase = treeSentence(part, say);
    if (phrase) phrases[placeOf(part)].push(phrase);
  }
  return phrases;
}

function placeOf(part: Tree): keyof Phrases {
  const kinds = leavesOf(part).map(conditionOf);
  if (kinds.every((kind) => kind.about === "items")) return "items";
  // "Except on the first order" does not say on which.
  if (!(isBranch(part) && part.kind === "none") && kinds.every((kind) => kind.namesOrders)) return "orders";
  return kinds.every((kind) => kind.about === "member" || kind.about === "time") ? "last" : "gates";
}

const minimumPhrase = (minimum: number, ofItems: boolean, say: Say): string =>
  ofItems
    ? say.in({ en: `when these come to ${say.money(minimum)} or more`, fr: `dès ${say.money(minimum)} de ces articles` })
    : say.in({ en: `on orders of ${say.money(minimum)} or more`, fr: `dès ${say.money(minimum)} d’achat` });

function timesPhrase(times: number, say: Say): string {
  const { other } = say.pointsName;
  if (times === 20_000) return say.in({ en: `double ${other}`, fr: `${other} doublés` });
  if (times === 30_000) return say.in({ en: `triple ${other}`, fr: `${other} triplés` });
  const factor = say.number(times / 10_000);
  return say.in({ en: `${factor} times the ${other}`, fr: `${other} multipliés par ${factor}` });
}

function whole(parts: readonly string[]): string {
  const sentence = parts.filter(Boolean).join(", ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
