import { z } from "zod";
import { minorUnits, points, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { times } from "../fraction.ts";

export const perAmount = awardKind({
  name: "per amount",
  label: "Points for every amount spent",
  ofOrder: true,
  takesItems: true,
  settings: z.strictObject({
    points: points({ label: "Points" }, { most: 100_000 }),
    per: minorUnits({ label: "For every" }),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  sentence: ({ points, per, unit }, say) => {
    const amount = say.amount(points, unit);
    return say.in({ en: `${amount} for every ${say.money(per)} spent`, fr: `${amount} par tranche de ${say.money(per)} dépensée` });
  },
  shares:
    ({ points, per, unit }) =>
    ({ amount }) => [{ unit, numerator: times(amount, points), denominator: per }],
});
