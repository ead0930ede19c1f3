import type { Definition } from "../program/definition.ts";
import { namesOf } from "../program/names-of.ts";
import { type Named, type Names, type Say, wordsOf } from "../say.ts";

type Programme = { definition: Definition; currency: string };

/** The words for a movement: today's names for things, and for what is no more the names of the version that judged it. */
export function wordsFor({ definition, currency }: Programme, locale: string, then: Definition | null = null): Say {
  const units = new Map([...(then?.units ?? []), ...definition.units].map((one) => [one.id, one]));
  return wordsOf({ currency, pointsName: definition.points, locale, units: [...units.values()], names: named(definition, locale, then) });
}

function named(definition: Definition, locale: string, then: Definition | null): Names {
  const [now, before] = [namesOf(definition, locale), then ? namesOf(then, locale) : {}];
  return Object.fromEntries((Object.keys(now) as Named[]).map((what) => [what, { ...before[what], ...now[what] }]));
}
