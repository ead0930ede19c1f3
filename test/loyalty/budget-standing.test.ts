import { expect, test } from "vitest";
import { budgetStandings } from "../../app/loyalty/program/budget-standing.ts";

const terms = { points: 1_000, per: "month" as const, alertAt: 8_000, stops: true };

test.each([
  [0, "well", 0],
  [799, "well", 79],
  [800, "alert", 80],
  [999, "alert", 99],
  [1_000, "over", 100],
  [1_200, "over", 120],
])("a budget of 1,000 that tells at 80 %% and has spent %i is %s", (used, state, share) => {
  expect(budgetStandings({ retention: terms, acquisition: null }, () => used)).toMatchObject([{ budget: "retention", used, state, share }]);
});

test("a programme without budgets has none to tell of, and each is asked for its own period", () => {
  expect(budgetStandings({ retention: null, acquisition: null }, () => 1)).toEqual([]);
  const asked = budgetStandings({ retention: terms, acquisition: { ...terms, per: "year" } }, (budget, per) =>
    budget === "acquisition" && per === "year" ? 7 : 0,
  );
  expect(asked.map((one) => one.used)).toEqual([0, 7]);
});
