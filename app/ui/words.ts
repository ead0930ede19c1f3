import { useRouteLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { PointsName } from "../loyalty/points.ts";
import { type Say, wordsOf } from "../loyalty/say.ts";
import { en as t } from "./texts/en.ts";

/** What every page needs to know of the programme in order to say anything: the frame around the pages reads it once. */
export type Words = { currency: string; timeZone: string; pointsName: PointsName };

export function useWords(): Words & { say: Say } {
  const app = useRouteLoaderData("routes/app") as { words: Words } | undefined;
  const words = app?.words ?? { currency: "USD", timeZone: "UTC", pointsName: { one: "point", other: "points" } };
  const { currency, timeZone, pointsName } = words;
  return useMemo(() => ({ currency, timeZone, pointsName, say: wordsOf({ currency, pointsName }) }), [currency, timeZone, pointsName]);
}

/** Days and moments in the time zone of the shop: the same text on the server and in the browser. */
export function useDates(): Dates {
  const { timeZone } = useWords();
  return useMemo(() => datesIn(timeZone), [timeZone]);
}

type Dates = {
  day: (instant: string | Date) => string;
  /** The last day before an end: what ends at midnight is good until the evening. */
  lastDay: (end: string | Date) => string;
  moment: (instant: string | Date) => string;
};

export function datesIn(timeZone: string): Dates {
  const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone });
  // As the sentences of rules tell the time of day.
  const time = new Intl.DateTimeFormat("en", { timeStyle: "short", timeZone });
  const day = (instant: string | Date) => date.format(new Date(instant));
  const lastDay = (end: string | Date) => day(new Date(new Date(end).getTime() - 1));
  return { day, lastDay, moment: (instant) => `${day(instant)}, ${time.format(new Date(instant))}` };
}

/** "2026-11" as Nov 2026, in one line. */
export const monthNamed = (month: string): string =>
  new Intl.DateTimeFormat("en", { month: "short", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${month}-01T00:00Z`))
    .replace(" ", "\u00a0");

/** "+120" and "−20", with a true minus sign. */
export const signed = (points: number): string =>
  `${points > 0 ? "+" : points < 0 ? "−" : ""}${new Intl.NumberFormat("en").format(Math.abs(points))}`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const number = (value: number): string => new Intl.NumberFormat("en").format(value);

/** Who a member is, as far as this shop may know. */
export function nameOf(member: { name: string | null; email: string | null; customerGid: string | null; redactedAt?: unknown }): string {
  if (member.name) return member.name;
  if (member.email) return member.email;
  if (member.redactedAt) return t.members.erased;
  const customer = /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(member.customerGid ?? "")?.[1];
  return customer ? t.members.anonymous(customer) : t.members.guest;
}

/** "staff:123" is staff, "laurel" is Laurel. */
export const actorOf = (actor: string): string => t.member.actors[actor.split(":")[0] ?? ""] ?? actor;
