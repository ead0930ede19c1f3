import { z } from "zod";
import { minorUnits, percent, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { times } from "../fraction.ts";

export const percentBack = awardKind({
  name: "percent back",
  label: "A percentage back",
  ofOrder: true,
  takesItems: true,
  settings: z.strictObject({
    percent: percent({ label: "Per cent" }, { most: 10_000 }),
    each: minorUnits({
      label: "What one is worth",
      help: "The money that one point stands for: at 0.01 each, 2% of 10.00 are 20 points.",
    }).default(1),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  sentence: ({ percent, each, unit }, say) => {
    const [{ other }, worth] = [say.unitName(unit), say.money(each)];
    return say.in({
      en: `${say.percent(percent)} back in ${other} worth ${worth} each`,
      fr: `${say.percent(percent)} rendus en ${other} à ${worth} l’unité`,
    });
  },
  // Hundredths of a per cent: a whole is 10,000 of them.
  shares: ({ percent, each, unit }) => {
    const denominator = times(10_000, each);
    return ({ amount }) => [{ unit, numerator: times(amount, percent), denominator }];
  },
});
