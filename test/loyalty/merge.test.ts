import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { mergeProgrammes } from "../../app/loyalty/program/merge.ts";
import { isSame } from "../../app/loyalty/program/setting-changes.ts";

const simple = simplePoints(100);
const rule = (id: string, points = 1) => ({ id, name: id, active: true, award: { kind: "fixed" as const, points }, minimum: null });
const withRules = (...rules: ReturnType<typeof rule>[]): Definition => definition.parse({ ...simple, earning: rules });
const ids = ({ definition: merged }: ReturnType<typeof mergeProgrammes>) => merged?.earning.map((one) => one.id);

const [a, b, c] = [rule("a"), rule("b"), rule("c")];
const base = withRules(a, b, c);

describe("two edits of one programme", () => {
  test("what only one of them touched is as they left it", () => {
    const mine = { ...withRules(rule("a", 5), b, c), points: { one: "leaf", other: simple.points.other } };
    const theirs = { ...withRules(a, b, rule("c", 7)), policies: { ...simple.policies, holdDays: 14 } };
    const { definition: merged } = mergeProgrammes(base, mine, theirs);
    expect(merged?.earning.map((one) => "points" in one.award && one.award.points)).toEqual([5, 1, 7]);
    expect(merged?.points.one).toBe("leaf");
    expect(merged?.policies.holdDays).toBe(14);
  });

  test("two settings of one group are two places, the same setting is one", () => {
    const policies = (change: Partial<Definition["policies"]>) => ({ ...base, policies: { ...base.policies, ...change } });
    expect(mergeProgrammes(base, policies({ holdDays: 7 }), policies({ codeDays: 30 })).definition?.policies).toMatchObject({
      holdDays: 7,
      codeDays: 30,
    });
    expect(mergeProgrammes(base, policies({ holdDays: 7 }), policies({ holdDays: 8 }))).toEqual({
      places: [{ part: "policies", name: "holdDays" }],
    });
    expect(mergeProgrammes(base, policies({ holdDays: 7 }), policies({ holdDays: 7 })).definition?.policies.holdDays).toBe(7);
  });

  test.each<[string, Definition, Definition, string[]]>([
    ["both added", withRules(a, rule("x"), b, c), withRules(a, b, c, rule("y")), ["a", "x", "b", "c", "y"]],
    ["one deleted, the other added", withRules(a, c), withRules(a, b, c, rule("y")), ["a", "c", "y"]],
    ["one moved, the other added", withRules(c, a, b), withRules(a, b, rule("y"), c), ["c", "a", "b", "y"]],
    ["one moved, the other deleted", withRules(c, b, a), withRules(a, c), ["c", "a"]],
    ["both deleted the same", withRules(a, c), withRules(a, c), ["a", "c"]],
    ["both moved alike", withRules(c, a, b), withRules(c, a, b), ["c", "a", "b"]],
  ])("%s", (_, mine, theirs, order) => {
    expect(ids(mergeProgrammes(base, mine, theirs))).toEqual(order);
    expect(new Set(ids(mergeProgrammes(base, theirs, mine)))).toEqual(new Set(order));
  });

  test.each<[string, Definition, Definition, object[]]>([
    ["both changed one rule", withRules(rule("a", 2), b, c), withRules(rule("a", 3), b, c), [{ part: "earning", name: "a" }]],
    ["one changed what the other deleted", withRules(rule("a", 2), b, c), withRules(b, c), [{ part: "earning", name: "a" }]],
    ["both added under one id", withRules(a, b, c, rule("d", 1)), withRules(a, b, c, rule("d", 2)), [{ part: "earning", name: "d" }]],
    ["both moved differently", withRules(c, a, b), withRules(b, a, c), [{ part: "earning", name: null }]],
  ])("%s: that is told and nothing is decided", (_, mine, theirs, places) => {
    expect(mergeProgrammes(base, mine, theirs)).toEqual({ places });
    expect(mergeProgrammes(base, theirs, mine)).toEqual({ places });
    // Whoever is preferred, everything else is kept from both.
    const both = (one: Definition): Definition => ({ ...one, policies: { ...one.policies, holdDays: 9 } });
    expect(mergeProgrammes(base, mine, both(theirs), "mine").definition).toEqual(both(mine));
    expect(mergeProgrammes(base, both(mine), theirs, "theirs").definition).toEqual(both(theirs));
  });

  test("levels of a ladder are items, its own settings are fields, and no ladder at all is one thing", () => {
    const ladder = (levels: string[], more: object = {}) =>
      definition.parse({ ...simple, tiers: { levels: levels.map((id) => ({ id, name: id })), ...more } });
    const merged = mergeProgrammes(ladder(["one", "two"]), ladder(["one", "two", "three"]), ladder(["one", "two"], { graceDays: 30 }));
    expect(merged.definition?.tiers).toMatchObject({ levels: [{ id: "one" }, { id: "two" }, { id: "three" }], graceDays: 30 });
    expect(mergeProgrammes(ladder(["one"]), simple, ladder(["one", "two"]))).toEqual({ places: [{ part: "tiers", name: null }] });
  });
});

// Any edit of a small programme: some rules of five, each in one of three ways, in some order, and some settings.
const edit = fc
  .record({
    rules: fc.uniqueArray(fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), points: fc.integer({ min: 1, max: 3 }) }), {
      selector: (one) => one.id,
    }),
    holdDays: fc.integer({ min: 0, max: 2 }),
    codeDays: fc.integer({ min: 1, max: 3 }),
  })
  .map(
    ({ rules, holdDays, codeDays }): Definition => ({
      ...withRules(...rules.map(({ id, points }) => rule(id, points))),
      policies: { ...simple.policies, holdDays, codeDays },
    }),
  );

test("whatever two people make of a programme, what neither or only one of them touched is never lost", () => {
  fc.assert(
    fc.property(edit, edit, edit, (from, mine, theirs) => {
      expect(mergeProgrammes(from, from, theirs)).toEqual({ definition: theirs });
      expect(mergeProgrammes(from, mine, from)).toEqual({ definition: mine });
      const one = mergeProgrammes(from, mine, theirs);
      const other = mergeProgrammes(from, theirs, mine);
      expect(Boolean(one.places)).toBe(Boolean(other.places));
      const decided = mergeProgrammes(from, mine, theirs, "mine").definition;
      const of = (whole: Definition | undefined, id: string) => whole?.earning.find((each) => each.id === id);
      for (const id of ["a", "b", "c", "d", "e"]) {
        const [was, m, t] = [of(from, id), of(mine, id), of(theirs, id)];
        // Whoever changed it is heard; where both did, the one who is preferred.
        const due = isSame(m, was) ? t : m;
        expect(of(decided, id)).toEqual(due);
        if (!one.places) expect([of(one.definition, id), of(other.definition, id)]).toEqual([due, due]);
      }
      if (!one.places) expect(one.definition?.policies).toEqual(other.definition?.policies);
      expect(new Set(decided?.earning.map((each) => each.id)).size).toBe(decided?.earning.length);
    }),
    { numRuns: 500 },
  );
});
