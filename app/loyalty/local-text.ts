import { clockOf } from "./local-time.ts";

const clocks = new Map<string, ReturnType<typeof clockOf>>();

/** What clocks in a zone show at an instant, as settings are written: 2026-11-27T09:05. */
export function localText(at: Date, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = clockOf(timeZone);
    clocks.set(timeZone, clock);
  }
  return clock(at.getTime()).text;
}
