import type { Budget } from "../earning/judgement.ts";
import type { Points } from "../points.ts";
import type { Budgets } from "./definition.ts";

/** How a budget stands in the period that runs now. */
export type BudgetStanding = {
  budget: Budget;
  per: "month" | "year";
  used: Points;
  points: Points;
  /** What of it is used, in whole per cent, rounded down: 100 is all of it. */
  share: number;
  /** alert: the programme asked to be told. over: all is used; where it stops, nothing more is given. */
  state: "well" | "alert" | "over";
  stops: boolean;
};

export const budgetNames: readonly Budget[] = ["retention", "acquisition"];

/** The budgets that the programme has, with what orders and events of this period took of them. */
export function budgetStandings(budgets: Budgets, usedOf: (budget: Budget, per: "month" | "year") => Points): BudgetStanding[] {
  return budgetNames.flatMap((budget) => {
    const terms = budgets[budget];
    if (!terms) return [];
    const used = usedOf(budget, terms.per);
    const state = used >= terms.points ? "over" : used * 10_000 >= terms.points * terms.alertAt ? "alert" : "well";
    const share = Math.floor((used / terms.points) * 100);
    return [{ budget, per: terms.per, used, points: terms.points, share, state, stops: terms.stops }];
  });
}
