import { z } from "zod";
import { rewardId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const reward = awardKind({
  name: "reward",
  label: "A reward, free of charge",
  settings: z.strictObject({ rewardId: rewardId({ label: "Reward" }) }),
  sentence: ({ rewardId }, say) => {
    const name = say.nameOf("reward", rewardId);
    return say.in({ en: `the reward “${name}”`, fr: `la récompense « ${name} »` });
  },
  gifts: ({ rewardId }) => [{ kind: "reward", rewardId }],
});
