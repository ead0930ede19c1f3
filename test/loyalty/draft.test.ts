import { expect, test } from "vitest";
import { definition, earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { idFor, withItem, withoutItem } from "../../app/loyalty/program/edit.ts";
import { settingsForm } from "../../app/loyalty/program/settings-form.ts";
import { draftOf, readDraft, settingsOf } from "../../app/ui/form/draft.ts";

const rule = { id: "a", name: "Shopping", active: true, award: { kind: "per amount" as const, points: 2, per: 150 }, minimum: null };

test("a rule comes out of its form as it went in", () => {
  const draft = draftOf(earningRule, rule, "USD");
  expect(draft).toEqual({ id: "a", name: "Shopping", active: true, award: { kind: "per amount", points: "2", per: "1.50" }, minimum: "" });
  expect(readDraft(earningRule, draft, "USD")).toEqual({ value: rule });
});

test("an amount is typed in the digits of its currency", () => {
  const typed = (per: string, currency: string) =>
    readDraft(earningRule, { ...rule, award: { kind: "per amount", points: "1", per }, minimum: "" }, currency);
  expect(typed("5", "USD").value?.award).toMatchObject({ per: 500 });
  expect(typed("500", "JPY").value?.award).toMatchObject({ per: 500 });
  expect(typed("1.250", "KWD").value?.award).toMatchObject({ per: 1250 });
  for (const wrong of ["", "five", "1,000", "5.005", "-1", "0"])
    expect(Object.keys(typed(wrong, "USD").errors ?? {})).toEqual(["award.per"]);
  expect(typed("5.50", "JPY").errors).toBeDefined();
});

test("every field that is wrong says so beside itself", () => {
  const { errors } = readDraft(
    earningRule,
    { id: "a", name: " ", active: true, award: { kind: "fixed", points: "many" }, minimum: "x" },
    "USD",
  );
  expect(errors).toEqual({
    name: "Fill this in.",
    "award.points": "Enter a whole number.",
    minimum: "Enter an amount of money.",
  });
});

test("an empty optional field is none, and no field gets lost in the settings", () => {
  const { points, policies } = simplePoints(100);
  const draft = draftOf(settingsForm, { points, policies }, "USD");
  expect(readDraft(settingsForm, draft, "USD")).toEqual({ value: { points, policies } });
  expect(settingsOf(settingsForm.shape.policies).map((one) => one.name)).toEqual(Object.keys(definition.shape.policies.shape));
});

test("a new rule gets an id of its own", () => {
  expect(idFor("Every order!", ["a"])).toBe("every-order");
  expect(idFor("Every order", ["every-order", "every-order-2"])).toBe("every-order-3");
  expect(idFor("注文", [])).toBe("item");
});

test("changing one rule leaves the others alone", () => {
  const programme = simplePoints(100);
  const more = withItem(programme, "earning", rule);
  expect(more.earning.map((one) => one.id)).toEqual(["every-order", "a"]);
  expect(withItem(more, "earning", { ...rule, active: false }).earning[1]?.active).toBe(false);
  expect(withoutItem(more, "earning", "a")).toEqual(programme);
});
