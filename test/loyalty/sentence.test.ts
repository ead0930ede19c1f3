import { describe, expect, test } from "vitest";
import { ruleForStaff } from "../../app/loyalty/earning/for-staff.ts";
import { boost, type EarningRule, earningRule } from "../../app/loyalty/earning/rule.ts";
import { boostSentence, namesOf, rivalsOf, ruleSentence } from "../../app/loyalty/earning/sentence.ts";
import { wordsOf } from "../../app/loyalty/say.ts";
import { programmeOf } from "../support/order-facts.ts";

const programme = programmeOf({
  units: [{ id: "stamps", name: { one: "stamp", other: "stamps" } }],
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "gold", name: "Gold" },
    ],
  },
  badges: [{ id: "explorer", name: "Explorer" }],
  texts: { fr: { "tiers.gold": "Or", "rewards.five-off": "Merci" }, "fr-CA": { "tiers.gold": "Or du Québec" } },
});
const saying = (locale: string) =>
  wordsOf({ currency: "USD", pointsName: programme.points, locale, units: programme.units, names: namesOf(programme, locale) });
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

const ruleOf = (wish: object) =>
  earningRule.parse({ id: "r", name: "R", active: true, minimum: null, award: { kind: "fixed", points: 50 }, ...wish });
const perDollar = { award: { kind: "per amount", points: 5, per: 100 } };
const coffee = { kind: "collection", collections: [{ gid: "gid://shopify/Collection/1", title: "Coffee" }] };
const gold = { kind: "tier", tiers: ["gold"] };
const large = { kind: "order amount", least: 5_000 };
const first = { kind: "first order" };
const all = (...of: object[]) => ({ when: { kind: "all", of } });
const yearly = (month: string, day: number) => ({ kind: "recurring", every: "year", month, day });
const daily = { most: 500, of: "points", per: "day" };

