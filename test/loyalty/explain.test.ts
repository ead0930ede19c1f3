import { expect, test } from "vitest";
import type { Judgement } from "../../app/loyalty/earning/evaluate.ts";
import { explain, type Movement } from "../../app/loyalty/explain.ts";
import { wordsOf } from "../../app/loyalty/say.ts";

const say = wordsOf({ currency: "USD", pointsName: { one: "leaf", other: "leaves" } });
const judgement = (part: Partial<Judgement> = {}): Judgement => ({
  due: 137,
  nothing: null,
  version: 3,
  amount: 13750,
  currency: "USD",
  lines: [
    { lineGid: "1", title: "Mug", counts: 13750, items: 1, why: null },
    { lineGid: "2", title: "Gift card", counts: 0, items: 0, why: "gift card" },
  ],
  shipping: 0,
  refundedWithoutLines: 0,
  trigger: "order",
  rules: [{ ruleId: "a", name: "Shopping", unit: "points", points: 137, passed: true, why: null, tests: [], lines: [137, 0], rest: 0 }],
  rounding: "down",
  ...part,
});
const told = (kind: string, explanation: Movement["explanation"], ...postings: [string, string, number][]) =>
  explain({ kind, explanation, postings: postings.map(([from, to, amount]) => ({ from, to, amount })) }, say);

test("an order says what it earned, line by line", () => {
  const { sentence, steps, lines } = told("order", { order: "#1001", due: 137, recorded: 0, judgement: judgement() }, [
    "issued",
    "available",
    137,
  ]);
  expect(sentence).toBe("#1001 earned 137 leaves.");
  expect(steps).toEqual([
    "$137.50 of the order counts.",
    "Shopping gave 137 leaves.",
    "Version 3 of the programme decided, rounding down, once per rule and order.",
  ]);
  expect(lines).toEqual([
    { title: "Mug", counts: "$137.50", points: 137, parts: ["Shopping 137 leaves"], why: null },
    { title: "Gift card", counts: "$0", points: 0, parts: [], why: "gift card" },
  ]);
});

test("an unpaid order says that its points wait", () => {
  expect(told("order", { order: "#1", due: 5, recorded: 0, judgement: judgement() }, ["issued", "pending", 5]).sentence).toBe(
    "#1 earned 5 leaves, not spendable yet.",
  );
});

test("a cancelled order says why its points went, and what of them is owed", () => {
  const { sentence, change } = told(
    "order",
    { order: "#1", due: 0, recorded: 100, judgement: judgement({ due: 0, nothing: "cancelled" }) },
    ["available", "issued", 60],
    ["owed", "issued", 40],
  );
  expect(sentence).toBe(
    "#1 was cancelled, so its 100 leaves were taken back. 40 leaves had been spent already and are owed: the next ones earned repay them.",
  );
  expect(change).toEqual({ pending: 0, available: -60, reserved: 0, owed: 40 });
});

test("a rule that an order was too small for says by how much", () => {
  const rule = {
    ruleId: "b",
    name: "Big",
    unit: "points",
    points: 0,
    tests: [],
    rest: 0,
    passed: false,
    why: { reason: "below minimum" as const, minimum: 5000, amount: 2000 },
    lines: [0, 0],
  };
  const { steps } = told("order", { order: "#1", due: 0, recorded: 0, judgement: judgement({ rules: [rule] }) });
  expect(steps).toContain("Big gave nothing: the order came to $20 and the rule asks for $50.");
});

test("a reward that an order could not use up says what came back", () => {
  const use = { order: "#2", reward: "$5 off", points: 500, cost: 300, given: 300, currency: "USD", cancelled: false };
  expect(told("redeem", use, ["reserved", "redeemed", 300], ["reserved", "available", 200]).sentence).toBe(
    "“$5 off” took $3 off #2 and cost 300 leaves. The order could not use all of it, so 200 leaves came back.",
  );
});

test("points that came due together are told together", () => {
  expect(told("expire", { matured: 20, expired: 30 }, ["pending", "available", 20], ["available", "expired", 30]).sentence).toBe(
    "20 leaves became spendable and 30 leaves expired.",
  );
});

