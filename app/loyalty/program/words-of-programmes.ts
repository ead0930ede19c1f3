import { type Say, wordsOf } from "../say.ts";
import type { Definition } from "./definition.ts";

type Item = { id: string; name: string };

/** The words of a programme, or of several that are compared: what only an older one has is called by its name there. */
export function wordsOfProgrammes(currency: string, ...newestFirst: readonly [Definition, ...Definition[]]): Say {
  const [newest] = newestFirst;
  const oldestFirst = newestFirst.toReversed();
  const named = (of: (definition: Definition) => readonly Item[]) =>
    Object.fromEntries(oldestFirst.flatMap((one) => of(one).map(({ id, name }) => [id, name])));
  const units = Object.fromEntries(oldestFirst.flatMap((one) => one.units.map((unit) => [unit.id, unit])));
  return wordsOf({
    currency,
    pointsName: newest.points,
    units: Object.values(units),
    names: {
      tier: named((one) => one.tiers?.levels ?? []),
      reward: named((one) => one.rewards),
      badge: named((one) => one.badges),
      rule: named((one) => one.earning),
    },
  });
}
