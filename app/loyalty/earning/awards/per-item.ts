import { z } from "zod";
import { points, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { piecesOf } from "../pieces.ts";

export const perItem = awardKind({
  name: "per item",
  label: "Points for every item",
  ofOrder: true,
  takesItems: true,
  settings: z.strictObject({
    points: points({ label: "Points" }, { most: 100_000 }),
    unit: unitId({ label: "Of" }).default("points"),
  }),
  sentence: ({ points, unit }, say) => {
    const amount = say.amount(points, unit);
    return say.in({ en: `${amount} per item`, fr: `${amount} par article` });
  },
  perPiece: ({ points }) => points,
  shares:
    ({ points, unit }) =>
    (basket) => {
      const { pieces, weights } = piecesOf(basket);
      return [{ unit, numerator: pieces * points, denominator: 1, weights }];
    },
});
