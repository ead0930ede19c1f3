import fc from "fast-check";
import { expect, test } from "vitest";
import { checkProgramme, sayProblem } from "../../app/loyalty/program/check.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";

const simple = simplePoints(100);
const [rule] = simple.earning;
const [reward] = simple.rewards;
if (!rule || !reward) throw new Error("The simple programme has a rule and a reward.");

const told = (value: unknown): string[] => {
  const checked = checkProgramme(value);
  return checked.ok ? [] : checked.problems.map((one) => `${one.path}: ${sayProblem(one)}`);
};
const withRule = (more: object) => ({ ...simple, earning: [{ ...rule, ...more }] });
const withGold = { ...simple, tiers: { levels: [{ id: "gold", name: "Gold" }] } };

const boost = { id: "b", name: "B", active: true, times: 20_000 };
const allSettings = `Its settings are: ${Object.keys(definition.shape).join(", ")}.`;

const spent = (id: string, least: number, ...more: object[]) => ({ id, name: id, reach: [{ kind: "spend", least }, ...more] });

type Row = [what: string, given: unknown, said: string[]];
test.each<Row>([
  [
    "text for a number",
    withRule({ minimum: "5" }),
    ['earning[0].minimum: Expected a whole number, found text "5". Write 5 without quotation marks.'],
  ],
  [
    "an unknown key",
    withRule({ award: { kind: "fixed", points: 1, unti: "points" } }),
    ["earning[0].award.unti: There is no setting called “unti” here. Did you mean “unit”?"],
  ],
  [
    "an unknown key far from any other",
    { ...simple, colour: "red" },
    [
      "colour: There is no setting called “colour” here. There are: points, units, earning, boosts, tiers, badges, rewards, budgets, policies, texts.",
    ],
  ],
  [
    "an unknown kind",
    withRule({ award: { kind: "per amout", points: 1, per: 100 } }),
    ["earning[0].award.kind: There is no kind called “per amout” here. Did you mean “per amount”?"],
  ],
  [
    "a kind without a name",
    withRule({ on: {} }),
    ["earning[0].on.kind: “kind” is missing. It can be “order”, “joined”, “birthday”, “anniversary”, “event”."],
  ],
  [
    "what a form shows for what is stored",
    withRule({ budget: "Acquisition" }),
    ['earning[0].budget: Expected one of “retention”, “acquisition”, found text "Acquisition". Did you mean “acquisition”?'],
  ],
  [
    "a fraction of a number",
    withRule({ award: { kind: "fixed", points: 2.5 } }),
    ["earning[0].award.points: Expected a whole number, found 2.5. Enter a whole number."],
  ],
  [
    "money with a point",
    withRule({ minimum: 4.5 }),
    ["earning[0].minimum: Expected a whole number, found 4.5. Money is in minor units: 4.50 of a currency with cents is 450."],
  ],
  [
    "per cent with a point",
    { ...simple, tiers: { levels: [{ id: "gold", name: "Gold", times: 112.5 }] } },
    ["tiers.levels[0].times: Expected a whole number, found 112.5. Percentages are in hundredths of a per cent: 112.5 % is 11250."],
  ],
  ["too little", { ...simple, rewards: [{ ...reward, points: 0 }] }, ["rewards[0].points: 0 is too little. Enter 1 or more."]],
  [
    "an id with capitals",
    withRule({ id: "Every Order" }),
    ['earning[0].id: Text "Every Order" is not written as it has to be. An id has small letters, digits and hyphens.'],
  ],
  [
    "a day that there is not",
    withRule({ runs: { from: "2026-02-30T09:00", until: null } }),
    ["earning[0].runs.from: There is no such day. 2026-02 has 28 days."],
  ],
  [
    "something missing",
    { ...simple, rewards: [{ id: "x", name: "X", active: true, worth: reward.worth }] },
    ["rewards[0].points: It is missing (Costs): expected a whole number. Enter a whole number."],
  ],
  [
    "something missing that may be empty",
    { ...simple, earning: [{ id: "x", name: "X", active: true, award: rule.award }] },
    ["earning[0].minimum: It is missing (Minimum): expected a whole number. Write null to leave it empty."],
  ],
  [
    "a tier that is not in the ladder",
    { ...withGold, earning: [{ ...rule, when: { kind: "tier", tiers: ["glod"] } }] },
    ["earning[0].when.tiers[0]: There is no tier called “glod” in this programme. Did you mean “gold”?"],
  ],
  [
    "a day in words, told once",
    withRule({ runs: { from: "tomorrow", until: null } }),
    ['earning[0].runs.from: Text "tomorrow" is not written as it has to be. Enter a day and a time, such as 2026-11-27T09:00.'],
  ],
  [
    "a kind by another word",
    withRule({ when: { kind: "Weekdays" } }),
    ["earning[0].when.kind: There is no kind called “Weekdays” here. Did you mean “weekday and hours”?"],
  ],
  [
    "a setting by another word",
    withRule({ limits: [{ max: 5, of: "points", per: "daily", most: 5 }] }),
    [
      'earning[0].limits[0].per: Expected one of “order”, “day”, “week”, “month”, “year”, “rolling”, “lifetime”, found text "daily". Did you mean “day”?',
      "earning[0].limits[0].max: There is no setting called “max” here. Did you mean “most”? It is here too.",
    ],
  ],
  [
    "a word that a setting of another place goes by",
    withRule({ when: { kind: "order amount", min: 5_000 } }),
    [
      "earning[0].when.min: There is no setting called “min” here. Did you mean “least”?",
      "earning[0].when.least: Fill in at least one of these.",
    ],
  ],
  [
    "a choice far from any other, with all that there are",
    { ...simple, tiers: { levels: [{ id: "gold", name: "Gold", icon: "trophy", by: "some" }] } },
    [
      'tiers.levels[0].icon: Expected one of “star”, “heart”, “crown”, “diamond”, “leaf”, “medal”, “plane”, “cup”, found text "trophy".',
      'tiers.levels[0].by: Expected one of “any”, “all”, found text "some".',
    ],
  ],
  [
    "texts of nothing",
    { ...withGold, texts: { fr: { "reward.five-off": "Merci", "tiers.gold": "Or", "points.one": "point" } } },
    [
      "texts.fr.reward.five-off: Nothing in this programme is called “reward.five-off”. Did you mean “rewards.five-off”?",
      "texts.fr.points.one: Nothing in this programme is called “points.one”. Names of earning, tiers, rewards and badges can be said in other languages, by their ids, such as “earning.every-order”.",
    ],
  ],
  [
    "texts of what is broken, which are not wrong for that",
    { ...withGold, tiers: { levels: [{ id: "GOLD", name: "" }] }, texts: { fr: { "tiers.gold": "Or", "badges.x": "X" } } },
    [
      'tiers.levels[0].id: Text "GOLD" is not written as it has to be. An id has small letters, digits and hyphens.',
      "tiers.levels[0].name: It is empty. Fill this in.",
      "texts.fr.badges.x: Nothing in this programme is called “badges.x”. Names of earning, tiers, rewards and badges can be said in other languages, by their ids, such as “earning.every-order”.",
    ],
  ],
  [
    "more texts than names can be",
    { ...simple, texts: { fr: Object.fromEntries(Array.from({ length: 551 }, (_, n) => [`rewards.r-${n}`, "R"])) } },
    ["texts.fr: These are 551 texts. A language has at most 550."],
  ],
  [
    "more languages than anybody speaks",
    {
      ...simple,
      texts: Object.fromEntries(
        Array.from({ length: 51 }, (_, n) => [`a${String.fromCharCode(97 + (n % 26))}-A${n < 26 ? "A" : "B"}`, {}]),
      ),
    },
    ["texts: These are 51 languages. A programme speaks at most 50."],
  ],
  [
    "thresholds that go down",
    { ...simple, tiers: { levels: [spent("silver", 90_000), spent("gold", 60_000)] } },
    [
      "tiers.levels[1].reach[0].least: It is less than “silver” asks for, which is a lower tier: nobody would ever be in that one. List tiers from the lowest to the highest.",
    ],
  ],
  [
    "less of one measure, and more of another as well",
    {
      ...simple,
      tiers: { levels: [spent("silver", 90_000), { ...spent("gold", 60_000, { kind: "orders", least: 9 }), by: "all" }] },
    },
    [],
  ],
  [
    "a certificate of which nothing would be made",
    { ...withRule({ award: { kind: "certificate", points: 200, rewardId: reward.id } }), rewards: [{ ...reward, active: false }] },
    [
      "earning[0].award.rewardId: The reward “Thank you” is switched off, so that this rule would make nothing. Switch the reward on, or this rule off.",
    ],
  ],
  [
    "a measure of which nothing is counted yet",
    { ...simple, tiers: { levels: [spent("gold", 9, { kind: "referrals", least: 3 })] } },
    ["tiers.levels[0].reach[1].kind: “referrals” is not built in this version. It can be “spend”, “points earned”, “orders”, “items”."],
  ],
  [
    "other measures, and the same threshold again",
    { ...simple, tiers: { levels: [spent("silver", 9), spent("gold", 9, { kind: "orders", least: 1 })] } },
    [],
  ],
  [
    "a kind of a version to come",
    { ...simple, rewards: [{ ...reward, worth: { kind: "donation" } }] },
    [expect.stringMatching(/^rewards\[0\]\.worth\.kind: “donation” is not built in this version\. It can be /) as unknown as string],
  ],
  [
    "a kind of a version to come, in the plural",
    withRule({ award: { kind: "donations", points: 1 } }),
    [expect.stringMatching(/^earning\[0\]\.award\.kind: “donations” is not built in this version\. It can be /) as unknown as string],
  ],
  [
    "something to be filled in is not to be left empty as well",
    withRule({ limits: [{ most: 5, of: "points", per: "rolling" }] }),
    ["earning[0].limits[0].days: Say how many days."],
  ],
  [
    "two gifts or two perks of one tier by the same id, of which one would never be given",
    {
      ...simple,
      tiers: {
        levels: [
          {
            id: "gold",
            name: "Gold",
            grants: [1, 2].map((points) => ({ id: "extra", every: "month", gift: { kind: "points", points } })),
            perks: ["Call", "Visit"].map((name) => ({ id: "contact", name, task: true })),
          },
          { id: "platinum", name: "Platinum", perks: [{ id: "contact", name: "Call" }] },
        ],
      },
    },
    [
      "tiers.levels[0].grants[1].id: The id extra is used twice. Give one of them another.",
      "tiers.levels[0].perks[1].id: The id contact is used twice. Give one of them another.",
    ],
  ],
  ["text that is no programme", "points: 5", [`: Expected a group of settings, found text "points: 5". ${allSettings}`]],
  ["nothing", null, [`: Expected a group of settings, found nothing. ${allSettings}`]],
  [
    "yes, as people write it",
    withRule({ active: "Yes", boosted: "perhaps" }),
    [
      'earning[0].active: Expected true or false, found text "Yes". Write true, without quotation marks.',
      'earning[0].boosted: Expected true or false, found text "perhaps". Write true or false.',
    ],
  ],
  [
    "no list and no group",
    { ...simple, rewards: null, points: [] },
    [
      "points: Expected a group of settings, found a list. Its settings are: one, other.",
      "rewards: Expected a list, found nothing. Write [] where there are none, and else each on a line of its own after a dash.",
    ],
  ],
  [
    "no number at all",
    withRule({ minimum: Number.NaN }),
    ["earning[0].minimum: Expected a whole number, found NaN. Enter an amount of money."],
  ],
  [
    "a language as others write it",
    { ...simple, texts: { FR: {}, pt_br: {}, french: {} } },
    [
      'texts.FR: Text "FR" cannot be a name here. Did you mean “fr”?',
      'texts.pt_br: Text "pt_br" cannot be a name here. Did you mean “pt-BR”?',
      'texts.french: Text "french" cannot be a name here. A language is written as en, fr or pt-BR.',
    ],
  ],
  [
    "what refers to nothing, with all that there is",
    { ...simple, earning: [{ ...rule, award: { kind: "badge", badgeId: "star" } }], boosts: [{ ...boost, rules: ["christmas"] }] },
    [
      "earning[0].award.badgeId: There is no badge called “star” in this programme. It has none: add it first.",
      "boosts[0].rules[0]: There is no rule called “christmas” in this programme. There is: every-order.",
    ],
  ],
  [
    "letters that no database keeps",
    { ...withRule({ name: "a\0b" }), texts: { fr: { "earning.every-order": "\ud800" } } },
    ["earning[0].name", "texts.fr.earning.every-order"].map(
      (path) => `${path}: It has a character that cannot be kept. Type it again: the character may be one that nobody sees.`,
    ),
  ],
])("a wrong programme is told the place, the reason and what to do: %s", (_, given, said) => {
  expect(told(given)).toEqual(said);
});

