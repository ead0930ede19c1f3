import { z } from "zod";
import type { Say } from "../../say.ts";
import { minorUnits, points, rows, shortText, unitId } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";
import { leastCommonMultiple, plus, times } from "../fraction.ts";
import { plainText } from "../same-text.ts";
import { together } from "../together.ts";

const rate = {
  points: points({ label: "Points" }, { most: 100_000 }),
  per: minorUnits({ label: "For every" }),
};

/** A table of rates. What has a type that no row names, and shipping where it earns, goes by the last one. */
export const byProductType = awardKind({
  name: "by product type",
  label: "Points by product type",
  ofOrder: true,
  needs: ["products"],
  settings: z
    .strictObject({
      rows: rows({ label: "Rates" }, z.strictObject({ type: shortText({ label: "Product type", suggest: "types" }, 255), ...rate })),
      otherwise: z.strictObject(rate).meta({ label: "Everything else", as: "group" }).nullable().default(null),
      unit: unitId({ label: "Of" }).default("points"),
    })
    .superRefine(({ rows }, refine) => {
      const seen = new Set<string>();
      rows.forEach(({ type }, at) => {
        if (seen.has(plainText(type)))
          refine.addIssue({ code: "custom", path: ["rows", at, "type"], message: `“${type}” has a row already.` });
        seen.add(plainText(type));
      });
    }),
  sentence: ({ rows, otherwise, unit }, say) =>
    together(
      [
        ...rows.map((row) => phrase(row, unit, row.type, say)),
        ...(otherwise ? [phrase(otherwise, unit, say.in({ en: "anything else", fr: "tout le reste" }), say)] : []),
      ],
      say,
    ),
  // Every item's part over one common denominator: the sum is exact, and is rounded once.
  shares: ({ rows, otherwise, unit }) => {
    const rates = otherwise ? [...rows, otherwise] : rows;
    const denominator = rates.map((one) => one.per).reduce<bigint | number>(leastCommonMultiple, 1);
    const factors = rates.map(({ points, per }) => times(points, multipleOf(denominator, per)));
    const factorOf = new Map(rows.map(({ type }, at) => [plainText(type), factors[at] ?? 0]));
    const factorOfRest = otherwise ? (factors.at(-1) ?? 0) : 0;
    return ({ items, shipping }) => {
      const weights = items.map(({ item, amount }) => times(amount, factorOf.get(plainText(item.product?.type ?? "")) ?? factorOfRest));
      weights.push(times(shipping, factorOfRest));
      return [{ unit, numerator: weights.reduce(plus, 0), denominator, weights }];
    };
  },
});

const multipleOf = (common: bigint | number, per: number): bigint | number =>
  typeof common === "number" ? common / per : common / BigInt(per);

function phrase({ points, per }: { points: number; per: number }, unit: string, on: string, say: Say): string {
  const amount = say.amount(points, unit);
  return say.in({
    en: `${amount} for every ${say.money(per)} spent on ${on}`,
    fr: `${amount} par tranche de ${say.money(per)} dépensée sur ${on}`,
  });
}
