import { z } from "zod";
import { badgeId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const badge = awardKind({
  name: "badge",
  label: "A badge",
  settings: z.strictObject({ badgeId: badgeId({ label: "Badge" }) }),
  sentence: ({ badgeId }, say) => {
    const name = say.nameOf("badge", badgeId);
    return say.in({ en: `the badge “${name}”`, fr: `le badge « ${name} »` });
  },
  gifts: ({ badgeId }) => [{ kind: "badge", badgeId }],
});
