import { z } from "zod";
import { tierIds } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";

/** The tier that the member was in before the order: an order that reaches a tier is not yet paid by it. */
export const tier = conditionKind({
  name: "tier",
  label: "Member's tier",
  about: "member",
  needs: ["tier"],
  settings: z.strictObject({ tiers: tierIds({ label: "Tiers" }) }),
  sentence: ({ tiers }, say) => {
    const names = say.list(tiers.map((id) => say.nameOf("tier", id)));
    return say.in({ en: `for ${names} members`, fr: `pour les membres ${names}` });
  },
  lookup: { wanted: ({ tiers }) => tiers, ofOccasion: ({ member }) => member.tierId, sawNone: ({ member }) => member.tierId },
  compile: ({ tiers }) => {
    const wanted = new Set(tiers);
    return ({ member }) => member.tierId !== null && wanted.has(member.tierId);
  },
  saw: ({ member }) => member.tierId,
  sawAs: "tier",
});
