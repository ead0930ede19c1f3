import type { Definition } from "../program/definition.ts";
import { namesOf } from "../program/names-of.ts";
import { type Language, languages, type Texts, wordsOf } from "../say.ts";
import { sayGoal, sayUntil } from "./say-progress.ts";
import type { Standing } from "./standing.ts";

/** What a member may see of their tier. */
export type CardTier = {
  id: string;
  name: string;
  colour: string;
  icon: string;
  /** An ISO instant; null where the tier has no end. */
  until: string | null;
  /** "Gold until Dec 31, 2027", in every language that Laurel speaks. */
  sentences: Texts;
  /** The next tier, what is missing for it, and how far the member has come: 0 to 100. */
  next: { name: string; share: number; sentences: Texts } | null;
  /** What is missing to keep this tier, where it has to be reached again. */
  keep: { share: number; sentences: Texts } | null;
};

type Place = { currency: string; timeZone: string };

/** The tier as the programme in force names it; nothing where it has no such tier any more. */
export function cardTier(
  definition: Definition,
  standing: Pick<Standing, "tierId" | "until" | "next" | "keep">,
  place: Place,
): CardTier | null {
  const { tiers } = definition;
  const tier = tiers?.levels.find((one) => one.id === standing.tierId);
  if (!tiers || !tier) return null;
  const { points: pointsName, units } = definition;
  const inAll = (sentence: (say: ReturnType<typeof wordsOf>) => string): Texts =>
    Object.fromEntries(
      languages.map((locale) => [
        locale,
        sentence(wordsOf({ currency: place.currency, pointsName, units, locale, names: namesOf(definition, locale) })),
      ]),
    ) as Record<Language, string>;
  const { next, keep } = standing;
  const above = tiers.levels.find((one) => one.id === next?.tierId);
  return {
    id: tier.id,
    name: tier.name,
    colour: tier.colour,
    icon: tier.icon,
    until: standing.until === null ? null : new Date(standing.until).toISOString(),
    sentences: inAll((say) => sayUntil(tier.id, standing.until, { timeZone: place.timeZone, say })),
    next: next && above ? { name: above.name, share: next.share, sentences: inAll((say) => sayGoal(next, "reach", tiers, say)) } : null,
    keep: keep ? { share: keep.share, sentences: inAll((say) => sayGoal(keep, "keep", tiers, say)) } : null,
  };
}
