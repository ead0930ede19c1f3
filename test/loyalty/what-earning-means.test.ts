import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import type { Circumstances } from "../../app/loyalty/earning/judgement.ts";
import type { OrderFacts } from "../../app/loyalty/facts.ts";
import type { definition, earningRule } from "../../app/loyalty/program/definition.ts";
import { lineFacts, orderFacts, programmeOf } from "../support/order-facts.ts";

type RuleWish = Partial<z.input<typeof earningRule>>;
type Wish = Partial<z.input<typeof definition>>;

const rule = (id: string, wish: RuleWish = {}): z.input<typeof earningRule> => ({
  id,
  name: id,
  active: true,
  award: { kind: "per amount", points: 1, per: 100 },
  minimum: null,
  ...wish,
});
const fixed = (points: number, unit = "points") => ({ kind: "fixed" as const, points, unit });
const boost = (id: string, times: number, wish: object = {}) => ({ id, name: id, active: true, times, ...wish });
const now: Circumstances = { version: 1, phase: "live", testTag: null, tags: [], deleted: false, memberState: "active" };
const world = { timeZone: "America/New_York", currency: "USD" };
const judge = (programme: Wish, order: Partial<OrderFacts> = {}, at: Partial<Circumstances> = {}) =>
  compile(1, programmeOf(programme), world).judge(orderFacts(order), { ...now, ...at });
const due = (...given: Parameters<typeof judge>) => judge(...given).due;
const each = (...amounts: number[]) => ({
  lines: amounts.map((sold, n) => lineFacts({ sold, lineGid: `gid://shopify/LineItem/${n + 1}` })),
});

test.each<[string, RuleWish["when"], number, number]>([
  [
    "beside another way in",
    {
      kind: "any",
      of: [
        { kind: "tier", tiers: ["gold"] },
        { kind: "all", of: [] },
      ],
    },
    0,
    100,
  ],
  [
    "beside an exception",
    {
      kind: "none",
      of: [
        { kind: "any", of: [] },
        { kind: "tier", tiers: ["gold"] },
      ],
    },
    100,
    0,
  ],
  ["within an empty one", { kind: "none", of: [{ kind: "all", of: [{ kind: "none", of: [] }] }] }, 100, 100],
])("a group that nobody has filled in asks nothing: %s", (_, when, ofMember, ofGold) => {
  const tiers = { levels: ["member", "gold"].map((id) => ({ id, name: id })) };
  const inTier = (tierId: string) => due({ tiers, earning: [rule("a", { when })] }, {}, { member: { tierId } });
  expect([inTier("member"), inTier("gold")]).toEqual([ofMember, ofGold]);
});

describe("rules add up, or compete inside a group", () => {
  test.each([
    ["two rules add up", [rule("a"), rule("b", { award: fixed(30) })], 130],
    ["an inactive one gives nothing", [rule("a"), rule("b", { active: false, award: fixed(30) })], 100],
    ["of a group the best wins", [rule("a", { group: "g" }), rule("b", { group: "g", award: fixed(130) })], 130],
    ["two groups are two prizes", [rule("a", { group: "g" }), rule("b", { group: "h", award: fixed(30) })], 130],
    [
      "what is in no group adds to the winner",
      [rule("a", { group: "g" }), rule("b", { group: "g", award: fixed(30) }), rule("c", { award: fixed(5) })],
      105,
    ],
    [
      "one that does not hold does not compete",
      [rule("a", { group: "g" }), rule("b", { group: "g", award: fixed(999), minimum: 20_000 })],
      100,
    ],
  ])("%s", (_, earning, points) => expect(due({ earning })).toBe(points));

  test.each<[string, RuleWish, Circumstances["used"], number]>([
    ["a bonus that is given once wins while it is to be had", { limits: [{ most: 1, of: "times", per: "lifetime" }] }, {}, 130],
    ["and leaves the way to the next best when it was", { limits: [{ most: 1, of: "times", per: "lifetime" }] }, { "a/0": 1 }, 100],
    ["what a limit would cut it to is what competes", { limits: [{ most: 90, of: "points", per: "order" }] }, {}, 100],
    ["and wins where that is still the most", { limits: [{ most: 110, of: "points", per: "order" }] }, {}, 110],
  ])("%s", (_, wish, used, points) => {
    const earning = [rule("a", { group: "g", award: fixed(130), ...wish }), rule("b", { group: "g" })];
    expect(due({ earning }, {}, { used })).toBe(points);
  });

  test("the winner stays the winner when a refund would make the other the better", () => {
    const earning = [rule("spend", { group: "g" }), rule("visit", { group: "g", award: fixed(60) })];
    const half = { lines: [lineFacts({ sold: 10_000, net: 5_000, quantity: 2, remaining: 1 })] };
    expect(due({ earning })).toBe(100);
    expect(judge({ earning }, half).rules.map(({ points, why }) => [points, why?.reason ?? null])).toEqual([
      [50, null],
      [0, "beaten"],
    ]);
  });

  test("unless its rule says that it judges again", () => {
    const earning = [rule("spend", { group: "g", judgesAgain: true }), rule("visit", { group: "g", award: fixed(60) })];
    expect(due({ earning }, { lines: [lineFacts({ sold: 10_000, net: 5_000, quantity: 2, remaining: 1 })] })).toBe(60);
  });
});

