import { describe, expect, test } from "vitest";
import { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { standingAt, tierAt } from "../../app/loyalty/tiers/standing.ts";
import { changes, dayOf, decided, did, instant, story, threeTiers } from "../support/tiers.ts";

const joined = "2024-05-20T15:00 bronze";
const at = (local: string) => instant(local);

describe("every window with every term and every way to fall", () => {
  const rolling = { kind: "rolling", months: 12 } as const;
  const months = (n: number) => ({ kind: "months", months: n }) as const;
  const kind = <const Kind extends string>(name: Kind) => ({ kind: name });
  const lifetime = kind("lifetime");
  const year = kind("calendar year");
  const mine = kind("membership year");
  const holds = kind("while it holds");
  const always = kind("for ever");
  const next = kind("rest of this year and next");

  // One purchase of 1,000 on 10 March 2026; and, where it says so, 400 on 5 November 2027.
  const one = [{ on: "2026-03-10", spend: 1000 }];
  const two = [...one, { on: "2027-11-05", spend: 400 }];

  test.each([
    // Lifetime: what was spent stays spent.
    [lifetime, always, "full", one, ["2026-03-10 gold"]],
    [lifetime, holds, "full", one, ["2026-03-10 gold"]],
    [lifetime, next, "full", one, ["2026-03-10 gold"]],
    [lifetime, months(6), "stepwise", one, ["2026-03-10 gold"]],
    [
      lifetime,
      holds,
      "stepwise",
      [...one, { on: "2026-05-01", spend: -900, refundOf: "2026-03-10" }],
      ["2026-03-10 gold", "2026-05-01 bronze"],
    ],
    // Rolling: a year after it was spent it counts no more.
    [rolling, always, "full", one, ["2026-03-10 gold"]],
    [rolling, holds, "full", one, ["2026-03-10 gold", "2027-03-10 bronze"]],
    [rolling, holds, "stepwise", one, ["2026-03-10 gold", "2027-03-10 silver", "2028-03-10 bronze"]],
    [rolling, holds, "full", [...one, { on: "2027-01-05", spend: 300 }], ["2026-03-10 gold", "2027-03-10 silver", "2028-01-05 bronze"]],
    [rolling, next, "full", one, ["2026-03-10 gold", "2028-01-01 bronze"]],
    [rolling, next, "full", two, ["2026-03-10 gold", "2028-01-01 silver", "2029-01-01 bronze"]],
    [rolling, next, "stepwise", one, ["2026-03-10 gold", "2028-01-01 silver", "2029-01-01 bronze"]],
    [rolling, months(6), "full", one, ["2026-03-10 gold", "2027-03-10 bronze"]],
    [rolling, months(12), "full", one, ["2026-03-10 gold", "2027-03-10 bronze"]],
    [rolling, months(18), "full", one, ["2026-03-10 gold", "2027-09-10 bronze"]],
    [rolling, months(18), "stepwise", one, ["2026-03-10 gold", "2027-09-10 silver", "2029-03-10 bronze"]],
    // Calendar year: everybody begins anew on 1 January.
    [year, always, "full", one, ["2026-03-10 gold"]],
    [year, holds, "full", one, ["2026-03-10 gold", "2027-01-01 bronze"]],
    [year, holds, "full", two, ["2026-03-10 gold", "2027-01-01 bronze", "2027-11-05 silver", "2028-01-01 bronze"]],
    [year, holds, "stepwise", one, ["2026-03-10 gold", "2027-01-01 silver", "2028-01-01 bronze"]],
    [year, next, "full", one, ["2026-03-10 gold", "2028-01-01 bronze"]],
    [year, next, "full", two, ["2026-03-10 gold", "2028-01-01 silver", "2029-01-01 bronze"]],
    [year, next, "full", [...one, { on: "2027-12-31T23:59", spend: 1000 }], ["2026-03-10 gold", "2029-01-01 bronze"]],
    [year, next, "full", [...one, { on: "2028-01-01", spend: 1000 }], ["2026-03-10 gold", "2030-01-01 bronze"]],
    [year, next, "stepwise", one, ["2026-03-10 gold", "2028-01-01 silver", "2029-01-01 bronze"]],
    [year, months(12), "full", one, ["2026-03-10 gold", "2027-03-10 bronze"]],
    [year, months(12), "stepwise", one, ["2026-03-10 gold", "2027-03-10 silver", "2028-03-10 bronze"]],
    // Membership year: it begins on 20 May, at midnight.
    [mine, always, "full", one, ["2026-03-10 gold"]],
    [mine, holds, "full", one, ["2026-03-10 gold", "2026-05-20 bronze"]],
    [mine, holds, "stepwise", one, ["2026-03-10 gold", "2026-05-20 silver", "2027-05-20 bronze"]],
    [mine, next, "full", one, ["2026-03-10 gold", "2027-05-20 bronze"]],
    [mine, next, "stepwise", one, ["2026-03-10 gold", "2027-05-20 silver", "2028-05-20 bronze"]],
    [mine, months(3), "full", one, ["2026-03-10 gold", "2026-06-10 bronze"]],
  ] as const)("%o, %o, %s fall, %o", (window, term, drop, trail, expected) => {
    expect(changes(story({ window, term, drop }, [...trail]))).toEqual([joined, ...expected]);
  });

  test("grace keeps a tier for so many days after it ended, and whoever qualifies in it keeps it", () => {
    const rules = { window: year, term: next, graceDays: 31 };
    expect(changes(story(rules, one))).toEqual([joined, "2026-03-10 gold", "2028-02-01 bronze"]);
    expect(changes(story(rules, [...one, { on: "2028-01-30", spend: 1000 }]))).toEqual([joined, "2026-03-10 gold", "2030-02-01 bronze"]);
    const standing = standingAt(story(rules, one), at("2028-01-15"));
    expect(standing.tierId).toBe("gold");
    expect([dayOf(standing.until), dayOf(standing.graceUntil), dayOf(standing.reviewAt)]).toEqual([
      "2028-01-01",
      "2028-02-01",
      "2028-02-01",
    ]);
  });
});

describe("what counts", () => {
  test.each([
    ["spend alone, of any", "any", { spend: 500 }, "gold"],
    ["orders alone, of any", "any", { orders: 3 }, "gold"],
    ["one of all is not enough", "all", { spend: 500, orders: 2, items: 9, referrals: 1, points: { points: 100, miles: 7 } }, "bronze"],
    ["all of all", "all", { spend: 500, orders: 3, items: 9, referrals: 1, points: { points: 100, miles: 7 } }, "gold"],
    ["another unit", "any", { points: { miles: 7 } }, "gold"],
    ["a unit that no measure asks for", "any", { points: { stamps: 70 } }, "bronze"],
    ["items", "any", { items: 9 }, "gold"],
    ["referrals", "any", { referrals: 1 }, "gold"],
  ] as const)("%s", (_, by, what, expected) => {
    const rules = ladder.parse({
      levels: [
        { id: "bronze", name: "Bronze" },
        {
          id: "gold",
          name: "Gold",
          by,
          reach: [
            { kind: "spend", least: 500 },
            { kind: "orders", least: 3 },
            { kind: "items", least: 9 },
            { kind: "referrals", least: 1 },
            { kind: "points earned", least: 100 },
            { kind: "points earned", least: 7, unit: "miles" },
          ],
        },
      ],
    });
    const input = story({}, [{ on: "2026-03-10", ...what }], { ladders: [{ from: at("2020-01-01"), ladder: rules }] });
    expect(standingAt(input, at("2026-03-11")).tierId).toBe(expected);
  });

  test("spend counts only after the return window, and what comes back inside of it never counted", () => {
    const rules = { countsAfterDays: 30 };
    expect(changes(story(rules, [{ on: "2026-03-10T09:00", spend: 1000 }]))).toEqual([joined, "2026-04-09T09:00 gold"]);
    const back = { on: "2026-04-09T08:59", spend: -1000, refundOf: "2026-03-10T09:00" };
    expect(changes(story(rules, [{ on: "2026-03-10T09:00", spend: 1000 }, back]))).toEqual([joined]);
    const later = { ...back, on: "2026-04-09T09:01" };
    expect(changes(story({ ...rules, term: { kind: "while it holds" } }, [{ on: "2026-03-10T09:00", spend: 1000 }, later]))).toEqual([
      joined,
      "2026-04-09T09:00 gold",
      "2026-04-09T09:01 bronze",
    ]);
  });

  test("a December order whose return window ends in January counts in the new year, and only there", () => {
    const rules = { countsAfterDays: 30, window: { kind: "calendar year" }, term: { kind: "while it holds" } } as const;
    expect(changes(story(rules, [{ on: "2026-12-20", spend: 1000 }]))).toEqual([joined, "2027-01-19 gold", "2028-01-01 bronze"]);
  });

  test("a refund takes from the year of its order, never from the next", () => {
    const rules = { window: { kind: "calendar year" }, term: { kind: "while it holds" } } as const;
    const trail = [
      { on: "2026-12-20", spend: 1000 },
      { on: "2027-01-05", spend: -1000, refundOf: "2026-12-20" },
      { on: "2027-01-06", spend: 300 },
    ];
    const standing = standingAt(story(rules, trail), at("2027-02-01"));
    expect([standing.tierId, standing.counters.spend]).toEqual(["silver", 300]);
  });

  test("an order is judged in the tier before it, and by what happened before it", () => {
    const input = story({}, [{ on: "2026-03-10T10:00", spend: 1000 }]);
    expect([tierAt(input, at("2026-03-10T10:00")), tierAt(input, at("2026-03-10T10:01"))]).toEqual(["bronze", "gold"]);
    // Time is not of the order: a term that ends with the second in which it is placed has ended.
    const ends = story({ window: { kind: "calendar year" }, term: { kind: "while it holds" } }, [{ on: "2026-03-10", spend: 1000 }]);
    expect([tierAt(ends, at("2026-12-31T23:59")), tierAt(ends, at("2027-01-01"))]).toEqual(["gold", "bronze"]);
  });
});

describe("calendars", () => {
  const zone = "America/New_York";
  const rules = (months: number) => ({ window: { kind: "rolling" as const, months }, term: { kind: "while it holds" as const } });

  test.each([
    // 8 March 2026 02:30 does not exist in New York; 1 November 2026 01:30 is there twice.
    ["2026-02-08T02:30", 1, "2026-03-08T03:30"],
    ["2026-10-01T01:30", 1, "2026-11-01T01:30"],
    ["2027-08-31T10:00", 6, "2028-02-29T10:00"],
    ["2026-08-31T10:00", 6, "2027-02-28T10:00"],
    ["2028-02-29T10:00", 12, "2029-02-28T10:00"],
  ])("what was spent at %s leaves a window of %i months at %s", (on, months, leaves) => {
    const input = story(rules(months), [{ on, spend: 1000 }], { timeZone: zone });
    expect(changes(input).at(-1)).toBe(`${leaves} bronze`);
  });

  test("a year ends at midnight in the programme's zone", () => {
    const year = { window: { kind: "calendar year" }, term: { kind: "while it holds" } } as const;
    for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "UTC"]) {
      const input = story(year, [{ on: "2026-12-31T23:59", spend: 1000 }], { timeZone, joinedAt: instant("2026-05-01", timeZone) });
      expect(changes(input).slice(1)).toEqual(["2026-12-31T23:59 gold", "2027-01-01 bronze"]);
    }
  });

  test("who joined on 29 February begins a year on the 28th, and on the 29th in leap years", () => {
    const mine = { window: { kind: "membership year" }, term: { kind: "while it holds" } } as const;
    const joinedAt = instant("2024-02-29T12:00");
    const spent = (on: string) => changes(story(mine, [{ on, spend: 1000 }], { joinedAt })).slice(1);
    expect(spent("2026-02-27")).toEqual(["2026-02-27 gold", "2026-02-28 bronze"]);
    expect(spent("2026-02-28")).toEqual(["2026-02-28 gold", "2027-02-28 bronze"]);
    expect(spent("2028-02-28")).toEqual(["2028-02-28 gold", "2028-02-29 bronze"]);
  });
});

