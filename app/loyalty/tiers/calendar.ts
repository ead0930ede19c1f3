import { Temporal } from "temporal-polyfill";
import { zoneOf } from "./zone.ts";

/** The calendar arithmetic of a member: the programme's zone, and the years that begin on the day they joined. All in epoch milliseconds. */
export type Calendar = {
  addDays: (at: number, days: number) => number;
  /** 31 August and six months is 28 or 29 February. */
  addMonths: (at: number, months: number) => number;
  /** The start of the first calendar year after the instant. */
  yearAfter: (at: number) => number;
  /** The first anniversary of joining after the instant, at midnight. Who joined on 29 February has it on the 28th in other years. */
  memberYearAfter: (at: number) => number;
  /** The midnight that ends the instant's day. */
  endOfDay: (at: number) => number;
};

export function calendarOf(timeZone: string, joinedAt: number): Calendar {
  const zone = zoneOf(timeZone);
  const zoned = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  let joined: Temporal.PlainDate | undefined;
  const anniversary = (year: number) => {
    // Most ladders never ask for it.
    joined ??= zoned(joinedAt).toPlainDate();
    return midnight(joined.add({ years: year - joined.year }));
  };
  return {
    addDays: (at, days) => zone.add(at, { days }),
    addMonths: (at, months) => zone.add(at, { months }),
    yearAfter: firstAfter(yearStarts(timeZone)),
    memberYearAfter: firstAfter(remembered(anniversary)),
    endOfDay: (at) => midnight(zoned(at).toPlainDate().add({ days: 1 })),
  };
}

/** The first start of a year after an instant. UTC's year is at most one away from any zone's. */
const firstAfter = (startOf: (year: number) => number) => (at: number) => {
  let year = new Date(at).getUTCFullYear() - 1;
  while (startOf(year) <= at) year += 1;
  return startOf(year);
};

const zones = new Map<string, (year: number) => number>();

// The same for all members of a zone, and asked for each of their orders.
function yearStarts(timeZone: string): (year: number) => number {
  const known = zones.get(timeZone);
  if (known) return known;
  const starts = remembered((year) => Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
  zones.set(timeZone, starts);
  return starts;
}

function remembered(work: (year: number) => number): (year: number) => number {
  const known = new Map<number, number>();
  return (year) => {
    const found = known.get(year) ?? work(year);
    known.set(year, found);
    return found;
  };
}
