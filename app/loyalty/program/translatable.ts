import type { Definition } from "./definition.ts";

/** Something that members read by a name of the merchant's, and the key under which `texts` has it in another language. */
export type Translatable = { key: string; part: "earning" | "tiers" | "rewards" | "badges"; name: string };

/** Every name of a programme that can be said in another language, in the order in which merchants see them. */
export function translatable({
  earning,
  tiers,
  rewards,
  badges,
}: Pick<Definition, "earning" | "tiers" | "rewards" | "badges">): Translatable[] {
  const of = (part: Translatable["part"], list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ key: `${part}.${id}`, part, name }));
  return [...of("earning", earning), ...of("tiers", tiers?.levels ?? []), ...of("rewards", rewards), ...of("badges", badges)];
}

/** The programme without texts of things that it does not have any more: who removes a rule need not think of them. */
export function withoutOrphans(definition: Definition): Definition {
  const known = new Set(translatable(definition).map((one) => one.key));
  const kept = Object.entries(definition.texts).flatMap(([locale, texts]) => {
    const left = Object.entries(texts).filter(([key]) => known.has(key));
    return left.length > 0 ? [[locale, Object.fromEntries(left)]] : [];
  });
  return { ...definition, texts: Object.fromEntries(kept) };
}

/** The programme with its names in one language as they were typed: what is left empty is said in the merchant's own. */
export function withTexts(definition: Definition, locale: string, typed: Readonly<Record<string, string>>): Definition {
  const known = new Set(translatable(definition).map((one) => one.key));
  const texts = Object.fromEntries(
    Object.entries(typed).flatMap(([key, text]) => (known.has(key) && text.trim() !== "" ? [[key, text.trim()]] : [])),
  );
  const { [locale]: _, ...others } = definition.texts;
  return { ...definition, texts: Object.keys(texts).length > 0 ? { ...others, [locale]: texts } : others };
}
