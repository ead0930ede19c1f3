import { expect, test } from "vitest";
import { z } from "zod";
import { boost } from "../../app/loyalty/earning/rule.ts";
import { definition, earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { idFor, withItem, withoutItem } from "../../app/loyalty/program/edit.ts";
import { settingsForm } from "../../app/loyalty/program/settings-form.ts";
import { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { draftOf, readDraft, settingsOf } from "../../app/ui/form/draft.ts";

const rule = earningRule.parse({
  id: "a",
  name: "Shopping",
  active: true,
  award: { kind: "per amount" as const, points: 2, per: 150 },
  minimum: null,
});

test("a rule comes out of its form as it went in", () => {
  const draft = draftOf(earningRule, rule, "USD");
  expect(draft).toMatchObject({
    id: "a",
    name: "Shopping",
    active: true,
    award: { kind: "per amount", points: "2", per: "1.50" },
    minimum: "",
  });
  expect(readDraft(earningRule, draft, "USD")).toEqual({ value: rule });
});

test("conditions within conditions, lists and tables come out of their forms as they went in", () => {
  const whole = earningRule.parse({
    ...rule,
    on: { kind: "event", name: "review.written" },
    when: {
      kind: "any",
      of: [
        { kind: "collection", collections: [{ gid: "gid://shopify/Collection/1", title: "Coffee" }] },
        {
          kind: "none",
          of: [
            { kind: "weekday and hours", days: ["1", "7"], from: "09:00", until: null },
            { kind: "all", of: [] },
          ],
        },
        { kind: "recurring", every: "weekday", place: "last", weekday: "5" },
      ],
    },
    award: { kind: "by product type", rows: [{ type: "Tea", points: 3, per: 100 }], otherwise: { points: 1, per: 250 } },
    limits: [{ most: 500, of: "points", per: "rolling", days: 30 }],
    runs: { from: "2026-11-27T09:00", until: null },
  });
  const draft = draftOf(earningRule, whole, "USD");
  expect(draft).toMatchObject({ award: { rows: [{ type: "Tea", points: "3", per: "1.00" }], otherwise: { per: "2.50" } } });
  expect(readDraft(earningRule, draft, "USD")).toEqual({ value: whole });
});

test("a whole programme comes out of its form as it went in", () => {
  const tiers = ladder.parse({ levels: [{ id: "gold", name: "Gold", times: 12_550, expiry: { kind: "never" } }] });
  // Texts in other languages have no form.
  const { texts: _, ...everything } = { ...simplePoints(100), tiers };
  const programme = z.object(definition.shape).omit({ texts: true });
  for (const currency of ["USD", "JPY", "KWD"])
    expect(readDraft(programme, draftOf(programme, everything, currency), currency)).toEqual({ value: everything });
});

test("a percentage is typed with at most two digits behind the point", () => {
  const typed = (times: string) => readDraft(boost, { id: "b", name: "B", active: true, times }, "USD");
  expect(typed("200").value?.times).toBe(20_000);
  expect(typed("2.5").value?.times).toBe(250);
  expect(typed("0.01").value?.times).toBe(1);
  expect(draftOf(boost, { times: 250 }, "USD").times).toBe("2.5");
  expect(draftOf(boost, { times: 10_010 }, "USD").times).toBe("100.1");
  for (const wrong of ["", "2,5", "2.555", "-1", "0", "many"]) expect(Object.keys(typed(wrong).errors ?? {})).toEqual(["times"]);
});

test("what does not belong to a choice is left out, however it was filled in before", () => {
  const limits = (per: string) =>
    readDraft(earningRule, { ...draftOf(earningRule, rule, "USD"), limits: [{ most: "5", of: "points", per, days: "30" }] }, "USD");
  expect(limits("rolling").value?.limits).toEqual([{ most: 5, of: "points", per: "rolling", days: 30 }]);
  expect(limits("day").value?.limits).toEqual([{ most: 5, of: "points", per: "day", days: null }]);
});

test("a list that was emptied is none where it may be left out, and is missed where it may not", () => {
  const asked = (when: object) =>
    readDraft(earningRule, { ...draftOf(earningRule, rule, "USD"), when: { kind: "all", of: [when] } }, "USD");
  const channel = { kind: "channel", channels: ["pos"], apps: null };
  expect(asked({ ...channel, apps: [] }).value?.when).toEqual({ kind: "all", of: [channel] });
  expect(asked({ kind: "sku", skus: [] }).errors).toEqual({ "when.of.0.skus": "Name at least one." });
  expect(asked({ kind: "no such thing" }).errors).toHaveProperty(["when.of.0.kind"]);
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
  const ownForms = ["expiry", "limits"];
  expect([...settingsOf(settingsForm.shape.policies).map((one) => one.name), ...ownForms].sort()).toEqual(
    Object.keys(definition.shape.policies.shape).sort(),
  );
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
