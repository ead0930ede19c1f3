import { z } from "zod";
import { minorUnits, points, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const perAmount = awardKind({
  name: "per amount",
  label: "Points for every amount spent",
  ofOrder: true,
  settings: z.strictObject({
    points: points({ label: "Points" }, { most: 100_000 }),
    per: minorUnits({ label: "For every" }),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  sentence: ({ points, per, unit }, say) => {
    const amount = say.amount(points, unit);
    return say.in({ en: `${amount} for every ${say.money(per)} spent`, fr: `${amount} pour chaque ${say.money(per)} dépensés` });
  },
  shares:
    ({ points, per, unit }) =>
    ({ amount }) => [{ unit, numerator: amount * points, denominator: per }],
});
