import { ruleForStaff } from "../earning/for-staff.ts";
import type { Boost, EarningRule } from "../earning/rule.ts";
import { boostSentence } from "../earning/sentence.ts";
import { settingsOf } from "../earning/tree.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import type { Say } from "../say.ts";
import type { Tier } from "../tiers/ladder.ts";
import type { Reward, Unit } from "./definition.ts";
import type { Part } from "./diff.ts";
import { counted, expirySays, tierSentence } from "./tier-sentence.ts";
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
      return unitSays(item as Unit, say);
    default:
      return null;
  }
}

const joined = (...words: (string | null | false)[]): string => words.filter(Boolean).join(", ");

const isOff = ({ active }: { active: boolean }): string | false => !active && "switched off";

function rewardSays({ worth, points, unit, active, offered, codeDays, unusedIsLost }: Reward, say: Say): string {
  const { sentence } = kindOf(rewardKinds, worth.kind) as unknown as Sayable;
  return joined(
    `${sentence(settingsOf(worth), say)} for ${say.amount(points, unit)}`,
    !offered && "only given by rules and tiers",
    codeDays !== null && `its code can be used for ${counted(codeDays, "day", say)}`,
    unusedIsLost && "what is not used in time is lost",
    isOff({ active }),
  );
}

function unitSays({ name, holdDays, expiry }: Unit, say: Say): string {
  return joined(
    `counted as ${name.other}`,
    holdDays > 0 && `can be spent after ${counted(holdDays, "day", say)}`,
    expiry.kind !== "never" && expirySays(expiry, name.other, say),
  );
}
