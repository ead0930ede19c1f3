import type { Problem } from "./check.ts";
import { sayPath } from "./say-path.ts";

// PostgreSQL keeps neither in a value of JSON: the character zero, and one half of a pair that is one letter.
const unkept = /[\0\p{Cs}]/u;

/** Texts that no database can keep, wherever they stand. */
export function unkeptTexts(value: unknown): Problem[] {
  const found: Problem[] = [];
  const look = (one: unknown, at: Problem["at"]): void => {
    if (typeof one === "string" && unkept.test(one))
      found.push({
        path: sayPath(at),
        at,
        said: "It has a character that cannot be kept.",
        suggestion: "Type it again: the character may be one that nobody sees.",
      });
    if (typeof one !== "object" || one === null) return;
    for (const [key, inner] of Object.entries(one)) {
      if (unkept.test(key)) look(key, at);
      look(inner, [...at, Array.isArray(one) ? Number(key) : key]);
    }
  };
  look(value, []);
  return found;
}
