import { z } from "zod";
import { minorUnits, points, rows, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { times } from "../fraction.ts";
import { together } from "../together.ts";

/** Points to spend and miles for the tier, of one purchase: each of its own unit, by amount or fixed. */
export const severalUnits = awardKind({
  name: "several units",
  label: "Several units at once",
  ofOrder: ({ rows }) => rows.some((row) => row.per !== null),
  settings: z
    .strictObject({
      rows: rows(
        { label: "Units" },
        z.strictObject({
          points: points({ label: "Points" }, { most: 100_000 }),
          unit: unitId({ label: "Of" }),
          per: minorUnits({ label: "For every", help: "Leave empty for a fixed number." }).nullable().default(null),
        }),
        11,
      ),
    })
    .superRefine(({ rows }, refine) => {
      rows.forEach(({ unit }, at) => {
        if (rows.findIndex((row) => row.unit === unit) < at)
          refine.addIssue({ code: "custom", path: ["rows", at, "unit"], message: "Each unit has one row." });
      });
    }),
  sentence: ({ rows }, say) => {
    const hasRates = rows.some((row) => row.per !== null);
    return together(
      rows.map(({ points, unit, per }) => {
        const amount = say.amount(points, unit);
        if (per !== null)
          return say.in({ en: `${amount} for every ${say.money(per)} spent`, fr: `${amount} par tranche de ${say.money(per)} dépensée` });
        return hasRates ? say.in({ en: `${amount} for every order`, fr: `${amount} par commande` }) : amount;
      }),
      say,
    );
  },
  settingsFor: ({ rows }, unit) => ({ rows: rows.filter((row) => row.unit === unit) }),
  shares:
    ({ rows }) =>
    ({ amount, isOrder }) =>
      rows.map(({ points, unit, per }) =>
        per === null
          ? { unit, numerator: isOrder && amount <= 0 ? 0 : points, denominator: 1 }
          : { unit, numerator: times(amount, points), denominator: per },
      ),
});
