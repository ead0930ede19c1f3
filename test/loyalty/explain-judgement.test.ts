import { describe, expect, test } from "vitest";
import { type Circumstances, compile, type Judgement } from "../../app/loyalty/earning/evaluate.ts";
import type { Used } from "../../app/loyalty/earning/judgement.ts";
import { replay } from "../../app/loyalty/earning/replay.ts";
import { namesOf } from "../../app/loyalty/earning/sentence.ts";
import type { Tree } from "../../app/loyalty/earning/tree.ts";
import { sayMore } from "../../app/loyalty/explain/say-more.ts";
import { ruleSteps, stepsOf, tellJudgement } from "../../app/loyalty/explain/tell-judgement.ts";
import { wouldHaveEarned } from "../../app/loyalty/explain/would-have-earned.ts";
import type { OrderFacts, ProductFacts } from "../../app/loyalty/facts.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { lineFacts as line, orderFacts as order } from "../support/order-facts.ts";
import { programme } from "../support/rules.ts";
import { threeTiers } from "../support/tiers.ts";

const now: Circumstances = { version: 1, phase: "live", testTag: null, tags: [], deleted: false, memberState: "active" };
const coffee: ProductFacts = { type: "Coffee", vendor: "Ann", tags: [], collections: ["gid://shopify/Collection/1"], compareAt: {} };
const onCoffee: Tree = { kind: "collection", collections: [{ gid: "gid://shopify/Collection/1", title: "Coffee" }] };

const sayOf = (definition: Definition, locale: string) =>
  wordsOf({ currency: "USD", pointsName: definition.points, units: definition.units, names: namesOf(definition, locale), locale });

type Told = { definition: Definition; facts?: OrderFacts; at?: Partial<Circumstances>; locale?: string };

function judge({ definition, facts = order({ lines: [line({ sold: 4_200 })] }), at = {} }: Told): Judgement {
  return compile(1, definition, { currency: "USD" }).judge(facts, { ...now, ...at });
}
/** What is said of every rule, each in one line. */
function told(given: Told): string[] {
  const told = tellJudgement(judge(given), sayOf(given.definition, given.locale ?? "en"), given.definition);
  return told.rules.flatMap(ruleSteps);
}
function more({ definition, facts = order({ lines: [line({ sold: 4_200 })] }), at = {}, locale = "en" }: Told): string[] {
  const compiled = compile(1, definition, { currency: "USD" });
  const circumstances = { ...now, ...at };
  const found = wouldHaveEarned(compiled, facts, circumstances, compiled.judge(facts, circumstances));
  return found.map((one) => sayMore(one, sayOf(definition, locale)));
}

const perDollar = { id: "shopping", name: "Shopping", award: { kind: "per amount" as const, points: 5, per: 100, unit: "points" } };
const only = (rule: object, rest: object = {}): Definition => programme({ earning: [{ ...perDollar, ...rule }], ...rest });

