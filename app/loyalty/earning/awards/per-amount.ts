import { z } from "zod";
import { roundDown } from "../../points.ts";
import { minorUnits, points } from "../../settings.ts";
import { awardKind } from "../award-kind.ts";

export const perAmount = awardKind({
  name: "per amount",
  label: "Points for money spent",
  settings: z.object({
    points: points({ label: "Points" }, { most: 100_000 }),
    per: minorUnits({ label: "For every" }),
  }),
  sentence: ({ points, per }, say) =>
    say.in({
      en: `${say.points(points)} for every ${say.money(per)} spent`,
      fr: `${say.points(points)} par tranche de ${say.money(per)} dépensée`,
    }),

  // Rounded down once, on the whole order, so that a refund never earns a fraction.
  points: ({ amount }, { points, per }) => roundDown(BigInt(Math.max(0, amount)) * BigInt(points), per),
});
