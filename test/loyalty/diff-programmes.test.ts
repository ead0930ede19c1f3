import fc from "fast-check";
import { expect, test } from "vitest";
import { type Definition, definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { countChanges, diffProgrammes, sayChange } from "../../app/loyalty/program/diff.ts";
import { isSame } from "../../app/loyalty/program/setting-changes.ts";
import { wordsOfProgrammes } from "../../app/loyalty/program/words-of-programmes.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { anyProgramme } from "../support/any-programme.ts";

const simple = simplePoints(100);
const say = wordsOf({
  currency: "USD",
  pointsName: { one: "point", other: "points" },
  units: [
    { id: "stamps", name: { one: "stamp", other: "stamps" } },
    { id: "health-credits", name: { one: "credit", other: "credits" } },
  ],
  names: { tier: { gold: "Gold", silver: "Silver" } },
});
const [rule] = simple.earning;
const [reward] = simple.rewards;
if (!rule || !reward) throw new Error("The simple programme has a rule and a reward.");

const tiers = (levels: object[], more: object = {}) => ({ levels, ...more });
const silver = { id: "silver", name: "Silver" };
const gold = { id: "gold", name: "Gold", reach: [{ kind: "spend", least: 50_000 }] };
const bought = {
  id: "plus",
  name: "Plus",
  reach: [
    { kind: "orders", least: 1 },
    { kind: "items", least: 2 },
  ],
  bought: { products: ["gid://shopify/Product/1"], months: 1 },
};
const fiveOff = { kind: "reward", reward: "five-off" };
const giving = {
  id: "black",
  name: "Black",
  times: 20_000,
  entry: [{ kind: "points", points: 500 }, fiveOff],
  grants: [
    { id: "monthly", every: "month", gift: { kind: "points", points: 50 }, endsWithPeriod: true },
    { id: "birthday", every: "birthday", gift: fiveOff },
  ],
  perks: [
    { id: "delivery", name: "Free delivery", note: "By bicycle" },
    { id: "shopper", name: "Personal shopper" },
  ],
  expiry: { kind: "after earning", days: 90 },
};
const laddered = { ...simple, tiers: tiers([silver, gold]) };
const another = (id: string) => ({ ...rule, id, name: id.toUpperCase() });
const stamped = { ...simple, units: [{ id: "stamps", name: { one: "stamp", other: "stamps" } }] };
const stamps = { kind: "stamp", stamps: 1, per: "order", unit: "stamps" };
const several = { ...simple, earning: ["a", "b", "c", "d"].map(another) };

const on = (id: string) => ({ kind: "product", products: [{ gid: `gid://shopify/${id}`, title: "Coffee" }] });
const monthly = (id: string) => ({ ...silver, grants: [{ id, every: "month", gift: { kind: "points", points: 5 } }] });

const told = (before: object, after: object): string[] =>
  diffProgrammes(definition.parse(before), definition.parse(after), say).map((one) => `${one.part}: ${sayChange(one)}`);

type Row = [what: string, before: object, after: object, told: string[]];
test.each<Row>([
  ["nothing", simple, structuredClone(simple), []],
  [
    "the word for points",
    simple,
    { ...simple, points: { one: "star", other: "stars" } },
    ["points: One: “point” → “star”.", "points: Several: “points” → “stars”."],
  ],
  [
    "one setting of a rule",
    simple,
    { ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 7, per: 100 } }] },
    ["earning: Shopping: Gives: Points: 1 → 7."],
  ],
  [
    "two settings of a rule are one change",
    simple,
    { ...simple, earning: [{ ...rule, minimum: 2_500, judgesAgain: true }] },
    ["earning: Shopping: Minimum: empty → $25; Look at the conditions again after a refund or an edit: no → yes."],
  ],
  [
    "another kind of award",
    simple,
    { ...simple, earning: [{ ...rule, award: { kind: "fixed", points: 10 } }] },
    ["earning: Shopping: Gives: 1 point for every $1 spent → 10 points."],
  ],
  [
    "conditions as a phrase",
    laddered,
    { ...laddered, earning: [{ ...rule, when: { kind: "tier", tiers: ["gold"] } }] },
    ["earning: Shopping: Conditions: always → for Gold members."],
  ],
  [
    "limits as a list",
    simple,
    { ...simple, earning: [{ ...rule, limits: [{ most: 500, of: "points", per: "day" }] }] },
    ["earning: Shopping: Limits: none → up to 500 points a day."],
  ],
  [
    "limits in the units that their rule gives",
    { ...stamped, earning: [{ ...rule, award: stamps }] },
    { ...stamped, earning: [{ ...rule, award: stamps, limits: [{ most: 3, of: "points", per: "day" }] }] },
    ["earning: Shopping: Limits: none → up to 3 stamps a day."],
  ],
  [
    "a rule more and one less",
    simple,
    { ...simple, earning: [another("coffee")] },
    ["earning: “Shopping” removed: 1 point for every $1 spent.", "earning: “COFFEE” added: 1 point for every $1 spent."],
  ],
  ["one that moved, and not the others", several, { ...several, earning: ["b", "c", "d", "a"].map(another) }, ["earning: “A” moved."]],
  [
    "moved and changed",
    several,
    { ...several, earning: [{ ...another("d"), active: false }, ...["a", "b", "c"].map(another)] },
    ["earning: D: Switched on: yes → no.", "earning: “D” moved."],
  ],
  ["a ladder", simple, laddered, ["tiers: “Silver” added: with nothing to reach.", "tiers: “Gold” added: reached with $500 spent."]],
  [
    "a tier that is reached or bought",
    laddered,
    { ...laddered, tiers: tiers([silver, gold, bought]) },
    ["tiers: “Plus” added: reached with 1 order or 2 items or bought for 1 month."],
  ],
  [
    "a tier with all that it gives",
    laddered,
    { ...laddered, tiers: tiers([silver, gold, giving]) },
    [
      "tiers: “Black” added: with nothing to reach, members earn 200%, 500 points and the reward “five-off” on reaching it, 50 points every month (good until the month ends), the reward “five-off” on every birthday, with “Free delivery” and “Personal shopper”, its members’ points end 90 days after they were earned.",
    ],
  ],
  [
    "a threshold",
    laddered,
    { ...laddered, tiers: tiers([silver, { ...gold, reach: [{ kind: "spend", least: 60_000 }] }]) },
    ["tiers: Gold: Reached with: $500 spent → $600 spent."],
  ],
  [
    "ways to reach a tier, in the names of units, and whether one or all of them are asked",
    { ...stamped, tiers: tiers([silver, { ...gold, by: "all" }]) },
    {
      ...stamped,
      tiers: tiers([
        silver,
        {
          ...gold,
          by: "all",
          reach: [
            { kind: "points earned", least: 1, unit: "stamps" },
            { kind: "orders", least: 10 },
          ],
        },
      ]),
    },
    ["tiers: Gold: Reached with: $500 spent → 1 stamp earned and 10 orders."],
  ],
  [
    "what is given on reaching a tier",
    { ...stamped, tiers: tiers([silver]) },
    { ...stamped, tiers: tiers([{ ...silver, entry: [{ kind: "points", points: 2, unit: "stamps" }, fiveOff] }]) },
    ["tiers: Silver: On reaching it: none → 2 stamps; the reward “five-off”."],
  ],
  [
    "a colour, which reads as nothing",
    laddered,
    { ...laddered, tiers: tiers([silver, { ...gold, colour: "#c9a227" }]) },
    ["tiers: Gold: the colour changed."],
  ],
  [
    "a ladder that counts otherwise than a plain one",
    simple,
    { ...simple, tiers: tiers([silver], { window: { kind: "calendar year" }, graceDays: 9 }) },
    [
      "tiers: “Silver” added: with nothing to reach.",
      "tiers: Counted over: none → the calendar year.",
      "tiers: Days of grace before a tier is lost: none → 9.",
    ],
  ],
  [
    "and without it again",
    { ...simple, tiers: tiers([silver], { term: { kind: "months", months: 6 } }) },
    simple,
    ["tiers: “Silver” removed: with nothing to reach.", "tiers: Kept: 6 months from reaching it → none."],
  ],
  [
    "another product of one name",
    { ...simple, earning: [{ ...rule, when: on("Product/1") }] },
    { ...simple, earning: [{ ...rule, when: on("Product/2") }] },
    ["earning: Shopping: Conditions: on Coffee (Product/1) → on Coffee (Product/2)."],
  ],
  [
    "conditions that are grouped in another way and mean the same",
    { ...simple, earning: [{ ...rule, when: on("Product/1") }] },
    { ...simple, earning: [{ ...rule, when: { kind: "any", of: [on("Product/1")] } }] },
    ["earning: Shopping: Conditions: on Coffee → on Coffee (written in another way)."],
  ],
  [
    "a gift of another id, which is given anew",
    { ...simple, tiers: tiers([monthly("bonus")]) },
    { ...simple, tiers: tiers([monthly("extra")]) },
    ["tiers: Silver: Given again and again: 5 points every month (bonus) → 5 points every month (extra)."],
  ],
  [
    "what a reward costs in the name of its unit",
    { ...simple, units: [{ id: "health-credits", name: { one: "credit", other: "credits" } }] },
    {
      ...simple,
      units: [{ id: "health-credits", name: { one: "credit", other: "credits" } }],
      rewards: [{ ...reward, points: 10, unit: "health-credits" }],
    },
    ["rewards: Thank you: Costs: 500 → 10; Of: points → credits."],
  ],
  [
    "a reward and a unit with all that they say",
    { ...simple, rewards: [] },
    {
      ...simple,
      units: [{ id: "stars", name: { one: "star", other: "stars" }, holdDays: 1, expiry: { kind: "end of year", years: 0 } }],
      rewards: [{ ...reward, unit: "stars", offered: false, codeDays: 5, unusedIsLost: true }],
    },
    [
      "units: “stars” added: counted as stars, can be spent after 1 day, stars end with the year they were earned in.",
      "rewards: “Thank you” added: $5 off for 500 stars, only given by rules and tiers, its code can be used for 5 days, what is not used in time is lost.",
    ],
  ],
  [
    "how tiers are counted",
    laddered,
    { ...laddered, tiers: tiers([silver, gold], { window: { kind: "rolling", months: 12 } }) },
    ["tiers: Counted over: all time → the last 12 months."],
  ],
  [
    "a reward's worth",
    simple,
    { ...simple, rewards: [{ ...reward, worth: { kind: "amount off", amount: 700, minimum: null } }] },
    ["rewards: Thank you: Gives: Amount off: $5 → $7."],
  ],
  [
    "policies, each for itself",
    simple,
    { ...simple, policies: { ...simple.policies, holdDays: 14, rounding: "up", expiry: { kind: "after earning", days: 365 } } },
    [
      "policies: Days until points can be spent: 0 → 14.",
      "policies: Points end: never → 365 days after they were earned.",
      "policies: Fractions of a point: Are dropped → Count as a whole one.",
    ],
  ],
  [
    "a budget",
    simple,
    { ...simple, budgets: { retention: { points: 1_000, per: "month" }, acquisition: null } },
    ["budgets: Retention: empty → Points 1,000, Per Calendar month, Tell me at 80%, Give nothing more when it is used up yes."],
  ],
  [
    "a text of another language",
    simple,
    { ...simple, texts: { fr: { "rewards.five-off": "Merci" } } },
    ["texts: fr: rewards.five-off: empty → Merci."],
  ],
])("%s", (_, before, after, lines) => {
  expect(told(before, after)).toEqual(lines);
  expect(countChanges(definition.parse(before), definition.parse(after))).toBe(lines.length);
});

