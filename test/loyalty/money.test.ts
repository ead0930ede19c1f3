import { expect, test } from "vitest";
import { decimalOf, exponentOf, minorOf, sayMoney } from "../../app/loyalty/money.ts";

test.each([
  ["USD", 2],
  ["EUR", 2],
  ["JPY", 0],
  ["KRW", 0],
  ["KWD", 3],
  ["BHD", 3],
])("%s has %i digits behind the point", (currency, digits) => expect(exponentOf(currency)).toBe(digits));

test.each<[string | number, string, number]>([
  ["12.34", "USD", 1234],
  ["12.3", "USD", 1230],
  ["12", "USD", 1200],
  ["0.00", "USD", 0],
  ["-0.00", "USD", 0],
  ["-4.00", "USD", -400],
  ["007.10", "USD", 710],
  [" 1.00 ", "USD", 100],
  [195.67, "USD", 19567],
  [0.1, "USD", 10],
  ["1.005", "USD", 101],
  ["1.004", "USD", 100],
  ["-1.005", "USD", -101],
  ["0.999", "USD", 100],
  ["9.999", "USD", 1000],
  ["1000", "JPY", 1000],
  ["1000.00", "JPY", 1000],
  ["1000.5", "JPY", 1001],
  ["1.234", "KWD", 1234],
  ["1.2", "KWD", 1200],
  ["90071992547409.91", "USD", Number.MAX_SAFE_INTEGER],
])("%j in %s is %i minor units", (decimal, currency, minor) => {
  expect(Object.is(minorOf(decimal, currency), minor)).toBe(true);
});

test.each(["", " ", "ten", "1,50", "1.", ".5", "1e3", "+1", "--1", "1.2.3", "$5", "0x10", "NaN", "Infinity", "١٢"])(
  "%j is no amount of money",
  (junk) => {
    expect(() => minorOf(junk, "USD")).toThrow(RangeError);
  },
);

test.each(["90071992547409.92", "99999999999999999999"])("%s is too large to be exact, and says so", (large) => {
  expect(() => minorOf(large, "USD")).toThrow(/too large/);
});

test.each([
  [500, "USD", "5.00"],
  [5, "USD", "0.05"],
  [0, "USD", "0.00"],
  [-5, "USD", "-0.05"],
  [500, "JPY", "500"],
  [0, "JPY", "0"],
  [500, "KWD", "0.500"],
  [Number.MAX_SAFE_INTEGER, "USD", "90071992547409.91"],
])("%i minor units of %s are written %s, and read back", (minor, currency, decimal) => {
  expect(decimalOf(minor, currency)).toBe(decimal);
  expect(minorOf(decimal, currency)).toBe(minor);
});

test.each([
  [500, "USD", "en", "$5"],
  [550, "USD", "en", "$5.50"],
  [-500, "USD", "en", "-$5"],
  [500, "JPY", "en", "¥500"],
  [Number.MAX_SAFE_INTEGER, "USD", "en", "$90,071,992,547,409.91"],
])("%i minor units of %s are said in %s as %s", (minor, currency, locale, said) => {
  expect(sayMoney(minor, currency, locale)).toBe(said);
});
