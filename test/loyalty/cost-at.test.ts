import { expect, test } from "vitest";
import { costAt } from "../../app/ui/backtest/cost-at.ts";

test("a draft that gave more or less costs in proportion, and what the report says at its own rate", () => {
  const draft = { points: 72_016, cost: 3_961 };
  expect(costAt(72_016, draft)).toBe(3_961);
  expect(costAt(36_008, draft)).toBe(1_981);
  expect(costAt(0, draft)).toBe(0);
  expect(costAt(500, { points: 0, cost: 0 })).toBe(0);
  expect(costAt(500, { points: 1_000, cost: null })).toBeNull();
});
