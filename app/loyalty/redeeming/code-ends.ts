import type { Definition, Reward } from "../program/definition.ts";

/** Until when a code that is made now can be used: as the reward says, or the programme. */
export const codeEnds = (reward: Reward, { definition }: { definition: Definition }, now: Date): Date =>
  new Date(now.getTime() + (reward.codeDays ?? definition.policies.codeDays) * 86_400_000);