describe("a rule as a sentence", () => {
  test.each<[object, string, string]>([
    [perDollar, "5 points for every $1 spent", "5 points par tranche de 1 $ dépensée"],
    [
      { ...perDollar, ...all(coffee, gold), limits: [daily], runs: { from: null, until: "2026-12-01T00:00" } },
      "5 points for every $1 spent on Coffee, up to 500 points a day, for Gold members, until Nov 30, 2026",
      "5 points par tranche de 1 $ dépensée sur Coffee, jusqu’à 500 points par jour, pour les membres Or, jusqu’au 30 nov. 2026",
    ],
    [
      { ...perDollar, minimum: 2_000 },
      "5 points for every $1 spent, on orders of $20 or more",
      "5 points par tranche de 1 $ dépensée, dès 20 $ d’achat",
    ],
    [
      { ...perDollar, when: coffee, minimum: 2_000 },
      "5 points for every $1 spent on Coffee, when these come to $20 or more",
      "5 points par tranche de 1 $ dépensée sur Coffee, dès 20 $ de ces articles",
    ],
    [{}, "50 points for every order", "50 points par commande"],
    [{ minimum: 2_000 }, "50 points on orders of $20 or more", "50 points dès 20 $ d’achat"],
    [{ when: first }, "50 points on the first order", "50 points sur la première commande"],
    [all(first, large), "50 points on the first order, on orders of $50 or more", "50 points sur la première commande, dès 50 $ d’achat"],
    [{ when: coffee }, "50 points for every order, on Coffee", "50 points par commande, sur Coffee"],
    [
      { when: { kind: "none", of: [first] } },
      "50 points for every order, except on the first order",
      "50 points par commande, sauf sur la première commande",
    ],
    [
      { when: { kind: "any", of: [coffee, { kind: "sku", skus: ["A"] }] }, ...perDollar },
      "5 points for every $1 spent on Coffee or on SKU A",
      "5 points par tranche de 1 $ dépensée sur Coffee ou sur la référence A",
    ],
    [
      {
        ...perDollar,
        ...all({ kind: "any", of: [yearly("1", 20), yearly("4", 1), yearly("7", 20)] }, { kind: "none", of: [yearly("1", 6)] }),
      },
      "5 points for every $1 spent, every year on January 20, April 1, or July 20, except every year on January 6",
      "5 points par tranche de 1 $ dépensée, chaque année le 20 janvier, le 1er avril ou le 20 juillet, sauf chaque année le 6 janvier",
    ],
    [{ when: gold }, "50 points for every order, for Gold members", "50 points par commande, pour les membres Or"],
    [{ on: { kind: "joined" } }, "50 points for joining", "50 points à l’inscription"],
    [
      { on: { kind: "birthday" }, when: gold },
      "50 points on your birthday, for Gold members",
      "50 points le jour de votre anniversaire, pour les membres Or",
    ],
    [{ on: { kind: "anniversary" } }, "50 points on every anniversary of joining", "50 points à chaque anniversaire de votre inscription"],
    [
      { on: { kind: "event", name: "review.written" }, limits: [{ most: 1, of: "times", per: "month" }] },
      "50 points when you write a review, up to once a month",
      "50 points quand vous écrivez un avis, jusqu’à 1 fois par mois",
    ],
    [
      { limits: [{ most: 3, of: "times", per: "rolling", days: 1 }] },
      "50 points for every order, up to 3 times in 1 day",
      "50 points par commande, jusqu’à 3 fois en 1 jour",
    ],
    [{ on: { kind: "event", name: "beans.brought-back" } }, "50 points for “beans brought back”", "50 points pour « beans brought back »"],
    [{ on: { kind: "event", name: "constructor" } }, "50 points for “constructor”", "50 points pour « constructor »"],
    [
      { award: { kind: "reward", rewardId: "five-off" }, when: first },
      "The reward “Thank you” on the first order",
      "La récompense « Merci » sur la première commande",
    ],
    [
      { award: { kind: "certificate", points: 200, rewardId: "five-off" } },
      "The reward “Thank you” for every 200 points collected",
      "La récompense « Merci » tous les 200 points",
    ],
    [
      { award: { kind: "badge", badgeId: "explorer" }, on: { kind: "joined" } },
      "The badge “Explorer” for joining",
      "Le badge « Explorer » à l’inscription",
    ],
    [
      { award: { kind: "stamp", stamps: 1, per: "item", unit: "stamps" }, when: coffee, limits: [{ ...daily, most: 3 }] },
      "1 stamp per item on Coffee, up to 3 stamps a day",
      "1 stamp par article sur Coffee, jusqu’à 3 stamps par jour",
    ],
    [
      {
        award: {
          kind: "several units",
          rows: [
            { points: 5, unit: "points", per: 100 },
            { points: 1, unit: "stamps" },
          ],
        },
        limits: [daily, { most: 2, of: "times", per: "week" }],
      },
      "5 points for every $1 spent and 1 stamp for every order, up to 500 points and 500 stamps a day, up to 2 times a week",
      "5 points par tranche de 1 $ dépensée et 1 stamp par commande, jusqu’à 500 points et 500 stamps par jour, jusqu’à 2 fois par semaine",
    ],
    [{ award: { kind: "stamp", stamps: 1, per: "order", unit: "stamps" } }, "1 stamp for every order", "1 stamp par commande"],
    [
      { award: { kind: "percent back", percent: 250 }, ...all(coffee, { kind: "discount code", used: "none" }) },
      "2.5% back in points worth $0.01 each on Coffee, without a discount code",
      "2,5 % rendus en points à 0,01 $ l’unité sur Coffee, sans code de réduction",
    ],
    [
      { award: { kind: "percent back", percent: 200, each: 5, unit: "stamps" } },
      "2% back in stamps worth $0.05 each",
      "2 % rendus en stamps à 0,05 $ l’unité",
    ],
    [
      { when: { kind: "none", of: [{ kind: "none", of: [gold] }] } },
      "50 points for every order, for Gold members",
      "50 points par commande, pour les membres Or",
    ],
    [
      { when: { kind: "none", of: [{ kind: "none", of: [gold] }, first] } },
      "50 points for every order, for Gold members, except on the first order",
      "50 points par commande, pour les membres Or, sauf sur la première commande",
    ],
    [
      { when: { kind: "none", of: [{ kind: "all", of: [{ kind: "none", of: [gold] }, first] }] } },
      "50 points for every order, except (on the first order, except for Gold members)",
      "50 points par commande, sauf (sur la première commande, sauf pour les membres Or)",
    ],
    [
      { on: { kind: "event", name: "review.written" }, limits: [{ most: 20, of: "points", per: "order" }] },
      "50 points when you write a review, up to 20 points each time",
      "50 points quand vous écrivez un avis, jusqu’à 20 points à chaque fois",
    ],
    [
      { award: { kind: "by product type", rows: [{ type: "Tea", points: 1, per: 100 }] }, when: coffee },
      "1 point for every $1 spent on Tea, on Coffee",
      "1 point par tranche de 1 $ dépensée sur Tea, sur Coffee",
    ],
  ])("%j", (wish, en, fr) => {
    const rule = ruleOf(wish);
    expect([plain(ruleSentence(rule, saying("en"))), plain(ruleSentence(rule, saying("fr")))]).toEqual([en, fr]);
  });

  test.each<[string[], string, string]>([
    [[], "50 points for every order", "50 points par commande"],
    [["Coffee"], "50 points for every order, unless “Coffee” gives more", "50 points par commande, sauf si « Coffee » donne plus"],
    [
      ["Coffee", "Tea"],
      "50 points for every order, unless “Coffee” or “Tea” gives more",
      "50 points par commande, sauf si « Coffee » ou « Tea » donne plus",
    ],
    [
      ["A", "B", "C", "D"],
      "50 points for every order, unless another of these offers gives more",
      "50 points par commande, sauf si une autre de ces offres donne plus",
    ],
  ])("members read which rules compete with it: %j", (rivals, en, fr) => {
    const rule = ruleOf({ group: "best" });
    expect([plain(ruleSentence(rule, saying("en"), rivals)), plain(ruleSentence(rule, saying("fr"), rivals))]).toEqual([en, fr]);
  });

  test("its rivals are the rules of its group that are switched on", () => {
    const [a, b, c, d] = [{ group: "best" }, { group: "best" }, { group: "best", active: false }, {}].map((wish, at) =>
      ruleOf({ id: `r-${at}`, ...wish }),
    ) as [EarningRule, EarningRule, EarningRule, EarningRule];
    expect([a, b, c, d].map((one) => rivalsOf(one, [a, b, c, d]).map(({ id }) => id))).toEqual([["r-1"], ["r-0"], ["r-0", "r-1"], []]);
  });

  test("staff read what is set otherwise than usual, and members do not", () => {
    const rule = ruleOf({ group: "best", boosted: false, judgesAgain: true, budget: "acquisition" });
    expect(ruleForStaff(rule, saying("en"))).toBe(
      "50 points for every order, only the best of the group “best” counts, without boosts and tier multipliers, its conditions are looked at again after a refund or an edit, paid by the acquisition budget",
    );
    expect(ruleForStaff(rule, saying("fr"))).toBe(
      "50 points par commande, seule la meilleure du groupe « best » compte, sans multiplicateurs de campagne ni de statut, ses conditions sont revues après un remboursement ou une modification, payée par le budget d’acquisition",
    );
    expect(ruleForStaff(ruleOf({}), saying("en"))).toBe("50 points for every order");
    expect(ruleSentence(rule, saying("en"))).toBe("50 points for every order");
  });
});