describe("tiers that are bought, given and held", () => {
  const paid = ladder.parse({
    levels: [
      { id: "free", name: "Free" },
      { id: "plus", name: "Plus", bought: { products: ["gid://shopify/Product/1"], months: 1 } },
    ],
  });
  const plus = (on: string, months = 1, refundOf?: string) => ({
    on,
    buys: [{ tierId: "plus", months }],
    ...(refundOf ? { refundOf } : {}),
  });
  const bought = (...trail: ReturnType<typeof plus>[]) =>
    changes(story({}, trail, { ladders: [{ from: at("2020-01-01"), ladder: paid }] })).slice(1);

  test("a paid tier lasts to the end of its last day", () => {
    expect(bought(plus("2026-01-31T10:00"))).toEqual(["2026-01-31T10:00 plus", "2026-03-01 free"]);
  });

  test("each renewal adds its months to the first day", () => {
    expect(bought(plus("2026-01-31T10:00"), plus("2026-02-28T11:00"), plus("2026-03-31T23:00"))).toEqual([
      "2026-01-31T10:00 plus",
      "2026-05-01 free",
    ]);
  });

  test("a renewal that is late begins anew", () => {
    expect(bought(plus("2026-01-10"), plus("2026-02-15"))).toEqual([
      "2026-01-10 plus",
      "2026-02-11 free",
      "2026-02-15 plus",
      "2026-03-16 free",
    ]);
  });

  test("a purchase that is sent back takes its months with it", () => {
    expect(bought(plus("2026-01-10", 12), plus("2026-02-01", -12, "2026-01-10"))).toEqual(["2026-01-10 plus", "2026-02-01 free"]);
    expect(bought(plus("2026-01-10"), plus("2026-02-01"), plus("2026-02-03", -1, "2026-02-01"))).toEqual([
      "2026-01-10 plus",
      "2026-02-11 free",
    ]);
  });

  // Found by tiers-properties.test.ts with the seed 2 and TIMES=5.
  test("of two purchases of one second, sending one back leaves the other", () => {
    const both = [plus("2026-01-10T10:00", 1), plus("2026-01-10T10:00", 3)];
    const back = (months: number) => plus("2026-01-11", -months, "2026-01-10T10:00");
    expect(bought(...both, back(3))).toEqual(["2026-01-10T10:00 plus", "2026-02-11 free"]);
    expect(bought(...both, back(1))).toEqual(["2026-01-10T10:00 plus", "2026-04-11 free"]);
    expect(bought(...both, back(1), back(3))).toEqual(["2026-01-10T10:00 plus", "2026-01-11 free"]);
  });

  test("when it ends, the member has the tier that they qualify for", () => {
    const rules = threeTiers({ window: { kind: "rolling", months: 12 }, term: { kind: "while it holds" } });
    const trail = [
      { on: "2026-01-10", buys: [{ tierId: "gold", months: 2 }] },
      { on: "2026-02-01", spend: 300 },
    ];
    expect(changes(story({}, trail, { ladders: [{ from: at("2020-01-01"), ladder: rules }] })).slice(1)).toEqual([
      "2026-01-10 gold",
      "2026-03-11 silver",
      "2027-02-01 bronze",
    ]);
  });

  test.each([
    ["held until a day", [decided("2026-03-01", "hold", "gold", "2026-06-01")], ["2026-03-01 gold", "2026-06-01 bronze"]],
    [
      "held until it is released",
      [decided("2026-03-01", "hold", "gold"), decided("2026-04-01", "release", "gold")],
      ["2026-03-01 gold", "2026-04-01 bronze"],
    ],
    ["held for ever", [decided("2026-03-01", "hold", "gold")], ["2026-03-01 gold"]],
    [
      "a second hold replaces the first",
      [decided("2026-03-01", "hold", "gold", "2026-09-01"), decided("2026-04-01", "hold", "gold", "2026-05-01")],
      ["2026-03-01 gold", "2026-05-01 bronze"],
    ],
    [
      "what is given twice lasts as long as the longer",
      [decided("2026-03-01", "given", "gold", "2026-09-01"), decided("2026-04-01", "given", "gold", "2026-05-01")],
      ["2026-03-01 gold", "2026-09-01 bronze"],
    ],
    ["given without an end", [decided("2026-03-01", "given", "gold")], ["2026-03-01 gold"]],
    ["a tier that is not there", [decided("2026-03-01", "hold", "platinum")], []],
  ])("%s", (_, decisions, expected) => {
    expect(changes(story({ term: { kind: "months", months: 6 } }, [], { decisions })).slice(1)).toEqual(expected);
  });

  test("a hold never keeps a member down", () => {
    const input = story({}, [{ on: "2026-04-01", spend: 1000 }], { decisions: [decided("2026-03-01", "hold", "silver")] });
    expect(changes(input).slice(1)).toEqual(["2026-03-01 silver", "2026-04-01 gold"]);
  });
});

