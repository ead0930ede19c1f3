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

/** Reads a zone's clocks. The formatter is made once; asking it costs a microsecond or two. */
export function clockOf(timeZone: string): (epochMillis: number) => LocalMoment {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (epochMillis) => {
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(epochMillis)) part[type] = value;
    const { year = "0", month = "0", day: date = "0", hour = "0", minute = "0" } = part;
    const day = `${year.padStart(4, "0")}-${month}-${date}`;
    const time = `${hour}:${minute}`;
    const ordinal = Date.UTC(Number(year), Number(month) - 1, Number(date)) / 86_400_000;
    return {
      day,
      time,
      text: `${day}T${time}`,
      year: Number(year),
      month: Number(month),
      date: Number(date),
      // 1 January 1970 was a Thursday.
      weekday: ((((ordinal + 3) % 7) + 7) % 7) + 1,
      minutes: Number(hour) * 60 + Number(minute),
    };
  };
}