describe("boosts multiply, or the highest of them wins", () => {
  const tiers = {
    levels: [
      { id: "base", name: "Base" },
      { id: "gold", name: "Gold", times: 15_000 },
    ],
  };
  const gold = { member: { tierId: "gold" } };
  const first = { kind: "product" as const, products: [{ gid: "gid://shopify/Product/9", title: "Nine" }] };
  const nineAndOne = { lines: [lineFacts({ sold: 4_000, productGid: "gid://shopify/Product/9" }), lineFacts({ sold: 6_000 })] };
  test.each<[string, Wish, Partial<OrderFacts>, Partial<Circumstances>, number]>([
    ["without any it is the plain rate", {}, {}, {}, 100],
    ["a campaign doubles", { boosts: [boost("double", 20_000)] }, {}, {}, 200],
    ["an inactive one does not", { boosts: [boost("double", 20_000, { active: false })] }, {}, {}, 100],
    ["a tier multiplies for its members", { tiers }, {}, gold, 150],
    ["and for nobody else", { tiers }, {}, { member: { tierId: "base" } }, 100],
    ["tier and campaign multiply each other", { tiers, boosts: [boost("double", 20_000)] }, {}, gold, 300],
    [
      "or the highest wins",
      { tiers, boosts: [boost("double", 20_000)], policies: { ...programmeOf().policies, boosts: "highest" } },
      {},
      gold,
      200,
    ],
    [
      "one for some rules leaves the others",
      { earning: [rule("a"), rule("b")], boosts: [boost("x", 30_000, { rules: ["b"] })] },
      {},
      {},
      400,
    ],
    ["one on some items multiplies their part only", { boosts: [boost("x", 30_000, { when: first })] }, nineAndOne, {}, 180],
    [
      "a rule that is not boosted stays as it is",
      { earning: [rule("a", { boosted: false })], boosts: [boost("double", 20_000)], tiers },
      {},
      gold,
      100,
    ],
    ["half is less", { boosts: [boost("half", 5_000)] }, {}, {}, 50],
  ])("%s", (_, programme, order, at, points) => expect(due(programme, order, at)).toBe(points));

  test.each([
    ["before it starts", "2026-11-27T04:59:59Z", 100],
    ["on the instant it starts, by the shop's clocks", "2026-11-27T05:00:00Z", 200],
    ["a second before it ends", "2026-11-30T04:59:59Z", 200],
    ["on the instant it ends", "2026-11-30T05:00:00Z", 100],
  ])("a campaign gives more only while it runs: %s", (_, placedAt, points) => {
    const runs = { from: "2026-11-27T00:00", until: "2026-11-30T00:00" };
    expect(due({ boosts: [boost("weekend", 20_000, { runs })] }, { placedAt })).toBe(points);
  });
});

describe("rounding happens once per order and rule, after boosts, as the programme names it", () => {
  test.each([
    ["down", 9_999, 99, 149],
    ["nearest", 9_949, 99, 149],
    ["nearest", 9_950, 100, 149],
    ["up", 9_901, 100, 149],
  ] as const)("%s: %i earns %i", (rounding, sold, plain, boosted) => {
    const policies = { ...programmeOf().policies, rounding };
    expect(due({ policies }, each(sold))).toBe(plain);
    expect(due({ policies, boosts: [boost("half-more", 15_000)] }, each(sold))).toBe(boosted);
  });

  test("two lines of 99 cents are one order of $1.98, and its parts sum to the whole", () => {
    const [trace] = judge({ earning: [rule("a", { award: { kind: "per amount", points: 7, per: 100 } })] }, each(99, 99)).rules;
    expect([trace?.points, trace?.lines, trace?.rest]).toEqual([13, [7, 6], 0]);
  });
});

