import type { Say } from "../say.ts";

const endings: Record<string, string> = { one: "st", two: "nd", few: "rd", other: "th" };
const english = new Intl.PluralRules("en", { type: "ordinal" });

/** "1st", "22nd"; in French of something feminine: "1re", "22e". */
export const ordinal = (n: number, say: Say): string =>
  say.in({ en: `${say.number(n)}${endings[english.select(n)] ?? "th"}`, fr: `${say.number(n)}${n === 1 ? "re" : "e"}` });
