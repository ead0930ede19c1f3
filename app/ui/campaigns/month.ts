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
};

/** A day of the month's page with what runs on it. Days of the months around it fill its weeks. */
export type Day = { day: string; date: number; inMonth: boolean; runs: Run[] };

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
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, at): Day => {
      const day = new Date(begins + (week * 7 + at) * dayMs).toISOString().slice(0, 10);
      return { day, date: Number(day.slice(8)), inMonth: day.startsWith(month), runs: runs.filter((run) => runsOn(run, day)) };
    }),
  );
}

/** The end is not part of it: what ends at midnight does not run on the day that then begins. */
export const runsOn = ({ from, until }: Pick<Run, "from" | "until">, day: string): boolean =>
  (from === null || from.slice(0, 10) <= day) && (until === null || until > `${day}T00:00`);

/** Those that begin or end and run in a month; soonest first. */
export const runsIn = (month: string, runs: readonly Run[]): Run[] =>
  runs
    .filter((run) => (run.from === null || run.from.slice(0, 7) <= month) && (run.until === null || run.until > `${month}-01T00:00`))
    .sort((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1));

const dayMs = 86_400_000;
