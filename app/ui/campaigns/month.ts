import type { State } from "../items/state-badge.tsx";

/** A rule or a boost on the calendar. Times are those of the programme's clocks; null has no end. */
export type Run = {
  id: string;
  kind: "rule" | "boost";
  name: string;
  sentence: string;
  active: boolean;
  state: State;
  from: string | null;
  until: string | null;
  /** Of the days that are shown those on which its conditions let it run; null where they do not tell days apart. */
  days: string[] | null;
};

/**
 * A day of the month's page with what runs on it, each in the same lane all the week, so that a bar goes on where it began.
 * A lane may be empty. Days of the months around it fill its weeks.
 */
export type Day = { day: string; date: number; inMonth: boolean; lanes: (Run | null)[] };

export const isMonth = (text: string | null): text is string => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? "");

/** The month so many before or after another: "2026-12" and 1 is "2027-01". */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The weeks of a month, from Monday. */
export function weeksOf(month: string, runs: readonly Run[]): Day[][] {
  const first = Date.parse(`${month}-01T00:00Z`);
  // 1 January 1970 was a Thursday.
  const weekday = (Math.floor(first / dayMs) + 3) % 7;
  const begins = first - weekday * dayMs;
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const weeks = Math.ceil((weekday + days) / 7);
  return Array.from({ length: weeks }, (_, week) => {
    const days = Array.from({ length: 7 }, (_, at) => new Date(begins + (week * 7 + at) * dayMs).toISOString().slice(0, 10));
    const lanes = lanesOf(days, runs);
    return days.map((day): Day => ({ day, date: Number(day.slice(8)), inMonth: day.startsWith(month), lanes: lanes.get(day) ?? [] }));
  });
}

/** The days that a month's page shows, those of the months around it included. */
export const daysShown = (month: string): string[] => weeksOf(month, []).flatMap((week) => week.map(({ day }) => day));

// What began first takes the first lane that is free.
function lanesOf(days: readonly string[], runs: readonly Run[]): Map<string, (Run | null)[]> {
  const taken = new Map<string, (Run | null)[]>();
  let going: (Run | null)[] = [];
  for (const day of days) {
    going = going.map((run) => (run && runsOn(run, day) ? run : null));
    for (const run of runs.filter((one) => runsOn(one, day) && !going.includes(one)).sort(byBeginning)) {
      const free = going.indexOf(null);
      going[free === -1 ? going.length : free] = run;
    }
    while (going.at(-1) === null) going.pop();
    taken.set(day, [...going]);
  }
  return taken;
}

/** The end is not part of it: what ends at midnight does not run on the day that then begins. */
export const runsOn = ({ from, until, days }: Pick<Run, "from" | "until" | "days">, day: string): boolean =>
  (from === null || from.slice(0, 10) <= day) && (until === null || until > `${day}T00:00`) && (days === null || days.includes(day));

/** What does not run always: it begins, ends, or comes back on some days. */
export const isDated = ({ from, until, days }: Run): boolean => from !== null || until !== null || days !== null;

/** Those that run in a month; soonest first. */
export const runsIn = (month: string, runs: readonly Run[]): Run[] =>
  runs
    .filter((run) => (run.from === null || run.from.slice(0, 7) <= month) && (run.until === null || run.until > `${month}-01T00:00`))
    .filter((run) => run.days === null || daysIn(month, run).length > 0)
    .sort(byBeginning);

/** The days of a month on which something runs that comes back. */
export const daysIn = (month: string, run: Run): string[] => (run.days ?? []).filter((day) => day.startsWith(month) && runsOn(run, day));

const byBeginning = (a: Run, b: Run): number => ((a.from ?? "") === (b.from ?? "") ? 0 : (a.from ?? "") < (b.from ?? "") ? -1 : 1);

export const dayBefore = (day: string): string => new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10);

const dayMs = 86_400_000;
