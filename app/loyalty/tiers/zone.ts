import { Temporal } from "temporal-polyfill";

const day = 86_400_000;

/** A time in which a zone's clocks are so far ahead of UTC: from one change of the clocks to the next. */
type Span = { from: number; to: number; offset: number };

/** What clocks of a zone show, by its changes: these are asked of Temporal once, and all else is arithmetic. */
export type Zone = {
  /** Adds months, or days, as the calendar on the wall counts them, and keeps the time of day. */
  add: (at: number, by: { months: number } | { days: number }) => number;
};

const zones = new Map<string, Zone>();

export function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const spans: Span[] = [];
  let last: Span = { from: 0, to: 0, offset: 0 };
  const holds = (span: Span, at: number) => span.from <= at && at < span.to;

  function offsetAt(at: number): number {
    if (holds(last, at)) return last.offset;
    let span = spans.find((one) => holds(one, at));
    if (!span) {
      span = spanAt(at, timeZone);
      spans.push(span);
    }
    last = span;
    return span.offset;
  }

  /** The instant at which clocks show a time: of two the earlier one, and of a time that was skipped the one after. */
  function instantAt(local: number): number {
    const before = offsetAt(local - day);
    const after = offsetAt(local + day);
    const early = local - before;
    if (before === after || offsetAt(early) === before) return early;
    const late = local - after;
    return offsetAt(late) === after ? late : early;
  }

  const zone: Zone = {
    add: (at, by) => {
      // An hour that comes twice stays the one it is.
      if (("days" in by ? by.days : by.months) === 0) return at;
      const local = at + offsetAt(at);
      return instantAt("days" in by ? local + by.days * day : monthsLater(local, by.months));
    },
  };
  zones.set(timeZone, zone);
  return zone;
}

// 31 August and six months is 28 or 29 February.
function monthsLater(local: number, months: number): number {
  const date = new Date(local);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const midnight = Math.floor(local / day) * day;
  return Date.UTC(year, month, Math.min(date.getUTCDate(), days)) + (local - midnight);
}

function spanAt(at: number, timeZone: string): Span {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  // What changes at this very instant has changed: the change before is looked for a moment later.
  const from = zoned.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  const to = zoned.getTimeZoneTransition("next");
  return {
    from: from?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: to?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: zoned.offsetNanoseconds / 1_000_000,
  };
}
