import { expect, test } from "vitest";
import { buildCard } from "../../app/loyalty/card.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { namesOf } from "../../app/loyalty/program/names-of.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { sayGoal, sayTierWhy, sayUntil } from "../../app/loyalty/tiers/say-progress.ts";
import type { Goal, Missing } from "../../app/loyalty/tiers/standing.ts";
import { instant, threeTiers } from "../support/tiers.ts";

const programme = definition.parse({ ...simplePoints(100), tiers: threeTiers(), texts: { fr: { "tiers.gold": "Or" } } });
const say = (locale: string) => wordsOf({ currency: "USD", pointsName: programme.points, locale, names: namesOf(programme, locale) });
const spend: Missing = { measure: "spend", least: 100_000, have: 88_000 };
const orders: Missing = { measure: "orders", least: 5, have: 4 };
const goal = (missing: Missing[], by: Goal["by"] = "any"): Goal => ({ tierId: "gold", by, missing, share: 0 });
// French amounts have spaces that do not break.
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

test.each([
  ["en", { kind: "calendar year" }, goal([spend]), "reach", "$120 more this year to reach Gold"],
  ["en", { kind: "calendar year" }, goal([spend]), "keep", "$120 more this year to keep Gold"],
  ["en", { kind: "lifetime" }, goal([spend, orders]), "reach", "$120 more or 1 more order to reach Gold"],
  [
    "en",
    { kind: "rolling", months: 12 },
    goal([spend, orders], "all"),
    "reach",
    "$120 more and 1 more order within 12 months to reach Gold",
  ],
  [
    "en",
    { kind: "membership year" },
    goal([{ measure: "points earned", unit: "points", least: 500, have: 0 }]),
    "reach",
    "500 points more in your membership year to reach Gold",
  ],
  ["fr", { kind: "calendar year" }, goal([spend]), "reach", "encore 120 $ cette année pour atteindre Or"],
  ["fr", { kind: "rolling", months: 6 }, goal([orders]), "keep", "encore 1 commande en 6 mois pour garder Or"],
] as const)("%s %o: %o to %s it", (locale, window, what, verb, sentence) => {
  expect(plain(sayGoal(what, verb, { window }, say(locale)))).toBe(sentence);
});

test("the day that is said is the last day of the tier, in the programme's zone", () => {
  const until = instant("2028-01-01", "America/New_York");
  expect(sayUntil("gold", until, { timeZone: "America/New_York", say: say("en") })).toBe("Gold until Dec 31, 2027");
  expect(sayUntil("gold", until, { timeZone: "America/New_York", say: say("fr") })).toBe("Or jusqu’au 31 déc. 2027");
  expect(sayUntil("gold", null, { timeZone: "UTC", say: say("en") })).toBe("Gold");
});

test.each([
  [{ because: "reached", met: [{ ...spend, have: 120_000 }] }, "Reached it with $1,200 spent."],
  [{ because: "fell short", missing: [spend], afterGrace: false }, "It ended: it takes $120 more."],
  [{ because: "fell short", missing: [spend], afterGrace: true }, "The days of grace are over: it takes $120 more."],
  [{ because: "held", by: "Ada", said: "A good friend", until: null }, "Held there by staff: A good friend"],
  [{ because: "programme" }, "The programme changed."],
] as const)("%o is said", (why, sentence) => {
  expect(sayTierWhy(why as never, { timeZone: "UTC", say: say("en") })).toBe(sentence);
});

test("a card carries the tier in every language, and none where the member was never looked at", () => {
  const place = { definition: programme, phase: "live" as const, testTag: null, currency: "USD", timeZone: "UTC" };
  const ann = { state: "active", tags: [], points: 0, pending: 0, owed: 0, codes: [] };
  const standing = { tierId: "silver", until: instant("2028-01-01"), next: { ...goal([spend]), share: 88 }, keep: null };
  expect(buildCard(place, ann, new Date(0))).not.toHaveProperty("tier");
  const { tier } = buildCard(place, { ...ann, standing }, new Date(0));
  expect(tier).toMatchObject({
    id: "silver",
    name: "Silver",
    until: "2028-01-01T00:00:00.000Z",
    keep: null,
    next: { name: "Gold", share: 88 },
  });
  expect(tier?.sentences.en).toBe("Silver until Dec 31, 2027");
  expect(plain(tier?.next?.sentences.fr ?? "")).toBe("encore 120 $ pour atteindre Or");
  // A tier that the programme no longer has is not told.
  expect(buildCard(place, { ...ann, standing: { ...standing, tierId: "platinum" } }, new Date(0))).not.toHaveProperty("tier");
});
