import { expect, test } from "vitest";
import { type State, stateOf } from "../../app/ui/items/state-badge.tsx";

test.each<[State, boolean, string | null, string | null]>([
  ["active", true, null, null],
  ["active", true, "2026-11-27T09:00", "2026-11-30T00:00"],
  ["scheduled", true, "2026-11-27T09:01", "2026-11-30T00:00"],
  // The end is not part of it.
  ["ended", true, null, "2026-11-27T09:00"],
  ["active", true, null, "2026-11-27T09:01"],
  ["inactive", false, "2026-11-27T09:01", null],
  ["inactive", false, null, "2026-11-27T09:00"],
])("is %s at nine: active %s, from %s until %s", (state, active, from, until) => {
  expect(stateOf({ active, runs: { from, until } }, "2026-11-27T09:00")).toBe(state);
});

test("what has no days of its own is active or not", () => {
  expect(stateOf({ active: true }, "2026-11-27T09:00")).toBe("active");
});
