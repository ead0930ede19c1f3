import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import type { Judgement } from "../../app/loyalty/earning/judgement.ts";
import { replay } from "../../app/loyalty/earning/replay.ts";
import { type Definition, definition } from "../../app/loyalty/program/definition.ts";
import { anyCircumstances, anyOrder, refundedBit } from "../support/any-order.ts";
import { anyProgramme } from "../support/any-programme.ts";

const world = { timeZone: "America/New_York", currency: "USD" };
const many = { numRuns: 150 };

describe("any programme that may be published, any order, any member", () => {
  test("compiles, judges and says the same again, without changing what it was handed", () => {
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, (programme, order, at) => {
        const before = JSON.stringify([programme, order, at]);
        const compiled = compile(1, definition.parse(JSON.parse(JSON.stringify(programme))), world);
        const judged = compiled.judge(order, at);
        expect(compiled.judge(order, at)).toEqual(judged);
        compiled.judgeEvent({ trigger: "birthday", at: Date.parse(order.placedAt), event: null }, at);
        expect(JSON.stringify([programme, order, at])).toBe(before);
      }),
      many,
    );
  });

  test("gives whole points, none below zero, whose parts sum to the whole", () => {
    let earned = 0;
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, (programme, order, at) => {
        const judged = compile(1, programme, world).judge(order, at);
        for (const rule of judged.rules) {
          expect(Number.isSafeInteger(rule.points) && rule.points >= 0).toBe(true);
          expect(rule.lines.length).toBe(rule.points > 0 ? order.lines.length : 0);
          expect([...rule.lines, rule.rest].every((part) => part >= 0)).toBe(true);
          expect(rule.lines.reduce((sum, part) => sum + part, 0) + rule.rest).toBe(rule.points);
        }
        expect(sums(judged)).toEqual(nonZero({ points: judged.due, ...judged.units }));
        if (judged.due > 0) earned += 1;
      }),
      many,
    );
    // Otherwise this would look at programmes that give nothing.
    expect(earned).toBeGreaterThan(20);
  });

  test("does not care in which order the merchant sorted the rules and boosts", () => {
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, fc.infiniteStream(fc.nat()), (programme, order, at, keys) => {
        const shuffled: Definition = { ...programme, earning: shuffle(programme.earning, keys), boosts: shuffle(programme.boosts, keys) };
        const [one, other] = [compile(1, programme, world).judge(order, at), compile(1, shuffled, world).judge(order, at)];
        expect(nonZero({ points: other.due, ...other.units })).toEqual(nonZero({ points: one.due, ...one.units }));
        expect(pointsByRule(other)).toEqual(pointsByRule(one));
      }),
      many,
    );
  });

  test("any sequence of refunds ends at zero", () => {
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, fc.infiniteStream(fc.nat({ max: 9 })), (programme, order, at, choices) => {
        const compiled = compile(1, programme, world);
        let standing = order;
        for (let n = 0; n < 200 && standing.lines.some((line) => line.remaining > 0); n += 1) {
          const line = (choices.next().value ?? 0) % standing.lines.length;
          standing = refundedBit(standing, line, 1 + ((choices.next().value ?? 0) % 3));
          compiled.judge(standing, at);
        }
        const gone = { ...standing, lines: standing.lines.map((line) => ({ ...line, remaining: 0, net: 0 })), shipping: 0 };
        const judged = compiled.judge(gone, at);
        expect({ due: judged.due, units: nonZero(judged.units ?? {}), gifts: judged.gifts ?? [] }).toEqual({
          due: 0,
          units: {},
          gifts: [],
        });
      }),
      many,
    );
  });

  test("never gives more than a limit or a budget had left", () => {
    let [cut, ofOneUnit] = [0, 0];
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, (programme, order, at) => {
        const judged = compile(1, programme, world).judge(order, at);
        for (const rule of programme.earning) {
          const traces = judged.rules.filter((one) => one.ruleId === rule.id);
          for (const [index, { of, per, most }] of rule.limits.entries()) {
            for (const { unit, points } of traces) {
              // Points of each unit on their own; times, whatever was given.
              const counted = of === "times" || unit === "points" ? rule.id : `${rule.id}:${unit}`;
              const left = per === "order" ? most : Math.max(0, most - (at.used?.[`${counted}/${index}`] ?? 0));
              expect(of === "times" && left > 0 ? 0 : points).toBeLessThanOrEqual(of === "times" ? 0 : left);
            }
          }
          if (traces.length > 1 && traces.some((one) => one.caps) && traces.some((one) => one.points > 0 && !one.caps)) ofOneUnit += 1;
        }
        const charged = new Set(programme.earning.filter((rule) => rule.budget === "retention").map((rule) => rule.id));
        const spent = judged.rules.reduce((sum, one) => sum + (one.unit === "points" && charged.has(one.ruleId) ? one.points : 0), 0);
        if (at.room?.retention !== undefined) expect(spent).toBeLessThanOrEqual(at.room.retention);
        if (judged.rules.some((rule) => rule.caps)) cut += 1;
      }),
      many,
    );
    expect(cut).toBeGreaterThan(5);
    expect(ofOneUnit).toBeGreaterThan(0);
  });

  test("tells in its trace all that the award was worked out from", () => {
    fc.assert(
      fc.property(anyProgramme, anyOrder, anyCircumstances, (programme, order, at) => {
        // Through JSON, as the ledger keeps it.
        const stored: Judgement = JSON.parse(JSON.stringify(compile(1, programme, world).judge(order, at)));
        expect(replay(stored)).toEqual(nonZero({ points: stored.due, ...stored.units }));
      }),
      many,
    );
  });

  test("publishing another programme never changes what a version gave", () => {
    fc.assert(
      fc.property(anyProgramme, anyProgramme, anyOrder, anyCircumstances, (first, second, order, at) => {
        const published = compile(1, first, world);
        const before = JSON.stringify(published.judge(order, at));
        compile(2, second, world).judge(order, at);
        expect(JSON.stringify(published.judge(order, at))).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});

const shuffle = <T>(items: readonly T[], keys: IterableIterator<number>): T[] =>
  items
    .map((item) => ({ item, key: keys.next().value ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

const nonZero = (amounts: Record<string, number>) => Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));

function sums({ rules }: Judgement): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { unit, points } of rules) all[unit] = (all[unit] ?? 0) + points;
  return nonZero(all);
}

const pointsByRule = ({ rules }: Judgement) =>
  Object.fromEntries(rules.map((one) => [`${one.ruleId} ${one.unit} ${one.lines.length}`, one.points] as const).sort());
