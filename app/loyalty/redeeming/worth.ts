import type { Minor } from "../money.ts";
import type { Points } from "../points.ts";
import type { Definition, Reward } from "../program/definition.ts";
import { kindOf } from "../program/union-of.ts";
import { rewardKinds } from "./rewards/index.ts";

/** What a reward is worth when all of it is used; null where an order cannot use a part of it. */
export function faceValueOf(reward: Reward): Minor | null {
  const { kind, ...settings } = reward.worth;
  return kindOf(rewardKinds, kind).faceValue(settings);
}

/** The most that points can become: what an active reward gives for its points. null while no reward says so in money. */
export function bestRate(definition: Definition): { minor: Minor; points: Points } | null {
  let best: { minor: Minor; points: Points } | null = null;
  for (const reward of definition.rewards.filter((one) => one.active)) {
    const minor = faceValueOf(reward);
    // Compared as fractions, without dividing: a / b > c / d where a × d > c × b.
    if (minor !== null && (best === null || BigInt(minor) * BigInt(best.points) > BigInt(best.minor) * BigInt(reward.points)))
      best = { minor, points: reward.points };
  }
  return best;
}