test("all problems are told at once, those between parts too", () => {
  const spoilt = {
    ...simple,
    units: [{ id: "stars", name: { one: "star", other: "stars" } }],
    earning: [
      { ...rule, minimum: "5" },
      { ...rule, id: "two", award: { kind: "fixed", points: 1, unit: "starz" } },
      { ...rule, id: "two", limits: [{ most: 0, of: "points", per: "day" }] },
      7,
    ],
    boosts: [{ id: "b", name: "B", active: true, times: 20_000, rules: ["every-order", "tow"] }],
  };
  expect(told(spoilt).map((one) => one.slice(0, one.indexOf(": ")))).toEqual([
    "earning[0].minimum",
    "earning[2].limits[0].most",
    "earning[3]",
    "earning[2].id",
    "earning[1].award.unit",
    "boosts[0].rules[1]",
  ]);
});

test("what refers to a broken part is not called broken too", () => {
  const spoilt = {
    ...simple,
    tiers: { levels: [{ id: "gold", name: 5 }], window: "for ever" },
    rewards: [{ ...reward, points: "500" }],
    earning: [{ ...rule, when: { kind: "tier", tiers: ["gold"] } }],
    boosts: [{ id: "b", name: "B", active: true, times: 20_000, rules: ["every-order"] }],
  };
  expect(told(spoilt).map((one) => one.slice(0, one.indexOf(": ")))).toEqual(["tiers.levels[0].name", "tiers.window", "rewards[0].points"]);
});

