import { expect, test } from "vitest";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { costOf, mayStep, type RedemptionState, steps, whereOf } from "../../app/loyalty/redeeming/redemption.ts";
import { bestRate, faceValueOf } from "../../app/loyalty/redeeming/worth.ts";

const use: Parameters<typeof costOf>[0] = { points: 500, faceValue: 500, given: 500, unusedComesBack: true, cancelled: false };

test.each<[string, Partial<typeof use>, number]>([
  ["used wholly", {}, 500],
  ["$3 of $5", { given: 300 }, 300],
  ["nothing of it", { given: 0 }, 0],
  ["a cent, rounded up", { given: 1 }, 1],
  ["a third, rounded up", { points: 100, faceValue: 300, given: 100 }, 34],
  ["a part whose points are no whole number", { points: 7, faceValue: 1_000, given: 501 }, 4],
  ["more than it is worth", { given: 600 }, 500],
  ["less than nothing", { given: -100 }, 0],
  ["a part, where what is unused does not come back", { given: 300, unusedComesBack: false }, 500],
  ["a reward that has no parts", { faceValue: null, given: 1 }, 500],
  ["on an order that was cancelled", { cancelled: true }, 0],
  ["on a cancelled order, where what is unused does not come back", { cancelled: true, unusedComesBack: false }, 0],
  ["very large", { points: 10_000_000, faceValue: 1_000_000_000_000, given: 999_999_999_999 }, 10_000_000],
])("what an order costs of a reward: %s", (_, changes, cost) => {
  expect(costOf({ ...use, ...changes })).toBe(cost);
});

test("what is given back never costs less than what was used, for every cent of a reward", () => {
  for (let given = 0; given <= 500; given += 1) {
    const cost = costOf({ ...use, points: 333, given });
    expect(cost * 500).toBeGreaterThanOrEqual(given * 333);
    expect((cost - 1) * 500).toBeLessThan(Math.max(1, given * 333));
  }
});

const states = Object.keys(steps) as RedemptionState[];

test("an order that arrives with the code is a fact: used is reached from everywhere else", () => {
  for (const state of states.filter((one) => one !== "used")) expect(() => mayStep(state, "used")).not.toThrow();
});

test("a step that is not legal is a bug", () => {
  for (const [from, to] of [
    ["used", "issued"],
    ["released", "issued"],
    ["issued", "reserved"],
    ["refused", "issued"],
    ["releasing", "issued"],
    ["used", "used"],
  ] as const)
    expect(() => mayStep(from, to)).toThrow(/does not go/);
});

test("where the points are in each state", () => {
  expect(Object.fromEntries(states.map((state) => [state, whereOf(state)]))).toEqual({
    reserved: "reserved",
    issued: "reserved",
    releasing: "reserved",
    used: "used",
    released: "released",
    refused: "released",
  });
});

test("the best that points can become is compared without dividing", () => {
  const { rewards, ...rest } = simplePoints(100);
  const [five] = rewards;
  if (!five) throw new Error("The simple programme has a reward.");
  expect(faceValueOf(five)).toBe(500);
  const worth = (amount: number) => ({ kind: "amount off" as const, amount, minimum: null });
  const offered = [
    { ...five, id: "a", points: 500, worth: worth(500) },
    { ...five, id: "b", points: 900, worth: worth(1_000) },
    { ...five, id: "c", points: 1, worth: worth(100), active: false },
  ];
  expect(bestRate({ ...rest, rewards: offered })).toEqual({ minor: 1_000, points: 900 });
  expect(bestRate({ ...rest, rewards: [] })).toBeNull();
});

test("what costs stamps is no rate of points, and a certificate's is what becomes it", () => {
  const { rewards, earning, ...rest } = simplePoints(100);
  const [five, shopping] = [rewards[0], earning[0]];
  if (!five || !shopping) throw new Error("The simple programme has a reward and a rule.");
  const coffee = { ...five, id: "coffee", unit: "stamps", points: 9 };
  expect(bestRate({ ...rest, earning, rewards: [coffee] })).toBeNull();
  const note = { ...five, id: "note", offered: false };
  const made = (unit: string) => ({
    ...shopping,
    id: "notes",
    award: { kind: "certificate" as const, points: 200, unit, rewardId: "note" },
  });
  expect(bestRate({ ...rest, earning: [made("points")], rewards: [note, coffee] })).toEqual({ minor: 500, points: 200 });
  expect(bestRate({ ...rest, earning: [{ ...made("points"), active: false }], rewards: [note] })).toEqual({ minor: 500, points: 500 });
});