describe("why a rule gave what it gave", () => {
  const gold = { tiers: goldDoubles(), boosts: [boost("weekend", "Double weekend", 15_000)] };
  test.each<[string, Told, string, string]>([
    [
      "an award by amount",
      { definition: only({}) },
      "Shopping gave 210 points. 5 points for every $1 spent, and $42 counted: 210 points.",
      "Shopping a donné 210 points. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points.",
    ],
    [
      "a tier and a campaign on top, and the rounding at the end",
      { definition: only({}, gold), facts: order({ lines: [line({ sold: 4_233 })] }), at: { member: { tierId: "gold" } } },
      "Shopping gave 634 points. 5 points for every $1 spent, and $42.33 counted: 211.65 points. ×2 (Gold), ×1.5 (Double weekend): 634.95 points. Rounded down to 634 points.",
      "Shopping a donné 634 points. 5 points par tranche de 1 $ dépensée, et 42,33 $ comptaient : 211,65 points. ×2 (Gold), ×1,5 (Double weekend) : 634,95 points. Arrondi vers le bas à 634 points.",
    ],
    [
      "the highest of several boosts",
      { definition: only({}, { ...gold, policies: { boosts: "highest" } }), at: { member: { tierId: "gold" } } },
      "Shopping gave 420 points. 5 points for every $1 spent, and $42 counted: 210 points. The highest of ×2 (Gold), ×1.5 (Double weekend): 420 points.",
      "Shopping a donné 420 points. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points. Le plus élevé de ×2 (Gold), ×1,5 (Double weekend) : 420 points.",
    ],
    [
      "conditions that held, with what they found",
      { definition: only({ when: { kind: "all", of: [{ kind: "order amount", least: 4_000, below: null }, onCoffee] } }), at: inCoffee() },
      "Shopping gave 210 points. It applies on orders of $40 or more, and the order came to $42. It applies on Coffee, and 1 line of the order was like that. 5 points for every $1 spent, and $42 counted: 210 points.",
      "Shopping a donné 210 points. Elle s’applique dès 40 $ d’achat, et la commande faisait 42 $. Elle s’applique sur Coffee, et 1 ligne de la commande était ainsi. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points.",
    ],
    [
      "what it is not for",
      { definition: only({ when: { kind: "none", of: [{ kind: "customer tag", tags: ["staff"] }] } }) },
      "Shopping gave 210 points. It does not apply for customers tagged staff, and there was no such tag. 5 points for every $1 spent, and $42 counted: 210 points.",
      "Shopping a donné 210 points. Elle ne s’applique pas pour les clients marqués staff, et il n’y avait aucune étiquette de ce nom. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points.",
    ],
    [
      "a fixed award needs no sum",
      { definition: only({ award: { kind: "fixed", points: 50, unit: "points" } }) },
      "Shopping gave 50 points.",
      "Shopping a donné 50 points.",
    ],
    [
      "a fixed award that was multiplied says what it was",
      { definition: only({ award: { kind: "fixed", points: 50, unit: "points" } }, { boosts: gold.boosts }) },
      "Shopping gave 75 points. 50 points. ×1.5 (Double weekend): 75 points.",
      "Shopping a donné 75 points. 50 points. ×1,5 (Double weekend) : 75 points.",
    ],
    [
      "a boost of other items than its own is none",
      {
        definition: only(
          { award: { kind: "fixed", points: 50, unit: "points" }, when: onCoffee },
          { boosts: [{ ...boost("weekend", "Double weekend", 15_000), when: { kind: "sku", skus: ["X"] } }] },
        ),
        facts: order({ lines: [line({ sold: 4_200 }), line({ sold: 1_000, productGid: "gid://shopify/Product/2", sku: "X" })] }),
        at: inCoffee(),
      },
      "Shopping gave 50 points. It applies on Coffee, and 1 line of the order was like that.",
      "Shopping a donné 50 points. Elle s’applique sur Coffee, et 1 ligne de la commande était ainsi.",
    ],
    [
      "an award by pieces says how many counted: what was free did not",
      {
        definition: only({ award: { kind: "per item", points: 2, unit: "points" } }),
        facts: order({ lines: [line({ sold: 3_000, quantity: 4, remaining: 3 }), line({ sold: 0 })] }),
      },
      "Shopping gave 6 points. 2 points per item, and 3 items counted: 6 points.",
      "Shopping a donné 6 points. 2 points par article, et 3 articles comptaient : 6 points.",
    ],
    [
      "one piece",
      { definition: only({ award: { kind: "per item", points: 2, unit: "points" } }) },
      "Shopping gave 2 points. 2 points per item, and 1 item counted: 2 points.",
      "Shopping a donné 2 points. 2 points par article, et 1 article comptait : 2 points.",
    ],
    [
      "a sum without an end is said to be about so much",
      { definition: only({ award: { ...perDollar.award, points: 1, per: 300 } }), facts: order({ lines: [line({ sold: 2_000 })] }) },
      "Shopping gave 6 points. 1 point for every $3 spent, and $20 counted: about 6.667 points. Rounded down to 6 points.",
      "Shopping a donné 6 points. 1 point par tranche de 3 $ dépensée, et 20 $ comptaient : environ 6,667 points. Arrondi vers le bas à 6 points.",
    ],
    [
      "next to nothing is not nothing",
      {
        definition: only({ award: { ...perDollar.award, points: 1, per: 1_000_000 } }, { policies: { rounding: "up" } }),
        facts: order({ lines: [line({ sold: 1 })] }),
      },
      "Shopping gave 1 point. 1 point for every $10,000 spent, and $0.01 counted: just over 0 points. Rounded up to 1 point.",
      "Shopping a donné 1 point. 1 point par tranche de 10 000 $ dépensée, et 0,01 $ comptaient : un peu plus de 0 point. Arrondi vers le haut à 1 point.",
    ],
    [
      "and almost one is not one",
      {
        definition: only({ award: { ...perDollar.award, points: 1, per: 1_000_000 } }),
        facts: order({ lines: [line({ sold: 999_999 })] }),
      },
      "Shopping came to nothing here. 1 point for every $10,000 spent, and $9,999.99 counted: just under 1 point. Rounded down to 0 points.",
      "Shopping ne donnait rien ici. 1 point par tranche de 10 000 $ dépensée, et 9 999,99 $ comptaient : un peu moins de 1 point. Arrondi vers le bas à 0 point.",
    ],
    [
      "an order that was free",
      {
        definition: only({ award: { kind: "fixed", points: 50, unit: "points" } }),
        facts: order({ lines: [line({ sold: 0, price: 4_200, discount: 4_200 })] }),
      },
      "Shopping came to nothing here: nothing of the order counts for it.",
      "Shopping ne donnait rien ici : rien de la commande ne compte pour elle.",
    ],
    [
      "what it is not for, of some items",
      {
        definition: only({ when: { kind: "none", of: [onCoffee] } }),
        facts: order({ lines: [line({ sold: 4_200 }), line({ sold: 1_000, productGid: "gid://shopify/Product/2" })] }),
        at: inCoffee(),
      },
      "Shopping gave 50 points. It does not apply on Coffee, and 1 line of the order was like that. 5 points for every $1 spent, and $10 counted: 50 points.",
      "Shopping a donné 50 points. Elle ne s’applique pas sur Coffee, et 1 ligne de la commande était ainsi. 5 points par tranche de 1 $ dépensée, et 10 $ comptaient : 50 points.",
    ],
    [
      "where the order went, by its name",
      {
        definition: only({ when: { kind: "country", countries: ["us"] } }),
        facts: order({ lines: [line({ sold: 4_200 })], country: "US" }),
      },
      "Shopping gave 210 points. It applies on orders to the United States, and it was the United States. 5 points for every $1 spent, and $42 counted: 210 points.",
      "Shopping a donné 210 points. Elle s’applique sur les commandes livrées ici : États-Unis, et c’était États-Unis. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points.",
    ],
    [
      "a minimum that stays met, whatever came back",
      {
        definition: only({ award: { kind: "fixed", points: 50, unit: "points" }, minimum: 4_000 }),
        facts: order({ lines: [line({ sold: 4_200, net: 1_000, quantity: 4, remaining: 1 })] }),
      },
      "Shopping gave 50 points. It asks for $40, and the order came to that or more as it was sold.",
      "Shopping a donné 50 points. Elle demande 40 $, et la commande faisait au moins cela à la vente.",
    ],
    [
      "a minimum of some items, looked at again",
      { definition: only({ minimum: 4_000, when: onCoffee, judgesAgain: true }), at: inCoffee() },
      "Shopping gave 210 points. It applies on Coffee, and 1 line of the order was like that. It asks for $40, and what it counts came to that or more. 5 points for every $1 spent, and $42 counted: 210 points.",
      "Shopping a donné 210 points. Elle s’applique sur Coffee, et 1 ligne de la commande était ainsi. Elle demande 40 $, et ce qui compte pour elle faisait au moins cela. 5 points par tranche de 1 $ dépensée, et 42 $ comptaient : 210 points.",
    ],
    [
      "a gift",
      { definition: only({ award: { kind: "reward", rewardId: "five-off" } }) },
      "Shopping gave the reward “Thank you”.",
      "Shopping a donné la récompense « Thank you ».",
    ],
  ])("%s", (_, given, en, fr) => {
    expect(told(given)).toEqual([en]);
    // French writes money and numbers with spaces that do not break.
    expect(told({ ...given, locale: "fr" }).map(plain)).toEqual([fr]);
  });
});

