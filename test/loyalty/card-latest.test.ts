import { describe, expect, test } from "vitest";
import { buildCard } from "../../app/loyalty/card.ts";
import { compile } from "../../app/loyalty/earning/evaluate.ts";
import type { Circumstances } from "../../app/loyalty/earning/judgement.ts";
import { cardLatest, type LatestMovement } from "../../app/loyalty/explain/card-latest.ts";
import { explainToShopper } from "../../app/loyalty/explain/for-shoppers.ts";
import { wordsFor } from "../../app/loyalty/explain/words-for.ts";
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

describe("what is the merchant's own stays off a card", () => {
  const staff = { version: 1, phase: "live", testTag: null, tags: [], deleted: false, memberState: "active" } as const;
  const stepsOf = (wish: object, at: Partial<Circumstances>, locale: string) => {
    const mean = programme({ ...definition, ...wish });
    const judgement = compile(1, mean, { currency: "USD" }).judge(order({ lines: [line({ sold: 4_200 })] }), { ...staff, ...at });
    const explanation = { order: "#1001", due: judgement.due, recorded: 0, judgement };
    return cardLatest([anAward({ explanation, definition: mean, more: [] })], now, locale)[0]?.steps.slice(0, 1);
  };

  test.each<[string, object, Partial<Circumstances>, string, string]>([
    [
      "what a budget had left",
      { budgets: { retention: { points: 900, per: "month" }, acquisition: null } },
      { room: { retention: 7 } },
      "Shopping gave 7 stars. 1 star for every $1 spent, and $42 counted: 42 stars. Cut from 42 stars to 7 stars: the campaign’s budget was used up.",
      "Shopping a donné 7 stars. 1 star par tranche de 1 $ dépensée, et 42 $ comptaient : 42 stars. Réduit de 42 stars à 7 stars : le budget de la campagne était épuisé.",
    ],
    [
      "a limit of all rules",
      { policies: { ...definition.policies, limits: [{ most: 500, of: "points", per: "month", days: null }] } },
      { used: { "*/0": 480 } },
      "Shopping gave 20 stars. 1 star for every $1 spent, and $42 counted: 42 stars. Cut from 42 stars to 20 stars: the most that a member gets was reached.",
      "Shopping a donné 20 stars. 1 star par tranche de 1 $ dépensée, et 42 $ comptaient : 42 stars. Réduit de 42 stars à 20 stars : le maximum par membre était atteint.",
    ],
    [
      "a tag that keeps customers out",
      { policies: { ...definition.policies, excludeTag: "thief" } },
      { tags: ["thief"] },
      "Nothing is due: the order is by a member who takes no part in the programme.",
      "Rien n’est dû : la commande est d’un membre qui ne participe pas au programme.",
    ],
    [
      "who tries the programme out",
      {},
      { phase: "testing", testTag: "friend" },
      "Nothing is due: the order was placed while the programme gave no points.",
      "Rien n’est dû : la commande a été passée quand le programme ne donnait pas de points.",
    ],
  ])("%s", (_, wish, at, en, fr) => {
    expect(stepsOf(wish, at, "en")).toEqual([en]);
    expect(stepsOf(wish, at, "fr")?.map((one) => one.replaceAll(/[\u00a0\u202f]/g, " "))).toEqual([fr]);
  });

  test("the id of a rule that no version names any more", () => {
    const { judgement } = anAward().explanation;
    const beaten = { reason: "beaten" as const, by: "secret-test-7", points: 5, rival: 9 };
    const rules = (judgement?.rules ?? []).slice(0, 1).map((one) => ({ ...one, passed: false, points: 0, why: beaten }));
    const award = anAward({ explanation: { order: "#1", due: 0, recorded: 0, judgement: judgement && { ...judgement, rules } }, more: [] });
    expect(cardLatest([award], now, "en")[0]?.steps).toEqual([
      "Shopping gave nothing: another rule of the same group gave more, 9 stars against 5 stars.",
    ]);
  });

  test("the name of a file that was imported", () => {
    const { sentence } = explainToShopper(
      { kind: "import", explanation: { points: 9, fileName: "old-app-ann.csv" }, postings: [] },
      wordsFor(now, "en"),
      { definition: null, more: [] },
    );
    expect(sentence).toBe("Opening balance of 9 stars.");
  });
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
