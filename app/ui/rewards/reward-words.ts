import { rewardSentence } from "../../loyalty/card.ts";
import type { Reward } from "../../loyalty/program/definition.ts";
import type { Say } from "../../loyalty/say.ts";
import { editor } from "../texts/editor.ts";

/** What staff tell one reward from another by: what it gives, how it is had, and how long its code lasts. */
export const rewardDetails = (reward: Reward, say: Say): string[] => [
  rewardSentence(reward, say),
  reward.offered ? "" : editor.rewards.onlyGiven,
  reward.codeDays === null ? "" : editor.rewards.codeLasts(reward.codeDays),
];

/** The line below a reward's name in a list. */
export const rewardForStaff = (reward: Reward, say: Say): string => rewardDetails(reward, say).filter(Boolean).join(", ");