test("a rule that holds and comes to nothing is not among those that gave", () => {
  const limit = { most: 1, of: "times" as const, per: "day" as const, days: null };
  const gift = { id: "gift", award: { kind: "reward" as const, rewardId: "five-off" } };
  const definition = programme({ earning: [{ ...perDollar, limits: [limit] }, { ...perDollar, id: "plain" }, gift] });
  const { rules } = tellJudgement(judge({ definition, at: { used: { "shopping/0": 1 } } }), sayOf(definition, "en"), definition);
  expect(rules.map((one) => [one.ruleId, one.passed, one.gave])).toEqual([
    ["shopping", true, false],
    ["plain", true, true],
    ["gift", true, true],
  ]);
});

test("a rule of several units says of each what is said of that one, and together they are one list", () => {
  const units = [
    { id: "miles", name: { one: "mile", other: "miles" } },
    { id: "stamps", name: { one: "stamp", other: "stamps" } },
  ];
  const rows = [
    { points: 5, unit: "points", per: 100 },
    { points: 1, unit: "miles", per: 100 },
    { points: 2, unit: "stamps", per: null },
  ];
  const definition = only({ award: { kind: "several units", rows } }, { units });
  const said = tellJudgement(judge({ definition }), sayOf(definition, "en"), definition);
  expect([...said.rules.flatMap(ruleSteps), said.together]).toEqual([
    "Shopping gave 210 points. 5 points for every $1 spent, and $42 counted: 210 points.",
    "Shopping gave 42 miles. 1 mile for every $1 spent, and $42 counted: 42 miles.",
    "Shopping gave 2 stamps.",
    "Together 210 points, 42 miles and 2 stamps.",
  ]);
});

