import { describe, expect, test } from "vitest";
import { conditionKinds } from "../../app/loyalty/earning/conditions/index.ts";
import { boost, type EarningRule, earningRule } from "../../app/loyalty/earning/rule.ts";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { namesOf } from "../../app/loyalty/program/names-of.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { firstImagined, type Imagined, imagined } from "../../app/ui/earning/imagined.ts";
import { triedWords } from "../../app/ui/earning/tried-words.ts";
import { tryRule } from "../../app/ui/earning/try-rule.ts";
import { readDraft } from "../../app/ui/form/draft.ts";

const shop = { currency: "USD", timeZone: "America/New_York" };
const programme: Definition = definition.parse({
  ...simplePoints(100),
  tiers: ladder.parse({
    levels: [
      { id: "member", name: "Member" },
      { id: "gold", name: "Gold", times: 15_000 },
    ],
  }),
});
const rule = (differs: object = {}): EarningRule =>
  earningRule.parse({
    id: "new",
    name: "Coffee",
    active: true,
    award: { kind: "per amount", points: 5, per: 100 },
    minimum: null,
    ...differs,
  });

type Differs = { item?: object; also?: object[]; member?: object; order?: object; properties?: object[] };

function basket(differs: Differs = {}): Imagined {
  const { value } = readDraft(imagined, firstImagined("USD", "2026-11-27T10:00"), "USD");
  if (!value) throw new Error("The first basket is no basket.");
  return imagined.parse({
    items: [{ ...value.items[0], ...differs.item }, ...(differs.also ?? []).map((one) => ({ ...value.items[0], ...one }))],
    member: { ...value.member, ...differs.member },
    order: { ...value.order, ...differs.order },
    properties: differs.properties ?? [],
  });
}

/** What it gave, and how it stood with its questions. */
function tried(one: EarningRule, given: Imagined = basket(), around: Definition = programme) {
  const result = tryRule(one, around, given, shop);
  if ("unsettled" in result) return result;
  const trace = result.judgement.rules.find(({ ruleId }) => ruleId === one.id);
  if (!trace) throw new Error("The rule left no trace.");
  return {
    points: trace.points,
    why: trace.why?.reason ?? null,
    passed: trace.tests.map(([, passed]) => passed),
    boosts: trace.boosts,
    caps: trace.caps,
  };
}

