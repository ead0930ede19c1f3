import { clockOf, type LocalMoment } from "../local-time.ts";

/** Whole days since 1970 of a calendar day: what makes two days comparable without hours, zones or clock changes. */
export const dayNumber = ({ year, month, date }: Pick<LocalMoment, "year" | "month" | "date">): number =>
  Date.UTC(year, month - 1, date) / 86_400_000;

export const dayNumberOf = (day: string): number => Date.parse(`${day}T00:00Z`) / 86_400_000;

const clocks = new Map<string, (at: number) => LocalMoment>();

/** A zone's clock, made once: making it is dear. */
export function clockIn(timeZone: string): (at: number) => LocalMoment {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = clockOf(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** The day number that calendars in a zone show at an instant. */
export function calendarOf(timeZone: string): (at: number) => number {
  const clock = clockIn(timeZone);
  return (at) => dayNumber(clock(at));
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The last day that a month has. */
export const lastDateOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
