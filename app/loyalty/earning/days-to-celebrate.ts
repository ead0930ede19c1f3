import { Temporal } from "temporal-polyfill";

/** A day of the programme's calendar: when it began, and the days of other years that are remembered on it. */
export type Remembered = { day: string; year: number; at: Date; monthDays: string[] };

/**
 * The last days up to today by the programme's clocks, today first. Several, because a worker may have been down and
 * a birthday may become known late. In years without 29 February it is remembered on the 28th.
 */
export function daysToCelebrate(now: Date, timeZone: string, many: number): Remembered[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return Array.from({ length: many }, (_, back) => {
    const day = today.subtract({ days: back });
    const text = day.toString();
    return {
      day: text,
      year: day.year,
      at: new Date(day.toZonedDateTime(timeZone).epochMilliseconds),
      monthDays: [text.slice(5), ...(text.endsWith("-02-28") && !day.inLeapYear ? ["02-29"] : [])],
    };
  });
}
