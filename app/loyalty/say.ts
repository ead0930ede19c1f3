import { type Minor, sayMoney } from "./money.ts";
import { type Points, type PointsName, sayPoints } from "./points.ts";

/** The words of one programme: its currency, its name for points, the reader's language. */
export type Say = { points: (points: Points) => string; money: (minor: Minor) => string; pointsName: PointsName };

export function wordsOf(programme: { currency: string; pointsName: PointsName; locale?: string }): Say {
  const locale = programme.locale ?? "en";
  return {
    points: (points) => sayPoints(points, programme.pointsName, locale),
    money: (minor) => sayMoney(minor, programme.currency, locale),
    pointsName: programme.pointsName,
  };
}
