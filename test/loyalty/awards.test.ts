import { describe, expect, test } from "vitest";
import { z } from "zod";
import { awardOf } from "../../app/loyalty/earning/award-of.ts";
import { awardKinds } from "../../app/loyalty/earning/awards/index.ts";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import type { Circumstances, Judgement } from "../../app/loyalty/earning/judgement.ts";
import { award as schema } from "../../app/loyalty/earning/rule.ts";
import type { LineFacts } from "../../app/loyalty/facts.ts";
import { type Definition, earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { lineFacts, orderFacts } from "../support/order-facts.ts";

type Line = Partial<LineFacts> & { sold: number };
type Basket = {
  lines?: Line[];
  shipping?: number;
  refunded?: number;
  currency?: string;
  /** Product types, by the lines' place. */
  types?: (string | undefined)[];
  /** What is asked about: an order, or something else that happened. */
  joined?: true;
  rule?: object;
  policies?: Partial<Definition["policies"]>;
  boosts?: object[];
};
type Due = { points?: number; units?: Record<string, number>; lines?: number[]; rest?: number; gifts?: object[] };
type Story = {
  example: object;
  en: string;
  fr: string;
  says?: [settings: object, en: string, fr: string][];
  refused?: object[];
  rows: [what: string, settings: object, basket: Basket, due: Due][];
};

const dollar = { points: 1, per: 100 };
const five = { points: 5 };
const two = { percent: 200 };
const credit = { percent: 250, each: 1, unit: "credit" };
const table = {
  rows: [
    { type: "Coffee", points: 2, per: 100 },
    { type: "Tea", points: 1, per: 300 },
  ],
  otherwise: { points: 1, per: 700 },
};
const types = ["coffee ", "TEA", "Mugs"];
const piece = { stamps: 1, per: "item", unit: "stamps" };
const visit = { stamps: 2, per: "order", unit: "stamps" };
const both = {
  rows: [
    { points: 1, unit: "points", per: 100 },
    { points: 3, unit: "stamps", per: null },
  ],
};
const free = { sold: 0, net: 0, quantity: 1, remaining: 1 };
const large = 900_000_000_000;

const stories: Record<(typeof awardKinds)[number]["name"], Story> = {
  "per amount": {
    example: dollar,
    en: "1 point for every $1 spent",
    fr: "1 point par tranche de 1 $ dépensée",
    refused: [{ points: 0, per: 100 }, { points: 1, per: 0 }, { points: 1.5, per: 100 }, { points: 1 }],
    rows: [
      ["a cent is missing", dollar, { lines: [{ sold: 199 }] }, { points: 1 }],
      ["rounded once for all lines", dollar, { lines: [{ sold: 150 }, { sold: 150 }] }, { points: 3, lines: [2, 1] }],
      ["yen", { points: 1, per: 110 }, { currency: "JPY", lines: [{ sold: 1_099 }] }, { points: 9 }],
      ["dinars", { points: 1, per: 1_000 }, { currency: "KWD", lines: [{ sold: 2_999 }] }, { points: 2 }],
      [
        "beyond what a number holds",
        { points: 99_999, per: 77_777 },
        { lines: [{ sold: large + 1 }] },
        { points: Number((900_000_000_001n * 99_999n) / 77_777n) },
      ],
      ["at most ten million millions", { points: 99_999, per: 7 }, { lines: [{ sold: large + 1 }] }, { points: 10_000_000_000_000 }],
    ],
  },
  fixed: {
    example: { points: 100 },
    en: "100 points",
    fr: "100 points",
    rows: [
      ["an order", { points: 100 }, {}, { points: 100 }],
      ["an order that came back", { points: 100 }, { lines: [{ sold: 100, net: 0, remaining: 0 }] }, { points: 0 }],
      ["joining", { points: 100 }, { joined: true }, { points: 100, lines: [], rest: 100 }],
    ],
  },
  "per item": {
    example: five,
    en: "5 points per item",
    fr: "5 points par article",
    refused: [{ points: 0 }, {}],
    rows: [
      ["each piece", five, { lines: [{ sold: 100, quantity: 3, remaining: 3 }, { sold: 9_900 }] }, { points: 20, lines: [15, 5] }],
      ["what came back", five, { lines: [{ sold: 300, net: 100, quantity: 3, remaining: 1 }] }, { points: 5 }],
      ["what was given free", five, { lines: [free, { sold: 100 }] }, { points: 5, lines: [0, 5] }],
      ["what never earns", five, { lines: [{ sold: 100, giftCard: true }] }, { points: 0 }],
      ["all money back, without items", five, { lines: [{ sold: 100 }], refunded: 100 }, { points: 0 }],
      ["shipping is no item", five, { shipping: 900, policies: { shippingEarns: true } }, { points: 5, lines: [5], rest: 0 }],
    ],
  },
  "percent back": {
    example: credit,
    en: "2.5% back in cents of credit worth $0.01 each",
    fr: "2,5 % rendus en cents of credit à 0,01 $ l’unité",
    refused: [{ percent: 0 }, { percent: 10_001 }, { percent: 2.5 }],
    rows: [
      ["of one line", credit, { lines: [{ sold: 1_000 }] }, { units: { credit: 25 } }],
      ["rounded once for all lines", two, { lines: [{ sold: 25 }, { sold: 25 }] }, { points: 1, lines: [1, 0] }],
      ["a point worth ten cents", { ...two, each: 10 }, { lines: [{ sold: 9_999 }] }, { points: 19 }],
      ["of which the last cent is missing", { ...two, each: 10 }, { lines: [{ sold: 9_499 }] }, { points: 18 }],
      ["yen", two, { currency: "JPY", lines: [{ sold: 149 }] }, { points: 2 }],
      ["dinars of a thousand fils", { ...two, each: 1_000 }, { currency: "KWD", lines: [{ sold: 50_000 }] }, { points: 1 }],
      [
        "beyond what a number holds",
        { percent: 9_999, each: 3 },
        { lines: [{ sold: large + 7 }] },
        { points: Number((900_000_000_007n * 9_999n) / 30_000n) },
      ],
    ],
  },
  "by product type": {
    example: table,
    en: "2 points for every $1 spent on Coffee, 1 point for every $3 spent on Tea and 1 point for every $7 spent on anything else",
    fr: "2 points par tranche de 1 $ dépensée sur Coffee, 1 point par tranche de 3 $ dépensée sur Tea et 1 point par tranche de 7 $ dépensée sur tout le reste",
    says: [[{ rows: [{ type: "Tea", ...dollar }] }, "1 point for every $1 spent on Tea", "1 point par tranche de 1 $ dépensée sur Tea"]],
    refused: [
      { rows: [] },
      {
        rows: [
          { type: "Tea", ...dollar },
          { type: " tea", ...dollar },
        ],
      },
      { rows: [{ type: "Tea", points: 1, per: 0 }] },
    ],
    rows: [
      ["each by its row", table, { types, lines: [{ sold: 100 }, { sold: 300 }, { sold: 700 }] }, { points: 4, lines: [2, 1, 1] }],
      // 0.02 + 0.3333… + 0.6466… is one, exactly: as floats it is a little less, and rounded row by row it is nothing.
      [
        "parts that make a whole",
        { ...table, otherwise: { points: 97, per: 150 } },
        { types, lines: [{ sold: 1 }, { sold: 100 }, { sold: 1 }] },
        { points: 1 },
      ],
      [
        "thirds of three rows",
        {
          rows: [
            { type: "Coffee", points: 1, per: 3 },
            { type: "Tea", points: 1, per: 3 },
          ],
          otherwise: { points: 1, per: 3 },
        },
        { types, lines: [{ sold: 1 }, { sold: 1 }, { sold: 1 }] },
        { points: 1, lines: [1, 0, 0] },
      ],
      [
        "without a row for the rest",
        { rows: table.rows },
        { types, lines: [{ sold: 100 }, { sold: 0 }, { sold: 700 }] },
        { points: 2, lines: [2, 0, 0] },
      ],
      ["what the mirror does not know is the rest", table, { types: [undefined], lines: [{ sold: 700 }] }, { points: 1 }],
      [
        "shipping is the rest",
        table,
        { types, lines: [{ sold: 100 }], shipping: 700, policies: { shippingEarns: true } },
        { points: 3, lines: [2], rest: 1 },
      ],
      [
        "shipping earns nothing without it",
        { rows: table.rows },
        { types, lines: [{ sold: 100 }], shipping: 700, policies: { shippingEarns: true } },
        { points: 2 },
      ],
      [
        "a boost of some items",
        table,
        { types, lines: [{ sold: 100 }, { sold: 300 }], boosts: [{ kind: "sku", skus: ["B"] }], rule: { sku: "B" } },
        { points: 4 },
      ],
      [
        "rates without a common measure",
        {
          rows: [
            { type: "Coffee", points: 99_991, per: 999_983 },
            { type: "Tea", points: 99_989, per: 999_979 },
          ],
          otherwise: { points: 3, per: 999_961 },
        },
        { types, lines: [{ sold: 1_999_966 }, { sold: 2_999_937 }, { sold: 999_961 }] },
        { points: 2 * 99_991 + 3 * 99_989 + 3, lines: [2 * 99_991, 3 * 99_989, 3] },
      ],
    ],
  },
  "several units": {
    example: both,
    en: "1 point for every $1 spent and 3 stamps for every order",
    fr: "1 point par tranche de 1 $ dépensée et 3 stamps par commande",
    says: [
      [
        {
          rows: [
            { points: 1, unit: "points" },
            { points: 1, unit: "stamps" },
          ],
        },
        "1 point and 1 stamp",
        "1 point et 1 stamp",
      ],
    ],
    refused: [
      { rows: [] },
      {
        rows: [
          { points: 1, unit: "points" },
          { points: 2, unit: "points" },
        ],
      },
    ],
    rows: [
      ["each of its own", both, { lines: [{ sold: 250 }] }, { points: 2, units: { stamps: 3 } }],
      ["an order that came back", both, { lines: [{ sold: 250, net: 0, remaining: 0 }] }, { points: 0 }],
      [
        "joining",
        {
          rows: [
            { points: 7, unit: "points" },
            { points: 2, unit: "stamps" },
          ],
        },
        { joined: true },
        { points: 7, units: { stamps: 2 } },
      ],
    ],
  },
  stamp: {
    example: piece,
    en: "1 stamp per item",
    fr: "1 stamp par article",
    says: [[visit, "2 stamps", "2 stamps"]],
    refused: [
      { stamps: 1, per: "item" },
      { stamps: 1, per: "year", unit: "stamps" },
    ],
    rows: [
      ["each piece", piece, { lines: [{ sold: 900, quantity: 3, remaining: 3 }] }, { units: { stamps: 3 }, lines: [3] }],
      ["not the tenth, which was free", piece, { lines: [free] }, { points: 0 }],
      ["what remains", piece, { lines: [{ sold: 900, net: 300, quantity: 3, remaining: 1 }] }, { units: { stamps: 1 } }],
      ["a visit", visit, { lines: [{ sold: 900, quantity: 3, remaining: 3 }] }, { units: { stamps: 2 } }],
      ["a visit that came back", visit, { lines: [{ sold: 900, net: 0, remaining: 0 }] }, { points: 0 }],
      ["a head start for joining", visit, { joined: true }, { units: { stamps: 2 } }],
    ],
  },
  reward: {
    example: { rewardId: "five-off" },
    en: "the reward “Thank you”",
    fr: "la récompense « Thank you »",
    rows: [
      ["an order", { rewardId: "five-off" }, {}, { points: 0, gifts: [{ kind: "reward", rewardId: "five-off", ruleId: "asked" }] }],
      ["an order that came back", { rewardId: "five-off" }, { lines: [{ sold: 100, net: 0, remaining: 0 }] }, {}],
      [
        "its items came back, others did not",
        { rewardId: "five-off" },
        { lines: [{ sold: 100, net: 0, remaining: 0, sku: "B" }, { sold: 100 }], rule: { sku: "B" } },
        {},
      ],
      [
        "some of its items remain",
        { rewardId: "five-off" },
        { lines: [{ sold: 200, net: 100, sku: "B" }], rule: { sku: "B" } },
        { gifts: [{ kind: "reward", rewardId: "five-off", ruleId: "asked" }] },
      ],
    ],
  },
  certificate: {
    example: { points: 200, rewardId: "five-off" },
    en: "the reward “Thank you” for every 200 points collected",
    fr: "la récompense « Thank you » tous les 200 points",
    refused: [{ points: 0, rewardId: "five-off" }],
    rows: [["gives nothing by itself", { points: 200, rewardId: "five-off" }, {}, { points: 0 }]],
  },
  badge: {
    example: { badgeId: "explorer" },
    en: "the badge “Explorer”",
    fr: "le badge « Explorer »",
    rows: [["joining", { badgeId: "explorer" }, { joined: true }, { gifts: [{ kind: "badge", badgeId: "explorer", ruleId: "asked" }] }]],
  },
  tier: {
    example: { tierId: "gold", months: 12 },
    en: "Gold status for 12 months",
    fr: "le statut Gold pendant 12 mois",
    says: [
      [{ tierId: "gold" }, "Gold status", "le statut Gold"],
      [{ tierId: "gold", months: 1 }, "Gold status for 1 month", "le statut Gold pendant 1 mois"],
    ],
    refused: [{ tierId: "gold", months: 0 }],
    rows: [["joining", { tierId: "gold" }, { joined: true }, { gifts: [{ kind: "tier", tierId: "gold", months: null, ruleId: "asked" }] }]],
  },
};

const units = [
  { id: "stamps", name: { one: "stamp", other: "stamps" } },
  { id: "credit", name: { one: "cent of credit", other: "cents of credit" } },
];
const names = { tier: { gold: "Gold" }, reward: { "five-off": "Thank you" }, badge: { explorer: "Explorer" } };
const said = (kind: string, settings: object, locale: string) => {
  const say = wordsOf({ currency: "USD", pointsName: { one: "point", other: "points" }, locale, units, names });
  return awardOf(schema.parse({ kind, ...settings }))
    .say(say)
    .replaceAll(/[\u00a0\u202f]/g, " ");
};

function given(kind: string, settings: object, basket: Basket): Judgement {
  const {
    lines = [{ sold: 10_000 }],
    shipping = 0,
    refunded = 0,
    currency = "USD",
    types = [],
    joined,
    rule,
    policies,
    boosts = [],
  } = basket;
  const wanted = rule && "sku" in rule ? { kind: "sku", skus: [rule.sku] } : { kind: "all", of: [] };
  const simple = simplePoints(100);
  const definition = {
    ...simple,
    policies: { ...simple.policies, ...policies },
    boosts: boosts.map((when, at) => ({
      id: `boost-${at}`,
      name: "Double",
      active: true,
      times: 20_000,
      rules: [],
      when,
      runs: { from: null, until: null },
    })),
    earning: [
      earningRule.parse({
        id: "asked",
        name: "Asked",
        active: true,
        minimum: null,
        award: { kind, ...settings },
        on: { kind: joined ? "joined" : "order" },
        when: boosts.length > 0 ? { kind: "all", of: [] } : wanted,
      }),
    ],
  } as Definition;
  const product = (at: number) => `gid://shopify/Product/${at + 1}`;
  const facts = orderFacts({
    currency,
    shipping,
    refundedWithoutLines: refunded,
    lines: lines.map((wish, at) => lineFacts({ productGid: product(at), sku: boosts.length > 0 && at === 1 ? "B" : null, ...wish })),
  });
  const circumstances: Circumstances = {
    version: 1,
    phase: "live",
    testTag: null,
    tags: [],
    deleted: false,
    memberState: "active",
    products: Object.fromEntries(
      types.flatMap((type, at) =>
        type === undefined ? [] : [[product(at), { type, vendor: "", tags: [], collections: [], compareAt: {} }]],
      ),
    ),
  };
  const programme = compile(1, definition, { currency });
  return joined
    ? programme.judgeEvent({ trigger: "joined", at: Date.parse(facts.placedAt), event: null }, circumstances)
    : programme.judge(facts, circumstances);
}

describe.each(Object.entries(stories))("%s", (kind, { example, en, fr, says = [], refused = [], rows }) => {
  test("says what it gives, in both languages", () => {
    for (const [settings, english, french] of [[example, en, fr] as const, ...says])
      expect([said(kind, settings, "en"), said(kind, settings, "fr")]).toEqual([english, french]);
  });

  test.each(rows.map(([what, settings, basket, due]) => ({ what, settings, basket, due })))("$what", ({ settings, basket, due }) => {
    const judgement = given(kind, settings, basket);
    const { points = 0, units = {}, lines, rest, gifts } = due;
    expect({ due: judgement.due, units: judgement.units ?? {}, gifts: judgement.gifts }).toEqual({ due: points, units, gifts });
    if (lines) expect(judgement.rules[0]?.lines).toEqual(lines);
    if (rest !== undefined) expect(judgement.rules[0]?.rest).toBe(rest);
    for (const trace of judgement.rules) expect(trace.lines.reduce((sum, part) => sum + part, trace.rest)).toBe(trace.points);
    // The trace is stored as JSON, whatever the size of its numbers.
    expect(JSON.parse(JSON.stringify(judgement))).toEqual(judgement);
  });

  test.each(refused)("refuses %j", (settings) => {
    expect(schema.safeParse({ kind, ...settings }).success).toBe(false);
  });

  test("refuses what it does not know", () => {
    expect(schema.safeParse({ kind, ...example, nonsense: 1 }).success).toBe(false);
  });
});

describe.each(awardKinds.map((kind) => [kind.name, kind] as const))("the contract of every kind: %s", (name, kind) => {
  const { example } = stories[name];

  test("it and each of its settings have a label", () => {
    expect(kind.label).toMatch(/^[A-Z]/);
    for (const field of Object.values<z.ZodType>(kind.settings.shape)) expect(labelOf(field)).toMatch(/^[A-Z]/);
  });

  test("a stored example is read as it was written", () => {
    const stored = schema.parse({ kind: name, ...example });
    expect(schema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  test("its settings are a JSON Schema with the same fields", () => {
    const { properties } = z.toJSONSchema(kind.settings, { io: "input" });
    expect(Object.keys(properties ?? {})).toEqual(Object.keys(kind.settings.shape));
  });

  test("it gives something: an amount, a gift or a certificate", () => {
    expect([kind.shares, kind.gifts, kind.certificate].filter(Boolean)).toHaveLength(1);
  });
});

test.each([
  ["per item", five, true],
  ["stamp", piece, true],
  ["stamp", visit, false],
  ["several units", both, true],
  ["several units", { rows: [{ points: 1, unit: "points" }] }, false],
  ["fixed", { points: 1 }, false],
])("%s %j needs an order: %s", (kind, settings, needs) => {
  expect(awardOf(schema.parse({ kind, ...settings })).ofOrder).toBe(needs);
});

function labelOf(field: z.ZodType): unknown {
  const { label } = (field.meta() ?? {}) as { label?: string };
  if (label) return label;
  return "unwrap" in field && typeof field.unwrap === "function" ? labelOf(field.unwrap()) : undefined;
}
