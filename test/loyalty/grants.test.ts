import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Granted, grantsDue } from "../../app/loyalty/tiers/grants.ts";
import { type Grant, ladder, type Tier } from "../../app/loyalty/tiers/ladder.ts";

const of = { timeZone: "UTC", birthday: "05-20" };
const noon = (day: string) => Date.parse(`${day}T12:00:00Z`);

const points = (id: string, amount: number, every: Grant["every"] = "month", unit = "points") => ({
  id,
  every,
  gift: { kind: "points" as const, points: amount, unit },
});
const reward = (id: string, what: string, every: Grant["every"] = "month") => ({
  id,
  every,
  gift: { kind: "reward" as const, reward: what },
});

type Grants = (ReturnType<typeof points> | ReturnType<typeof reward>)[];
const ladderOf = (...grants: Grants[]): Tier[] =>
  ladder.parse({ levels: grants.map((each, n) => ({ id: `t${n + 1}`, name: `T${n + 1}`, grants: each })) }).levels;

/** What each tier gives whoever holds one after the other. */
function held(levels: readonly Tier[], way: [day: string, tier: number][]): string[] {
  const granted: Granted[] = [];
  return way.map(([day, n]) => {
    const tier = levels[n - 1] as Tier;
    const due = grantsDue({ tier, levels, granted }, noon(day), of);
    granted.push(...due.map(({ grant, gift, period }) => ({ tierId: tier.id, grantId: grant.id, period: period.key, gift })));
    return due.map(({ gift }) => (gift.kind === "points" ? `${gift.points} ${gift.unit}` : gift.reward)).join(", ");
  });
}

describe("what tiers give again and again", () => {
  test.each<[string, Tier[], [day: string, tier: number][], string[]]>([
    [
      "once in each month",
      ladderOf([points("a", 100)]),
      [
        ["2026-05-03", 1],
        ["2026-05-30", 1],
        ["2026-06-01", 1],
      ],
      ["100 points", "", "100 points"],
    ],
    [
      "who rises has the rest, and the whole of it in the month after",
      ladderOf([points("a", 100)], [points("a", 300)]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
        ["2026-05-11", 2],
        ["2026-06-01", 2],
      ],
      ["100 points", "200 points", "", "300 points"],
    ],
    [
      "who rises twice has as much as the highest gives",
      ladderOf([points("a", 100)], [points("b", 150)], [points("c", 300)]),
      [
        ["2026-05-03", 1],
        ["2026-05-04", 2],
        ["2026-05-05", 3],
      ],
      ["100 points", "50 points", "150 points"],
    ],
    [
      "who rises to a tier that gives less has nothing more",
      ladderOf([points("a", 300)], [points("a", 100)]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
      ],
      ["300 points", ""],
    ],
    [
      "who falls has nothing more, and rises again to nothing more",
      ladderOf([points("a", 100)], [points("a", 300)]),
      [
        ["2026-05-03", 2],
        ["2026-05-10", 1],
        ["2026-05-20", 2],
        ["2026-06-01", 1],
      ],
      ["300 points", "", "", "100 points"],
    ],
    [
      "a reward comes once, another one beside it",
      ladderOf([reward("a", "extra")], [reward("a", "extra"), reward("b", "cake")]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
        ["2026-05-11", 2],
      ],
      ["extra", "cake", ""],
    ],
    [
      "who falls is not given the lower tier's reward beside the higher one's",
      ladderOf([reward("a", "tea")], [reward("a", "cake")]),
      [
        ["2026-05-03", 2],
        ["2026-05-10", 1],
        ["2026-06-01", 1],
      ],
      ["cake", "", "tea"],
    ],
    [
      "units, and points and rewards, are not set off against each other",
      ladderOf([points("a", 100), reward("b", "extra")], [points("a", 80, "month", "miles"), points("b", 100)]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
      ],
      ["100 points, extra", "80 miles"],
    ],
    [
      "nor months and years",
      ladderOf([points("a", 100)], [points("a", 300, "year"), points("b", 100)]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
        ["2026-06-01", 2],
      ],
      ["100 points", "300 points", "100 points"],
    ],
    [
      "two of one tier are set off as one",
      ladderOf([points("a", 120)], [points("a", 100), points("b", 50)]),
      [
        ["2026-05-03", 1],
        ["2026-05-10", 2],
        ["2026-05-11", 2],
      ],
      ["120 points", "30 points", ""],
    ],
    [
      "a birthday's too",
      ladderOf([points("a", 50, "birthday")], [points("a", 200, "birthday")]),
      [
        ["2026-05-19", 1],
        ["2026-05-20", 1],
        ["2026-05-22", 2],
        ["2026-06-30", 2],
      ],
      ["", "50 points", "150 points", ""],
    ],
  ])("%s", (_, levels, way, given) => expect(held(levels, way)).toEqual(given));

  test("a member who rises has in the end what the highest of their tiers gives, however they came there", () => {
    const amounts = fc.array(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(amounts, fc.infiniteStream(fc.nat()), (wish, chance) => {
        // Each tier gives as much as the one below at least.
        const sums = wish.map((each) => each.reduce((sum, one) => sum + one, 0)).sort((a, b) => a - b);
        const levels = ladderOf(...sums.map((sum) => (sum > 1 ? [points("a", sum - 1), points("b", 1)] : sum > 0 ? [points("a", 1)] : [])));
        const way = levels.flatMap((_, n): [string, number][] =>
          (chance.next().value ?? 0) % 2 === 0 ? [[`2026-05-${String(n + 1).padStart(2, "0")}`, n + 1]] : [],
        );
        const given = held(levels, way).flatMap((one) => one.split(", ").filter(Boolean).map(Number.parseFloat));
        const highest = way.at(-1)?.[1];
        expect(given.reduce((sum, one) => sum + one, 0)).toBe(highest === undefined ? 0 : sums[highest - 1]);
      }),
    );
  });
});
