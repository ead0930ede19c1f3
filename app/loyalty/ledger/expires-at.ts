import { Temporal } from "temporal-polyfill";
import type { Expiry } from "./expiry.ts";

type Earned = {
  earnedAt: Date;
  /** The member's own year begins on the day they joined. */
  joinedAt: Date;
  timeZone: string;
};

/**
 * The instant at which points that were earned then end; null for never. Months, years and their ends are those of
 * the programme's calendar. With inactivity it is the end if nothing more happens: each new activity moves it on.
 */
export function expiresAt(expiry: Expiry, { earnedAt, joinedAt, timeZone }: Earned): Date | null {
  if (expiry.kind === "never") return null;
  if (expiry.kind === "after earning") return new Date(earnedAt.getTime() + expiry.days * 86_400_000);
  // From here on a calendar is read, which takes far longer.
  const earned = zoned(earnedAt, timeZone);
  switch (expiry.kind) {
    case "inactivity":
      return dateOf(earned.add({ months: expiry.months }));
    case "end of year":
      return dateOf(startOfYear(earned).add({ years: expiry.years + 1 }));
    case "membership year": {
      const joined = startOfDay(zoned(joinedAt, timeZone));
      const years = joined.until(earned, { largestUnit: "years" }).years;
      return dateOf(joined.add({ years: Math.max(0, years) + 1 }));
    }
  }
}

const zoned = (instant: Date, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
const startOfDay = (moment: Temporal.ZonedDateTime) => moment.startOfDay();
const startOfYear = (moment: Temporal.ZonedDateTime) => moment.with({ month: 1, day: 1 }).startOfDay();
const dateOf = (moment: Temporal.ZonedDateTime): Date => new Date(moment.epochMilliseconds);
