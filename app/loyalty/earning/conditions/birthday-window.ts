import { z } from "zod";
import type { LocalMoment } from "../../local-time.ts";
import { days } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { dayNumber, lastDateOf } from "../local-days.ts";

/** Days around the member's birthday, also across New Year. Who was born on 29 February has it on the 28th in other years. */
export const birthdayWindow = conditionKind({
  name: "birthday window",
  label: "Around the birthday",
  about: "member",
  needs: ["customer"],
  settings: z.strictObject({
    before: days({ label: "Days before", help: "0 begins on the day itself." }, { most: 180 }).default(0),
    after: days({ label: "Days after", help: "0 ends with the day itself." }, { most: 180 }).default(0),
  }),
  sentence: ({ before, after }, say) => {
    const s = (n: number) => (n === 1 ? "" : "s");
    if (before === 0 && after === 0) return say.in({ en: "on your birthday", fr: "le jour de votre anniversaire" });
    if (after === 0)
      return say.in({
        en: `on your birthday and the ${before === 1 ? "day" : `${say.number(before)} days`} before it`,
        fr: `le jour de votre anniversaire et ${before === 1 ? "le jour" : `les ${say.number(before)} jours`} d’avant`,
      });
    if (before === 0)
      return say.in({
        en: `on your birthday and the ${after === 1 ? "day" : `${say.number(after)} days`} after it`,
        fr: `le jour de votre anniversaire et ${after === 1 ? "le jour" : `les ${say.number(after)} jours`} d’après`,
      });
    return say.in({
      en: `from ${say.number(before)} day${s(before)} before to ${say.number(after)} day${s(after)} after your birthday`,
      fr: `de ${say.number(before)} jour${s(before)} avant à ${say.number(after)} jour${s(after)} après votre anniversaire`,
    });
  },
  compile: (window) => {
    const key = windowKey(window);
    return ({ member: { birthday }, local }) => {
      if (birthday === null) return false;
      return typeof birthday === "string" ? isWithin(window, birthday, local()) : (birthday[key] ?? false);
    };
  },
  // The day that was asked about, not the birthday: traces are kept longer than a birthday may be.
  saw: ({ member, local }) => (member.birthday === null ? null : local().day),
  sawAs: "time",
});

export type BirthdayWindow = { before: number; after: number };

/** Tells windows apart where their answers are kept. */
export const windowKey = ({ before, after }: BirthdayWindow): string => `${before} ${after}`;

export function isWithin({ before, after }: BirthdayWindow, birthday: string, now: LocalMoment): boolean {
  const today = dayNumber(now);
  return [now.year - 1, now.year, now.year + 1].some((year) => {
    const away = today - birthdayIn(year, birthday);
    return away >= -before && away <= after;
  });
}

function birthdayIn(year: LocalMoment["year"], birthday: string): number {
  const [month = 1, date = 1] = birthday.split("-").map(Number);
  return dayNumber({ year, month, date: Math.min(date, lastDateOf(year, month)) });
}
