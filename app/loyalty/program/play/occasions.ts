import { instantOf, type LocalMoment } from "../../local-time.ts";
import type { Definition } from "../definition.ts";

/** What a day brings of itself. "period" is the first of a month, when tiers give again. */
export type Occasion = { at: number; trigger: "joined" | "birthday" | "anniversary" | "period" };

type Member = { joinedAt: number; until: number; birthday?: string };

/** The days of a member that bring something, from joining on, in their order. */
export function occasionsOf(
  { tiers }: Definition,
  { joinedAt, until, birthday }: Member,
  { clock, timeZone }: { clock: (at: number) => LocalMoment; timeZone: string },
): Occasion[] {
  const joined = clock(joinedAt);
  const last = clock(until).year;
  const occasions: Occasion[] = [{ at: joinedAt, trigger: "joined" }];
  const add = (trigger: Occasion["trigger"], year: number, month: number, date: number) => {
    const at = instantOf({ day: dayOf(year, month, date), time: "00:00", timeZone })?.getTime();
    if (at !== undefined && at > joinedAt && at <= until) occasions.push({ at, trigger });
  };
  const [month = 1, date = 1] = (birthday ?? "").split("-").map(Number);
  const givesAgain = tiers?.levels.some((tier) => tier.grants.length > 0) ?? false;
  for (let year = joined.year; year <= last; year += 1) {
    if (birthday) add("birthday", year, month, date);
    if (year > joined.year) add("anniversary", year, joined.month, joined.date);
    if (givesAgain) for (let first = 1; first <= 12; first += 1) add("period", year, first, 1);
  }
  return occasions.sort((a, b) => a.at - b.at);
}

const two = (number: number) => String(number).padStart(2, "0");

// Who was born on 29 February has the day on the 28th in other years.
function dayOf(year: number, month: number, date: number): string {
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${year}-${two(month)}-${two(Math.min(date, lastOfMonth))}`;
}
