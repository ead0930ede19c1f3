import { expect, test } from "vitest";
import { toldApart } from "../../app/ui/form/told-apart.ts";

const labels = (...things: [name: string, ...details: string[]][]) =>
  toldApart(
    things.map(([name, ...details], at) => ({ id: `${at}`, name, details })),
    ({ details }) => details,
  ).map((one) => one.label);

test("what has a name of its own is called by it alone", () => {
  expect(labels(["Voucher", "$5 off"], ["Credit", "$5 off"])).toEqual(["Voucher", "Credit"]);
});

test("what shares its name says what it differs in, and nothing else", () => {
  expect(labels(["Drink", "$7 off", "1 day"], ["Drink", "$7 off", "7 days"], ["Cup", "$20 off", ""])).toEqual([
    "Drink (1 day)",
    "Drink (7 days)",
    "Cup",
  ]);
});

test("what differs in nothing is told by its number", () => {
  expect(labels(["Gold"], ["Gold"])).toEqual(["Gold (1)", "Gold (2)"]);
  expect(labels(["Drink", "", "7 days"], ["Drink", "", ""], ["Drink", "", "7 days"])).toEqual([
    "Drink (7 days, 1)",
    "Drink (2)",
    "Drink (7 days, 3)",
  ]);
});