describe("limits cut last", () => {
  const limited = (...limits: z.input<typeof earningRule>["limits"] & object[]) => ({ earning: [rule("a", { limits: limits as never })] });
  test.each([
    ["of an order", { most: 60, of: "points", per: "order" }, {}, 60],
    ["of a day that has some left", { most: 150, of: "points", per: "day" }, { "a/0": 100 }, 50],
    ["of a week that has all left", { most: 150, of: "points", per: "week" }, {}, 100],
    ["of a month that is used up", { most: 150, of: "points", per: "month" }, { "a/0": 150 }, 0],
    ["of a year that was overdrawn by an older rule", { most: 150, of: "points", per: "year" }, { "a/0": 500 }, 0],
    ["of rolling days", { most: 120, of: "points", per: "rolling", days: 30 }, { "a/0": 100 }, 20],
    ["for ever", { most: 1_000, of: "points", per: "lifetime" }, { "a/0": 999 }, 1],
    ["of times that are left", { most: 2, of: "times", per: "year" }, { "a/0": 1 }, 100],
    ["of times that are used up", { most: 2, of: "times", per: "year" }, { "a/0": 2 }, 0],
    ["of another rule says nothing of this one", { most: 150, of: "points", per: "day" }, { "b/0": 150 }, 100],
  ])("%s", (_, limit, used, points) => expect(due(limited(limit as never), {}, { used: used as never })).toBe(points));

  test("they cut after boosts, and the trace says what they took", () => {
    const programme = { ...limited({ most: 120, of: "points", per: "order" } as never), boosts: [boost("double", 20_000)] };
    expect(judge(programme).rules[0]).toMatchObject({ points: 120, caps: [{ cap: "limit", before: 200, after: 120, left: 120 }] });
  });

  test("a refund is recomputed on what remains and then cut", () => {
    const programme = limited({ most: 60, of: "points", per: "order" } as never);
    const refunded = (net: number) => ({ lines: [lineFacts({ sold: 10_000, net, quantity: 10, remaining: 5 })] });
    expect([due(programme, refunded(8_000)), due(programme, refunded(5_000)), due(programme, refunded(0))]).toEqual([60, 50, 0]);
  });

  test("a limit of all rules together is shared out in proportion, whatever their order", () => {
    const policies = { ...programmeOf().policies, limits: [{ most: 65, of: "points" as const, per: "order" as const }] };
    const earning = [rule("a"), rule("b", { award: fixed(30) })];
    const by = (rules: typeof earning) =>
      Object.fromEntries(judge({ policies, earning: rules }).rules.map((one) => [one.ruleId, one.points]));
    expect(by(earning)).toEqual({ a: 50, b: 15 });
    expect(by(earning.toReversed())).toEqual({ a: 50, b: 15 });
  });

  test("a budget that is used up gives nothing more, and only to the rules that charge it", () => {
    const earning = [rule("a"), rule("welcome", { award: fixed(30), budget: "acquisition" })];
    expect(due({ earning }, {}, { room: { retention: 40 } })).toBe(70);
    expect(due({ earning }, {}, { room: { acquisition: 0 } })).toBe(100);
    expect(due({ earning }, {}, { room: { retention: 0, acquisition: 10 } })).toBe(10);
  });
});

describe("gates stay as first decided", () => {
  const half = { lines: [lineFacts({ sold: 10_000, net: 4_000, quantity: 10, remaining: 4 })] };
  const gates: [string, RuleWish][] = [
    ["a minimum", { minimum: 8_000 }],
    ["an order amount", { when: { kind: "order amount", least: 8_000, below: null } }],
    ["a number of items", { when: { kind: "item count", least: 8, most: null } as never }],
  ];
  test.each(gates)("%s that was passed is not closed by a refund", (_, wish) => expect(due({ earning: [rule("a", wish)] }, half)).toBe(40));
  test.each(gates)("%s is, where the rule judges again", (_, wish) =>
    expect(due({ earning: [rule("a", { ...wish, judgesAgain: true })] }, half)).toBe(0),
  );
});

