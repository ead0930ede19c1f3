import type { Story } from "./story.ts";

const friday = { from: "2026-11-27T09:00", until: "2026-11-30T00:00" };
const weekend = { days: ["6", "7"] };
const evening = { days: ["5"], from: "17:30", until: "19:00" };
const night = { days: ["5"], from: "22:00", until: "02:00" };
const first = { every: "month", day: 1 };
const ultimo = { every: "month", day: 31 };
const leap = { every: "year", month: "2", day: 29 };
const lastFriday = { every: "weekday", place: "last", weekday: "5" };
const secondMonday = { every: "weekday", place: "2", weekday: "1" };

export const ofTime = {
  "date window": {
    example: friday,
    en: "from Nov 27, 2026, 9:00 AM until Nov 29, 2026",
    fr: "du 27 nov. 2026, 09:00 au 29 nov. 2026",
    says: [
      [{ from: "2026-05-01T00:00", until: "2026-05-02T00:00" }, "on May 1, 2026", "le 1 mai 2026"],
      [{ from: "2026-05-01T00:00" }, "from May 1, 2026 on", "à partir du 1 mai 2026"],
      [{ until: "2027-01-01T00:00" }, "until Dec 31, 2026", "jusqu’au 31 déc. 2026"],
    ],
    refused: [{}, { from: "2026-11-27T09:00", until: "2026-11-27T09:00" }, { from: "2026-11-31T09:00" }, { from: "tomorrow" }],
    rows: [
      ["a millisecond before", friday, { at: "2026-11-27T08:59:59.999Z" }, false],
      ["as it begins", friday, { at: "2026-11-27T09:00Z" }, true],
      ["the last moment", friday, { at: "2026-11-29T23:59:59.999Z" }, true],
      ["as it ends", friday, { at: "2026-11-30T00:00Z" }, false],
      ["by the clocks of the zone", friday, { at: "2026-11-27T13:59Z", zone: "America/New_York" }, false],
      ["by the clocks of the zone, later", friday, { at: "2026-11-27T14:00Z", zone: "America/New_York" }, true],
      ["a beginning that spring skips", { from: "2026-03-29T02:30" }, { at: "2026-03-29T01:29Z", zone: "Europe/Berlin" }, false],
      ["is the same while after the gap", { from: "2026-03-29T02:30" }, { at: "2026-03-29T01:30Z", zone: "Europe/Berlin" }, true],
      ["an end that autumn has twice", { until: "2026-10-25T02:30" }, { at: "2026-10-25T00:29Z", zone: "Europe/Berlin" }, true],
      ["does not begin again", { until: "2026-10-25T02:30" }, { at: "2026-10-25T01:15Z", zone: "Europe/Berlin" }, false],
    ],
  },
  "weekday and hours": {
    example: evening,
    en: "on Friday from 5:30 PM to 7:00 PM",
    fr: "le vendredi de 17:30 à 19:00",
    says: [
      [weekend, "on Saturday or Sunday", "le samedi ou dimanche"],
      [{ days: ["7"], from: "09:00" }, "on Sunday from 9:00 AM to midnight", "le dimanche de 09:00 à minuit"],
      [{ days: ["7"], until: "09:05" }, "on Sunday from midnight to 9:05 AM", "le dimanche de minuit à 09:05"],
    ],
    refused: [{ days: [] }, { days: ["8"] }, { days: ["1"], from: "25:00" }],
    rows: [
      ["Saturday", weekend, { at: "2026-05-02T00:00Z" }, true],
      ["Friday, a minute before", weekend, { at: "2026-05-01T23:59Z" }, false],
      ["already Saturday in Auckland", weekend, { at: "2026-05-01T12:00Z", zone: "Pacific/Auckland" }, true],
      ["already Monday in Auckland", weekend, { at: "2026-05-03T12:00Z", zone: "Pacific/Auckland" }, false],
      ["before the hour", evening, { at: "2026-05-01T17:29:59Z" }, false],
      ["as it begins", evening, { at: "2026-05-01T17:30Z" }, true],
      ["as it ends", evening, { at: "2026-05-01T19:00Z" }, false],
      ["past midnight", night, { at: "2026-05-02T01:59Z" }, true],
      ["past midnight of the day before", night, { at: "2026-05-01T01:59Z" }, false],
      ["past the end", night, { at: "2026-05-02T02:00Z" }, false],
      ["open at the end", { days: ["5"], from: "17:30" }, { at: "2026-05-01T23:59Z" }, true],
      ["open at the end ends with the day", { days: ["5"], from: "17:30" }, { at: "2026-05-02T00:00Z" }, false],
      ["open at the beginning", { days: ["5"], until: "09:00" }, { at: "2026-05-01T00:00Z" }, true],
      ["until midnight", { days: ["5"], from: "22:00", until: "00:00" }, { at: "2026-05-01T23:59Z" }, true],
      ["and not after it", { days: ["5"], from: "22:00", until: "00:00" }, { at: "2026-05-02T00:00Z" }, false],
      ["Sunday's night is Monday's morning", { days: ["7"], from: "22:00", until: "02:00" }, { at: "2026-05-04T01:00Z" }, true],
      [
        "the hour that autumn has twice, the first time",
        { days: ["7"], from: "02:00", until: "03:00" },
        { at: "2026-10-25T00:30Z", zone: "Europe/Berlin" },
        true,
      ],
      ["and the second time", { days: ["7"], from: "02:00", until: "03:00" }, { at: "2026-10-25T01:30Z", zone: "Europe/Berlin" }, true],
      ["summer time in Paris", evening, { at: "2026-05-01T15:30Z", zone: "Europe/Paris" }, true],
      ["winter time in Paris", evening, { at: "2026-12-04T15:30Z", zone: "Europe/Paris" }, false],
      ["half an hour off in Kolkata", evening, { at: "2026-05-01T12:00Z", zone: "Asia/Kolkata" }, true],
    ],
  },
  recurring: {
    example: first,
    en: "on day 1 of every month",
    fr: "le 1er de chaque mois",
    says: [
      [{ every: "year", month: "12", day: 25 }, "every year on December 25", "chaque année le 25 décembre"],
      [lastFriday, "on the last Friday of every month", "le dernier vendredi de chaque mois"],
      [secondMonday, "on the second Monday of every month", "le deuxième lundi de chaque mois"],
    ],
    refused: [
      { every: "month" },
      { every: "year", day: 1 },
      { every: "weekday", weekday: "1" },
      { every: "month", day: 1, weekday: "1" },
      { every: "month", day: 32 },
      { every: "year", month: "4", day: 31 },
    ],
    rows: [
      ["the first", first, { at: "2026-05-01T00:00Z" }, true],
      ["the second", first, { at: "2026-05-02T00:00Z" }, false],
      ["still April in Honolulu", first, { at: "2026-05-01T09:59Z", zone: "Pacific/Honolulu" }, false],
      ["the 31st", ultimo, { at: "2026-05-31T12:00Z" }, true],
      ["the 30th of a month that has 31 days", ultimo, { at: "2026-05-30T12:00Z" }, false],
      ["the 30th of a month that has no more", ultimo, { at: "2026-04-30T12:00Z" }, true],
      ["the last of February", ultimo, { at: "2027-02-28T12:00Z" }, true],
      ["not the 28th in a leap year", ultimo, { at: "2028-02-28T12:00Z" }, false],
      ["29 February", leap, { at: "2028-02-29T12:00Z" }, true],
      ["is the 28th in other years", leap, { at: "2026-02-28T12:00Z" }, true],
      ["not in a leap year", leap, { at: "2028-02-28T12:00Z" }, false],
      ["not in another month", leap, { at: "2026-03-29T12:00Z" }, false],
      ["New Year's Eve", { every: "year", month: "12", day: 31 }, { at: "2027-01-01T04:59Z", zone: "America/New_York" }, true],
      ["the last Friday", lastFriday, { at: "2026-05-29T12:00Z" }, true],
      ["the last but one", lastFriday, { at: "2026-05-22T12:00Z" }, false],
      ["the last, when the month ends within six days", lastFriday, { at: "2026-04-24T12:00Z" }, true],
      ["the last of a month with five", { ...lastFriday, place: "5" }, { at: "2026-05-29T12:00Z" }, true],
      ["a fifth one that April lacks", { ...lastFriday, place: "5" }, { at: "2026-04-24T12:00Z" }, false],
      ["the second Monday", secondMonday, { at: "2026-05-11T12:00Z" }, true],
      ["the first Monday", secondMonday, { at: "2026-05-04T12:00Z" }, false],
      ["the day after it", secondMonday, { at: "2026-05-12T12:00Z" }, false],
    ],
  },
} satisfies Record<string, Story>;
