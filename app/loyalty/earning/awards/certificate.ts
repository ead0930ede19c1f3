import { z } from "zod";
import { points, rewardId, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

/** Made of itself: so many of a unit become a reward as soon as the member has them. */
export const certificate = awardKind({
  name: "certificate",
  label: "A reward whenever so many points are reached",
  settings: z.strictObject({
    points: points({ label: "Every", help: "So many are taken for each reward." }),
    unit: unitId({ label: "Of" }).default("points"),
    rewardId: rewardId({ label: "Reward" }),
  }),
  sentence: ({ points, unit, rewardId }, say) => {
    const [name, amount] = [say.nameOf("reward", rewardId), say.amount(points, unit)];
    return say.in({ en: `the reward “${name}” for every ${amount} collected`, fr: `la récompense « ${name} » tous les ${amount}` });
  },
  certificate: ({ points, unit, rewardId }) => ({ unit, points, rewardId }),
});
