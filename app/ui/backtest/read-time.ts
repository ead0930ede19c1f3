import { instantOf } from "../../loyalty/local-time.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { backtest } from "../texts/backtest.ts";

const dayMs = 86_400_000;

/** A first and a last day by the programme's clocks, the last one with it; empty is without one. */
export function readTime(wish: { from?: unknown; until?: unknown }, timeZone: string): { from: Date | null; until: Date | null } | Refusal {
  const from = dayOf(wish.from, 0, timeZone);
  const until = dayOf(wish.until, 1, timeZone);
  if (from === undefined) return refuse("no day", backtest.ask.badDay, "from");
  if (until === undefined) return refuse("no day", backtest.ask.badDay, "until");
  return { from, until };
}

/** The days of an address; what somebody changed by hand is the last thirty days. */
export function readDays(url: URL, timeZone: string, now: Date): { from: Date; until: Date; days: { from: string; until: string } } {
  const text = (at: Date) => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
  const days = {
    from: url.searchParams.get("from") ?? text(new Date(now.getTime() - 30 * dayMs)),
    until: url.searchParams.get("until") ?? text(now),
  };
  const read = readTime(days, timeZone);
  if ("from" in read && read.from && read.until) return { from: read.from, until: read.until, days };
  return {
    from: new Date(now.getTime() - 30 * dayMs),
    until: now,
    days: { from: text(new Date(now.getTime() - 30 * dayMs)), until: text(now) },
  };
}

// undefined for what is no day.
function dayOf(said: unknown, later: 0 | 1, timeZone: string): Date | null | undefined {
  if (said === undefined || said === null || said === "") return null;
  if (typeof said !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(said)) return undefined;
  const day = new Date(Date.parse(`${said}T00:00:00Z`) + later * dayMs);
  if (Number.isNaN(day.getTime())) return undefined;
  return instantOf({ day: day.toISOString().slice(0, 10), time: "00:00", timeZone });
}
