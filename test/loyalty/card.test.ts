import { expect, test } from "vitest";
import { buildCard, buildProgrammeCard, type CardMember, type CardProgramme } from "../../app/loyalty/card.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";

const at = new Date("2026-11-21T12:00:00Z");
const definition = simplePoints(100);
const live: CardProgramme = { definition, phase: "live", testTag: null };
const ann = (changes: Partial<CardMember> = {}): CardMember => ({
  state: "active",
  tags: [],
  points: 0,
  pending: 0,
  owed: 0,
  codes: [],
  ...changes,
});

test("a card says how many points are missing for the next reward", () => {
  expect(buildCard(live, ann({ points: 380, pending: 20 }), at)).toEqual({
    v: 1,
    open: true,
    points: 380,
    pending: 20,
    owed: 0,
    name: { one: "point", other: "points" },
    next: { name: "Thank you", points: 500, missing: 120 },
    affordable: [],
    codes: [],
    at: "2026-11-21T12:00:00.000Z",
  });
});

test("with exactly the points of a reward it can be had, and there is no next one", () => {
  const card = buildCard(live, ann({ points: 500 }), at);
  expect(card.affordable).toEqual(["five-off"]);
  expect(card.next).toBeNull();
});

test("rewards are told cheapest first, and one that is switched off is not told", () => {
  const [five] = definition.rewards;
  if (!five) throw new Error("The simple programme has a reward.");
  const rewards = [
    { ...five, id: "dear", points: 900, active: true },
    { ...five, id: "off", points: 10, active: false },
    { ...five, id: "cheap", points: 100, active: true },
  ];
  const programme = { ...live, definition: { ...definition, rewards } };
  expect(buildCard(programme, ann({ points: 150 }), at).affordable).toEqual(["cheap"]);
  expect(
    buildProgrammeCard({ ...programme, currency: "USD" }, { proxyPath: "/apps/laurel", locale: "en" }).rewards.map((one) => one.id),
  ).toEqual(["cheap", "dear"]);
});

test.each([
  ["live, for everybody", { phase: "live" as const, testTag: null }, {}, true],
  ["paused, for nobody", { phase: "paused" as const, testTag: null }, {}, false],
  ["off, for nobody", { phase: "off" as const, testTag: null }, {}, false],
  ["testing, for a tester whatever the letters", { phase: "testing" as const, testTag: "Tester" }, { tags: ["tester"] }, true],
  ["testing, not for others", { phase: "testing" as const, testTag: "tester" }, { tags: ["vip"] }, false],
  ["blocked", { phase: "live" as const, testTag: null }, { state: "blocked" }, false],
  ["left", { phase: "live" as const, testTag: null }, { state: "left" }, false],
])("a card is open only for whom the programme serves: %s", (_, phase, member, open) => {
  expect(buildCard({ definition, ...phase }, ann(member), at).open).toBe(open);
});

test("a customer with the excluded tag gets a closed card", () => {
  const programme = { ...live, definition: { ...definition, policies: { ...definition.policies, excludeTag: "wholesale" } } };
  expect(buildCard(programme, ann({ tags: ["Wholesale"] }), at).open).toBe(false);
});

test("the programme's card says in sentences what is earned and what it is worth", () => {
  const card = buildProgrammeCard({ ...live, currency: "EUR" }, { proxyPath: "/apps/stars", locale: "en" });
  expect(card).toEqual({
    v: 1,
    open: true,
    name: { one: "point", other: "points" },
    currency: "EUR",
    proxyPath: "/apps/stars",
    earning: [
      {
        name: "Shopping",
        sentence: "1 point for every €1 spent",
        sentences: { en: "1 point for every €1 spent", fr: "1 point par tranche de 1 € dépensée" },
      },
    ],
    rewards: [{ id: "five-off", name: "Thank you", sentence: "€5 off", sentences: { en: "€5 off", fr: "5 € de réduction" }, points: 500 }],
  });
});

test("a minimum is part of what is said about earning", () => {
  const [shopping] = definition.earning;
  if (!shopping) throw new Error("The simple programme has an earning rule.");
  const programme = { ...live, currency: "USD", definition: { ...definition, earning: [{ ...shopping, minimum: 2000 }] } };
  expect(buildProgrammeCard(programme, { proxyPath: "/apps/laurel", locale: "en" }).earning[0]?.sentence).toBe(
    "1 point for every $1 spent, on orders of $20 or more",
  );
});

test("a reward of another unit is had with that unit, and never with points", () => {
  const [five] = definition.rewards;
  if (!five) throw new Error("The simple programme has a reward.");
  const stamps = { one: "stamp", other: "stamps" };
  const programme = {
    ...live,
    definition: {
      ...definition,
      units: [{ id: "stamps", name: stamps, holdDays: 0, expiry: { kind: "never" as const } }],
      badges: [{ id: "regular", name: "Regular" }],
      rewards: [
        { ...five, id: "coffee", points: 9, unit: "stamps" },
        { ...five, id: "note", points: 100, offered: false },
      ],
    },
  };
  const six = buildCard(programme, ann({ points: 5000, units: { stamps: { available: 6, pending: 1 } }, badges: ["regular", "gone"] }), at);
  expect(six).toMatchObject({
    next: null,
    affordable: [],
    units: [{ id: "stamps", name: stamps, available: 6, pending: 1 }],
    badges: [{ id: "regular", name: "Regular" }],
  });
  expect(buildCard(programme, ann({ units: { stamps: { available: 9, pending: 0 } } }), at).affordable).toEqual(["coffee"]);
  expect(buildProgrammeCard({ ...programme, currency: "USD" }, { proxyPath: "/apps/laurel", locale: "en" }).rewards).toMatchObject([
    { id: "coffee", points: 9, unit: { id: "stamps", name: stamps } },
  ]);
});

test("the shop tells of rules that compete that only the best counts", () => {
  const [shopping] = definition.earning;
  if (!shopping) throw new Error("The simple programme has a rule.");
  const coffee = { ...shopping, id: "coffee", name: "Coffee", group: "best", boosted: false, judgesAgain: true };
  const earning = [{ ...shopping, group: "best" }, coffee, { ...coffee, id: "off", name: "Off", active: false }];
  const texts = { fr: { "earning.coffee": "Café" } };
  const card = buildProgrammeCard(
    { ...live, definition: { ...definition, earning, texts }, currency: "USD" },
    { proxyPath: "/apps/laurel", locale: "en" },
  );
  expect(card.earning.map((one) => one.sentence)).toEqual([
    "1 point for every $1 spent, unless “Coffee” gives more",
    "1 point for every $1 spent, unless “Shopping” gives more",
  ]);
  expect(card.earning[0]?.sentences.fr).toContain("sauf si « Café » donne plus");
});
