import { expect, test } from "vitest";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { orderFacts, programmeOf } from "../support/order-facts.ts";

const at = { version: 1, phase: "live" as const, testTag: null, tags: [], deleted: false, memberState: "active" as const };

test.each([
  ["2026-10-25T00:29:59Z", 1],
  ["2026-10-25T00:30:00Z", 0],
  // Clocks are back at 02:15, for the second time that night.
  ["2026-10-25T01:15:00Z", 0],
])("a rule that ended at 02:30 does not begin again when clocks are put back: %s", (placedAt, due) => {
  const runs = { from: null, until: "2026-10-25T02:30" };
  const rule = { id: "night", name: "Night", active: true, award: { kind: "fixed" as const, points: 1 }, minimum: null, runs };
  const programme = compile(1, programmeOf({ earning: [rule] }), { timeZone: "Europe/Berlin" });
  expect(programme.judge(orderFacts({ placedAt }), at).due).toBe(due);
});
