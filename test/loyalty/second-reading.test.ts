import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { replay } from "../../app/loyalty/earning/replay.ts";
import { lineFacts, orderFacts, programmeOf } from "../support/order-facts.ts";
import { largestRemainder, type PlainBoost, type PlainCase, type PlainRule, secondReading } from "../support/second-reading.ts";

const sku = fc.option(fc.constantFrom("A", "B"), { nil: null });
const rule = fc.record({
  award: fc.record({
    kind: fc.constantFrom("per amount" as const, "percent back" as const, "fixed" as const, "per item" as const),
    points: fc.integer({ min: 1, max: 300 }),
    per: fc.constantFrom(1, 7, 100, 300),
  }),
  sku,
  minimum: fc.option(fc.constantFrom(1, 5_000, 10_000), { nil: null }),
  group: fc.option(fc.constantFrom("g", "h"), { nil: null }),
  judgesAgain: fc.boolean(),
  boosted: fc.boolean(),
  left: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
  budget: fc.constantFrom("retention" as const, "acquisition" as const),
});
const boost = fc.record({
  times: fc.constantFrom(5_000, 12_345, 15_000, 20_000),
  sku,
  rule: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
});
const line = fc
  .record({
    sku: fc.constantFrom("A", "B", "C"),
    quantity: fc.integer({ min: 0, max: 4 }),
    price: fc.constantFrom(0, 1, 99, 3_333, 9_999),
    back: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ sku, quantity, price, back }) => {
    const remaining = Math.max(0, quantity - back);
    return { sku, quantity, remaining, sold: price * quantity, counts: price * remaining };
  });
const left = fc.integer({ min: 0, max: 500 });
const anyCase: fc.Arbitrary<PlainCase> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    boosts: fc.array(boost, { maxLength: 3 }),
    lines: fc.array(line, { maxLength: 4 }),
    shipping: fc.constantFrom({ sold: 0, counts: 0 }, { sold: 500, counts: 500 }, { sold: 500, counts: 120 }),
    refundedWithoutLines: fc.constantFrom(0, 0, 1, 777, 99_999),
    rounding: fc.constantFrom("down" as const, "nearest" as const, "up" as const),
    together: fc.constantFrom("multiply" as const, "highest" as const),
    mostPerOrder: fc.option(fc.integer({ min: 1, max: 300 }), { nil: null }),
    room: fc.record({ retention: left, acquisition: left }, { requiredKeys: [] }),
  })
  // A boost of a rule that is not there would be of all of them.
  .map((one) => ({ ...one, boosts: one.boosts.filter(({ rule }) => rule === null || rule < one.rules.length) }));

const most = 400;
function awardOf({ kind, points, per }: PlainRule["award"]) {
  if (kind === "per amount") return { kind, points, per };
  if (kind === "percent back") return { kind, percent: points, each: per };
  return kind === "fixed" ? { kind, points } : { kind, points };
}
const when = ({ sku }: Pick<PlainBoost, "sku">) => (sku === null ? undefined : { kind: "sku" as const, skus: [sku] });

function judged({ rules, boosts, lines, shipping, refundedWithoutLines, rounding, together, mostPerOrder, room }: PlainCase) {
  const programme = programmeOf({
    earning: rules.map((one, n) => ({
      id: `r${n}`,
      name: `Rule ${n}`,
      active: true,
      award: awardOf(one.award),
      minimum: one.minimum,
      group: one.group,
      judgesAgain: one.judgesAgain,
      boosted: one.boosted,
      budget: one.budget,
      when: when(one),
      limits: one.left === null ? [] : [{ most, of: "points", per: "day" }],
    })),
    boosts: boosts.map((one, n) => ({
      id: `b${n}`,
      name: `Boost ${n}`,
      active: true,
      times: one.times,
      rules: one.rule === null ? [] : [`r${one.rule}`],
      when: when(one),
    })),
    policies: {
      ...programmeOf().policies,
      rounding,
      boosts: together,
      shippingEarns: true,
      limits: mostPerOrder === null ? [] : [{ most: mostPerOrder, of: "points", per: "order" }],
    },
  });
  const order = orderFacts({
    lines: lines.map(({ sku, sold, counts, quantity, remaining }, n) =>
      lineFacts({ lineGid: `gid://shopify/LineItem/${n}`, sku, sold, net: counts, quantity, remaining }),
    ),
    shipping: shipping.counts,
    shippingSold: shipping.sold,
    refundedWithoutLines,
  });
  const used = Object.fromEntries(rules.flatMap((one, n) => (one.left === null ? [] : [[`r${n}/0`, most - one.left]])));
  const at = { version: 1, phase: "live" as const, testTag: null, tags: [], deleted: false, memberState: "active" as const, used, room };
  return compile(1, programme).judge(order, at);
}

test("awards, boosts, rounding, groups, limits and budgets come to what a second, plain reading of them comes to", () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      const judgement = judged(given);
      expect(judgement.rules.map((one) => one.points)).toEqual(secondReading(given));
      for (const { points, lines, rest } of judgement.rules) expect(lines.reduce((all, one) => all + one, rest)).toBe(points);
      expect(replay(judgement).points ?? 0).toBe(judgement.due);
    }),
    { numRuns: 2_000 },
  );
});

test("points are spread over lines by their amounts, the largest remainders first", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 6 }), (amounts) => {
      const lines = amounts.map((sold) => ({ sku: "C", sold, counts: sold, quantity: 1, remaining: 1 }));
      const rules = [{ award: { kind: "per amount", points: 3, per: 700 }, sku: null, minimum: null, group: null } as PlainRule];
      const [trace] = judged({
        rules: rules.map((one) => ({ ...one, judgesAgain: false, boosted: true, left: null, budget: "retention" })),
        boosts: [],
        lines,
        shipping: { sold: 0, counts: 0 },
        refundedWithoutLines: 0,
        rounding: "nearest",
        together: "multiply",
        mostPerOrder: null,
        room: {},
      }).rules;
      if (trace?.points) expect(trace.lines).toEqual(largestRemainder(trace.points, amounts));
    }),
    { numRuns: 500 },
  );
});
