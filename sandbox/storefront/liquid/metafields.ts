// Metafields as Liquid sees them: owner.metafields.<namespace>.<key>, with .value in the shape of the type.
// $app is the namespace reserved for the app whose block is being rendered.

import { resolveNamespace } from "../../app-ids.ts";
import type { App, Metafield } from "../../world.ts";

export type LiquidMetafield = { value: unknown; type: string; list?: boolean; toString(): string };

export function metafieldsOf(metafields: Metafield[], app: App | undefined): Record<string, Record<string, LiquidMetafield>> {
  return new Proxy({} as Record<string, Record<string, LiquidMetafield>>, {
    // LiquidJS looks only at what an object owns.
    getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
    has: () => true,
    get: (_, namespace) => {
      if (typeof namespace !== "string") return undefined;
      const wanted = app ? resolveNamespace(app, namespace) : namespace;
      const found = metafields.filter((one) => one.namespace === wanted);
      return found.length === 0 ? undefined : Object.fromEntries(found.map((one) => [one.key, liquidMetafield(one)]));
    },
  });
}

function liquidMetafield({ type, value }: Metafield): LiquidMetafield {
  return { value: readValue(type, value), type, list: type.startsWith("list."), toString: () => value };
}

function readValue(type: string, value: string): unknown {
  if (type === "json" || type.startsWith("list.") || ["money", "rating", "dimension", "volume", "weight"].includes(type))
    return JSON.parse(value);
  if (type === "number_integer" || type === "number_decimal") return Number(value);
  if (type === "boolean") return value === "true";
  return value;
}
