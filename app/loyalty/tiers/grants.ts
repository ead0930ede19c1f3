import { Temporal } from "temporal-polyfill";
import type { Grant, Tier, TierGift } from "./ladder.ts";

/** The period that something is given for, once: its name for ever, and when it begins and ends. */
export type Period = { key: string; from: number; to: number };

/** A birthday gift that could not be given on the day is given in the week that follows. */
const lateDays = 7;

const periods = new Map<string, Period[]>();

/** The period in which an instant lies; for a birthday the year that begins with it. null where the birthday is not known. */
export function periodOf(every: Grant["every"], at: number, of: { timeZone: string; birthday: string | null }): Period | null {
  if (every === "birthday") return workedOut(every, at, of);
  // The same for everybody: a backtest asks for each member and month.
  const zone = `${every} ${of.timeZone}`;
  const known = periods.get(zone) ?? [];
  const found = known.find(({ from, to }) => from <= at && at < to) ?? workedOut(every, at, of);
  if (found && !known.includes(found)) periods.set(zone, [found, ...known.slice(0, 99)]);
  return found;
}

function workedOut(
  every: Grant["every"],
  at: number,
  { timeZone, birthday }: { timeZone: string; birthday: string | null },
): Period | null {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const { year, month } = today;
  const midnight = (day: Temporal.PlainDate) => day.toZonedDateTime(timeZone).epochMilliseconds;
  const first = (of: number) => Temporal.PlainDate.from({ year, month: of, day: 1 });
  const lasting = (key: string, from: Temporal.PlainDate, months: number): Period => ({
    key,
    from: midnight(from),
    to: midnight(from.add({ months })),
  });
  if (every === "month") return lasting(`${year}-${String(month).padStart(2, "0")}`, first(month), 1);
  if (every === "quarter") {
    const quarter = Math.ceil(month / 3);
    return lasting(`${year}-Q${quarter}`, first(quarter * 3 - 2), 3);
  }
  if (every === "year") return lasting(String(year), first(1), 12);
  if (birthday === null) return null;
  const [ofMonth = 1, ofDay = 1] = birthday.split("-").map(Number);
  // Who was born on 29 February has their day on the 28th in other years.
  const inYear = (wanted: number) => Temporal.PlainDate.from({ year: wanted, month: ofMonth, day: ofDay }, { overflow: "constrain" });
  const begun = Temporal.PlainDate.compare(inYear(year), today) <= 0 ? year : year - 1;
  return { key: `birthday ${begun}`, from: midnight(inYear(begun)), to: midnight(inYear(begun + 1)) };
}

/** Whether what is given for a period is still given at an instant in it. */
export const isInTime = (every: Grant["every"], { from }: Period, at: number): boolean =>
  every !== "birthday" || at < from + lateDays * 86_400_000;

/** What a tier gave for a period. */
export type Granted = { tierId: string; grantId: string; period: string; gift: TierGift };

/** What a grant of a tier is given for, for ever: one cause gives once. */
export const grantCause = (memberId: string, { tierId, grantId, period }: Omit<Granted, "gift">): string =>
  `grant ${memberId} ${tierId} ${grantId} ${period}`;

/** What all tiers may have given for the periods that run now. */
export const periodsOf = (
  levels: readonly Tier[],
  at: number,
  of: { timeZone: string; birthday: string | null },
): Omit<Granted, "gift">[] =>
  levels.flatMap(({ id: tierId, grants }) =>
    grants.flatMap(({ id: grantId, every }) => {
      const period = periodOf(every, at, of);
      return period ? [{ tierId, grantId, period: period.key }] : [];
    }),
  );

/** What a tier's grant gives now; `isRest` where the member had a part of it from a lower tier. */
export type GrantDue = { grant: Grant; gift: TierGift; period: Period; isRest: boolean };

/**
 * What the tier that a member holds still gives for the periods that run. For a period they have what the best of their
 * tiers in it gives: who rises gets what the new one gives more (of points the rest, and no reward twice), who falls
 * gets nothing more.
 */
export function grantsDue(
  { tier, levels, granted }: { tier: Tier; levels: readonly Tier[]; granted: readonly Granted[] },
  at: number,
  of: { timeZone: string; birthday: string | null },
): GrantDue[] {
  const rank = (id: string) => levels.findIndex((one) => one.id === id);
  const ofOthers = granted.filter((one) => one.tierId !== tier.id).map((one) => ({ ...one, left: sizeOf(one.gift) }));
  return tier.grants.flatMap((grant) => {
    const period = periodOf(grant.every, at, of);
    if (!period || !isInTime(grant.every, period, at)) return [];
    const had = ofOthers.filter((one) => one.period === period.key);
    if (had.some((one) => rank(one.tierId) > rank(tier.id))) return [];
    // Set off in the order of the list, whether or not it was given before: so that asking again comes to the same.
    const rest = setOff(grant.gift, had);
    const isGiven = granted.some((one) => one.tierId === tier.id && one.grantId === grant.id && one.period === period.key);
    if (rest === 0 || isGiven) return [];
    const gift = grant.gift.kind === "points" ? { ...grant.gift, points: rest } : grant.gift;
    return [{ grant, gift, period, isRest: rest < sizeOf(grant.gift) }];
  });
}

const sizeOf = (gift: TierGift): number => (gift.kind === "points" ? gift.points : 1);

function setOff(gift: TierGift, had: { gift: TierGift; left: number }[]): number {
  let rest = sizeOf(gift);
  for (const one of had) {
    if (!isAlike(one.gift, gift)) continue;
    const part = Math.min(rest, one.left);
    one.left -= part;
    rest -= part;
  }
  return rest;
}

const isAlike = (a: TierGift, b: TierGift): boolean =>
  a.kind === "points" ? b.kind === "points" && a.unit === b.unit : b.kind === "reward" && a.reward === b.reward;

/** When the next of a tier's recurring gifts is due; null without any. */
export function nextGrantAt(grants: readonly Grant[], at: number, of: { timeZone: string; birthday: string | null }): number | null {
  const ends = grants.flatMap(({ every }) => periodOf(every, at, of)?.to ?? []);
  return ends.length === 0 ? null : Math.min(...ends);
}
