import { hasTag } from "./earning/evaluate.ts";
import { namesOf, rivalsOf, ruleSentence } from "./earning/sentence.ts";
import type { Points, PointsName } from "./points.ts";
import type { Definition, EarningRule, Reward } from "./program/definition.ts";
import type { Phase } from "./program/phase.ts";
import { kindOf } from "./program/union-of.ts";
import { rewardKinds } from "./redeeming/rewards/index.ts";
import { type Language, languages, type Say, type Texts, wordsOf } from "./say.ts";
import { type CardTier, cardTier } from "./tiers/card-tier.ts";
import type { Standing } from "./tiers/standing.ts";

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
  /** What they have of the programme's other units, where it has any. */
  units?: CardUnit[];
  /** Badges that they wear. */
  badges?: { id: string; name: string }[];
  /** Their tier, where the programme has any. */
  tier?: CardTier;
  /** Their last movements, at most five, in their language: what happened, and why. */
  latest?: CardMovement[];
  at: string;
};

/** `points` is how many more or fewer they have; `steps` say why, where the programme worked it out. */
export type CardMovement = { at: string; sentence: string; points: Points; steps: string[] };

/** `kept`: it cannot be handed back for points. */
export type CardCode = { redemptionId: string; code: string; reward: string; expiresAt: string; kept?: true };

export type CardUnit = { id: string; name: PointsName; available: Points; pending: Points };

/** The programme as everybody may see it: the app-owned metafield `laurel.programme` on the installation. */
export type ProgrammeCard = {
  v: 1;
  open: boolean;
  name: PointsName;
  currency: string;
  proxyPath: string;
  earning: { name: string; names?: Texts; sentence: string; sentences: Texts }[];
  rewards: { id: string; name: string; names?: Texts; sentence: string; sentences: Texts; points: Points; unit?: RewardUnit }[];
};

/** What a reward costs, where that is not points. */
type RewardUnit = { id: string; name: PointsName };

/** The programme as it stands at the instant the card is made for. */
export type CardProgramme = { definition: Definition; phase: Phase; testTag: string | null; currency?: string; timeZone?: string };

/** A member as one shop knows them. */
export type CardMember = {
  state: string;
  tags: readonly string[];
  points: Points;
  pending: Points;
  owed: Points;
  /** Their codes in this shop that are issued and unused. */
  codes: CardCode[];
  /** What they have of other units, by their ids. */
  units?: Readonly<Record<string, { available: Points; pending: Points }>>;
  /** Ids of their badges. */
  badges?: readonly string[];
  /** Where they stand in the ladder; left out where that was never worked out. */
  standing?: Pick<Standing, "tierId" | "until" | "next" | "keep"> | null;
  latest?: CardMovement[];
};

/** What one member may see. Whoever the programme does not serve now gets a closed card: themes show nothing then. */
export function buildCard(programme: CardProgramme, member: CardMember, at: Date): Card {
  const rewards = rewardsOf(programme.definition);
  const next = rewards.find((reward) => reward.unit === "points" && reward.points > member.points);
  const tier = tierOf(programme, member);
  return {
    v: 1,
    open: isServed(programme, member),
    points: member.points,
    pending: member.pending,
    owed: member.owed,
    name: programme.definition.points,
    next: next ? { name: next.name, points: next.points, missing: next.points - member.points } : null,
    affordable: rewards.filter((reward) => reward.points <= heldOf(member, reward.unit)).map((reward) => reward.id),
    codes: member.codes,
    ...besidePoints(programme.definition, member),
    ...(tier ? { tier } : {}),
    ...(member.latest?.length && isServed(programme, member) ? { latest: member.latest } : {}),
    at: at.toISOString(),
  };
}

/** How much a card says can be spent of a unit. */
export const spendable = (card: Pick<Card, "points" | "units">, unit: string): Points =>
  unit === "points" ? card.points : (card.units?.find((one) => one.id === unit)?.available ?? 0);

const heldOf = (member: CardMember, unit: string): Points => (unit === "points" ? member.points : (member.units?.[unit]?.available ?? 0));

function besidePoints({ units, badges }: Definition, member: CardMember): Pick<Card, "units" | "badges"> {
  const worn = badges.filter(({ id }) => member.badges?.includes(id)).map(({ id, name }) => ({ id, name }));
  return {
    ...(units.length > 0
      ? { units: units.map(({ id, name }) => ({ id, name, available: heldOf(member, id), pending: member.units?.[id]?.pending ?? 0 })) }
      : {}),
    ...(worn.length > 0 ? { badges: worn } : {}),
  };
}

function tierOf({ definition, currency, timeZone }: CardProgramme, { standing }: CardMember): CardTier | null {
  return standing && currency && timeZone ? cardTier(definition, standing, { currency, timeZone }) : null;
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
  const namesIn = (name: (words: Say) => string): { names?: Texts } => {
    const names = inAll(name);
    return new Set(Object.values(names)).size > 1 ? { names } : {};
  };
  return {
    v: 1,
    open: programme.phase === "live",
    name: definition.points,
    currency,
    proxyPath: shop.proxyPath,
    earning: definition.earning
      .filter((rule) => rule.active)
      .map((rule) => ({
        name: say.nameOf("rule", rule.id),
        ...namesIn((words) => words.nameOf("rule", rule.id)),
        sentence: earningSentence(rule, definition, say),
        sentences: inAll((words) => earningSentence(rule, definition, words)),
      })),
    rewards: rewardsOf(definition).map((reward) => ({
      id: reward.id,
      name: say.nameOf("reward", reward.id),
      ...namesIn((words) => words.nameOf("reward", reward.id)),
      sentence: rewardSentence(reward, say),
      sentences: inAll((words) => rewardSentence(reward, words)),
      points: reward.points,
      ...unitOf(definition, reward),
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

function unitOf({ units }: Definition, reward: Reward): { unit?: RewardUnit } {
  const unit = units.find((one) => one.id === reward.unit);
  return unit ? { unit: { id: unit.id, name: unit.name } } : {};
}

// Cheapest first, as shoppers read them; of two that cost the same the one that the merchant named first.
const rewardsOf = (definition: Definition): Reward[] =>
  definition.rewards.filter((reward) => reward.active && reward.offered).sort((one, other) => one.points - other.points);

/** Members read beside which rules only the best counts: each would otherwise promise what the other one takes. */
export const earningSentence = (rule: EarningRule, { earning }: Pick<Definition, "earning">, say: Say): string =>
  ruleSentence(
    rule,
    say,
    rivalsOf(rule, earning).map((one) => say.nameOf("rule", one.id)),
  );

export function rewardSentence(reward: Reward, say: Say): string {
  const { kind, ...settings } = reward.worth;
  const sentence = kindOf(rewardKinds, kind).sentence as (settings: unknown, say: Say) => string;
  return sentence(settings, say);
}
