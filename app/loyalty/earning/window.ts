import { instantOf } from "../local-time.ts";
import type { Say } from "../say.ts";

/** A stretch of time by the clocks of the programme's zone. What is left empty has no end. The end is not part of it. */
export type Window = { from: string | null; until: string | null };

/**
 * Whether an instant is in it. Its ends are instants, worked out once: when clocks are put back, what has ended at
 * 01:30 does not begin again at the second 01:15.
 */
export function windowOf({ from, until }: Window, timeZone: string): (at: number) => boolean {
  const begins = from === null ? Number.NEGATIVE_INFINITY : instantIn(from, timeZone);
  const ends = until === null ? Number.POSITIVE_INFINITY : instantIn(until, timeZone);
  return (at) => at >= begins && at < ends;
}

function instantIn(local: string, timeZone: string): number {
  const [day = "", time = "00:00"] = local.split("T");
  const instant = instantOf({ day, time, timeZone });
  if (!instant) throw new RangeError(`There is no ${local} in ${timeZone}.`);
  return instant.getTime();
}

/** "from 27 Nov 2026 until 30 Nov 2026". An end at midnight is said as the last day that it leaves. Empty without ends. */
export function windowSentence({ from, until }: Window, say: Say): string {
  const begins = from === null ? null : beginningOf(from, say);
  const ends = until === null ? null : endOf(until, say);
  if (begins !== null && begins === ends) return say.in({ en: `on ${begins}`, fr: `le ${begins}` });
  if (begins !== null && ends !== null) return say.in({ en: `from ${begins} until ${ends}`, fr: `du ${begins} au ${ends}` });
  if (begins !== null) return say.in({ en: `from ${begins} on`, fr: `à partir du ${begins}` });
  return ends === null ? "" : say.in({ en: `until ${ends}`, fr: `jusqu’au ${ends}` });
}

/** When it begins, in words; at midnight the day is enough. */
export const beginningOf = (from: string, say: Say): string => say.day(from.endsWith("T00:00") ? from.slice(0, 10) : from);

/** When it ends, in words; an end at midnight is said as the last day that it leaves. */
export const endOf = (until: string, say: Say): string => say.day(until.endsWith("T00:00") ? dayBefore(until.slice(0, 10)) : until);

const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00Z`) - 86_400_000).toISOString().slice(0, 10);
