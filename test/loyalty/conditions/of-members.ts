import type { Story } from "./story.ts";

const at = (text: string) => Date.parse(text);
const before = (ordersBefore: number) => ({ member: { ordersBefore } });
const third = { which: "exactly", number: 3 };
const fifth = { which: "every", number: 5 };
const later = { which: "from", number: 3 };
const away = { least: 30, most: 60 };
const last = (order: string, now: string, zone = "UTC") => ({ at: now, zone, member: { lastOrderAt: at(order) } });
const vip = { tags: ["VIP"] };
const big = { segments: [{ gid: "gid://shopify/Segment/4", title: "Big spenders" }] };
const gold = { tiers: ["gold", "platinum"] };
const month = { least: 30 };
const joined = (then: string, now: string, zone = "UTC") => ({ at: now, zone, member: { joinedAt: at(then) } });
const week = { before: 3, after: 7 };
const born = (birthday: string | null, now: string, zone = "UTC") => ({ at: now, zone, member: { birthday } });

export const ofMembers = {
  "first order": {
    example: {},
    en: "on the first order",
    fr: "sur la première commande",
    rows: [
      ["none before", {}, before(0), true],
      ["one before", {}, before(1), false],
      ["a review is no order", {}, { ...before(0), event: { name: "review.written", properties: {} } }, false],
    ],
  },
  "nth order": {
    example: third,
    en: "on the 3rd order",
    fr: "sur la 3e commande",
    says: [
      [{ which: "exactly", number: 1 }, "on the 1st order", "sur la 1re commande"],
      [fifth, "on every 5th order", "toutes les 5 commandes"],
      [{ which: "every", number: 1 }, "on every order", "sur chaque commande"],
      [{ which: "from", number: 22 }, "from the 22nd order on", "à partir de la 22e commande"],
    ],
    refused: [{ which: "exactly", number: 0 }, { which: "exactly" }],
    rows: [
      ["the second", third, before(1), false],
      ["the third", third, before(2), true],
      ["the fourth", third, before(3), false],
      ["every fifth: the first", fifth, before(0), false],
      ["every fifth: the fifth", fifth, before(4), true],
      ["every fifth: the sixth", fifth, before(5), false],
      ["every fifth: the tenth", fifth, before(9), true],
      ["from the third: the second", later, before(1), false],
      ["from the third: the third", later, before(2), true],
      ["from the third: the ninetieth", later, before(89), true],
    ],
  },
  "days since last order": {
    example: away,
    en: "30 to 60 days after the last order",
    fr: "30 à 60 jours après la dernière commande",
    says: [
      [{ least: 90 }, "90 days or more after the last order", "au moins 90 jours après la dernière commande"],
      [{ most: 1 }, "within 1 day of the last order", "dans le jour qui suit la dernière commande"],
      [{ most: 0 }, "on the day of the last order", "le jour même de la dernière commande"],
      [{ least: 0, most: 0 }, "on the day of the last order", "le jour même de la dernière commande"],
      [{ least: 1, most: 1 }, "1 day after the last order", "1 jour après la dernière commande"],
    ],
    refused: [{}, { least: 60, most: 30 }],
    rows: [
      ["29 days", away, last("2026-04-01T12:00Z", "2026-04-30T12:00Z"), false],
      ["30 calendar days, if not quite as many hours", away, last("2026-04-01T23:00Z", "2026-05-01T01:00Z"), true],
      ["60 days", away, last("2026-03-02T00:00Z", "2026-05-01T23:59Z"), true],
      ["61 days", away, last("2026-03-01T23:59Z", "2026-05-01T00:00Z"), false],
      ["across the hour that spring takes", { least: 1, most: 1 }, last("2026-03-28T22:30Z", "2026-03-29T22:30Z", "Europe/Berlin"), false],
      ["the same day by the clocks of the zone", { most: 0 }, last("2026-05-01T05:00Z", "2026-05-02T03:00Z", "America/New_York"), true],
      ["the next day by others", { most: 0 }, last("2026-05-01T05:00Z", "2026-05-02T03:00Z", "UTC"), false],
      ["the same day twice", { least: 0, most: 0 }, last("2026-05-01T08:00Z", "2026-05-01T10:00Z"), true],
      ["a first order has none before it", { least: 0 }, { member: { lastOrderAt: null } }, false],
    ],
  },
  "customer tag": {
    example: vip,
    en: "for customers tagged VIP",
    fr: "pour les clients marqués VIP",
    rows: [
      ["the tag", vip, { tags: ["new", "vip"] }, true],
      ["with a blank around it", vip, { tags: [" VIP "] }, true],
      ["a longer tag", vip, { tags: ["vip-2"] }, false],
      ["no tags", vip, {}, false],
    ],
  },
  segment: {
    example: big,
    en: "for customers in Big spenders",
    fr: "pour les clients du segment Big spenders",
    refused: [{ segments: [] }],
    rows: [
      ["in it", big, { member: { segments: ["gid://shopify/Segment/1", "gid://shopify/Segment/4"] } }, true],
      ["in another", big, { member: { segments: ["gid://shopify/Segment/44"] } }, false],
      ["in none", big, {}, false],
    ],
  },
  tier: {
    example: gold,
    en: "for Gold or Platinum members",
    fr: "pour les membres Gold ou Platinum",
    refused: [{ tiers: [] }],
    rows: [
      ["in it", gold, { member: { tierId: "gold" } }, true],
      ["in another", gold, { member: { tierId: "silver" } }, false],
      ["in none", gold, { member: { tierId: null } }, false],
    ],
  },
  "member since": {
    example: month,
    en: "for members who joined at least 30 days ago",
    fr: "pour les membres inscrits il y a au moins 30 jours",
    says: [
      [{ most: 1 }, "for members who joined at most 1 day ago", "pour les membres inscrits il y a au plus 1 jour"],
      [{ most: 0 }, "for members who joined on the same day", "pour les membres inscrits le jour même"],
      [
        { from: "2026-01-01", before: "2027-01-01" },
        "for members who joined on or after Jan 1, 2026 and before Jan 1, 2027",
        "pour les membres inscrits à partir du 1 janv. 2026 et avant le 1 janv. 2027",
      ],
    ],
    refused: [{}, { least: 9, most: 8 }, { from: "2026-01-02", before: "2026-01-02" }, { from: "2026-02-30" }],
    rows: [
      ["29 days", month, joined("2026-04-02T00:00Z", "2026-05-01T23:59Z"), false],
      ["30 days", month, joined("2026-04-01T23:59Z", "2026-05-01T00:00Z"), true],
      ["at most", { most: 0 }, joined("2026-05-01T00:00Z", "2026-05-01T23:59Z"), true],
      ["more than at most", { most: 0 }, joined("2026-04-30T23:59Z", "2026-05-01T00:00Z"), false],
      ["on the day", { from: "2026-01-01" }, joined("2026-01-01T00:00Z", "2026-05-01T00:00Z"), true],
      ["on the day elsewhere", { from: "2026-01-01" }, joined("2026-01-01T04:59Z", "2026-05-01T00:00Z", "America/New_York"), false],
      ["the day before", { before: "2026-01-01" }, joined("2025-12-31T23:59Z", "2026-05-01T00:00Z"), true],
      ["not the day itself", { before: "2026-01-01" }, joined("2026-01-01T00:00Z", "2026-05-01T00:00Z"), false],
      ["joined by the order itself", { most: 0, least: 0 }, joined("2026-05-01T10:00Z", "2026-05-01T10:00Z"), true],
      ["across the hour that autumn gives", { least: 1 }, joined("2026-10-24T22:30Z", "2026-10-25T22:59Z", "Europe/Berlin"), false],
      ["nobody knows", { least: 0 }, { member: { joinedAt: null } }, false],
    ],
  },
  "birthday window": {
    example: week,
    en: "from 3 days before to 7 days after your birthday",
    fr: "de 3 jours avant à 7 jours après votre anniversaire",
    says: [
      [{}, "on your birthday", "le jour de votre anniversaire"],
      [{ before: 1 }, "on your birthday and the day before it", "le jour de votre anniversaire et le jour d’avant"],
      [{ after: 14 }, "on your birthday and the 14 days after it", "le jour de votre anniversaire et les 14 jours d’après"],
    ],
    refused: [{ before: -1 }, { after: 181 }],
    rows: [
      ["the day", {}, born("05-01", "2026-05-01T23:59Z"), true],
      ["the day after", {}, born("05-01", "2026-05-02T00:00Z"), false],
      ["the widest window", { before: 180, after: 180 }, born("11-01", "2026-05-05T12:00Z"), true],
      ["beyond it", { before: 180, after: 180 }, born("11-02", "2026-05-05T12:00Z"), false],
      ["around 29 February, in a year that has none", { after: 1 }, born("02-29", "2026-03-01T12:00Z"), true],
      ["the day where the shop is", {}, born("05-01", "2026-05-02T03:59Z", "America/New_York"), true],
      ["four days before", week, born("05-05", "2026-05-01T12:00Z"), false],
      ["three days before", week, born("05-04", "2026-05-01T12:00Z"), true],
      ["seven days after", week, born("04-24", "2026-05-01T12:00Z"), true],
      ["eight days after", week, born("04-23", "2026-05-01T12:00Z"), false],
      ["next year's, before New Year", week, born("01-02", "2026-12-30T12:00Z"), true],
      ["last year's, after New Year", week, born("12-28", "2027-01-04T12:00Z"), true],
      ["29 February in a leap year", {}, born("02-29", "2028-02-29T12:00Z"), true],
      ["the 28th in a leap year is not yet the day", {}, born("02-29", "2028-02-28T12:00Z"), false],
      ["the 28th in other years is", {}, born("02-29", "2026-02-28T12:00Z"), true],
      ["1 March is not", {}, born("02-29", "2026-03-01T12:00Z"), false],
      ["a century that is one", {}, born("02-29", "2000-02-28T12:00Z"), false],
      ["a century that is no leap year", {}, born("02-29", "2100-02-28T12:00Z"), true],
      ["nobody knows", week, born(null, "2026-05-01T12:00Z"), false],
    ],
  },
} satisfies Record<string, Story>;