describe("several units", () => {
  const units = [{ id: "stamps", name: { one: "stamp", other: "stamps" } }];
  test("each is counted by itself, and points alone are what is due", () => {
    const judged = judge({ units, earning: [rule("a"), rule("b", { award: fixed(3, "stamps") })] });
    expect([judged.due, judged.units]).toEqual([100, { stamps: 3 }]);
  });

  // 100 points and 200 stamps for an order of $100.
  const both = {
    kind: "several units" as const,
    rows: [
      { points: 1, unit: "points", per: 100 },
      { points: 2, unit: "stamps", per: 100 },
    ],
  };
  const left = (net: number) => ({ lines: [lineFacts({ sold: 10_000, net, quantity: 10, remaining: 5 })] });
  test.each<[string, object, Record<string, number>, Partial<OrderFacts>, [points: number, stamps: number]]>([
    ["of an order", { most: 150, of: "points", per: "order" }, {}, {}, [100, 150]],
    ["of an order that came back in part", { most: 150, of: "points", per: "order" }, {}, left(6_000), [60, 120]],
    ["of an order, which a refund does not reach", { most: 150, of: "points", per: "order" }, {}, left(8_000), [80, 150]],
    ["of a day that has some left of both", { most: 150, of: "points", per: "day" }, { "a/0": 100, "a:stamps/0": 40 }, {}, [50, 110]],
    ["of a day that gave one of them", { most: 150, of: "points", per: "day" }, { "a:stamps/0": 150 }, {}, [100, 0]],
    ["of times, which are orders", { most: 2, of: "times", per: "day" }, { "a/0": 1 }, {}, [100, 200]],
    ["of times that are used up", { most: 2, of: "times", per: "day" }, { "a/0": 2 }, {}, [0, 0]],
  ])("a limit of a rule that gives several holds for each on its own: %s", (_, limit, used, order, given) => {
    const judged = judge({ units, earning: [rule("a", { award: both, limits: [limit as never] })] }, order, { used });
    expect([judged.due, judged.units?.stamps ?? 0]).toEqual(given);
  });

  test("a limit of all rules together looks at points alone", () => {
    const policies = { ...programmeOf().policies, limits: [{ most: 60, of: "points" as const, per: "order" as const }] };
    const judged = judge({ units, policies, earning: [rule("a", { award: both })] });
    expect([judged.due, judged.units]).toEqual([60, { stamps: 200 }]);
  });
});

describe("what counts of an order", () => {
  test.each<[string, Partial<OrderFacts>, number]>([
    ["an order that is paid with a gift card earns", { gateways: ["gift_card"] }, 100],
    ["a gift card that is bought does not", { lines: [lineFacts({ sold: 10_000, giftCard: true })] }, 0],
    ["a tip does not", { lines: [lineFacts({ sold: 10_000 }), lineFacts({ sold: 2_000, tip: true })] }, 100],
    ["shipping does not", { shipping: 900 }, 100],
    ["a test order does not", { test: true }, 0],
    ["a cancelled one does not", { cancelledAt: "2026-05-02T00:00:00Z" }, 0],
    ["one that waits for its payment does", { payment: "waiting" }, 100],
    ["one whose payment is void does not", { payment: "void" }, 0],
    ["an amount refunded without lines is taken off", { refundedWithoutLines: 2_500 }, 75],
    ["one that was free earns nothing", each(0), 0],
  ])("%s", (_, order, points) => expect(due({}, order)).toBe(points));
});

