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
