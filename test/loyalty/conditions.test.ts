import { describe, expect, test } from "vitest";
import { z } from "zod";
import { conditionKinds } from "../../app/loyalty/earning/conditions/index.ts";
import { type Circumstances, compile } from "../../app/loyalty/earning/evaluate.ts";
import { type Condition, conditionOf, settingsOf, tree } from "../../app/loyalty/earning/tree.ts";
import { earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { lineFacts, orderFacts } from "../support/order-facts.ts";
import { ofItems } from "./conditions/of-items.ts";
import { ofMembers } from "./conditions/of-members.ts";
import { ofOrders } from "./conditions/of-orders.ts";
import { ofTime } from "./conditions/of-time.ts";
import type { Facts, Story } from "./conditions/story.ts";

// Every kind has its table: a kind without one does not compile here.
const stories: Record<(typeof conditionKinds)[number]["name"], Story> = { ...ofItems, ...ofOrders, ...ofMembers, ...ofTime };

const read = (kind: string, settings: object): Condition => tree.parse({ kind, ...settings }) as Condition;

const names = { tier: { gold: "Gold", platinum: "Platinum" } };
const saying = (locale: string) => wordsOf({ currency: "USD", pointsName: { one: "point", other: "points" }, locale, names });
// Intl writes blanks that do not break; the tables write plain ones.
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");
const said = (kind: string, settings: object, locale: string) => {
  const condition = read(kind, settings);
  return plain(conditionOf(condition).sentence(settingsOf(condition), saying(locale)));
};

/** Asks through the engine itself: a rule with this one condition passes or does not. */
function asked(kind: string, settings: object, facts: Facts) {
  const rule = earningRule.parse({
    id: "asked",
    name: "Asked",
    active: true,
    award: { kind: "fixed", points: 1 },
    minimum: null,
    judgesAgain: facts.again ?? false,
    on: facts.event ? { kind: "event", name: facts.event.name } : { kind: "order" },
    when: { kind, ...settings },
  });
  const { zone: timeZone = "UTC", currency = "USD", at = "2026-05-01T10:00:00.000Z" } = facts;
  const programme = compile(1, { ...simplePoints(100), earning: [rule] }, { timeZone, currency });
  const lines = (facts.lines ?? [facts.line ?? {}]).map((wish) =>
    lineFacts({ sold: 5_000, variantGid: "gid://shopify/ProductVariant/1", remaining: wish.quantity ?? 1, ...wish }),
  );
  const product = { type: "", vendor: "", tags: [], collections: [], compareAt: {}, ...facts.product };
  const circumstances: Circumstances = {
    version: 1,
    phase: "live",
    testTag: null,
    tags: facts.tags ?? [],
    deleted: false,
    memberState: "active",
    ...(facts.member ? { member: facts.member } : {}),
    products: facts.product ? { "gid://shopify/Product/1": product } : {},
  };
  const judgement = facts.event
    ? programme.judgeEvent({ trigger: "event", at: Date.parse(at), event: facts.event }, circumstances)
    : programme.judge(orderFacts({ currency, placedAt: new Date(at).toISOString(), lines, ...facts.order }), circumstances);
  const [trace] = judgement.rules;
  if (!trace) throw new Error("The rule was not asked.");
  return trace;
}

describe.each(Object.entries(stories))("%s", (kind, { example, en, fr, says = [], refused = [], rows }) => {
  test("says what it asks, in both languages", () => {
    for (const [settings, english, french] of [[example, en, fr] as const, ...says])
      expect([said(kind, settings, "en"), said(kind, settings, "fr")]).toEqual([english, french]);
  });

  test.each(rows.map(([what, settings, facts, holds]) => ({ what, settings, facts, holds })))(
    "$what: $holds",
    ({ settings, facts, holds }) => {
      const trace = asked(kind, settings, facts);
      expect(trace.passed).toBe(holds);
      // What is told is what decided.
      expect(trace.tests.every(([, passed]) => passed) && trace.why === null).toBe(holds);
    },
  );

  test("has an order or event that passes and one that does not", () => {
    expect(new Set(rows.map((row) => row[3]))).toEqual(new Set([true, false]));
  });

  test.each(refused)("refuses %j", (settings) => {
    expect(tree.safeParse({ kind, ...settings }).success).toBe(false);
  });

  test("refuses what it does not know", () => {
    expect(tree.safeParse({ kind, ...example, nonsense: 1 }).success).toBe(false);
  });
});

describe.each(conditionKinds.map((kind) => [kind.name, kind] as const))("the contract of every kind: %s", (name, kind) => {
  const { example } = stories[name];

  test("it and each of its settings have a label", () => {
    expect(kind.label).toMatch(/^[A-Z]/);
    for (const field of Object.values<z.ZodType>(kind.settings.shape)) expect(labelOf(field)).toMatch(/^[A-Z]/);
  });

  test("a stored example is read as it was written", () => {
    const stored = read(name, example);
    expect(tree.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  test("its settings are a JSON Schema with the same fields", () => {
    const schema = z.toJSONSchema(kind.settings, { io: "input" });
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(kind.settings.shape));
  });

  test("its sentence can follow an award and an “except”", () => {
    expect(said(name, example, "en")).toMatch(/^(on|for|from|with|in|when|every|\d)/);
    expect(said(name, example, "en")).not.toBe(said(name, example, "fr"));
  });

  test("it tells what it looked at as a plain value", () => {
    const [, settings, facts] = stories[name].rows[0] ?? ["", {}, {}];
    for (const [, , saw] of asked(name, settings, facts).tests) expect(JSON.parse(JSON.stringify(saw))).toEqual(saw);
  });
});

test("facts that an order lacks are named by whoever asks for them", () => {
  const needs = Object.fromEntries(conditionKinds.flatMap((kind) => (kind.needs ? [[kind.name, kind.needs]] : [])));
  expect(needs).toEqual({
    collection: ["products"],
    "product type": ["products"],
    vendor: ["products"],
    "product tag": ["products"],
    discounted: ["products"],
    "first order": ["history", "order count"],
    "nth order": ["history", "order count"],
    "days since last order": ["history", "order count"],
    "customer tag": ["customer tags"],
    segment: ["segments"],
    tier: ["tier"],
    "member since": ["customer"],
    "birthday window": ["customer"],
  });
});

test.each<[string, object, Facts, unknown]>([
  ["order amount", { least: 1 }, { line: { sold: 4_200 } }, 4_200],
  ["item count", { least: 1 }, { line: { quantity: 4 } }, 4],
  ["nth order", { which: "exactly", number: 3 }, { member: { ordersBefore: 6 } }, 7],
  ["days since last order", { least: 1 }, { member: { lastOrderAt: Date.parse("2026-04-01T00:00Z") } }, 30],
  ["days since last order", { least: 1 }, {}, null],
  ["customer tag", { tags: ["vip"] }, { tags: ["owes-me-money", "VIP"] }, "VIP"],
  ["channel", { channels: ["pos"] }, { order: { channel: "web", company: true } }, "Online store, Bought by a company (B2B)"],
  ["channel", { channels: ["pos"] }, { order: { channel: "580111" } }, "580111"],
  ["birthday window", {}, { member: { birthday: "12-24" } }, "2026-05-01"],
  ["recurring", { every: "month", day: 3 }, {}, "Friday 2026-05-01"],
])("%s %j tells what it saw of %j: %j", (kind, settings, facts, saw) => {
  expect(asked(kind, settings, facts).tests[0]?.[2]).toBe(saw);
});

function labelOf(field: z.ZodType): unknown {
  const { label } = (field.meta() ?? {}) as { label?: string };
  if (label) return label;
  return "unwrap" in field && typeof field.unwrap === "function" ? labelOf(field.unwrap()) : undefined;
}
