import { type Minor, sayMoney } from "./money.ts";
import { type Points, type PointsName, sayPoints } from "./points.ts";

/** The languages that Laurel itself speaks to shoppers. English is always there; a text may lack another one. */
export const languages = ["en", "fr"] as const;
export type Language = (typeof languages)[number];
export type Texts = { en: string } & Partial<Record<Language, string>>;

/** The words of one programme: its currency, its name for points, the reader's language. */
export type Say = {
  points: (points: Points) => string;
  money: (minor: Minor) => string;
  /** The text in the reader's language. */
  in: (texts: Texts) => string;
  pointsName: PointsName;
};

export function wordsOf(programme: { currency: string; pointsName: PointsName; locale?: string }): Say {
  const locale = programme.locale ?? "en";
  return {
    points: (points) => sayPoints(points, programme.pointsName, locale),
    money: (minor) => sayMoney(minor, programme.currency, locale),
    in: (texts) => texts[locale.slice(0, 2) as Language] ?? texts.en,
    pointsName: programme.pointsName,
  };
}