test("nothing is told where nothing differs, and every difference is told in words that differ", () => {
  fc.assert(
    fc.property(anyProgramme, anyProgramme, (before, other) => {
      // What two programmes have in common is as likely as not.
      const after: Definition = { ...other, tiers: before.tiers, policies: before.policies, earning: [...before.earning].reverse() };
      for (const [one, two] of [
        [before, other],
        [before, after],
        [before, structuredClone(before)],
      ] as const) {
        const changes = diffProgrammes(one, two, wordsOfProgrammes("USD", two, one));
        expect(changes.length === 0).toBe(isSame(one, two));
        for (const change of changes) {
          if (change.how === "changed") expect(change.settings).not.toEqual([]);
          for (const { before: was, after: is } of change.settings) expect(was).not.toBe(is);
        }
        const lines = changes.map((change) => JSON.stringify([change.part, change.how, change.id, change.settings]));
        expect(new Set(lines).size).toBe(lines.length);
      }
    }),
    { numRuns: 150 },
  );
});

test("a change has whole sentences of before and after", () => {
  const after = definition.parse({ ...simple, earning: [{ ...rule, award: { kind: "per amount", points: 7, per: 100 } }] });
  expect(diffProgrammes(simple, after, say)).toEqual([
    {
      part: "earning",
      how: "changed",
      id: "every-order",
      name: "Shopping",
      before: "1 point for every $1 spent",
      after: "7 points for every $1 spent",
      settings: [{ path: "award.points", label: "Gives: Points", before: "1", after: "7" }],
    },
  ]);
});

