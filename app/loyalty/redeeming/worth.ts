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

/**
 * The most that points can become: what an active reward gives for its points, or for those that become it by
 * themselves. null while no reward says so in money. What costs stamps says nothing of points.
 */
export function bestRate(definition: Definition): { minor: Minor; points: Points } | null {
  const { rewards, earning } = definition;
  const certificates = earning.flatMap(({ active, award }) =>
    active && award.kind === "certificate" && award.unit === "points" ? [award] : [],
  );
  let best: { minor: Minor; points: Points } | null = null;
  for (const reward of rewards.filter((one) => one.active)) {
    const minor = faceValueOf(reward);
    if (minor === null) continue;
    const made = certificates.filter((one) => one.rewardId === reward.id).map((one) => one.points);
    // What members cannot choose is had for what becomes it, whatever price stands beside it.
    const chosen = reward.unit === "points" && (reward.offered || made.length === 0) ? [reward.points] : [];
    // Compared as fractions, without dividing: a / b > c / d where a × d > c × b.
    for (const points of [...chosen, ...made])
      if (best === null || BigInt(minor) * BigInt(best.points) > BigInt(best.minor) * BigInt(points)) best = { minor, points };
  }
  return best;
}
