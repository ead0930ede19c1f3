import { expect, test } from "vitest";
import { buildCard } from "../../app/loyalty/card.ts";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import { cardLatest, type LatestMovement } from "../../app/loyalty/explain/card-latest.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { lineFacts as line, orderFacts as order } from "../support/order-facts.ts";
import { programme } from "../support/rules.ts";

const stars = { one: "star", other: "stars" };
const definition = programme({
  points: stars,
  earning: [
    { id: "shopping", name: "Shopping", award: { kind: "per amount", points: 1, per: 100, unit: "points" } },
    { id: "big", name: "Big basket", award: { kind: "fixed", points: 50, unit: "points" }, minimum: 5_000 },
  ],
});
const now = { definition, currency: "USD" };
const at = new Date("2026-05-01T10:00:00Z");

function anAward(wish: Partial<LatestMovement> = {}): LatestMovement {
  const judgement = compile(1, definition, { currency: "USD" }).judge(order({ lines: [line({ sold: 4_200 })] }), {
    version: 1,
    phase: "live",
    testTag: null,
    tags: [],
    deleted: false,
    memberState: "active",
  });
  return {
    kind: "order",
    explanation: { order: "#1001", due: 42, recorded: 0, judgement },
    postings: [{ from: "issued", to: "available", amount: 42 }],
    at,
    definition,
    more: [{ what: "amount", missing: 800, on: null, gain: { points: 58 }, gifts: [] }],
    ...wish,
  };
}

test("a card says what gave, what nearly did and what would have given more, in the member's language", () => {
  expect(cardLatest([anAward()], now, "en")).toEqual([
    {
      at: "2026-05-01T10:00:00.000Z",
      sentence: "#1001 earned 42 stars.",
      points: 42,
      steps: [
        "Shopping gave 42 stars. 1 star for every $1 spent, and $42 counted: 42 stars.",
        "Big basket gave nothing: the order came to $42 and the rule asks for $50.",
        "$8 more would have earned 58 stars more.",
      ],
    },
  ]);
  expect(cardLatest([anAward()], now, "fr-CA")[0]?.sentence).toBe("#1001 a donné 42 stars.");
});

test("what staff wrote is not on a card", () => {
  const adjusted = anAward({ kind: "adjust", explanation: { points: 42, reason: "Ann Lee, ann@example.com, called" }, more: [] });
  const [latest] = cardLatest([adjusted], now, "en");
  expect(latest).toMatchObject({ sentence: "Staff added 42 stars.", steps: [] });
});

test("a card holds five movements at most, and stays small whatever a programme has", () => {
  expect(
    cardLatest(
      Array.from({ length: 9 }, () => anAward()),
      now,
      "en",
    ),
  ).toHaveLength(5);
  const long = { ...definition, earning: definition.earning.map((rule) => ({ ...rule, name: "é".repeat(80) })) };
  const rules = compile(1, long, { currency: "USD" }).judge(order(), {
    version: 1,
    phase: "live",
    testTag: null,
    tags: [],
    deleted: false,
    memberState: "active",
  }).rules;
  const judgement = { ...(anAward().explanation.judgement as object), rules: Array.from({ length: 40 }, () => rules).flat() };
  const award = anAward({ explanation: { order: "#1001", due: 42, recorded: 0, judgement: judgement as never } });
  const names = Array.from({ length: 8 }, (_, n) => anAward({ explanation: { ...award.explanation, order: `#${n}` } }));
  const latest = cardLatest(names, now, "en");
  expect(latest.length).toBeGreaterThan(0);
  const card = buildCard(
    { definition: simplePoints(100), phase: "live", testTag: null },
    { state: "active", tags: [], points: 0, pending: 0, owed: 0, codes: [], latest },
    at,
  );
  expect(card.latest).toEqual(latest);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(4_000);
});

test("a closed card says nothing of what happened", () => {
  const member = { state: "blocked", tags: [], points: 0, pending: 0, owed: 0, codes: [], latest: cardLatest([anAward()], now, "en") };
  expect(buildCard({ definition, phase: "live", testTag: null }, member, at)).not.toHaveProperty("latest");
});
