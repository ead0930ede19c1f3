import { Temporal } from "temporal-polyfill";
import type { Grant } from "./ladder.ts";

/** The period that something is given for, once: its name for ever, and when it begins and ends. */
export type Period = { key: string; from: number; to: number };

/** A birthday gift that could not be given on the day is given in the week that follows. */
const lateDays = 7;

/** The period in which an instant lies; for a birthday the year that begins with it. null where the birthday is not known. */
export function periodOf(
  every: Grant["every"],
  at: number,
  { timeZone, birthday }: { timeZone: string; birthday: string | null },
): Period | null {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const { year, month } = today;
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  const first = (of: number) => Temporal.PlainDate.from({ year, month: of, day: 1 });
  const lasting = (key: string, from: Temporal.PlainDate, months: number): Period => ({
    key,
    from: midnight(from),
    to: midnight(from.add({ months })),
  });
  if (every === "month") return lasting(`${year}-${String(month).padStart(2, "0")}`, first(month), 1);
  if (every === "quarter") {
    const quarter = Math.ceil(month / 3);
    return lasting(`${year}-Q${quarter}`, first(quarter * 3 - 2), 3);
  }
  if (every === "year") return lasting(String(year), first(1), 12);
  if (birthday === null) return null;
  const [ofMonth = 1, ofDay = 1] = birthday.split("-").map(Number);
  // Who was born on 29 February has their day on the 28th in other years.
  const inYear = (wanted: number) => Temporal.PlainDate.from({ year: wanted, month: ofMonth, day: ofDay }, { overflow: "constrain" });
  const begun = Temporal.PlainDate.compare(inYear(year), today) <= 0 ? year : year - 1;
  return { key: `birthday ${begun}`, from: midnight(inYear(begun)), to: midnight(inYear(begun + 1)) };
}

/** Whether what is given for a period is still given at an instant in it. */
export const isInTime = (every: Grant["every"], { from }: Period, at: number): boolean =>
  every !== "birthday" || at < from + lateDays * 86_400_000;

/** When the next of a tier's recurring gifts is due; null without any. */
export function nextGrantAt(grants: readonly Grant[], at: number, of: { timeZone: string; birthday: string | null }): number | null {
  const ends = grants.flatMap(({ every }) => periodOf(every, at, of)?.to ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}
