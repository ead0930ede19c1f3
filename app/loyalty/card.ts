import { hasTag } from "./earning/evaluate.ts";
import { namesOf, ruleSentence } from "./earning/sentence.ts";
import type { Points, PointsName } from "./points.ts";
import type { Definition, EarningRule, Reward } from "./program/definition.ts";
import type { Phase } from "./program/phase.ts";
import { kindOf } from "./program/union-of.ts";
import { rewardKinds } from "./redeeming/rewards/index.ts";
import { type Language, languages, type Say, type Texts, wordsOf } from "./say.ts";

/**
 * What a theme, a checkout or an account page may read of a member: the one contract with extensions/.
 * Published as the app-owned customer metafield `$app:card` (JSON). No personal data.
 */
export type Card = {
  /** Raised when a field changes its meaning. */
  v: 1;
  /** The programme gives this member points now. */
  open: boolean;
  points: Points;
  pending: Points;
  owed: Points;
  name: PointsName;
  /** The cheapest reward they cannot have yet; null when they can have all. */
  next: { name: string; points: Points; missing: Points } | null;
  /** Ids of rewards that their points cover. */
  affordable: string[];
  /** Codes that are issued and unused. */
  codes: CardCode[];
  at: string;
};

export type CardCode = { redemptionId: string; code: string; reward: string; expiresAt: string };

/** The programme as everybody may see it: the app-owned metafield `laurel.programme` on the installation. */
export type ProgrammeCard = {
  v: 1;
  open: boolean;
  name: PointsName;
  currency: string;
  proxyPath: string;
  earning: { name: string; sentence: string; sentences: Texts }[];
  rewards: { id: string; name: string; sentence: string; sentences: Texts; points: Points }[];
};

/** The programme as it stands at the instant the card is made for. */
export type CardProgramme = { definition: Definition; phase: Phase; testTag: string | null };

/** A member as one shop knows them. */
export type CardMember = {
  state: string;
  tags: readonly string[];
  points: Points;
  pending: Points;
  owed: Points;
  /** Their codes in this shop that are issued and unused. */
  codes: CardCode[];
};

/** What one member may see. Whoever the programme does not serve now gets a closed card: themes show nothing then. */
export function buildCard(programme: CardProgramme, member: CardMember, at: Date): Card {
  const rewards = rewardsOf(programme.definition);
  const next = rewards.find((reward) => reward.points > member.points);
  return {
    v: 1,
    open: isServed(programme, member),
    points: member.points,
    pending: member.pending,
    owed: member.owed,
    name: programme.definition.points,
    next: next ? { name: next.name, points: next.points, missing: next.points - member.points } : null,
    affordable: rewards.filter((reward) => reward.points <= member.points).map((reward) => reward.id),
    codes: member.codes,
    at: at.toISOString(),
  };
}

/** What everybody may see, in the words of the shop's language. */
export function buildProgrammeCard(
  programme: CardProgramme & { currency: string },
  shop: { proxyPath: string; locale: string },
): ProgrammeCard {
  const { definition, currency } = programme;
  const saying = (locale: string) =>
    wordsOf({ currency, pointsName: definition.points, locale, units: definition.units, names: namesOf(definition, locale) });
  const say = saying(shop.locale);
  // A theme is read in any language of the shop, and Liquid can only choose between what it is given.
  const inAll = (sentence: (words: Say) => string) =>
    Object.fromEntries(languages.map((one) => [one, sentence(saying(one))])) as Record<Language, string>;
  return {
    v: 1,
    open: programme.phase === "live",
    name: definition.points,
    currency,
    proxyPath: shop.proxyPath,
    earning: definition.earning
      .filter((rule) => rule.active)
      .map((rule) => ({
        name: rule.name,
        sentence: earningSentence(rule, say),
        sentences: inAll((words) => earningSentence(rule, words)),
      })),
    rewards: rewardsOf(definition).map((reward) => ({
      id: reward.id,
      name: reward.name,
      sentence: rewardSentence(reward, say),
      sentences: inAll((words) => rewardSentence(reward, words)),
      points: reward.points,
    })),
  };
}

/** Whether the programme gives this member anything now: live for everybody, testing for those with the tag. */
export function isServed({ definition, phase, testTag }: CardProgramme, member: Pick<CardMember, "state" | "tags">): boolean {
  if (member.state !== "active") return false;
  const { excludeTag } = definition.policies;
  if (excludeTag && hasTag(member.tags, excludeTag)) return false;
  if (phase === "testing") return testTag !== null && hasTag(member.tags, testTag);
  return phase === "live";
}

// Cheapest first, as shoppers read them; of two that cost the same the one that the merchant named first.
const rewardsOf = (definition: Definition): Reward[] =>
  definition.rewards.filter((reward) => reward.active).sort((one, other) => one.points - other.points);

export const earningSentence = (rule: EarningRule, say: Say): string => ruleSentence(rule, say);

export function rewardSentence(reward: Reward, say: Say): string {
  const { kind, ...settings } = reward.worth;
  const sentence = kindOf(rewardKinds, kind).sentence as (settings: unknown, say: Say) => string;
  return sentence(settings, say);
}