test.each([
  ["down", "Version 1 of the programme decided, rounding down, once per rule and order."],
  ["nearest", "Version 1 of the programme decided, rounding to the nearest, once per rule and order."],
] as const)("how it rounds is said in a sentence: %s", (rounding, sentence) => {
  const definition = only({}, { policies: { rounding } });
  expect(tellJudgement(judge({ definition }), sayOf(definition, "en"), definition).decided).toBe(sentence);
});

test("an order of which only the shipping is left says so", () => {
  const definition = only({}, { policies: { shippingEarns: true } });
  const judged = judge({ definition, facts: order({ lines: [], shipping: 500 }) });
  expect(tellJudgement(judged, sayOf(definition, "en"), definition).counts).toEqual(["$5 of the order counts, all of it for shipping."]);
});

describe("what a limit or a budget took", () => {
  const fixed = (limits: object[], rest: object = {}) => only({ award: { kind: "fixed", points: 500, unit: "points" }, limits }, rest);
  const used = (many: number, key = "shopping/0"): { used: Used } => ({ used: { [key]: many } });
  const daily = { most: 500, of: "points", per: "day", days: null };
  test.each<[string, Told, string, string]>([
    [
      "a limit of the rule, used in part",
      { definition: fixed([daily]), at: used(200) },
      "Shopping gave 300 points. Cut from 500 points to 300 points: up to 500 points a day, and 200 points had been used.",
      "Shopping a donné 300 points. Réduit de 500 points à 300 points : jusqu’à 500 points par jour, dont 200 points déjà utilisés.",
    ],
    [
      "a limit in times, used up",
      { definition: fixed([{ most: 1, of: "times", per: "week", days: null }]), at: used(1) },
      "Shopping came to nothing here. Cut from 500 points to 0 points: up to once a week, which was used up.",
      "Shopping ne donnait rien ici. Réduit de 500 points à 0 point : jusqu’à 1 fois par semaine, tout était utilisé.",
    ],
    [
      "a limit of one order",
      { definition: fixed([{ ...daily, most: 120, per: "order" }]) },
      "Shopping gave 120 points. Cut from 500 points to 120 points: up to 120 points an order.",
      "Shopping a donné 120 points. Réduit de 500 points à 120 points : jusqu’à 120 points par commande.",
    ],
    [
      "a limit of all rules",
      { definition: fixed([], { policies: { limits: [{ ...daily, most: 100, per: "rolling", days: 7 }] } }), at: used(60, "*/0") },
      "Shopping gave 40 points. Cut from 500 points to 40 points: all rules together, up to 100 points in 7 days, and 60 points had been used.",
      "Shopping a donné 40 points. Réduit de 500 points à 40 points : toutes règles réunies, jusqu’à 100 points en 7 jours, dont 60 points déjà utilisés.",
    ],
    [
      "a limit of all rules in times",
      { definition: fixed([], { policies: { limits: [{ ...daily, of: "times", most: 2 }] } }), at: used(2, "*/0") },
      "Shopping came to nothing here. Cut from 500 points to 0 points: all rules together, up to 2 times a day, which was used up.",
      "Shopping ne donnait rien ici. Réduit de 500 points à 0 point : toutes règles réunies, jusqu’à 2 fois par jour, tout était utilisé.",
    ],
    [
      "a budget",
      { definition: fixed([], { budgets: { retention: { points: 900, per: "month" } } }), at: { room: { retention: 7 } } },
      "Shopping gave 7 points. Cut from 500 points to 7 points: the retention budget had 7 points left.",
      "Shopping a donné 7 points. Réduit de 500 points à 7 points : il restait 7 points dans le budget de fidélisation.",
    ],
  ])("%s", (_, given, en, fr) => {
    expect(told(given)).toEqual([en]);
    expect(told({ ...given, locale: "fr" }).map(plain)).toEqual([fr]);
    const judgement = judge(given);
    expect(replay(judgement).points ?? 0).toBe(judgement.due);
  });
});

