import fc from "fast-check";
import { expect, test } from "vitest";
import { conditionKinds } from "../../app/loyalty/earning/conditions/index.ts";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { leavesOf } from "../../app/loyalty/earning/tree.ts";
import { definition } from "../../app/loyalty/program/definition.ts";
import { benchOrders, timeZone } from "../../bench/engine/orders.ts";
import { asProgramme, benchRules } from "../../bench/engine/rules.ts";
import { anyCircumstances, anyOrder } from "../support/any-order.ts";
import { anyProgramme } from "../support/any-programme.ts";

const mixed = asProgramme(benchRules(100, 23));

// Every question also stands first in a rule of its own: only the first can be looked up.
const alone = [...new Map(mixed.earning.flatMap(({ when }) => leavesOf(when)).map((leaf) => [JSON.stringify(leaf), leaf])).values()];
// What the benchmark's rules do not ask, as the other engines have to be able to ask it too.
const more = [
  { kind: "product", products: [1, 7, 9].map((n) => ({ gid: `gid://shopify/Product/${n}`, title: `Product ${n}` })) },
  { kind: "variant", variants: [2, 30, 31].map((n) => ({ gid: `gid://shopify/ProductVariant/${n}`, title: `Variant ${n}` })) },
  { kind: "collection", collections: [{ gid: "gid://shopify/Collection/3", title: "Third" }] },
  {
    kind: "segment",
    segments: [
      { gid: "gid://shopify/Segment/1", title: "One" },
      { gid: "gid://shopify/Segment/2", title: "Two" },
    ],
  },
  { kind: "payment gateway", gateways: ["PayPal "] },
];
const [rule] = mixed.earning;
const programme = definition.parse({
  ...mixed,
  earning: [...mixed.earning, ...[...more, ...alone.slice(0, 185)].map((when, n) => ({ ...rule, id: `alone-${n}`, when }))],
});

// The same rules a few at a time: so few are asked, each for itself.
const few = 10;
const inPieces = Array.from({ length: Math.ceil(programme.earning.length / few) }, (_, n) => ({
  ...programme,
  earning: programme.earning.slice(n * few, (n + 1) * few),
}));

/** Orders as they come: some items sent back, gift cards, no country, odd letters, nobody's tier. */
const orders = benchOrders(400, 41).map(({ order, at }, n) => ({
  order: {
    ...order,
    channel: n % 7 === 0 ? " Web " : order.channel,
    gateways: n % 3 === 0 ? ["paypal", "gift_card"] : order.gateways,
    country: n % 5 === 0 ? null : (order.country?.toLowerCase() ?? null),
    lines: order.lines.map((line, index) => ({
      ...line,
      giftCard: n % 11 === 0 || (n % 6 === 0 && index === 0),
      sku: n % 8 === 0 ? null : line.sku,
      remaining: n % 9 === 0 && index === 0 ? 0 : line.remaining,
      net: n % 9 === 0 && index === 0 ? 0 : line.net,
      productGid: n % 10 === 0 ? null : line.productGid,
    })),
  },
  at: {
    ...at,
    tags: n % 4 === 0 ? at.tags.map((tag) => ` ${tag.toUpperCase()}`) : at.tags,
    member: n % 3 === 0 ? {} : { ...at.member, segments: n % 4 === 1 ? ["gid://shopify/Segment/2"] : [] },
    products: Object.fromEntries(
      Object.entries(at.products ?? {}).map(([gid, facts]) => [
        gid,
        { ...facts, collections: gid.endsWith("3") ? ["gid://shopify/Collection/3"] : [] },
      ]),
    ),
  },
}));

test("a rule that is looked up gives what it would give if it were asked, and tells a question that is answered no", () => {
  const settings = { timeZone, currency: "USD" };
  const found = compile(1, programme, settings);
  const plainly = inPieces.map((piece) => compile(1, piece, settings));
  let shut = 0;
  for (const { order, at } of orders) {
    const judgement = found.judge(order, at);
    const expected = plainly.flatMap((piece) => piece.judge(order, at).rules);
    const told = (rules: typeof expected) => rules.map((one) => (one.passed ? one : { ...one, why: null, tests: [] }));
    expect(told(judgement.rules)).toEqual(told(expected));
    // Of a rule that was looked up one question is told, and it is one that asking alone answers no as well.
    for (const [n, rule] of judgement.rules.entries()) {
      if (rule.passed || !Object.isFrozen(rule)) continue;
      const [leaf, passed, saw] = rule.tests[0] ?? [];
      expect([rule.tests.length, passed]).toEqual([1, false]);
      const alike = expected[n]?.tests.find((one) => one[0] === leaf);
      if (alike) expect(alike).toEqual([leaf, false, saw]);
    }
    shut += judgement.rules.filter((rule) => !rule.passed).length;
  }
  expect(shut).toBeGreaterThan(40_000);
});

const asRule = (when: object, id: string) => ({ ...rule, id, name: id, when });
// Enough of them that texts are looked up, and nobody passes them.
const idle = Array.from({ length: 12 }, (_, n) => asRule({ kind: "sku", skus: [`nowhere-${n}`] }, `idle-${n}`));

test("any programme gives the same whether its texts are looked up or asked for", () => {
  fc.assert(
    fc.property(anyProgramme, anyOrder, anyCircumstances, (made, order, at) => {
      const wider = definition.parse({ ...made, earning: [...made.earning, ...idle] });
      const [few, many] = [made, wider].map((one) => compile(1, one, { timeZone, currency: "USD" }).judge(order, at));
      const told = ({ rules }: NonNullable<typeof few>) =>
        rules.filter((one) => !one.ruleId.startsWith("idle")).map((one) => (one.passed ? one : { ...one, why: null, tests: [] }));
      expect({ ...many, rules: told(many as never) }).toEqual({ ...few, rules: told(few as never) });
    }),
    { numRuns: 300 },
  );
});

test.each([31, 32, 33, 70])("the last of %i items is found as the first is", (count) => {
  const [, sample] = orders;
  const line = sample?.order.lines[0];
  const lines = Array.from({ length: count }, (_, n) => ({
    ...line,
    lineGid: `gid://shopify/LineItem/${n}`,
    sku: n === count - 1 ? "LAST" : "OTHER",
  }));
  const made = definition.parse({ ...mixed, earning: [asRule({ kind: "sku", skus: ["last"] }, "last"), ...idle] });
  const judged = compile(1, made, { timeZone, currency: "USD" }).judge({ ...sample?.order, lines } as never, sample?.at as never);
  expect(judged.rules[0]?.tests).toEqual([[0, true, 1]]);
  expect(judged.rules[0]?.lines.map((part) => part > 0).lastIndexOf(true)).toBe(count - 1);
  expect(judged.rules[0]?.lines.filter((part) => part > 0)).toHaveLength(1);
});

test("every kind that can be looked up stands first in one of these rules", () => {
  const used = new Set(programme.earning.map(({ when }) => when.kind as string));
  const missing = conditionKinds.filter((kind) => "lookup" in kind && kind.lookup && !used.has(kind.name));
  expect(missing.map((kind) => kind.name)).toEqual([]);
});
