import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { eligibleOf } from "../../app/loyalty/earning/eligible.ts";
import { type Circumstances, compile, type NothingReason } from "../../app/loyalty/earning/evaluate.ts";
import type { LineFacts, OrderFacts } from "../../app/loyalty/facts.ts";
import { type Definition, type EarningRule, earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { lineFacts as line, orderFacts as order } from "../support/order-facts.ts";

const simple = simplePoints(100);

const now: Circumstances = { version: 1, phase: "live", testTag: null, tags: [], deleted: false, memberState: "active" };
const judge = (facts: OrderFacts, definition: Partial<Definition> = {}, at: Partial<Circumstances> = {}) =>
  compile(1, { ...simple, ...definition }).judge(facts, { ...now, ...at });

const rule = (wish: z.input<typeof earningRule>): EarningRule => earningRule.parse(wish);

const perAmount = (points: number, per: number, minimum: number | null = null): EarningRule =>
  rule({
    id: `${points}-per-${per}`,
    name: "Shopping",
    active: true,
    award: { kind: "per amount", points, per },
    minimum,
  });
const fixed = (points: number, minimum: number | null = null): EarningRule =>
  rule({
    id: `fixed-${points}`,
    name: "Thanks",
    active: true,
    award: { kind: "fixed", points },
    minimum,
  });

describe("how many points", () => {
  // Rounded down once, on the whole order.
  test.each([
    [1, 100, 10_000, 100],
    [1, 100, 9_999, 99],
    [1, 100, 99, 0],
    [3, 200, 999, 14],
    [5, 100, 1_999, 99],
    [1, 1, 12_345, 12_345],
    [100_000, 1, 1_000_000, 100_000_000_000],
    [1, 100, 0, 0],
  ])("%i for every %i of %i is %i", (points, per, sold, due) => {
    expect(judge(order({ lines: [line({ sold })] }), { earning: [perAmount(points, per)] }).due).toBe(due);
  });

  test("many small lines are rounded together, not each by itself", () => {
    const lines = Array.from({ length: 10 }, () => line({ sold: 99 }));
    expect(judge(order({ lines })).due).toBe(9);
  });

  test("rules add up, each rounded once", () => {
    const earning = [perAmount(1, 100), perAmount(1, 300), fixed(7)];
    expect(judge(order({ lines: [line({ sold: 1_099 })] }), { earning }).due).toBe(10 + 3 + 7);
  });

  test("a rule that is switched off gives nothing and is not spoken of", () => {
    const judgement = judge(order(), { earning: [{ ...perAmount(5, 100), active: false }, fixed(1)] });
    expect([judgement.due, judgement.rules.length]).toEqual([1, 1]);
  });

  test("points for every order are for orders of which something that counts remains", () => {
    const earning = [fixed(50)];
    expect(judge(order(), { earning }).due).toBe(50);
    expect(judge(order({ lines: [line({ sold: 10_000, net: 0, remaining: 0 })] }), { earning }).due).toBe(0);
    expect(judge(order({ lines: [line({ sold: 10_000, giftCard: true })] }), { earning }).due).toBe(0);
    expect(judge(order({ lines: [] }), { earning }).due).toBe(0);
  });

  test("what is told of the lines sums to what a rule gave", () => {
    const lines = [line({ sold: 3_333 }), line({ sold: 3_333 }), line({ sold: 3_333 }), line({ sold: 500, giftCard: true })];
    const [trace] = judge(order({ lines })).rules;
    expect(trace).toMatchObject({ points: 99, passed: true, lines: [33, 33, 33, 0] });
  });

  test("the judgement says everything that the statement shows", () => {
    expect(judge(order({ lines: [line({ sold: 2_000 })], shipping: 500 }))).toEqual({
      due: 20,
      nothing: null,
      version: 1,
      amount: 2_000,
      currency: "USD",
      shipping: 0,
      refundedWithoutLines: 0,
      rounding: "down",
      trigger: "order",
      lines: [{ lineGid: "gid://shopify/LineItem/1", title: "Thing", counts: 2_000, items: 1, why: null }],
      rules: [
        {
          ruleId: "every-order",
          name: "Shopping",
          unit: "points",
          points: 20,
          passed: true,
          why: null,
          tests: [],
          exact: [2_000, 100],
          lines: [20],
          rest: 0,
        },
      ],
    });
  });
});

describe("what counts", () => {
  const count = (facts: OrderFacts, changes: Partial<Definition["policies"]> = {}) => eligibleOf(facts, { ...simple.policies, ...changes });

  test.each<[string, Partial<LineFacts>, number, string | null]>([
    ["a product", {}, 5_000, null],
    ["a gift card", { giftCard: true }, 0, "gift card"],
    ["a tip", { tip: true }, 0, "tip"],
    ["a line that was returned", { remaining: 0, net: 0 }, 0, "returned or removed"],
    ["a line that discounts took below zero", { net: -300 }, 0, null],
    ["what remains of a line", { quantity: 2, remaining: 1, net: 2_500 }, 2_500, null],
  ])("%s", (_, wish, counts, why) => {
    expect(count(order({ lines: [line({ sold: 5_000, ...wish })] })).lines).toMatchObject([{ counts, why }]);
  });

  test("shipping, where the programme says so, and gift cards, where it says so", () => {
    const facts = order({ lines: [line({ sold: 5_000 }), line({ sold: 2_000, giftCard: true })], shipping: 900 });
    expect(count(facts).amount).toBe(5_000);
    expect(count(facts, { shippingEarns: true }).amount).toBe(5_900);
    expect(count(facts, { giftCardsEarn: true }).amount).toBe(7_000);
    expect(count(order({ lines: [line({ sold: 100, tip: true })] }), { giftCardsEarn: true, shippingEarns: true }).amount).toBe(0);
  });

  test("a tip, where the programme says so: money that is no item", () => {
    const facts = order({ lines: [line({ sold: 5_000 }), line({ sold: 700, tip: true })] });
    expect(count(facts)).toMatchObject({ amount: 5_000, placed: 5_000, items: 1 });
    expect(count(facts, { tipsEarn: true })).toMatchObject({ amount: 5_700, placed: 5_700, items: 1 });
  });

  test("an amount that was refunded without lines is spread over what counts, by its share", () => {
    const facts = order({
      lines: [line({ sold: 3_000 }), line({ sold: 1_000 }), line({ sold: 4_000, giftCard: true })],
      refundedWithoutLines: 1_000,
    });
    const basket = count(facts);
    expect(basket.lines.map((one) => one.counts)).toEqual([2_250, 750, 0]);
    expect(basket).toMatchObject({ amount: 3_000, refundedWithoutLines: 1_000, placed: 4_000 });
  });

  test("more refunded than counts leaves nothing, and nothing below it", () => {
    expect(count(order({ refundedWithoutLines: 99_999 }))).toMatchObject({ amount: 0, refundedWithoutLines: 10_000 });
  });
});

describe("minimums", () => {
  const earning = [perAmount(1, 100, 10_000)];

  test.each([
    [9_999, 0],
    [10_000, 100],
    [10_001, 100],
  ])("an order of %i passes a minimum of 10000 or not: %i points", (sold, due) => {
    expect(judge(order({ lines: [line({ sold })] }), { earning }).due).toBe(due);
  });

  test("are judged as the order was placed: a return lowers the points and does not take the rest", () => {
    const returned = order({ lines: [line({ sold: 6_000, net: 0, remaining: 0 }), line({ sold: 4_000 })] });
    expect(judge(returned, { earning }).due).toBe(40);
    expect(judge(order({ refundedWithoutLines: 5_000 }), { earning }).due).toBe(50);
  });

  test("are not reached by what does not count", () => {
    const lines = [line({ sold: 9_000 }), line({ sold: 5_000, giftCard: true })];
    const judgement = judge(order({ lines, shipping: 5_000 }), { earning });
    expect(judgement.due).toBe(0);
    expect(judgement.rules).toMatchObject([
      { points: 0, passed: false, why: { reason: "below minimum", minimum: 10_000, amount: 9_000 }, lines: [] },
    ]);
  });

  test("look at shipping as it was sold, where shipping counts", () => {
    const policies = { ...simple.policies, shippingEarns: true };
    const refunded = order({ lines: [line({ sold: 9_500 })], shipping: 0, shippingSold: 900 });
    expect(judge(refunded, { earning, policies }).due).toBe(95);
  });
});

describe("who and when", () => {
  const excluding = { policies: { ...simple.policies, excludeTag: "wholesale" } };
  test.each<[NothingReason | null, Partial<OrderFacts>, Partial<Circumstances>, Partial<Definition>?]>([
    [null, {}, {}],
    [null, { payment: "waiting" }, {}],
    ["test order", { test: true }, {}],
    ["cancelled", { cancelledAt: "2026-05-02T10:00:00.000Z" }, {}],
    ["payment void", { payment: "void" }, {}],
    ["deleted", {}, { deleted: true }],
    ["not live", {}, { phase: "off" }],
    ["not live", {}, { phase: "paused" }],
    ["not a tester", {}, { phase: "testing", testTag: "tester" }],
    ["not a tester", {}, { phase: "testing", testTag: null, tags: ["tester"] }],
    [null, {}, { phase: "testing", testTag: "tester", tags: ["VIP", "TESTER"] }],
    [null, {}, { tags: ["wholesale"] }],
    ["excluded by tag", {}, { tags: ["Wholesale"] }, excluding],
    [null, {}, { tags: ["wholesale buyer"] }, excluding],
    ["blocked", {}, { memberState: "blocked" }],
    ["left", {}, { memberState: "left" }],
    ["excluded by tag", {}, { phase: "testing", testTag: "tester", tags: ["tester", "wholesale"] }, excluding],
  ])("%s: %j %j", (nothing, facts, at, definition) => {
    const judgement = judge(order(facts), definition, at);
    expect(judgement).toMatchObject({ nothing, due: nothing ? 0 : 100 });
    if (nothing) expect(judgement.rules).toEqual([]);
  });
});

test("judging changes nothing of what it is handed, and judges alike again", () => {
  const definition: Definition = { ...simple, earning: [perAmount(3, 200), fixed(2)] };
  const facts = order({ lines: [line({ sold: 1_000 }), line({ sold: 333 })], refundedWithoutLines: 100 });
  const frozen = JSON.stringify([definition, facts]);
  const programme = compile(4, definition);
  expect(programme.judge(facts, now)).toEqual(programme.judge(facts, now));
  expect(JSON.stringify([definition, facts])).toBe(frozen);
});
