import type { Calendar } from "./calendar.ts";
import type { Ladder } from "./ladder.ts";

export const never = Number.NEGATIVE_INFINITY;
export const forEver = Number.POSITIVE_INFINITY;

type Rules = Pick<Ladder, "window" | "term">;

/** When the year ends that a ladder counts by: the member's own where its window is that, else the calendar's. */
const yearEnd = ({ window }: Rules, calendar: Calendar, at: number) =>
  window.kind === "membership year" ? calendar.memberYearAfter(at) : calendar.yearAfter(at);

/** When what happened at an instant leaves the window, or the window starts anew. */
export function windowEnd(rules: Rules, calendar: Calendar, at: number): number {
  switch (rules.window.kind) {
    case "lifetime":
      return forEver;
    case "rolling":
      return calendar.addMonths(at, rules.window.months);
    case "calendar year":
    case "membership year":
      return yearEnd(rules, calendar, at);
  }
}

/** Until when a tier is safe whose reach was met at an instant; `never` where it is only kept while it holds. */
export function termEnd(rules: Rules, calendar: Calendar, at: number): number {
  switch (rules.term.kind) {
    case "for ever":
      return forEver;
    case "while it holds":
      return never;
    case "rest of this year and next":
      return yearEnd(rules, calendar, yearEnd(rules, calendar, at));
    case "months":
      return calendar.addMonths(at, rules.term.months);
  }
}

/**
 * Who falls one tier has the tier below for one term more, or for one window where a ladder has no terms.
 * The year that a fall ends is the one that just passed: who falls on 1 January has that year, not the next as well.
 */
export function dwellEnd(rules: Rules, calendar: Calendar, fallAt: number): number {
  if (rules.term.kind === "while it holds") return rules.window.kind === "lifetime" ? never : windowEnd(rules, calendar, fallAt);
  return termEnd(rules, calendar, rules.term.kind === "months" ? fallAt : fallAt - 1);
}

/** A publish drops nobody: who met the old rules keeps the tier for one term, or one window, of the new. */
export const protectedEnd = (rules: Rules, calendar: Calendar, publishedAt: number): number =>
  rules.term.kind === "while it holds" ? windowEnd(rules, calendar, publishedAt) : termEnd(rules, calendar, publishedAt);
