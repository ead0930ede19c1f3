import type { Named, Names } from "../say.ts";
import type { Definition } from "./definition.ts";

/** What a programme calls its own things, in a reader's language where it has words for them: "fr-CA", else "fr", else as they are. */
export function namesOf(definition: Pick<Definition, "tiers" | "rewards" | "badges" | "earning" | "texts">, locale = "en"): Names {
  const { texts } = definition;
  const words = { ...texts[locale.slice(0, 2)], ...texts[locale] };
  const named = (part: string, things: readonly { id: string; name: string }[]): Record<string, string> =>
    Object.fromEntries(things.map(({ id, name }) => [id, words[`${part}.${id}`] ?? name]));
  return {
    tier: named("tiers", definition.tiers?.levels ?? []),
    reward: named("rewards", definition.rewards),
    badge: named("badges", definition.badges),
    rule: named("earning", definition.earning),
  } satisfies Record<Named, Record<string, string>>;
}
