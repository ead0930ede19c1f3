import { describe, expect, test } from "vitest";
import { daysItMayHold } from "../../app/loyalty/earning/days-it-may-hold.ts";
import { tree } from "../../app/loyalty/earning/tree.ts";
import { daysIn, daysShown, isMonth, monthAfter, type Run, runsIn, runsOn, weeksOf } from "../../app/ui/campaigns/month.ts";

const run = (from: string | null, until: string | null): Run => ({
  id: "a",
  kind: "boost",
  name: "A",
  sentence: "",
  active: true,
  state: "active",
  from,
  until,
  days: null,
});

test.each([
  // month, weeks, first and last day shown
  ["2026-11", 6, "2026-10-26", "2026-12-06"],
  ["2026-02", 5, "2026-01-26", "2026-03-01"],
  // 2027 has a February that fills its four weeks.
  ["2027-02", 4, "2027-02-01", "2027-02-28"],
  ["2028-02", 5, "2028-01-31", "2028-03-05"],
  ["2024-12", 6, "2024-11-25", "2025-01-05"],
])("the page of %s has %i weeks, from Monday %s to Sunday %s", (month, weeks, first, last) => {
  const page = weeksOf(month, []);
  expect(page).toHaveLength(weeks);
  expect(page.every((week) => week.length === 7)).toBe(true);
  expect([page[0]?.[0]?.day, page.at(-1)?.at(-1)?.day]).toEqual([first, last]);
  expect(page.flat().filter((day) => day.inMonth)).toHaveLength(daysOf(month));
});

const daysOf = (month: string): number => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();

test.each([
  // from, until, day, runs
  ["2026-11-27T09:00", "2026-11-30T00:00", "2026-11-26", false],
  ["2026-11-27T09:00", "2026-11-30T00:00", "2026-11-27", true],
  ["2026-11-27T09:00", "2026-11-30T00:00", "2026-11-29", true],
  // What ends at midnight is over when that day begins.
  ["2026-11-27T09:00", "2026-11-30T00:00", "2026-11-30", false],
  ["2026-11-27T09:00", "2026-11-30T00:01", "2026-11-30", true],
  [null, "2026-11-30T00:00", "1999-01-01", true],
  ["2026-11-27T23:59", null, "2026-11-27", true],
  ["2026-11-27T23:59", null, "2999-01-01", true],
])("what runs from %s until %s is shown on %s: %s", (from, until, day, shown) => {
  expect(runsOn(run(from, until), day)).toBe(shown);
});

test("a bar keeps its lane all the week, and a free one is taken by what begins next", () => {
  const long = { ...run("2026-11-24T09:00", "2026-11-28T00:00"), name: "long" };
  const early = { ...run("2026-11-23T00:00", "2026-11-25T00:00"), name: "early" };
  const late = { ...run("2026-11-26T00:00", "2026-11-29T00:00"), name: "late" };
  const week = weeksOf("2026-11", [late, long, early])[4] ?? [];
  expect(week.map(({ lanes }) => lanes.map((one) => one?.name ?? "").join(" "))).toEqual([
    "early",
    "early long",
    " long",
    "late long",
    "late long",
    "late",
    "",
  ]);
});

test("a month lists what runs in it, soonest first", () => {
  const runs = [
    run("2026-12-01T00:00", null),
    run("2026-11-30T10:00", null),
    run(null, "2026-11-01T00:00"),
    run("2026-10-01T00:00", "2026-11-01T00:01"),
  ];
  expect(runsIn("2026-11", runs).map((one) => one.from)).toEqual(["2026-10-01T00:00", "2026-11-30T10:00"]);
});

test("months follow each other over the years, and nothing else is one", () => {
  expect([monthAfter("2026-12", 1), monthAfter("2026-01", -1), monthAfter("2026-06", 0)]).toEqual(["2027-01", "2025-12", "2026-06"]);
  expect(["2026-01", "2026-13", "2026-1", "", "2026-01-01", null].map(isMonth)).toEqual([true, false, false, false, false, false]);
});

describe("what comes back", () => {
  const world = { timeZone: "America/New_York", currency: "USD", tiers: [] };
  const yearly = (month: string, day: number) => ({ kind: "recurring", every: "year", month, day });
  const held = (when: object, month = "2026-11") => daysItMayHold(tree.parse(when), daysShown(month), world);
  const gold = { kind: "tier", tiers: ["gold"] };
  const monday = { kind: "weekday and hours", days: ["1"] };

  test("is shown on its days, whatever else is asked", () => {
    const when = { kind: "all", of: [gold, { kind: "any", of: [yearly("11", 3), yearly("12", 1)] }] };
    expect(held(when)).toEqual(["2026-11-03", "2026-12-01"]);
    const shown = { ...run(null, null), days: held(when) };
    expect(weeksOf("2026-11", [shown]).flatMap((week) => week.flatMap((day) => (day.lanes.length > 0 ? [day.day] : [])))).toEqual(
      shown.days,
    );
    expect(daysIn("2026-11", shown)).toEqual(["2026-11-03"]);
    expect(runsIn("2026-11", [shown])).toEqual([shown]);
    expect(runsIn("2026-10", [shown])).toEqual([]);
  });

  test("is on each day of which a part belongs to it", () => {
    const night = { kind: "weekday and hours", days: ["5"], from: "22:00", until: "02:00" };
    expect(held({ kind: "all", of: [night] }, "2027-02")?.slice(0, 4)).toEqual(["2027-02-05", "2027-02-06", "2027-02-12", "2027-02-13"]);
    expect(held({ kind: "date window", from: "2026-11-09T23:50", until: "2026-11-11T00:00" })).toEqual(["2026-11-09", "2026-11-10"]);
  });

  test("may be left out of days, and may be asked as one of several ways", () => {
    expect(held({ kind: "none", of: [{ kind: "weekday and hours", days: ["1", "2", "3", "4", "5"] }] })?.slice(0, 2)).toEqual([
      "2026-10-31",
      "2026-11-01",
    ]);
    // Gold members may have it on any day, and so it may run on every one.
    expect(held({ kind: "any", of: [gold, monday] })).toBeNull();
    expect(held({ kind: "none", of: [{ kind: "all", of: [gold, monday] }] })).toBeNull();
    expect(held({ kind: "all", of: [monday, { kind: "any", of: [] }, { kind: "none", of: [{ kind: "any", of: [] }] }] })).toHaveLength(6);
    expect(held(gold)).toBeNull();
  });
});