describe("what a programme says earns nothing", () => {
  const [wine, gift] = ["gid://shopify/Product/1", "gid://shopify/Product/2"] as const;
  const lines = [
    lineFacts({ sold: 10_000, productGid: wine, lineGid: "gid://shopify/LineItem/1" }),
    lineFacts({ sold: 5_000, productGid: gift, lineGid: "gid://shopify/LineItem/2", quantity: 2, remaining: 2 }),
  ];
  const facts = { type: "", vendor: "", tags: ["Final Sale"], collections: ["gid://shopify/Collection/9"], compareAt: {} };
  const products = { [wine]: facts, [gift]: { ...facts, tags: ["new"], collections: [] } };
  const given = (excluded: object, differs: Wish = {}, order: Partial<OrderFacts> = {}) =>
    judge({ ...differs, policies: { ...programmeOf().policies, ...excluded } }, { lines, ...order }, { products });
  const chosen = (gid: string) => [{ gid, title: "It" }];

  test.each([
    ["nothing is left out where nothing is named", {}, 150],
    ["a product", { excludedProducts: chosen(gift) }, 100],
    ["what is in a collection", { excludedCollections: chosen("gid://shopify/Collection/9") }, 50],
    ["what has a tag, however it is written", { excludedProductTags: ["final sale "] }, 50],
    ["any of them is enough", { excludedProducts: chosen(gift), excludedProductTags: ["final sale"] }, 0],
    ["another one", { excludedProducts: chosen("gid://shopify/Product/3"), excludedProductTags: ["old"] }, 150],
  ])("%s", (_, excluded, points) => expect(given(excluded).due).toBe(points));

  test("no rule chooses it, no minimum counts it, and the trace says why", () => {
    const excluded = { excludedProducts: chosen(wine) };
    expect(given(excluded, { earning: [rule("a", { award: { kind: "per item", points: 7 } })] }).due).toBe(14);
    expect(given(excluded, { earning: [rule("a", { minimum: 5_001 })] }).due).toBe(0);
    expect(given(excluded).lines).toMatchObject([
      { counts: 0, why: "excluded product" },
      { counts: 5_000, why: null },
    ]);
    const asks = { kind: "product" as const, products: chosen(wine) };
    expect(given(excluded, { earning: [rule("a", { when: asks })] }).due).toBe(0);
  });

  test("an order waits for what its products are where that is asked", () => {
    const needs = (excluded: object) => [...compile(1, programmeOf({ policies: { ...programmeOf().policies, ...excluded } })).needs];
    expect(needs({ excludedProducts: chosen(wine) })).toEqual([]);
    expect(needs({ excludedProductTags: ["new"] })).toEqual(["products"]);
    expect(needs({ excludedCollections: chosen("gid://shopify/Collection/9") })).toEqual(["products"]);
  });

  test("a custom item is no product, and earns", () => {
    const custom = [lineFacts({ sold: 10_000, productGid: null })];
    expect(given({ excludedProductTags: ["final sale"], excludedProducts: chosen(wine) }, {}, { lines: custom }).due).toBe(100);
  });
});

describe("currencies without minor units, and with three digits", () => {
  const inCurrency = (currency: string, award: RuleWish["award"], sold: number, rounding: "down" | "nearest" | "up" = "down") =>
    compile(1, programmeOf({ earning: [rule("a", { award })], policies: { ...programmeOf().policies, rounding } }), { currency }).judge(
      orderFacts({ currency, lines: [lineFacts({ sold })] }),
      now,
    ).due;
  test.each([
    ["a point for every ¥100, of ¥1,999", "JPY", { kind: "per amount", points: 1, per: 100 }, 1_999, [19, 20, 20]],
    ["a point for every yen", "JPY", { kind: "per amount", points: 1, per: 1 }, 1_999, [1_999, 1_999, 1_999]],
    ["5 % of ¥1,999 in yen", "JPY", { kind: "percent back", percent: 500, each: 1 }, 1_999, [99, 100, 100]],
    ["2 points for a dinar, of 12.345", "KWD", { kind: "per amount", points: 2, per: 1_000 }, 12_345, [24, 25, 25]],
    ["2.5 % of 12.345 dinars in points of 10 fils", "KWD", { kind: "percent back", percent: 250, each: 10 }, 12_345, [30, 31, 31]],
    ["half a point exactly", "BHD", { kind: "per amount", points: 1, per: 1_000 }, 500, [0, 1, 1]],
  ] as const)("%s", (_, currency, award, sold, [down, nearest, up]) => {
    expect([
      inCurrency(currency, award, sold),
      inCurrency(currency, award, sold, "nearest"),
      inCurrency(currency, award, sold, "up"),
    ]).toEqual([down, nearest, up]);
  });
});