test("an adjustment gives the reason that staff gave, and does not count a repaid debt twice", () => {
  const { sentence } = told(
    "adjust",
    { points: 100, reason: "Sorry for the wait." },
    ["adjusted", "available", 100],
    ["available", "owed", 20],
  );
  expect(sentence).toBe("Staff added 100 leaves: Sorry for the wait. 20 leaves repaid what was owed.");
});

test("a kind that came later is still a movement", () => {
  expect(told("stamp", {}, ["issued", "available", 1]).sentence).toBe("1 leaf moved.");
});

const unitWords = wordsOf({
  currency: "USD",
  pointsName: { one: "leaf", other: "leaves" },
  units: [
    { id: "miles", name: { one: "mile", other: "miles" } },
    { id: "stamps", name: { one: "stamp", other: "stamps" } },
  ],
});
const frenchWords = wordsOf({ currency: "USD", pointsName: { one: "feuille", other: "feuilles" }, locale: "fr" });

test.each<[string, Movement["explanation"], string]>([
  [
    "several units, in one list",
    { due: 617, recorded: 0, units: { miles: { due: 123, recorded: 0 }, stamps: { due: 2, recorded: 0 } } },
    "#1 earned 617 leaves, 123 miles and 2 stamps.",
  ],
  [
    "several units of an order that was cancelled",
    { due: 0, recorded: 7, units: { miles: { due: 0, recorded: 1 } }, judgement: judgement({ due: 0, nothing: "cancelled" }) },
    "#1 was cancelled, so its 7 leaves and 1 mile were taken back.",
  ],
  [
    "several units, some of which are left",
    { due: 4, recorded: 7, units: { miles: { due: 2, recorded: 3 } }, judgement: judgement({ due: 4 }) },
    "#1 was changed or partly returned and now earns 4 leaves and 2 miles instead of 7 leaves and 3 miles.",
  ],
  ["one point", { due: 0, recorded: 1, judgement: judgement({ due: 0, amount: 0 }) }, "#1 was returned, so its 1 leaf was taken back."],
  [
    "all of it came back",
    { due: 0, recorded: 9, judgement: judgement({ due: 0, amount: 0 }) },
    "#1 was returned, so its 9 leaves were taken back.",
  ],
  [
    "some of it came back, and the rest is too little",
    { due: 0, recorded: 9, judgement: judgement({ due: 0, amount: 50 }) },
    "#1 was changed or partly returned and earns nothing now, so its 9 leaves were taken back.",
  ],
  [
    "nothing of it came back: an older order came late and was the first",
    { due: 0, recorded: 50, asSold: true, judgement: judgement({ due: 0 }) },
    "#1 was looked at again and earns nothing now, so its 50 leaves were taken back.",
  ],
  [
    "nothing of it came back: an older order came late and used the limit of its day",
    { due: 20, recorded: 50, asSold: true, judgement: judgement({ due: 20 }) },
    "#1 was looked at again and now earns 20 leaves instead of 50 leaves.",
  ],
  [
    "nothing of it came back: it is somebody else's",
    { due: 0, recorded: 50, asSold: true, judgement: judgement({ due: 50 }) },
    "#1 belongs to somebody else now, so its 50 leaves were taken back.",
  ],
])("what became of an order is said as it was: %s", (_, explanation, sentence) => {
  expect(explain({ kind: "order", explanation: { order: "#1", ...explanation }, postings: [] }, unitWords).sentence).toBe(sentence);
});

test.each<[string, Movement["explanation"], [string, string, number], string, string]>([
  ["claim", {}, ["issued", "available", 1], "1 leaf earned as a guest was claimed.", "1 feuille gagné sans compte a été réuni."],
  [
    "order",
    { order: "#1", due: 0, recorded: 1, judgement: judgement({ due: 0, nothing: "cancelled" }) },
    ["owed", "issued", 1],
    "#1 was cancelled, so its 1 leaf was taken back. 1 leaf had been spent already and is owed: the next ones earned repay it.",
    "#1 a été annulée : 1 feuille a été repris. 1 feuille était déjà utilisé et reste dû : les prochains le rembourseront.",
  ],
])("one point is one: %s", (kind, explanation, [from, to, amount], en, fr) => {
  const movement = { kind, explanation, postings: [{ from, to, amount }] };
  expect([explain(movement, say).sentence, explain(movement, frenchWords).sentence]).toEqual([en, fr]);
});
