// One Liquid engine for the theme and one for the app's blocks: each has its own texts, assets and snippets.

import { Liquid } from "liquidjs";
import { type Assets, addFilters } from "./filters.ts";
import { addTags } from "./tags.ts";
import type { Texts } from "./translate.ts";

export type Source = { assets: Assets; texts: () => Texts; snippet: (name: string) => string | undefined };

export function liquidEngine({ assets, texts, snippet }: Source): Liquid {
  const read = (name: string): string => {
    const text = snippet(name);
    if (text === undefined) throw new Error(`There is no snippet ${name}.`);
    return text;
  };
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: false,
    relativeReference: false,
    fs: {
      readFileSync: read,
      readFile: async (name) => read(name),
      existsSync: (name) => snippet(name) !== undefined,
      exists: async (name) => snippet(name) !== undefined,
      contains: async () => true,
      containsSync: () => true,
      resolve: (_, name) => name,
      fallback: () => undefined,
      sep: "/",
      dirname: () => "",
    },
  });
  addFilters(engine, assets, texts);
  addTags(engine);
  return engine;
}
