import type { Say } from "../say.ts";

/** "one, two and three" */
export function together(parts: readonly string[], say: Say): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")}${say.in({ en: " and ", fr: " et " })}${parts.at(-1)}`;
}
