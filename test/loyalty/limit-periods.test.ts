import fc from "fast-check";
import { expect, test } from "vitest";
import { standingBefore } from "../../app/loyalty/earning/history.ts";
import type { LimitOf } from "../../app/loyalty/earning/limits-of.ts";
import { clockOf } from "../../app/loyalty/local-time.ts";

const zones = ["America/New_York", "Europe/Paris", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"] as const;

/** What clocks of a zone show, by Intl alone. */
function shown(timeZone: string, at: number) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
  const [year, month, date] = parts.split("-").map(Number) as [number, number, number];
  const ordinal = Date.UTC(year, month - 1, date) / 86_400_000;
  // 5 January 1970 was a Monday.
  return { day: String(ordinal), week: String(Math.floor((ordinal - 4) / 7)), month: `${year}-${month}`, year: String(year), lifetime: "" };
}

test("what was used of a limit is what calendars in the zone put into the same period", () => {
  const per = fc.constantFrom("day", "week", "month", "year", "lifetime");
  const minutes = fc.oneof(
    // Anywhere, around New Year, and around the changes of clocks.
    fc.integer({ min: Date.UTC(2025, 0, 1) / 60_000, max: Date.UTC(2027, 0, 3) / 60_000 }),
    fc.integer({ min: Date.UTC(2025, 11, 28) / 60_000, max: Date.UTC(2026, 0, 6) / 60_000 }),
    fc.integer({ min: Date.UTC(2026, 2, 7) / 60_000, max: Date.UTC(2026, 2, 9) / 60_000 }),
    fc.integer({ min: Date.UTC(2026, 2, 28) / 60_000, max: Date.UTC(2026, 3, 6) / 60_000 }),
    fc.integer({ min: Date.UTC(2026, 9, 24) / 60_000, max: Date.UTC(2026, 10, 2) / 60_000 }),
  );
  const near = fc.tuple(
    minutes,
    fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 500_000, max: 530_000 })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...zones), per, near, (timeZone, period, [minute, after]) => {
      const [then, now] = [minute * 60_000, (minute + after) * 60_000];
      const trail = { key: "a", placedAt: then, isOrder: true, entries: [{ at: then, rules: { r: 5 } }] };
      const limit: LimitOf["limit"] = { most: 10, of: "points", per: period, days: null };
      const { used } = standingBefore(
        { key: "b", placedAt: now },
        {
          trails: [trail],
          background: { joinedAt: 0, birthday: null, counted: null },
          limits: [{ key: "r/0", counts: "r", limit }],
          clock: clockOf(timeZone),
        },
      );
      const isSame = shown(timeZone, then)[period] === shown(timeZone, now)[period];
      expect([timeZone, new Date(then).toISOString(), new Date(now).toISOString(), used["r/0"] ?? 0]).toEqual([
        timeZone,
        new Date(then).toISOString(),
        new Date(now).toISOString(),
        isSame ? 5 : 0,
      ]);
    }),
    { numRuns: 4_000 },
  );
});
