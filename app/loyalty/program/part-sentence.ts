import { ruleForStaff } from "../earning/for-staff.ts";
import type { Boost, EarningRule } from "../earning/rule.ts";
import { boostSentence } from "../earning/sentence.ts";
import { settingsOf } from "../earning/tree.ts";
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
      return joined(ruleForStaff(item as EarningRule, say), isOff(item as EarningRule));
    case "boosts":
      return joined(boostSentence(item as Boost, say), isOff(item as Boost));
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

const isOff = ({ active }: { active: boolean }): string | false => !active && "switched off";

// Whether everybody begins in it is for its place in the ladder to say, which a tier alone does not know.
function tierSays({ reach, by, times, bought }: Tier, say: Say): string {
  const ways = reach.map((one) => measureSays(one, say)).join(by === "any" ? " or " : " and ");
  const buying = bought && `bought for ${counted(bought.months, "month", say)}`;
  const how = [ways && `reached with ${ways}`, buying].filter(Boolean).join(" or ");
  return joined(how || "with nothing to reach", times !== 10_000 && `members earn ${say.percent(times)}`);
}

const one = { orders: "order", items: "item", referrals: "referral" };

function measureSays(measure: Measure, say: Say): string {
  if (measure.kind === "spend") return `${say.money(measure.least)} spent`;
  if (measure.kind === "points earned") return `${say.amount(measure.least, measure.unit)} earned`;
  return counted(measure.least, one[measure.kind], say);
}

const counted = (count: number, what: string, say: Say): string => `${say.number(count)} ${what}${count === 1 ? "" : "s"}`;

function rewardSays({ worth, points, unit, active }: Reward, say: Say): string {
  const { sentence } = kindOf(rewardKinds, worth.kind) as unknown as Sayable;
  return joined(`${sentence(settingsOf(worth), say)} for ${say.amount(points, unit)}`, isOff({ active }));
}
