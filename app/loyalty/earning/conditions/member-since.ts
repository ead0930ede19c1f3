import { z } from "zod";
import { day, days } from "../../settings.ts";
import { conditionKind, type World } from "../condition-kind.ts";
import { ascending, atLeastOne } from "../filled-in.ts";
import { calendarOf, dayNumberOf } from "../local-days.ts";
import type { Occasion } from "../occasion.ts";

/** When the member joined, in calendar days of the programme's zone. */
export const memberSince = conditionKind({
  name: "member since",
  label: "Member since",
  about: "member",
  needs: ["customer"],
  settings: z
    .strictObject({
      least: days({ label: "At least so many days" }).nullable().default(null),
      most: days({ label: "At most so many days" }).nullable().default(null),
      from: day({ label: "Joined on this day or later" }).nullable().default(null),
      before: day({ label: "Joined before this day" }).nullable().default(null),
    })
    .superRefine(atLeastOne("least", "most", "from", "before"))
    .superRefine(ascending("least", "most"))
    .superRefine(ascending("from", "before", { open: true })),
  sentence: ({ least, most, from, before }, say) => {
    const count = (n: number) =>
      say.in({ en: `${say.number(n)} ${n === 1 ? "day" : "days"}`, fr: `${say.number(n)} jour${n > 1 ? "s" : ""}` });
    const parts = [
      ...(least === null || most === 0 ? [] : [say.in({ en: `at least ${count(least)} ago`, fr: `il y a au moins ${count(least)}` })]),
      ...(most === null
        ? []
        : [
            most === 0
              ? say.in({ en: "on the same day", fr: "le jour même" })
              : say.in({ en: `at most ${count(most)} ago`, fr: `il y a au plus ${count(most)}` }),
          ]),
      ...(from === null ? [] : [say.in({ en: `on or after ${say.day(from)}`, fr: `à partir du ${say.day(from)}` })]),
      ...(before === null ? [] : [say.in({ en: `before ${say.day(before)}`, fr: `avant le ${say.day(before)}` })]),
    ].join(say.in({ en: " and ", fr: " et " }));
    return say.in({ en: `for members who joined ${parts}`, fr: `pour les membres inscrits ${parts}` });
  },
  compile: ({ least, most, from, before }, world) => {
    const calendar = calendarOf(world.timeZone);
    const begins = from === null ? Number.NEGATIVE_INFINITY : dayNumberOf(from);
    const ends = before === null ? Number.POSITIVE_INFINITY : dayNumberOf(before);
    return ({ at, member: { joinedAt } }) => {
      if (joinedAt === null) return false;
      const joined = calendar(joinedAt);
      const days = calendar(at) - joined;
      return (least === null || days >= least) && (most === null || days <= most) && joined >= begins && joined < ends;
    };
  },
  saw: (occasion, _, world) => daysAMember(occasion, world),
  sawAs: "days",
});

function daysAMember({ at, member: { joinedAt } }: Occasion, { timeZone }: World): number | null {
  const calendar = calendarOf(timeZone);
  return joinedAt === null ? null : calendar(at) - calendar(joinedAt);
}
