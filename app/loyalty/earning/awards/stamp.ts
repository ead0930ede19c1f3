import { z } from "zod";
import { choice, count, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { piecesOf } from "../pieces.ts";

export const stamp = awardKind({
  name: "stamp",
  label: "Stamps",
  ofOrder: ({ per }) => per === "item",
  takesItems: true,
  settings: z.strictObject({
    stamps: count({ label: "Stamps" }, { most: 1_000 }),
    per: choice({ label: "For every" }, { item: "Item that counts", order: "Order or event" }),
    unit: unitId({ label: "Of", help: "The unit of your programme that counts stamps." }),
  }),
  sentence: ({ stamps, per, unit }, say) => {
    const amount = say.amount(stamps, unit);
    return per === "item" ? say.in({ en: `${amount} per item`, fr: `${amount} par article` }) : amount;
  },
  perPiece: ({ stamps, per }) => (per === "item" ? stamps : null),
  shares:
    ({ stamps, per, unit }) =>
    (basket) => {
      const { pieces, weights } = piecesOf(basket);
      if (per === "item") return [{ unit, numerator: pieces * stamps, denominator: 1, weights }];
      return [{ unit, numerator: basket.isOrder && basket.amount <= 0 ? 0 : stamps, denominator: 1 }];
    },
});
