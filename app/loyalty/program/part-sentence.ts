import { ruleForStaff } from "../earning/for-staff.ts";
import type { Boost, EarningRule } from "../earning/rule.ts";
import { boostSentence } from "../earning/sentence.ts";
import { settingsOf } from "../earning/tree.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import type { Say } from "../say.ts";
import type { Tier } from "../tiers/ladder.ts";
import type { Reward, Unit } from "./definition.ts";
import type { Part } from "./diff.ts";
import { tierSentence } from "./tier-sentence.ts";
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
      return tierSentence(item as Tier, say);
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

function rewardSays({ worth, points, unit, active }: Reward, say: Say): string {
  const { sentence } = kindOf(rewardKinds, worth.kind) as unknown as Sayable;
  return joined(`${sentence(settingsOf(worth), say)} for ${say.amount(points, unit)}`, isOff({ active }));
}
