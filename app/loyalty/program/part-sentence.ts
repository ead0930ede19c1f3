import { awardKinds } from "../earning/awards/index.ts";
import { limitSentence } from "../earning/limit.ts";
import type { Boost, EarningRule, Runs } from "../earning/rule.ts";
import { settingsOf, treeSentence } from "../earning/tree.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import type { Say } from "../say.ts";
import type { Measure, Tier } from "../tiers/ladder.ts";
import type { Reward, Unit } from "./definition.ts";
import type { Part } from "./diff.ts";
import { kindOf } from "./union-of.ts";

type Sayable = { sentence: (settings: unknown, say: Say) => string };

/** A rule, a boost, a tier or a reward as one sentence, whether it runs or not. */
export function sentenceOf(part: Part, item: unknown, say: Say): string | null {
  switch (part) {
    case "earning":
      return ruleSays(item as EarningRule, say);
    case "boosts":
      return boostSays(item as Boost, say);
    case "tiers":
      return tierSays(item as Tier, say);
    case "rewards":
      return rewardSays(item as Reward, say);
    case "units":
      return `counted as ${(item as Unit).name.other}`;
    default:
      return null;
  }
}

const joined = (...words: (string | null | false)[]): string => words.filter(Boolean).join(", ");

function ruleSays({ award, on, when, minimum, limits, runs, active }: EarningRule, say: Say): string {
  const { sentence } = kindOf(awardKinds, award.kind) as unknown as Sayable;
  const unit = "unit" in award && typeof award.unit === "string" ? award.unit : "points";
  const occasion = on.kind === "order" ? "" : ` (${on.kind === "event" ? on.name : on.kind})`;
  const phrase = treeSentence(when, say);
  return joined(
    `${sentence(settingsOf(award), say)}${occasion}${phrase ? ` ${phrase}` : ""}`,
    minimum !== null && `from ${say.money(minimum)} on`,
    ...limits.map((one) => limitSentence(one, unit, say)),
    runsSay(runs, say),
    !active && "switched off",
  );
}

function boostSays({ times, rules, when, runs, active }: Boost, say: Say): string {
  const phrase = treeSentence(when, say);
  return joined(
    `${say.percent(times)} of the points${phrase ? ` ${phrase}` : ""}`,
    rules.length > 0 && `for ${rules.map((id) => say.nameOf("rule", id)).join(" and ")} only`,
    runsSay(runs, say),
    !active && "switched off",
  );
}

const runsSay = ({ from, until }: Runs, say: Say): string | null =>
  joined(from !== null && `from ${say.day(from)}`, until !== null && `until ${say.day(until)}`) || null;

function tierSays({ reach, by, times, bought }: Tier, say: Say): string {
  const ways = reach.map((one) => measureSays(one, say)).join(by === "any" ? " or " : " and ");
  return joined(
    ways ? `reached with ${ways}` : bought ? "bought" : "where everybody begins",
    times !== 10_000 && `members earn ${say.percent(times)}`,
  );
}

function measureSays(measure: Measure, say: Say): string {
  if (measure.kind === "spend") return `${say.money(measure.least)} spent`;
  if (measure.kind === "points earned") return `${say.amount(measure.least, measure.unit)} earned`;
  return `${say.number(measure.least)} ${measure.kind}`;
}

function rewardSays({ worth, points, unit, active }: Reward, say: Say): string {
  const { sentence } = kindOf(rewardKinds, worth.kind) as unknown as Sayable;
  return joined(`${sentence(settingsOf(worth), say)} for ${say.amount(points, unit)}`, !active && "switched off");
}