test("perks that changed are told by their names, with what staff do for them", () => {
  const withPerks = (perks: object[]) => definition.parse({ ...simple, tiers: { levels: [{ id: "gold", name: "Gold", perks }] } });
  const [change] = diffProgrammes(
    withPerks([{ id: "call", name: "A call", note: "Thank them.", task: true }]),
    withPerks([
      { id: "free", name: "Free shipping" },
      { id: "table", name: "A table", note: "By the window." },
    ]),
    say,
  );
  expect(change?.settings).toEqual([
    {
      path: "perks",
      label: "Perks",
      before: "“A call” (a task for staff: Thank them.)",
      after: "“Free shipping”; “A table” (note for staff: By the window.)",
    },
  ]);
});

test("a programme does not differ from itself stored and read, and a moved list needs no more moves than it has to", () => {
  const ids = Array.from({ length: 12 }, (_, n) => `r-${n}`);
  fc.assert(
    fc.property(fc.shuffledSubarray(ids, { minLength: ids.length }), (order) => {
      const before: Definition = { ...simple, earning: ids.map(another) };
      const after: Definition = { ...simple, earning: order.map(another) };
      expect(diffProgrammes(after, JSON.parse(JSON.stringify(after)), say)).toEqual([]);
      const moved = diffProgrammes(before, after, say).map((one) => one.id);
      // Those that stayed are in their old order.
      const stayed = order.filter((id) => !moved.includes(id));
      expect(stayed).toEqual(ids.filter((id) => stayed.includes(id)));
      if (order.join() !== ids.join()) expect(moved.length).toBeGreaterThan(0);
      expect(moved.length).toBeLessThan(ids.length);
    }),
  );
});