describe("lines of nothing", () => {
  const item = { quantity: 3, remaining: 3 };
  const perItem = [rule("a", { award: { kind: "per item", points: 5 } })];
  test.each<[string, Wish, Partial<OrderFacts>, number]>([
    ["an order without lines", {}, { lines: [] }, 0],
    ["an order of which nothing was bought", {}, { lines: [lineFacts({ sold: 0, quantity: 0, remaining: 0 })] }, 0],
    ["a free line beside one that was paid", {}, each(10_000, 0), 100],
    [
      "a free line is no piece that was bought",
      { earning: perItem },
      { lines: [lineFacts({ sold: 900, ...item }), lineFacts({ sold: 0 })] },
      15,
    ],
    ["a fixed award is for an order that was paid", { earning: [rule("a", { award: fixed(50) })] }, each(0), 0],
    ["and for one that was paid in part", { earning: [rule("a", { award: fixed(50) })] }, each(0, 1), 50],
    ["an order of shipping alone", { policies: { ...programmeOf().policies, shippingEarns: true } }, { lines: [], shipping: 900 }, 9],
    ["a line that is worth less than nothing counts as nothing", {}, each(10_000, -500), 100],
    ["more given back than there was", {}, { refundedWithoutLines: 99_999 }, 0],
  ])("%s", (_, programme, order, points) => expect(due(programme, order)).toBe(points));
});

test("where tips earn they count for the whole order, and are no item of it", () => {
  const policies = { ...programmeOf().policies, tipsEarn: true };
  const lines = [
    lineFacts({ sold: 10_000, sku: "A" }),
    lineFacts({ sold: 2_000, tip: true, sku: "A", lineGid: "gid://shopify/LineItem/2" }),
  ];
  const given = (wish: RuleWish) => judge({ policies, earning: [rule("a", wish)] }, { lines }).rules[0];
  expect(given({})).toMatchObject({ points: 120, lines: [100, 20], rest: 0 });
  expect(given({ award: { kind: "per item", points: 5 } })).toMatchObject({ points: 5, lines: [5, 0] });
  expect(given({ when: { kind: "sku", skus: ["A"] } })).toMatchObject({ points: 100, lines: [100, 0] });
  expect(given({ when: { kind: "item count", least: 2, most: null } })).toMatchObject({ points: 0 });
});

test("what an edit adds was sold as well: a threshold that it reaches is reached, and what it takes away closes none", () => {
  const earning = [rule("a", { award: fixed(50), minimum: 5_000 })];
  const first = lineFacts({ sold: 4_000 });
  expect(due({ earning }, { lines: [first] })).toBe(0);
  expect(due({ earning }, { lines: [first, lineFacts({ sold: 1_000, lineGid: "gid://shopify/LineItem/2" })] })).toBe(50);
  expect(due({ earning }, { lines: [lineFacts({ sold: 6_000, net: 4_000, quantity: 3, remaining: 2 })] })).toBe(50);
});

test("refunds in any order come to the same, and to nothing when all is back", () => {
  const earning = [
    rule("spend", { minimum: 9_000, award: { kind: "per amount", points: 3, per: 700 } }),
    rule("items", { group: "g", award: { kind: "per item", points: 7 } }),
    rule("visit", { group: "g", award: fixed(20), limits: [{ most: 15, of: "points", per: "order", days: null }] }),
  ];
  const [a, b, c] = [3_333, 3_333, 3_334];
  const left = (...backs: number[]) =>
    due(
      { earning },
      {
        lines: [a, b, c].map((sold, n) =>
          lineFacts({ sold, lineGid: `gid://shopify/LineItem/${n}`, ...(backs.includes(n) ? { remaining: 0, net: 0 } : {}) }),
        ),
      },
    );
  expect([left(), left(0), left(0, 1), left(0, 1, 2)]).toEqual([42 + 21, 28 + 14, 14 + 7, 0]);
  expect([left(1, 0), left(2, 0, 1), left(2, 1, 0)]).toEqual([left(0, 1), 0, 0]);
});

test("a boost that multiplies nothing of the rule's own items is not told", () => {
  const earning = [rule("a", { when: { kind: "sku", skus: ["A"] } })];
  const boosts = [boost("b", 30_000, { when: { kind: "sku", skus: ["B"] } })];
  const lines = [lineFacts({ sold: 1_000, sku: "A" }), lineFacts({ sold: 1_000, sku: "B", lineGid: "gid://shopify/LineItem/2" })];
  const [trace] = judge({ earning, boosts }, { lines }).rules;
  expect([trace?.points, trace?.boosts]).toEqual([10, undefined]);
});