describe("another version of the programme", () => {
  const versions = (before: Parameters<typeof threeTiers>[0], after: Parameters<typeof threeTiers>[0] | null) => ({
    ladders: [
      { from: at("2020-01-01"), ladder: threeTiers(before) },
      { from: at("2026-06-01"), ladder: after === null ? null : threeTiers(after) },
    ],
  });
  const dearer = [
    { id: "bronze", name: "Bronze" },
    { id: "silver", name: "Silver", reach: [{ kind: "spend" as const, least: 600 }] },
    { id: "gold", name: "Gold", reach: [{ kind: "spend" as const, least: 2000 }] },
  ];
  const year = { window: { kind: "calendar year" as const } };
  const told = (before: Parameters<typeof threeTiers>[0], after: Parameters<typeof threeTiers>[0] | null) =>
    changes(story({}, [{ on: "2026-03-10", spend: 1000 }], versions(before, after))).slice(1);

  test.each([
    [
      "a term that has a day keeps it",
      { ...year, term: { kind: "rest of this year and next" } },
      { ...year, term: { kind: "rest of this year and next" }, levels: dearer },
      ["2026-03-10 gold", "2028-01-01 bronze"],
    ],
    ["who had it for ever keeps it for ever", {}, { levels: dearer }, ["2026-03-10 gold"]],
    [
      "who had it for ever has one term of the new",
      {},
      { levels: dearer, term: { kind: "months", months: 12 } },
      ["2026-03-10 gold", "2027-06-01 silver"],
    ],
    [
      "without terms, one window of the new",
      { term: { kind: "while it holds" } },
      { ...year, term: { kind: "while it holds" }, levels: dearer },
      ["2026-03-10 gold", "2027-01-01 bronze"],
    ],
    [
      "of a tier that is gone, the one below",
      { ...year, term: { kind: "rest of this year and next" } },
      { ...year, term: { kind: "rest of this year and next" }, levels: dearer.slice(0, 2) },
      ["2026-03-10 gold", "2026-06-01 silver", "2028-01-01 bronze"],
    ],
    ["no tiers at all", {}, null, ["2026-03-10 gold", "2026-06-01 null"]],
  ] as const)("%s", (_, before, after, expected) => {
    expect(told(before as never, after as never)).toEqual(expected);
  });

  // Silver by orders, so that nothing but Gold gives it.
  test("who is in the grace of a tier that is taken out has the next one below for as long", () => {
    const [bronze, , gold] = threeTiers().levels;
    const silver = { id: "silver", name: "Silver", reach: [{ kind: "orders" as const, least: 5 }] };
    const rules = { window: { kind: "rolling" as const, months: 1 }, term: { kind: "while it holds" as const } };
    const input = story({}, [{ on: "2026-04-20", spend: 1000 }], {
      ladders: [
        { from: at("2020-01-01"), ladder: ladder.parse({ levels: [bronze, silver, gold], ...rules, graceDays: 60 }) },
        { from: at("2026-06-01"), ladder: ladder.parse({ levels: [bronze, silver], ...rules }) },
      ],
    });
    expect(changes(input).slice(1)).toEqual(["2026-04-20 gold", "2026-06-01 silver", "2026-07-19 bronze"]);
  });

  test("who meets what became easier has the tier from the publish on, for a whole term", () => {
    const easier = threeTiers({ ...year, term: { kind: "months", months: 12 } });
    const ladders = [
      { from: at("2020-01-01"), ladder: threeTiers({ ...year, levels: dearer, term: { kind: "months", months: 12 } }) },
      { from: at("2026-06-01"), ladder: easier },
    ];
    const input = story({}, [{ on: "2026-03-10", spend: 1000 }], { ladders });
    expect(changes(input).slice(1)).toEqual(["2026-03-10 silver", "2026-06-01 gold", "2027-06-01 bronze"]);
    expect(standingAt(input, at("2026-07-01")).why).toEqual({ because: "programme" });
  });

  test("another name or colour starts no term anew", () => {
    const renamed = threeTiers({ term: { kind: "months", months: 12 }, window: { kind: "rolling", months: 12 } });
    for (const tier of renamed.levels) tier.name += "!";
    const ladders = [
      { from: at("2020-01-01"), ladder: threeTiers({ term: { kind: "months", months: 12 }, window: { kind: "rolling", months: 12 } }) },
      { from: at("2026-06-01"), ladder: renamed },
    ];
    expect(changes(story({}, [{ on: "2026-03-10", spend: 1000 }], { ladders })).slice(1)).toEqual(["2026-03-10 gold", "2027-03-10 bronze"]);
  });

  // Found by tiers-properties.test.ts with the seed 23533640.
  test("a term that ends at the very instant of a publish ends with the grace that it had", () => {
    const stepwise = { drop: "stepwise" as const };
    const before = threeTiers({
      ...stepwise,
      window: { kind: "membership year" },
      term: { kind: "months", months: 17 },
      countsAfterDays: 14,
      graceDays: 60,
    });
    const after = threeTiers({ ...stepwise, window: { kind: "rolling", months: 1 }, term: { kind: "months", months: 1 } });
    const spent = [
      { on: "2025-01-28", spend: 127 },
      { on: "2026-01-27", spend: 173 },
    ];
    const publishedOn = (day: string) =>
      story({}, spent, {
        joinedAt: at("2024-02-11T03:25"),
        ladders: [
          { from: at("2020-01-01"), ladder: before },
          { from: at(day), ladder: after },
        ],
      });
    const kept = ["2026-02-10 silver", "2027-09-08 bronze"];
    expect(changes(publishedOn("2027-07-10")).slice(1)).toEqual(kept);
    // As though it had come a minute later. A minute earlier, they have the grace from then on.
    expect(changes(publishedOn("2027-07-10T00:01")).slice(1)).toEqual(kept);
    expect(changes(publishedOn("2027-07-09T23:59")).slice(1)).toEqual(["2026-02-10 silver", "2027-09-07T23:59 bronze"]);
  });

  const rolling = { window: { kind: "rolling" as const, months: 1 } };
  const months = (n: number) => ({ term: { kind: "months" as const, months: n } });
  const holds = { term: { kind: "while it holds" as const } };
  const lifetime = { window: { kind: "lifetime" as const } };

  test.each([
    [
      "lost it before the publish, with more grace",
      [
        { ...rolling, ...months(1), graceDays: 60 },
        { ...rolling, ...months(1), levels: dearer },
      ],
      [{ on: "2026-04-25", spend: 300 }],
      { on: "2026-05-15", spend: 300 },
      ["2026-04-25 silver", "2026-07-24 bronze"],
      ["2026-04-25 silver", "2026-07-31 bronze"],
    ],
    [
      "fell one tier before the publish, and for longer",
      [
        { ...rolling, ...months(18), drop: "stepwise" as const },
        { ...rolling, ...months(1), drop: "full" as const },
      ],
      [{ on: "2024-11-25", spend: 1000 }],
      { on: "2024-12-10", spend: 1000 },
      ["2024-11-25 gold", "2026-05-25 silver", "2027-11-25 bronze"],
      ["2024-11-25 gold", "2026-06-10 silver", "2027-12-01 bronze"],
    ],
    [
      "only met the rules before the publish",
      [
        { ...lifetime, ...holds },
        { ...rolling, ...holds },
      ],
      [{ on: "2026-01-10", spend: 300 }],
      { on: "2026-05-02", spend: 300 },
      ["2026-01-10 silver", "2026-07-01 bronze"],
      ["2026-01-10 silver", "2026-07-01 bronze"],
    ],
  ])("who spent more has a tier no shorter than who %s", (_, [before, after], less, more, expected, expectedOfMore) => {
    const told = (trail: typeof less) => changes(story({}, trail, versions(before as never, after as never))).slice(1);
    expect(told(less)).toEqual(expected);
    expect(told([...less, more])).toEqual(expectedOfMore);
  });

  // Found by tiers-properties.test.ts with the seed 13206799 and TIMES=40.
  test("who has a tier as tiers are taken out has no less afterwards than who fell a day before", () => {
    const ladders = [
      { from: at("2020-01-01"), ladder: threeTiers({ ...lifetime, ...months(5), drop: "stepwise" }) },
      { from: at("2026-06-01"), ladder: null },
      { from: at("2026-10-01"), ladder: threeTiers({ ...year, levels: dearer, term: { kind: "for ever" } }) },
    ];
    const spent = [
      { on: "2025-12-31", spend: 1000 },
      { on: "2026-01-01", spend: -1, refundOf: "2025-12-31" },
    ];
    const told = (more: number) => changes(story({}, [...spent, { on: "2025-12-30", spend: more }], { ladders })).slice(1);
    expect(told(0)).toEqual(["2025-12-31 gold", "2026-05-31 silver", "2026-06-01 null", "2026-10-01 silver", "2026-10-31 bronze"]);
    expect(told(1)).toEqual(["2025-12-31 gold", "2026-06-01 null", "2026-10-01 silver", "2026-11-01 bronze"]);
  });

  test("a publish at the midnight that ends a year gives nobody another year", () => {
    const holds = threeTiers({ ...year, term: { kind: "while it holds" } });
    const ladders = ["2020-01-01", "2027-01-01"].map((day) => ({ from: at(day), ladder: holds }));
    const input = story({}, [{ on: "2026-03-10", spend: 1000 }], { ladders });
    expect(changes(input).slice(1)).toEqual(["2026-03-10 gold", "2027-01-01 bronze"]);
    expect(standingAt(input, at("2027-01-01")).why).toMatchObject({ because: "fell short" });
  });

  test("tiers that were taken out and put back are there again", () => {
    const ladders = [
      { from: at("2020-01-01"), ladder: threeTiers({ ...year, term: { kind: "rest of this year and next" } }) },
      { from: at("2026-06-01"), ladder: null },
      { from: at("2027-02-01"), ladder: threeTiers({ ...year, term: { kind: "rest of this year and next" } }) },
    ];
    expect(changes(story({}, [{ on: "2026-03-10", spend: 1000 }], { ladders })).slice(1)).toEqual([
      "2026-03-10 gold",
      "2026-06-01 null",
      "2027-02-01 gold",
      "2028-01-01 bronze",
    ]);
  });

  test("what was done before joining is one step: how the member began", () => {
    const input = { ...story({}, []), trail: [did({ on: "2023-01-01", spend: 300 }), did({ on: "2023-02-01", spend: 700 })] };
    expect(changes(input)).toEqual(["2024-05-20T15:00 gold"]);
  });
});

