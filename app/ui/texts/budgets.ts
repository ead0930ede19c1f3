import { number } from "../words.ts";

const per = { month: "this month", year: "this year" };

/** What is said of budgets. */
export const budgets = {
  title: "Budgets",
  names: { retention: "Retention", acquisition: "Acquisition" },
  used: (used: string, points: number, span: "month" | "year") => `${used} of ${number(points)} used ${per[span]}`,
  over: { stops: "Used up: nothing more is given until the next period.", goes: "Used up. Points are still given." },
  alert: (share: number) => `${share}% is used.`,
  edit: "Change",
};
