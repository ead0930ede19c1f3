import { z } from "zod";
import type { Say } from "../say.ts";
import { choice, count, days } from "../settings.ts";
import { together } from "./together.ts";

const periods = {
  order: "Order or event",
  day: "Day",
  week: "Week, from Monday",
  month: "Calendar month",
  year: "Calendar year",
  rolling: "Rolling days",
  lifetime: "Membership, for ever",
} as const;

export type Period = keyof typeof periods;

/**
 * The most that one member gets, in points or in times, within a period by the clocks of the programme's zone. Points
 * are counted for each unit of a rule on its own; times are orders and events, however many units they gave.
 */
export const limit = z
  .strictObject({
    most: count({ label: "At most" }, { most: 100_000_000 }),
    of: choice({ label: "Of" }, { points: "Points", times: "Times" }),
    per: choice({ label: "Per" }, periods),
    days: days({ label: "Days", help: "For rolling days only.", with: { per: ["rolling"] } }, { least: 1 })
      .nullable()
      .default(null),
  })
  .superRefine((one, refine) => {
    if (one.per === "rolling" && one.days === null) refine.addIssue({ code: "custom", path: ["days"], message: "Say how many days." });
    if (one.per !== "rolling" && one.days !== null)
      refine.addIssue({ code: "custom", path: ["days"], message: "Days belong to rolling days only: leave this empty." });
    if (one.per === "order" && one.of === "times")
      refine.addIssue({
        code: "custom",
        path: ["of"],
        message: "A rule looks at an order once: limit its points, or choose another period.",
      });
  });

export type Limit = z.infer<typeof limit>;

/**
 * "up to 500 points and 500 miles a day": a limit of points holds for each unit that its rule gives.
 * @param occasion what the rule looks at: only an order is said to be one
 */
export function limitSentence({ most, of, per, days: rolling }: Limit, units: readonly string[], say: Say, occasion = "order"): string {
  const what =
    of === "points"
      ? together(
          units.map((unit) => say.amount(most, unit)),
          say,
        )
      : say.in({ en: most === 1 ? "once" : `${say.number(most)} times`, fr: `${say.number(most)} fois` });
  const within = {
    order: occasion === "order" ? say.in({ en: "an order", fr: "par commande" }) : say.in({ en: "each time", fr: "à chaque fois" }),
    day: say.in({ en: "a day", fr: "par jour" }),
    week: say.in({ en: "a week", fr: "par semaine" }),
    month: say.in({ en: "a month", fr: "par mois" }),
    year: say.in({ en: "a year", fr: "par an" }),
    rolling: sayDays(rolling ?? 0, say),
    lifetime: say.in({ en: "in all", fr: "en tout" }),
  }[per];
  return say.in({ en: `up to ${what} ${within}`, fr: `jusqu’à ${what} ${within}` });
}

function sayDays(days: number, say: Say): string {
  const s = days === 1 ? "" : "s";
  return say.in({ en: `in ${say.number(days)} day${s}`, fr: `en ${say.number(days)} jour${s}` });
}
