import { expect, test } from "vitest";
import { roundDown, roundUp, sayPoints, spread } from "../../app/loyalty/points.ts";

test.each([
  [0, 3, 0, 0],
  [1, 3, 0, 1],
  [2, 3, 0, 1],
  [3, 3, 1, 1],
  [10, 3, 3, 4],
  [-1, 3, -1, 0],
  [-3, 3, -1, -1],
  [-10, 3, -4, -3],
  [10n ** 18n, 10n ** 9n, 10 ** 9, 10 ** 9],
])("%s / %s is %i rounded down and %i rounded up", (numerator, denominator, down, up) => {
  expect(roundDown(numerator, denominator)).toBe(down);
  expect(roundUp(numerator, denominator)).toBe(up);
});

test("nothing is divided by zero or less", () => {
  expect(() => roundDown(1, 0)).toThrow(RangeError);
  expect(() => roundUp(1, -2)).toThrow(RangeError);
});

// Largest remainder: whole shares first, what is left over goes to the largest fractions, the earlier of equal ones.
test.each<[number, number[], number[]]>([
  [0, [1, 2, 3], [0, 0, 0]],
  [10, [1, 1, 1], [4, 3, 3]],
  [11, [1, 1, 1], [4, 4, 3]],
  [100, [1, 2, 3], [17, 33, 50]],
  [1, [1, 1], [1, 0]],
  [7, [0, 5, 0, 5], [0, 4, 0, 3]],
  [3, [1, 1, 1, 1, 1], [1, 1, 1, 0, 0]],
  [5, [0, 0], [5, 0]],
  [5, [], []],
  [999_999_999, [333, 333, 334], [333_000_000, 333_000_000, 333_999_999]],
])("%i spread over %j is %j", (total, weights, parts) => {
  expect(spread(total, weights)).toEqual(parts);
});

test.each([
  [0, "en", "0 stars"],
  [1, "en", "1 star"],
  [-1, "en", "-1 star"],
  [1250, "en", "1,250 stars"],
  [1250, "de", "1.250 stars"],
  [0, "fr", "0 star"],
])("%i is said in %s as %s", (points, locale, said) => {
  expect(sayPoints(points, { one: "star", other: "stars" }, locale)).toBe(said);
});