test("a budget that pays several rules is said to have had what it had for all of them", () => {
  const bonus = { id: "bonus", name: "Bonus", award: { kind: "fixed" as const, points: 90, unit: "points" } };
  const definition = programme({ earning: [perDollar, bonus], budgets: { retention: { points: 900, per: "month" } } as never });
  expect(told({ definition, at: { room: { retention: 100 } } })).toEqual([
    "Shopping gave 70 points. 5 points for every $1 spent, and $42 counted: 210 points. Cut from 210 points to 70 points: the retention budget had 100 points left for all that it pays for.",
    "Bonus gave 30 points. Cut from 90 points to 30 points: the retention budget had 100 points left for all that it pays for.",
  ]);
});

describe("why a rule gave nothing", () => {
  const rivals = (points: number) => ({
    earning: [
      { ...perDollar, group: "best" },
      { id: "welcome", name: "Welcome", award: { kind: "fixed" as const, points, unit: "points" }, group: "best" },
    ],
  });
  test.each<[string, Told, string, string]>([
    [
      "below minimum",
      { definition: only({ minimum: 5_000 }) },
      "Shopping gave nothing: the order came to $42 and the rule asks for $50.",
      "Shopping n’a rien donné : la commande faisait 42 $ et la règle demande 50 $.",
    ],
    [
      "below minimum, of some items",
      { definition: only({ minimum: 5_000, when: onCoffee }), at: inCoffee() },
      "Shopping gave nothing: what it counts came to $42 and the rule asks for $50.",
      "Shopping n’a rien donné : ce qui compte pour elle faisait 42 $ et la règle demande 50 $.",
    ],
    [
      "a condition",
      { definition: only({ when: { kind: "order amount", least: 5_000, below: null } }) },
      "Shopping gave nothing: it applies on orders of $50 or more, and the order came to $42.",
      "Shopping n’a rien donné : elle s’applique dès 50 $ d’achat, et la commande faisait 42 $.",
    ],
    [
      "none of several",
      {
        definition: only({
          when: { kind: "any", of: [{ kind: "first order" }, { kind: "days since last order", least: 90, most: null }] },
        }),
        at: { member: { ordersBefore: 2, lastOrderAt: Date.parse("2026-04-19T12:00:00Z") } },
      },
      "Shopping gave nothing: it applies on the first order, and there were 2 before it; it applies 90 days or more after the last order, and it was 12 days.",
      "Shopping n’a rien donné : elle s’applique sur la première commande, et il y en avait 2 avant ; elle s’applique au moins 90 jours après la dernière commande, et c’était 12 jours.",
    ],
    [
      "no items",
      { definition: only({ when: onCoffee }), at: inCoffee([]) },
      "Shopping gave nothing: it applies on Coffee, and no item was like that.",
      "Shopping n’a rien donné : elle s’applique sur Coffee, et aucun article n’était ainsi.",
    ],
    [
      "only items that it is not for",
      { definition: only({ when: { kind: "none", of: [onCoffee] } }), at: inCoffee() },
      "Shopping gave nothing: it does not apply on Coffee, and every item was like that.",
      "Shopping n’a rien donné : elle ne s’applique pas sur Coffee, et tous les articles étaient ainsi.",
    ],
    [
      "an order of gift cards",
      { definition: only({ when: onCoffee }), facts: order({ lines: [line({ sold: 4_200, giftCard: true })] }), at: inCoffee() },
      "Shopping gave nothing: no item of the order counts.",
      "Shopping n’a rien donné : aucun article de la commande ne compte.",
    ],
    [
      "another channel",
      { definition: only({ when: { kind: "channel", channels: ["pos"], apps: null } }), facts: order({ channel: "web", company: true }) },
      "Shopping gave nothing: it applies in store, and it was “Online store, Bought by a company (B2B)”.",
      "Shopping n’a rien donné : elle s’applique en magasin, et c’était « Boutique en ligne, Achat d’une entreprise (B2B) ».",
    ],
    [
      "how long somebody has been a member",
      {
        definition: only({ when: { kind: "member since", least: 30, most: null, from: null, before: null } }),
        at: { member: { joinedAt: Date.parse("2026-04-30T10:00Z") } },
      },
      "Shopping gave nothing: it applies for members who joined at least 30 days ago, and joining was 1 day before.",
      "Shopping n’a rien donné : elle s’applique pour les membres inscrits il y a au moins 30 jours, et l’inscription datait de 1 jour.",
    ],
    [
      "no single item that is all of it",
      {
        definition: only({ when: { kind: "all", of: [onCoffee, { kind: "sku", skus: ["X"] }] } }),
        facts: order({ lines: [line({ sold: 100 }), line({ sold: 100, productGid: "gid://shopify/Product/2", sku: "X" })] }),
        at: inCoffee(),
      },
      "Shopping gave nothing: it applies on Coffee, on SKU X, and no item was like that.",
      "Shopping n’a rien donné : elle s’applique sur Coffee, sur la référence X, et aucun article n’était ainsi.",
    ],
    [
      "not running",
      { definition: only({ runs: { from: "2026-11-27T00:00", until: "2026-12-01T00:00" } }) },
      "Shopping gave nothing: it runs from Nov 27, 2026 until Nov 30, 2026.",
      "Shopping n’a rien donné : elle a cours du 27 nov. 2026 au 30 nov. 2026.",
    ],
    [
      "the tier",
      { definition: only({ when: { kind: "tier", tiers: ["gold"] } }, { tiers: threeTiers() }), at: { member: { tierId: "silver" } } },
      "Shopping gave nothing: it applies for Gold members, and the tier was Silver.",
      "Shopping n’a rien donné : elle s’applique pour les membres Gold, et le statut était Silver.",
    ],
  ])("%s", (_, given, en, fr) => {
    expect(told(given)).toEqual([en]);
    expect(told({ ...given, locale: "fr" }).map(plain)).toEqual([fr]);
  });

  test.each([
    [300, "Shopping gave nothing: “Welcome” of the same group gave more, 300 points against 210 points."],
    [210, "Welcome gave nothing: “Shopping” of the same group gave as much, 210 points."],
  ])("beaten by a rule that gives %i", (points, sentence) => {
    expect(told({ definition: programme(rivals(points)) })).toContain(sentence);
  });

  test.each([
    [
      { kind: "stamp", stamps: 3, per: "order", unit: "stamps" },
      "Card gave nothing: “Shopping” of the same group gave more, 210 points against 3 stamps.",
    ],
    [
      {
        kind: "several units",
        rows: [
          { points: 3, unit: "stamps", per: null },
          { points: 1, unit: "points", per: 100 },
        ],
      },
      "Card gave nothing: “Shopping” of the same group gave more.",
    ],
  ])("beaten by a rule that gives another unit: %o", (award, sentence) => {
    const card = { id: "card", name: "Card", award: award as never, group: "best" };
    const units = [{ id: "stamps", name: { one: "stamp", other: "stamps" } }] as never;
    expect(told({ definition: programme({ units, earning: [{ ...perDollar, group: "best" }, card] }) })).toContain(sentence);
  });

  test("without the version's definition a trace tells what it can alone", () => {
    const definition = only({ when: { kind: "order amount", least: 5_000, below: null } });
    const say = sayOf(definition, "en");
    expect(tellJudgement(judge({ definition }), say).rules.flatMap(ruleSteps)).toEqual([
      "Shopping gave nothing: its conditions did not hold.",
    ]);
  });
});

