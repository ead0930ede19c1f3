import { type Minor, sayMoney } from "./money.ts";
import { type Points, type PointsName, sayPoints } from "./points.ts";

/** The languages that Laurel itself speaks to shoppers. English is always there; a text may lack another one. */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];
export type Texts = { en: string } & Partial<Record<Language, string>>;

/** What the programme has names for. */
export type Named = "tier" | "reward" | "badge" | "rule";

/** The words of one programme: its currency, its names for points and tiers, the reader's language. */
export type Say = {
  points: (points: Points) => string;
  /** An amount of any unit of the programme: "3 stamps". */
  amount: (amount: number, unit: string) => string;
  money: (minor: Minor) => string;
  /** Hundredths of a per cent: 250 is "2.5%". */
  percent: (hundredths: number) => string;
  number: (value: number) => string;
  /** "Coffee, Tea or Milk" */
  list: (items: readonly string[]) => string;
  /** 1 is Monday. */
  weekday: (day: number) => string;
  /** 2026-11-27 or 2026-11-27T09:00, as a reader writes it. */
  day: (local: string) => string;
  /** 09:05, as a reader writes it. */
  time: (local: string) => string;
  /** The programme's own name for something; its id where it has none any more. */
  nameOf: (what: Named, id: string) => string;
  /** The text in the reader's language. */
  in: (texts: Texts) => string;
  pointsName: PointsName;
  /** What a unit is called. */
  unitName: (unit: string) => PointsName;
};

export type Names = Partial<Record<Named, Readonly<Record<string, string>>>>;

type Programme = {
  currency: string;
  pointsName: PointsName;
  locale?: string;
  units?: readonly { id: string; name: PointsName }[];
  names?: Names;
};

export function wordsOf({ currency, pointsName, locale = "en", units = [], names = {} }: Programme): Say {
  const nameOfUnit = (unit: string): PointsName =>
    unit === "points" ? pointsName : (units.find((one) => one.id === unit)?.name ?? { one: unit, other: unit });
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  return {
    points: (points) => sayPoints(points, pointsName, locale),
    amount: (amount, unit) => sayPoints(amount, nameOfUnit(unit), locale),
    money: (minor) => sayMoney(minor, currency, locale),
    percent: (hundredths) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(hundredths / 10_000),
    number,
    list: (items) => new Intl.ListFormat(locale, { type: "disjunction" }).format(items),
    weekday: (day) =>
      // 5 January 1970 was a Monday.
      new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format((3 + day) * 86_400_000),
    day: (local) =>
      new Intl.DateTimeFormat(locale, {
        dateStyle: "medium",
        ...(local.includes("T") ? { timeStyle: "short" as const } : {}),
        timeZone: "UTC",
      }).format(new Date(`${local.length > 10 ? local : `${local}T00:00`}Z`)),
    time: (local) => new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" }).format(new Date(`1970-01-01T${local}Z`)),
    nameOf: (what, id) => names[what]?.[id] ?? id,
    in: (texts) => texts[locale.slice(0, 2) as Language] ?? texts.en,
    pointsName,
    unitName: nameOfUnit,
  };
}