describe("what a member is told", () => {
  const year = { window: { kind: "calendar year" }, term: { kind: "rest of this year and next" } } as const;

  test("what is missing for the next tier", () => {
    const { next, until } = standingAt(story(year, [{ on: "2026-03-10", spend: 880 }]), at("2026-04-01"));
    expect(next).toEqual({ tierId: "gold", by: "any", missing: [{ measure: "spend", least: 1000, have: 880 }], share: 88 });
    expect(dayOf(until)).toBe("2028-01-01");
  });

  test("what is missing to keep a tier, in a year in which it was not reached yet", () => {
    const input = story(year, [
      { on: "2026-03-10", spend: 1000 },
      { on: "2027-02-01", spend: 250 },
    ]);
    expect(standingAt(input, at("2026-12-31")).keep).toBeNull();
    expect(standingAt(input, at("2027-03-01")).keep?.missing).toEqual([{ measure: "spend", least: 1000, have: 250 }]);
  });

  test("a tier that lives by a rolling window ends when what carries it leaves", () => {
    const rolling = { window: { kind: "rolling", months: 12 }, term: { kind: "while it holds" } } as const;
    const input = story(rolling, [
      { on: "2026-01-10", spend: 500 },
      { on: "2026-03-10", spend: 500 },
      { on: "2026-05-01", spend: 600 },
    ]);
    expect(dayOf(standingAt(input, at("2026-04-01")).until)).toBe("2027-01-10");
    expect(dayOf(standingAt(input, at("2026-06-01")).until)).toBe("2027-03-10");
  });

  test("a publish that raises a member ends nothing, whatever it takes out below", () => {
    const { levels } = threeTiers();
    const higher = { id: "diamond", name: "Diamond", reach: [{ kind: "spend" as const, least: 800 }] };
    const input = story({}, [{ on: "2026-03-10", spend: 1000 }], {
      ladders: [
        { from: at("2020-01-01"), ladder: threeTiers() },
        { from: at("2026-06-01"), ladder: ladder.parse({ levels: [levels[2], higher] }) },
      ],
    });
    expect(standingAt(input, at("2026-05-01"))).toMatchObject({ tierId: "gold", until: null, reviewAt: at("2026-06-01") });
    expect(standingAt(input, at("2026-06-01"))).toMatchObject({ tierId: "diamond", until: null });
  });

  // Found by tiers-properties.test.ts with the seed 8802601 and TIMES=40.
  test("a grace out of which something comes in time is no end", () => {
    const saved = { until: at("2027-01-24"), graceUntil: null };
    const rules = {
      window: { kind: "rolling", months: 12 },
      term: { kind: "while it holds" },
      graceDays: 30,
      countsAfterDays: 14,
    } as const;
    const again = story(rules, [
      { on: "2025-01-01", spend: 300 },
      { on: "2026-01-10", spend: 300 },
    ]);
    // Silver was met until 15 January, and is met again when the second order counts.
    for (const day of ["2026-01-12", "2026-01-16", "2026-01-24"]) expect(standingAt(again, at(day))).toMatchObject(saved);
    expect(changes(again).slice(1)).toEqual(["2025-01-15 silver", "2027-02-23 bronze"]);

    const easier = threeTiers({ window: { kind: "lifetime" }, term: { kind: "while it holds" } });
    const ladders = [
      { from: at("2020-01-01"), ladder: threeTiers(rules) },
      { from: at("2026-02-01"), ladder: easier },
    ];
    const published = story({}, [{ on: "2025-01-01", spend: 300 }], { ladders });
    for (const day of ["2026-01-12", "2026-01-16"]) expect(standingAt(published, at(day))).toMatchObject({ until: null, graceUntil: null });
  });

  test("why the tier was lost", () => {
    const { steps } = standingAt(
      story(year, [
        { on: "2026-03-10", spend: 1000 },
        { on: "2027-02-01", spend: 250 },
      ]),
      at("2028-01-01"),
    );
    expect(steps.at(-1)?.why).toEqual({
      because: "fell short",
      missing: [{ measure: "spend", least: 1000, have: 0 }],
      afterGrace: false,
    });
  });
});
