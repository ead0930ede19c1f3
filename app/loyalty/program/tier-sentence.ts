import { together } from "../earning/together.ts";
import type { Expiry } from "../ledger/expiry.ts";
import type { Say } from "../say.ts";
import type { Grant, Ladder, Measure, Tier, TierGift } from "../tiers/ladder.ts";

/**
 * A tier as one sentence: how it is reached, what its members earn, what it gives. Whether everybody begins in it is for
 * its place in the ladder to say, which a tier alone does not know.
 */
export function tierSentence({ reach, by, times, bought, entry, grants, perks, expiry }: Tier, say: Say): string {
  const ways = reachSays(reach, by, say);
  const buying = bought && `bought for ${counted(bought.months, "month", say)}`;
  const how = [ways && `reached with ${ways}`, buying].filter(Boolean).join(" or ");
  const gifts = entry.map((one) => giftSays(one, say));
  return [
    how || "with nothing to reach",
    times !== 10_000 && `members earn ${say.percent(times)}`,
    gifts.length > 0 && `${together(gifts, say)} on reaching it`,
    ...grants.map((one) => grantSays(one, say)),
    perks.length > 0 &&
      `with ${together(
        perks.map(({ name }) => `“${name}”`),
        say,
      )}`,
    expiry && expirySays(expiry, `its members’ ${say.pointsName.other}`, say),
  ]
    .filter(Boolean)
    .join(", ");
}

const one = { orders: "order", items: "item", referrals: "referral" };

/** What has to be reached: "$500 spent or 10 orders". */
export const reachSays = (reach: readonly Measure[], by: Tier["by"], say: Say): string =>
  reach.map((one) => measureSays(one, say)).join(by === "all" ? " and " : " or ");

function measureSays(measure: Measure, say: Say): string {
  if (measure.kind === "spend") return `${say.money(measure.least)} spent`;
  if (measure.kind === "points earned") return `${say.amount(measure.least, measure.unit)} earned`;
  return counted(measure.least, one[measure.kind], say);
}

export const giftSays = (gift: TierGift, say: Say): string =>
  gift.kind === "points" ? say.amount(gift.points, gift.unit) : `the reward “${say.nameOf("reward", gift.reward)}”`;

const often = { month: "every month", quarter: "every quarter", year: "every year", birthday: "on every birthday" };

export const grantSays = ({ every, gift, endsWithPeriod }: Grant, say: Say): string =>
  `${giftSays(gift, say)} ${often[every]}${endsWithPeriod ? ` (good until the ${every === "birthday" ? "next one" : `${every} ends`})` : ""}`;

/** What members have besides points, with what staff do for it: "“Personal shopper” (a task for staff: Call them)". */
export function perkSays({ name, note, task }: Tier["perks"][number]): string {
  const staff = task ? ["a task for staff", note].filter(Boolean).join(": ") : note && `note for staff: ${note}`;
  return `“${name}”${staff ? ` (${staff})` : ""}`;
}

/** "points end 90 days after they were earned" */
export const expirySays = (expiry: Expiry, points: string, say: Say): string =>
  expiry.kind === "never" ? `${points} never end` : `${points} end ${endSays(expiry, say)}`;

/** When points end: "90 days after they were earned" */
export function endSays(expiry: Expiry, say: Say): string {
  switch (expiry.kind) {
    case "never":
      return "never";
    case "after earning":
      return `${counted(expiry.days, "day", say)} after they were earned`;
    case "inactivity":
      return `after ${counted(expiry.months, "month", say)} without earning or spending`;
    case "end of year":
      return `with ${expiry.years === 0 ? "the year they were earned in" : `the year, ${counted(expiry.years, "year", say)} after the one they were earned in`}`;
    case "membership year":
      return "with the membership year";
  }
}

/** Over which time a ladder counts: "the last 12 months" */
export function windowSays(window: Ladder["window"], say: Say): string {
  switch (window.kind) {
    case "lifetime":
      return "all time";
    case "rolling":
      return `the last ${counted(window.months, "month", say)}`;
    default:
      return `the ${window.kind}`;
  }
}

/** For how long who reached a tier has it: "6 months from reaching it" */
export const termSays = (term: Ladder["term"], say: Say): string =>
  term.kind === "months" ? `${counted(term.months, "month", say)} from reaching it` : term.kind;

export const counted = (count: number, what: string, say: Say): string => `${say.number(count)} ${what}${count === 1 ? "" : "s"}`;