test.each([
  ["test order", { test: true }, {}, "Nothing is due: the order is a test order.", "Rien n’est dû : la commande est une commande de test."],
  [
    "cancelled",
    { cancelledAt: "2026-05-02T00:00:00Z" },
    {},
    "Nothing is due: the order was cancelled.",
    "Rien n’est dû : la commande a été annulée.",
  ],
  [
    "blocked",
    {},
    { memberState: "blocked" as const },
    "Nothing is due: the order is by a member who is blocked.",
    "Rien n’est dû : la commande est d’un membre bloqué.",
  ],
])("an order of which nothing counts at all says so: %s", (_, facts, at, en, fr) => {
  const definition = only({});
  const say = (locale: string) =>
    stepsOf(tellJudgement(judge({ definition, facts: order(facts), at }), sayOf(definition, locale)), sayOf(definition, locale));
  // And how much of it counts is not said.
  expect(say("en")).toEqual([en, "Version 1 of the programme decided, rounding down, once per rule and order."]);
  expect(say("fr")[0]).toBe(fr);
});

test("lines say what each rule gave for them, and what belongs to none is said beside them", () => {
  const definition = programme({
    earning: [perDollar, { id: "coffee", name: "Coffee", award: { kind: "fixed", points: 30, unit: "points" }, when: onCoffee }],
    policies: { shippingEarns: true },
  });
  const lines = [line({ sold: 1_000, title: "Beans" }), line({ sold: 2_000, title: "Mug", productGid: "gid://shopify/Product/2" })];
  const judgement = judge({ definition, facts: order({ lines, shipping: 500 }), at: inCoffee() });
  const { lines: told, rest, together } = tellJudgement(judgement, sayOf(definition, "en"), definition);
  expect(told.map((one) => [one.title, one.points, one.parts])).toEqual([
    ["Beans", 80, ["Shopping 50 points", "Coffee 30 points"]],
    ["Mug", 100, ["Shopping 100 points"]],
  ]);
  expect(rest).toEqual(["Shopping 25 points"]);
  expect(together).toBe("Together 205 points.");
});