test("a programme of an older Laurel is read with today's words", () => {
  const { expiry: _, ...policies } = simple.policies;
  const checked = checkProgramme({ ...simple, policies: { ...policies, expiryDays: 365 } });
  expect(checked).toMatchObject({ ok: true, definition: { policies: { expiry: { kind: "after earning", days: 365 } } } });
});

test("what is good is given back whole, with what was left out filled in", () => {
  expect(checkProgramme({ ...simple, boosts: undefined, units: undefined })).toEqual({ ok: true, definition: simple });
});

test("conditions nested beyond reason are refused, not followed", () => {
  let when: object = { kind: "all", of: [] };
  for (let deep = 0; deep < 50_000; deep += 1) when = { kind: "all", of: [when] };
  expect(told(withRule({ when }))).toEqual([": It is nested more than 60 deep. A programme is never so deep."]);
});

test("whatever is put in a programme's place gets an answer, and a good one only if it is one", () => {
  const places: PropertyKey[][] = [
    ["points"],
    ["earning", 0],
    ["earning", 0, "award"],
    ["earning", 0, "when"],
    ["tiers"],
    ["rewards", 0, "worth"],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.jsonValue(), (place, value) => {
      const spoilt = structuredClone(simple) as unknown as Record<PropertyKey, unknown>;
      const around = place.slice(0, -1).reduce((one, key) => one[key] as Record<PropertyKey, unknown>, spoilt);
      around[place.at(-1) ?? ""] = value;
      const checked = checkProgramme(spoilt);
      expect(checked.ok).toBe(definition.safeParse(spoilt).success);
      if (!checked.ok) for (const problem of checked.problems) expect(sayProblem(problem)).not.toMatch(/undefined|\[object|Invalid input/);
      if (!checked.ok) expect(checked.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("whatever is wrong, something is proposed", () => {
  // Sentences of our own say both at once, and a choice tells what can be chosen.
  const isReasonOnly = /^(It is missing|It is empty|Expected (?!one of)|.* is too (little|much)|.* is not written as|.* cannot be)/;
  const wrong = [null, [], {}, "", "x", -1, 0.5, 1e99, true, undefined, { kind: "nothing" }, [{}], "2026-02-30T00:00"];
  const spoil = (value: unknown, path: readonly string[] = []): unknown[] =>
    typeof value === "object" && value !== null
      ? Object.keys(value).flatMap((key) => {
          const put = (other: unknown) =>
            Array.isArray(value) ? value.map((one, at) => (String(at) === key ? other : one)) : { ...value, [key]: other };
          return [...wrong.map(put), ...spoil((value as Record<string, unknown>)[key], [...path, key]).map(put)];
        })
      : [];
  const rich = {
    ...withRule({
      when: { kind: "tier", tiers: ["gold"] },
      limits: [{ most: 1, of: "points", per: "day" }],
      runs: { from: "2026-01-01T00:00", until: null },
    }),
    boosts: [{ ...boost, rules: ["every-order"] }],
    tiers: { levels: [{ ...spent("gold", 5), entry: [{ kind: "points", points: 1 }], perks: [{ id: "a", name: "A" }] }] },
    texts: { fr: { "tiers.gold": "Or" } },
  };
  expect(told(rich)).toEqual([]);
  for (const spoilt of spoil(rich)) {
    const checked = checkProgramme(spoilt);
    if (checked.ok) continue;
    for (const { said, suggestion } of checked.problems) expect(suggestion === null && isReasonOnly.test(said) ? said : "").toBe("");
  }
});

test("a version that was published with what is refused today is still read", () => {
  const tiers = { levels: [spent("silver", 90_000), spent("gold", 60_000)] };
  expect(definition.safeParse({ ...simple, tiers, texts: { fr: { "reward.five-off": "Merci" } } }).success).toBe(true);
});
