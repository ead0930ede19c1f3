import { expect, test } from "vitest";
import { datesIn } from "../../app/ui/words.ts";

test("what ends at midnight is said to be good until the day before", () => {
  const { day, lastDay } = datesIn("America/New_York");
  expect(day("2026-12-01T05:00:00Z")).toBe("Dec 1, 2026");
  expect(lastDay("2026-12-01T05:00:00Z")).toBe("Nov 30, 2026");
  expect(lastDay(new Date("2026-12-01T05:00:01Z"))).toBe("Dec 1, 2026");
});