describe("a boost as a sentence", () => {
  test.each<[object, string, string]>([
    [{ times: 20_000 }, "Double points", "Points doublés"],
    [
      { times: 15_000, ...all(coffee, gold) },
      "1.5 times the points on Coffee, for Gold members",
      "Points multipliés par 1,5 sur Coffee, pour les membres Or",
    ],
    [
      { times: 30_000, rules: ["every-order"], runs: { from: "2026-11-27T00:00", until: "2026-11-28T00:00" } },
      "Triple points for “Shopping”, on Nov 27, 2026",
      "Points triplés pour « Shopping », le 27 nov. 2026",
    ],
    [
      { times: 20_000, rules: ["every-order", "coffee", "tea"] },
      "Double points for “Shopping”, “coffee”, or “tea”",
      "Points doublés pour « Shopping », « coffee » ou « tea »",
    ],
  ])("%j", (wish, en, fr) => {
    const one = boost.parse({ id: "b", name: "B", active: true, ...wish });
    expect([plain(boostSentence(one, saying("en"))), plain(boostSentence(one, saying("fr")))]).toEqual([en, fr]);
  });
});

test("things are called by the reader's words, else by those of the language, else by their own", () => {
  expect(["en", "fr", "fr-CA", "fr-FR", "de"].map((locale) => namesOf(programme, locale).tier?.gold)).toEqual([
    "Gold",
    "Or",
    "Or du Québec",
    "Or",
    "Gold",
  ]);
  expect(namesOf(programme, "fr")).toMatchObject({
    tier: { member: "Member" },
    reward: { "five-off": "Merci" },
    badge: { explorer: "Explorer" },
    rule: { "every-order": "Shopping" },
  });
});
