import type { Names } from "../../loyalty/insight/shown.ts";

/** Orders tiers as the programmes list them: nobody's first, then from the lowest to the highest. */
export function byLadder(names: Names): (a: string | null, b: string | null) => number {
  const ladder = Object.keys(names.tier);
  const place = (tierId: string | null) => (tierId === null ? -1 : ladder.indexOf(tierId));
  return (a, b) => place(a) - place(b);
}
