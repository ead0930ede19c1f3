import { meantBy } from "./meanings.ts";

/**
 * Of the known names those that a wrong one may have meant: what it is another word for, else those a letter or two
 * away, or one within the other; nearest first.
 */
export function nearest(wrong: string, known: readonly string[], most: number): string[] {
  const plain = wrong.trim().toLowerCase();
  const meant = meantBy(plain, known);
  return [...meant, ...alike(plain, known).filter((name) => !meant.includes(name))].slice(0, most);
}

function alike(plain: string, known: readonly string[]): string[] {
  return known
    .map((name) => ({ name, away: awayFrom(plain, name.toLowerCase()) }))
    .filter(({ name, away }) => away <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.away - b.away || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

// A word of a longer name is as near as a slip of the pen: “weekday” for “weekday and hours”.
function awayFrom(wrong: string, name: string): number {
  const away = distance(wrong.slice(0, 80), name);
  const isWithin = wrong.length >= 3 && (name.includes(wrong) || (name.length >= 3 && wrong.includes(name)));
  return isWithin ? Math.min(away, 1) : away;
}

/** Levenshtein's, with neighbours that changed places: letters to change, add, leave out or swap. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= a.length; i += 1) {
    const [above = [], twoAbove] = [rows[i - 1], rows[i - 2]];
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = twoAbove && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (twoAbove[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row[j] = Math.min((row[j - 1] ?? 0) + 1, (above[j] ?? 0) + 1, changed, swapped);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