test("a rule that was switched into hundreds of others does not bury what gave", () => {
  const never = Array.from({ length: 40 }, (_, n) => ({
    id: `never-${n}`,
    when: { kind: "order amount" as const, least: 900_000, below: null },
  }));
  const definition = programme({ earning: [...never, perDollar] });
  const steps = stepsOf(tellJudgement(judge({ definition }), sayOf(definition, "en"), definition), sayOf(definition, "en"));
  expect(steps[1]).toMatch(/^Shopping gave 210 points/);
  expect(steps).toContain("28 more rules gave nothing.");
});

describe("what would have earned more is judged, not guessed", () => {
  const bigBasket = { id: "big", name: "Big basket", award: { kind: "fixed" as const, points: 50, unit: "points" } };

  test("an amount that was just missing, with what the amount itself earns", () => {
    const definition = programme({
      earning: [
        { ...perDollar, award: { ...perDollar.award, points: 1 } },
        { ...bigBasket, minimum: 5_000 },
      ],
    });
    expect(more({ definition })).toEqual(["$8 more would have earned 58 points more."]);
    expect(more({ definition, locale: "fr" }).map(plain)).toEqual(["8 $ de plus auraient donné 58 points de plus."]);
  });

  test("the same on the items that count", () => {
    const definition = programme({ earning: [{ ...bigBasket, minimum: 5_000, when: onCoffee }] });
    const lines = [line({ sold: 4_200 }), line({ sold: 9_000, productGid: "gid://shopify/Product/2" })];
    expect(more({ definition, facts: order({ lines }), at: inCoffee() })).toEqual(["$8 more on Coffee would have earned 50 points more."]);
  });

  test("a threshold among the conditions", () => {
    const definition = programme({ earning: [{ ...bigBasket, when: { kind: "order amount", least: 5_000, below: null } }] });
    expect(more({ definition })).toEqual(["$8 more would have earned 50 points more."]);
  });

  test("several units, in one list", () => {
    const units = ["miles", "stamps"].map((id) => ({ id, name: { one: id.slice(0, -1), other: id } })) as never;
    const rows = ["points", "miles", "stamps"].map((unit) => ({ points: 1, unit, per: 100 }));
    const definition = programme({ units, earning: [{ id: "all", award: { kind: "several units", rows }, minimum: 5_000 }] });
    expect(more({ definition })).toEqual(["$8 more would have earned 50 points, 50 miles and 50 stamps more."]);
  });

  test("a reward, alone or beside points", () => {
    const gift = { id: "gift", award: { kind: "reward" as const, rewardId: "five-off" }, minimum: 5_000 };
    expect(more({ definition: programme({ earning: [gift] }) })).toEqual(["$8 more would have earned the reward “Thank you”."]);
    const beside = programme({ earning: [perDollar, gift] });
    expect(more({ definition: beside })).toEqual(["$8 more would have earned 40 points more and the reward “Thank you”."]);
    expect(more({ definition: beside, locale: "fr" }).map(plain)).toEqual([
      "8 $ de plus auraient donné 40 points de plus et la récompense « Thank you ».",
    ]);
    const forGold = programme({
      earning: [{ ...gift, minimum: null, when: { kind: "tier", tiers: ["gold"] } }],
      tiers: goldDoubles(),
    });
    expect(more({ definition: forGold, at: { member: { tierId: "bronze" } } })).toEqual([
      "As a Gold member it would have earned the reward “Thank you”.",
    ]);
  });

  test("the next tier that would have mattered", () => {
    const tiers = goldDoubles();
    const definition = programme({ earning: [perDollar], tiers });
    expect(more({ definition, at: { member: { tierId: "bronze" } } })).toEqual(["As a Gold member it would have earned 210 points more."]);
    expect(more({ definition, at: { member: { tierId: "gold" } } })).toEqual([]);
  });

  test.each<[string, Told]>([
    ["twice the order", { definition: programme({ earning: [{ ...bigBasket, minimum: 9_000 }] }) }],
    [
      "what another condition would have shut anyway",
      {
        definition: programme({
          earning: [
            {
              ...bigBasket,
              when: {
                kind: "all",
                of: [
                  { kind: "order amount", least: 5_000, below: null },
                  { kind: "country", countries: ["FR"] },
                ],
              },
            },
          ],
        }),
      },
    ],
    [
      "what a limit would have taken",
      {
        definition: programme({
          earning: [{ ...bigBasket, minimum: 5_000, limits: [{ most: 1, of: "times", per: "lifetime", days: null }] }],
        }),
        at: { used: { "big/0": 1 } },
      },
    ],
    [
      "what a limit would have taken, whatever else more money earns",
      {
        definition: programme({
          earning: [perDollar, { ...bigBasket, minimum: 5_000, limits: [{ most: 1, of: "times", per: "lifetime", days: null }] }],
        }),
        at: { used: { "big/0": 1 } },
      },
    ],
    [
      "a reward that it would have lost",
      {
        definition: programme({
          earning: [
            { ...bigBasket, minimum: 5_000 },
            {
              id: "small",
              award: { kind: "reward", rewardId: "five-off" },
              when: { kind: "order amount", least: null, below: 5_000 },
            },
          ],
        }),
      },
    ],
    [
      "what would have cost something else",
      {
        definition: programme({
          units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, holdDays: 0, expiry: { kind: "never" } }],
          earning: [
            { ...bigBasket, award: { kind: "fixed", points: 1, unit: "stamps" }, minimum: 5_000 },
            {
              id: "small",
              award: { kind: "fixed", points: 30, unit: "points" },
              when: { kind: "order amount", least: null, below: 5_000 },
            },
          ],
        }),
      },
    ],
    [
      "what another rule of its group beats",
      {
        definition: programme({
          earning: [
            { ...bigBasket, minimum: 5_000, group: "best" },
            { id: "welcome", award: { kind: "fixed", points: 60, unit: "points" }, group: "best" },
          ],
        }),
      },
    ],
    [
      "an order that something came back of",
      {
        definition: programme({ earning: [{ ...bigBasket, minimum: 5_000 }] }),
        facts: order({ lines: [line({ sold: 4_200, quantity: 2, remaining: 1, net: 2_100 })] }),
      },
    ],
    [
      "a cancelled order",
      {
        definition: programme({ earning: [{ ...bigBasket, minimum: 5_000 }] }),
        facts: order({ cancelledAt: "2026-05-02T00:00:00Z", lines: [line({ sold: 4_200 })] }),
      },
    ],
  ])("nothing is said of %s", (_, given) => {
    expect(more(given)).toEqual([]);
  });
});

function goldDoubles() {
  const ladder = threeTiers();
  return { ...ladder, levels: ladder.levels.map((one) => (one.id === "gold" ? { ...one, times: 20_000 } : one)) };
}

function boost(id: string, name: string, times: number): Definition["boosts"][number] {
  return { id, name, active: true, times, rules: [], when: { kind: "all", of: [] }, runs: { from: null, until: null } };
}

function inCoffee(collections = coffee.collections): Partial<Circumstances> {
  const other: ProductFacts = { ...coffee, collections: [] };
  return { products: { "gid://shopify/Product/1": { ...coffee, collections }, "gid://shopify/Product/2": other } };
}

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
