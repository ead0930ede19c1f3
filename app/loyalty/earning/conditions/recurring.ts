import { z } from "zod";
import type { LocalMoment } from "../../local-time.ts";
import type { Say } from "../../say.ts";
import { choice, count } from "../../settings.ts";
import { conditionKind } from "../condition-kind.ts";
import { belongsTo } from "../filled-in.ts";
import { lastDateOf } from "../local-days.ts";

const months = {
  "1": "January",
  "2": "February",
  "3": "March",
  "4": "April",
  "5": "May",
  "6": "June",
  "7": "July",
  "8": "August",
  "9": "September",
  "10": "October",
  "11": "November",
  "12": "December",
} as const;
const weekdays = {
  "1": "Monday",
  "2": "Tuesday",
  "3": "Wednesday",
  "4": "Thursday",
  "5": "Friday",
  "6": "Saturday",
  "7": "Sunday",
} as const;
const places = { "1": "First", "2": "Second", "3": "Third", "4": "Fourth", "5": "Fifth", last: "Last" } as const;

/** A day that comes back every month or year. One that a month lacks (31 June, 29 February) is its last day. */
export const recurring = conditionKind({
  name: "recurring",
  label: "A day that comes back",
  about: "time",
  settings: z
    .strictObject({
      every: choice({ label: "Every" }, { month: "Month, on a date", year: "Year, on a date", weekday: "Month, on a weekday" }),
      month: choice({ label: "Month", with: { every: ["year"] } }, months)
        .nullable()
        .default(null),
      day: count({ label: "Day", help: "In a shorter month its last day.", with: { every: ["month", "year"] } }, { most: 31 })
        .nullable()
        .default(null),
      place: choice({ label: "Which one", with: { every: ["weekday"] } }, places)
        .nullable()
        .default(null),
      weekday: choice({ label: "Day of the week", with: { every: ["weekday"] } }, weekdays)
        .nullable()
        .default(null),
    })
    .superRefine(belongsTo("month", "every", ["year"]))
    .superRefine(belongsTo("day", "every", ["month", "year"]))
    .superRefine(belongsTo("place", "every", ["weekday"]))
    .superRefine(belongsTo("weekday", "every", ["weekday"]))
    .superRefine(({ month, day }, refine) => {
      // A leap year has them all.
      if (month !== null && day !== null && day > lastDateOf(2024, Number(month)))
        refine.addIssue({ code: "custom", path: ["day"], message: `${months[month]} has ${lastDateOf(2024, Number(month))} days.` });
    }),
  sentence: ({ every, month, day, place, weekday }, say) => {
    if (every === "weekday") return weekdayPhrase(place ?? "1", Number(weekday ?? 1), say);
    if (every === "month")
      return say.in({ en: `on day ${say.number(day ?? 1)} of every month`, fr: `${dateInFrench(day)} de chaque mois` });
    return yearly([{ month, day }], say);
  },
  either: (several, say) => (several.every((one) => one.every === "year") ? yearly(several, say) : null),
  compile: ({ every, month, day, place, weekday }) => {
    if (every === "weekday") {
      const wanted = Number(weekday);
      return ({ local }) => local().weekday === wanted && isNth(local(), place ?? "1");
    }
    const inMonth = month === null ? null : Number(month);
    return ({ local }) => {
      const now = local();
      return (inMonth === null || now.month === inMonth) && now.date === Math.min(day ?? 1, lastDateOf(now.year, now.month));
    };
  },
  saw: ({ local }) => `${weekdays[String(local().weekday) as keyof typeof weekdays]} ${local().day}`,
});

type OfYear = { month: string | null; day: number | null };

const dateInFrench = (day: number | null): string => `le ${day === 1 ? "1er" : (day ?? 1)}`;

function yearly(dates: readonly OfYear[], say: Say): string {
  const named = (month: string | null, language: string) =>
    new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(2024, Number(month) - 1, 1));
  return say.in({
    en: `every year on ${say.list(dates.map(({ month, day }) => `${named(month, "en")} ${day ?? 1}`))}`,
    fr: `chaque année ${say.list(dates.map(({ month, day }) => `${dateInFrench(day)} ${named(month, "fr")}`))}`,
  });
}

const isNth = ({ year, month, date }: LocalMoment, place: keyof typeof places): boolean =>
  place === "last" ? date + 7 > lastDateOf(year, month) : Math.ceil(date / 7) === Number(place);

function weekdayPhrase(place: keyof typeof places, weekday: number, say: Say): string {
  const name = say.weekday(weekday);
  const french = { "1": "premier", "2": "deuxième", "3": "troisième", "4": "quatrième", "5": "cinquième", last: "dernier" }[place];
  return say.in({ en: `on the ${places[place].toLowerCase()} ${name} of every month`, fr: `le ${french} ${name} de chaque mois` });
}