describe("a rule that is tried on an imagined basket", () => {
  test("gives what an order of it would earn", () => {
    expect(tried(rule())).toMatchObject({ points: 250, why: null, passed: [] });
    expect(tried(rule(), basket({ item: { price: 1234, quantity: 3, discount: 200 } }))).toMatchObject({ points: 175 });
  });

  test("answers each question", () => {
    const when = {
      kind: "all",
      of: [
        { kind: "order amount", least: 3000 },
        { kind: "product type", types: ["Coffee"] },
      ],
    };
    expect(tried(rule({ when }))).toMatchObject({ points: 0, why: "no items", passed: [true, false] });
    expect(tried(rule({ when }), basket({ item: { type: "coffee" } }))).toMatchObject({ points: 250, passed: [true, true] });
    const tagged = { kind: "product tag", tags: ["sale"] };
    expect(tried(rule({ when: tagged }), basket({ item: { tags: ["New", "Sale"] } }))).toMatchObject({ points: 250 });
    const vip = { kind: "customer tag", tags: ["VIP"] };
    expect(tried(rule({ when: vip }), basket({ member: { tags: ["vip"] } }))).toMatchObject({ points: 250 });
    expect(tried(rule({ when: vip }))).toMatchObject({ points: 0 });
  });

  test("gives nothing for the reason for which an order would earn nothing", () => {
    expect(tried(rule({ minimum: 6000 }))).toMatchObject({ points: 0, why: "below minimum" });
    expect(tried(rule({ runs: { from: "2026-11-27T10:01", until: null } }))).toMatchObject({ why: "not running" });
    expect(tried(rule({ when: { kind: "first order" } }), basket({ member: { ordersBefore: 1 } }))).toMatchObject({ why: "conditions" });
    const rival = { ...rule({ group: "g", award: { kind: "fixed", points: 900 } }), id: "rival", name: "Rival" };
    expect(tried(rule({ group: "g" }), basket(), { ...programme, earning: [rival] })).toMatchObject({ points: 0, why: "beaten" });
  });

  test("is boosted and limited like an order", () => {
    const doubled = { ...programme, boosts: [boost.parse({ id: "b", name: "Weekend", active: true, times: 20_000 })] };
    const limited = rule({ limits: [{ most: 100, of: "points", per: "day" }] });
    expect(tried(limited, basket({ member: { tierId: "gold" } }), doubled)).toMatchObject({
      points: 100,
      boosts: [{ name: "Gold" }, { name: "Weekend" }],
      caps: [{ before: 750, after: 100 }],
    });
  });

  test("is asked by the clocks of the programme", () => {
    const when = { kind: "all", of: [{ kind: "weekday and hours", days: ["5"], from: "09:00", until: "11:00" }] };
    expect(tried(rule({ when }))).toMatchObject({ points: 250 });
    expect(tried(rule({ when }), basket({ order: { at: "2026-11-27T11:00" } }))).toMatchObject({ points: 0 });
  });

  test("looks at an event and what it says of itself", () => {
    const review = rule({
      on: { kind: "event", name: "review.written" },
      award: { kind: "fixed", points: 20 },
      when: { kind: "all", of: [{ kind: "event property", property: "stars", operator: "at least", values: ["4"] }] },
    });
    expect(tried(review, basket({ properties: [{ name: "stars", value: "5" }] }))).toMatchObject({ points: 20 });
    expect(tried(review, basket({ properties: [{ name: "stars", value: "3" }] }))).toMatchObject({ points: 0 });
  });

  const gid = (type: string) => `gid://shopify/${type}/1`;
  const one = (type: string) => [{ gid: gid(type), title: "One" }];
  const table: [object, Differs][] = [
    [{ kind: "order amount", least: 6000 }, { item: { price: 6000 } }],
    [{ kind: "item count", least: 2 }, { item: { quantity: 2 } }],
    [{ kind: "product", products: one("Product") }, { item: { products: one("Product") } }],
    [{ kind: "variant", variants: one("ProductVariant") }, { item: { variants: one("ProductVariant") } }],
    [{ kind: "collection", collections: one("Collection") }, { item: { collections: one("Collection") } }],
    [{ kind: "product type", types: ["Tea"] }, { item: { type: "Tea" } }],
    [{ kind: "vendor", vendors: ["Acme"] }, { item: { vendor: "Acme" } }],
    [{ kind: "product tag", tags: ["new"] }, { item: { tags: ["new"] } }],
    [{ kind: "sku", skus: ["A-1"] }, { item: { sku: "A-1" } }],
    [{ kind: "price", least: 6000 }, { item: { price: 6000 } }],
    [{ kind: "discounted", sold: "discounted" }, { item: { compareAt: 9000 } }],
    [{ kind: "discount code", used: "these", codes: ["SAVE"] }, { order: { codes: ["SAVE"] } }],
    [{ kind: "subscription", bought: "subscription" }, { item: { subscription: true } }],
    [{ kind: "channel", channels: ["company"] }, { order: { company: true } }],
    [{ kind: "currency", currencies: ["EUR"] }, { order: { currency: "eur" } }],
    [{ kind: "country", countries: ["CA"] }, { order: { country: "ca" } }],
    [{ kind: "payment gateway", gateways: ["paypal"] }, { order: { gateway: "paypal" } }],
    [{ kind: "first order" }, {}],
    [{ kind: "nth order", which: "exactly", number: 3 }, { member: { ordersBefore: 2 } }],
    [{ kind: "days since last order", least: 30, most: 31 }, { member: { ordersBefore: 1, lastOrder: "2026-10-28" } }],
    [{ kind: "customer tag", tags: ["vip"] }, { member: { tags: ["vip"] } }],
    [{ kind: "segment", segments: one("Segment") }, { member: { segments: one("Segment") } }],
    [{ kind: "tier", tiers: ["gold"] }, { member: { tierId: "gold" } }],
    [{ kind: "member since", least: 365 }, { member: { joined: "2025-11-01" } }],
    [{ kind: "birthday window", before: 0, after: 0 }, { member: { birthday: "1990-11-27" } }],
    [{ kind: "date window", from: "2026-12-24T00:00", until: "2026-12-25T00:00" }, { order: { at: "2026-12-24T10:00" } }],
    [{ kind: "weekday and hours", days: ["6"] }, { order: { at: "2026-11-28T10:00" } }],
    [{ kind: "recurring", every: "month", day: 3 }, { order: { at: "2026-12-03T10:00" } }],
  ];
  test.each(table)("can be shown to pass where it asks %j", (when, differs) => {
    expect(tried(rule({ when }), basket(differs))).toMatchObject({ passed: [true] });
    // Otherwise it would hold for whatever is imagined.
    const isFirst = Object.keys(differs).length === 0;
    expect(tried(rule({ when }), basket(isFirst ? { member: { ordersBefore: 1 } } : {}))).toMatchObject({ points: 0 });
  });

  test("can answer every question that there is", () => {
    const asked = new Set([...table.map(([when]) => (when as { kind: string }).kind), "event property"]);
    expect(conditionKinds.map((kind) => kind.name).filter((name) => !asked.has(name))).toEqual([]);
  });

  test("is tried alone where another part is not settled yet, and says what is wrong with itself", () => {
    const broken = { ...programme, earning: [rule({ when: { kind: "tier", tiers: ["gone"] } })].map((one) => ({ ...one, id: "broken" })) };
    expect(tried(rule(), basket(), broken)).toMatchObject({ points: 250 });
    expect(tried(rule({ when: { kind: "tier", tiers: ["gould"] } }))).toEqual({
      unsettled: [expect.stringContaining("There is no tier called “gould” in this programme.")],
    });
  });

  test("is told by what it gives, also where that is no number", () => {
    const [reward] = programme.rewards;
    const thanks = { ...reward, id: "thanks", name: "Thank you" };
    const shopWith = definition.parse({ ...programme, rewards: [thanks], badges: [{ id: "loyal", name: "Loyal" }] });
    const say = wordsOf({ currency: "USD", pointsName: shopWith.points, names: namesOf(shopWith) });
    const told = (differs: object) => {
      const one = rule(differs);
      const result = tryRule(one, shopWith, basket(), shop);
      if ("unsettled" in result) throw new Error(result.unsettled.join(" "));
      const { heading, parts } = triedWords(result, one, say);
      return [heading, ...parts.flatMap((part) => [part.heading, ...part.steps])].filter(Boolean);
    };
    expect(told({})).toEqual(["An order of $50 earns 250 points.", "5 points for every $1 spent, and $50 counted: 250 points."]);
    expect(told({ award: { kind: "reward", rewardId: "thanks" } })).toEqual(["An order of $50 earns the reward “Thank you”."]);
    expect(told({ award: { kind: "badge", badgeId: "loyal" } })).toEqual(["An order of $50 earns the badge “Loyal”."]);
    expect(told({ award: { kind: "tier", tierId: "gold", months: 2 } })).toEqual(["An order of $50 earns Gold status for 2 months."]);
    expect(told({ award: { kind: "reward", rewardId: "thanks" }, on: { kind: "birthday" } })).toEqual([
      "Coffee gave the reward “Thank you”.",
    ]);
    expect(told({ award: { kind: "certificate", points: 200, rewardId: "thanks" } })).toEqual([
      "Made of what members have collected, whenever that is enough: no single order or event earns it.",
      "The reward “Thank you” for every 200 points collected.",
    ]);
    expect(told({ award: { kind: "reward", rewardId: "thanks" }, minimum: 6000 })).toEqual([
      "Coffee gave nothing: the order came to $50 and the rule asks for $60.",
    ]);
  });
});
