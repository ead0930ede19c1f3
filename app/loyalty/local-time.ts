import { Temporal } from "temporal-polyfill";

/** The instant of a day and a time as clocks in a zone show them; undefined when they are none. A time that a clock change skips is the first one after it. */
export function instantOf(local: { day: string; time: string; timeZone: string }): Date | undefined {
  try {
    const zoned = Temporal.PlainDateTime.from(`${local.day}T${local.time}`).toZonedDateTime(local.timeZone, {
      disambiguation: "compatible",
    });
    return new Date(zoned.epochMilliseconds);
  } catch {
    return undefined;
  }
}

/** What clocks and calendars in a zone show at an instant. */
export type LocalMoment = {
  /** 2026-11-27 */
  day: string;
  /** 09:05 */
  time: string;
  /** The same as 2026-11-27T09:05, for comparing with settings. */
  text: string;
  year: number;
  month: number;
  date: number;
  /** 1 is Monday. */
  weekday: number;
  /** Minutes since midnight. */
  minutes: number;
};

const dayMillis = 86_400_000;

/** Reads a zone's clocks. How far they are from UTC is asked once for each day, unless they change on it. */
export function clockOf(timeZone: string): (epochMillis: number) => LocalMoment {
  const aheadAt = offsetsOf(timeZone);
  const days = new Map<number, Day>();
  return (epochMillis) => {
    const shown = epochMillis + aheadAt(epochMillis);
    const ordinal = Math.floor(shown / dayMillis);
    let on = days.get(ordinal);
    if (!on) {
      on = dayOf(ordinal);
      if (days.size > 20_000) days.clear();
      days.set(ordinal, on);
    }
    const minutes = Math.floor((shown - ordinal * dayMillis) / 60_000);
    const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    const { day, year, month, date, weekday } = on;
    return { day, time, text: `${day}T${time}`, year, month, date, weekday, minutes };
  };
}

type Day = Pick<LocalMoment, "day" | "year" | "month" | "date" | "weekday">;

// By days since 1 January 1970, which was a Thursday.
function dayOf(ordinal: number): Day {
  const on = new Date(ordinal * dayMillis);
  const [year, month, date] = [on.getUTCFullYear(), on.getUTCMonth() + 1, on.getUTCDate()];
  const day = `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
  return { day, year, month, date, weekday: ((((ordinal + 3) % 7) + 7) % 7) + 1 };
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

function offsetsOf(timeZone: string): (epochMillis: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const ask = (epochMillis: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(epochMillis)) part[type] = Number(value);
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(epochMillis / 60_000) * 60_000;
  };
  // NaN for a day on which clocks change.
  const known = new Map<number, number>();
  return (epochMillis) => {
    const day = Math.floor(epochMillis / dayMillis);
    let ahead = known.get(day);
    if (ahead === undefined) {
      const first = ask(day * dayMillis);
      ahead = first === ask((day + 1) * dayMillis - 1) ? first : Number.NaN;
      if (known.size > 20_000) known.clear();
      known.set(day, ahead);
    }
    return Number.isNaN(ahead) ? ask(epochMillis) : ahead;
  };
}
