import { z } from "zod";
import { points, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const fixed = awardKind({
  name: "fixed",
  label: "A fixed number of points",
  settings: z.strictObject({
    points: points({ label: "Points" }),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  sentence: ({ points, unit }, say) => say.amount(points, unit),
  // An order of which nothing that counts remains was not an order.
  shares:
    ({ points, unit }) =>
    ({ amount, isOrder }) => [{ unit, numerator: isOrder && amount <= 0 ? 0 : points, denominator: 1 }],
});
