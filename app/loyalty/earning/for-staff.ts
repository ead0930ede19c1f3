import type { Say } from "../say.ts";
import type { EarningRule } from "./rule.ts";
import { ruleSentence, type Spoken } from "./sentence.ts";

type Kept = Pick<EarningRule, "group" | "judgesAgain" | "budget" | "boosted">;

/** A rule as staff read it: the members' sentence, and after it what is set otherwise than usual and only staff see. */
export const ruleForStaff = (rule: Spoken & Kept, say: Say): string => [ruleSentence(rule, say), ...keptOf(rule, say)].join(", ");

function keptOf({ group, judgesAgain, budget, boosted }: Kept, say: Say): string[] {
  return [
    group !== null &&
      say.in({ en: `only the best of the group “${group}” counts`, fr: `seule la meilleure du groupe « ${group} » compte` }),
    !boosted && say.in({ en: "without boosts and tier multipliers", fr: "sans multiplicateurs de campagne ni de statut" }),
    judgesAgain &&
      say.in({
        en: "its conditions are looked at again after a refund or an edit",
        fr: "ses conditions sont revues après un remboursement ou une modification",
      }),
    budget === "acquisition" && say.in({ en: "paid by the acquisition budget", fr: "payée par le budget d’acquisition" }),
  ].filter((one) => one !== false);
}
