import { z } from "zod";
import { count, tierId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const tier = awardKind({
  name: "tier",
  label: "A tier",
  settings: z.strictObject({
    tierId: tierId({ label: "Tier" }),
    months: count({ label: "For so many months", help: "Leave empty and it does not end." }, { most: 120 }).nullable().default(null),
  }),
  sentence: ({ tierId, months }, say) => {
    const name = say.nameOf("tier", tierId);
    if (months === null) return say.in({ en: `${name} status`, fr: `le statut ${name}` });
    return say.in({
      en: `${name} status for ${say.number(months)} ${months === 1 ? "month" : "months"}`,
      fr: `le statut ${name} pendant ${say.number(months)} mois`,
    });
  },
  gifts: ({ tierId, months }) => [{ kind: "tier", tierId, months }],
});
