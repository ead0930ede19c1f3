import type { Definition } from "../../loyalty/program/definition.ts";
import { namesOf } from "../../loyalty/program/names-of.ts";
import { wordsOf } from "../../loyalty/say.ts";
import { sayGoal, sayTierWhy } from "../../loyalty/tiers/say-progress.ts";
import type { Goal, TierWhy } from "../../loyalty/tiers/standing.ts";
import { actorOf, capital } from "../words.ts";

type Standing = {
  tierId: string | null;
  since: Date | null;
  until: Date | null;
  graceUntil: Date | null;
  next: Goal | null;
  keep: Goal | null;
};
type Read = {
  standing: Standing;
  steps: { at: Date; from: string | null; to: string | null; why: TierWhy; called: string | null }[];
  holds: { tierId: string; until: Date | null; by: string; why: string }[];
};
type Programme = { currency: string; timeZone: string; definition: Definition };

/** What the member page shows of a tier. Days are ISO instants; an end is the last instant that still counts. */
export type TierNow = {
  levels: { id: string; name: string }[];
  tier: { name: string; colour: string } | null;
  since: string | null;
  until: string | null;
  graceUntil: string | null;
  goals: { sentence: string; share: number }[];
  holds: { tierId: string; tier: string; by: string; until: string | null; why: string }[];
  steps: { key: string; at: string; to: string | null; sentence: string }[];
};

/** A member's tier in words; null where the programme has no tiers. */
export function tierLines(read: Read | undefined, { currency, timeZone, definition }: Programme): TierNow | null {
  const { tiers } = definition;
  if (!tiers) return null;
  const names = namesOf(definition);
  const say = wordsOf({ currency, pointsName: definition.points, units: definition.units, names });
  const nameOf = (id: string | null) => (id === null ? null : say.nameOf("tier", id));
  const standing = read?.standing;
  const tier = tiers.levels.find((one) => one.id === standing?.tierId);
  const goals = [
    ...(standing?.keep ? [{ sentence: sayGoal(standing.keep, "keep", tiers, say), share: standing.keep.share }] : []),
    ...(standing?.next ? [{ sentence: sayGoal(standing.next, "reach", tiers, say), share: standing.next.share }] : []),
  ];
  return {
    levels: tiers.levels.map(({ id, name }) => ({ id, name })),
    tier: tier ? { name: tier.name, colour: tier.colour } : null,
    since: standing?.since?.toISOString() ?? null,
    until: lastOf(standing?.until),
    graceUntil: lastOf(standing?.graceUntil),
    goals: goals.map(({ sentence, share }) => ({ sentence: `${capital(sentence)}.`, share })),
    holds: (read?.holds ?? []).map(({ tierId, until, by, why }) => ({
      tierId,
      tier: nameOf(tierId) ?? tierId,
      by: actorOf(by),
      until: lastOf(until),
      why,
    })),
    steps: (read?.steps ?? []).map(({ at, to, why, called }, place) => ({
      key: `${at.toISOString()} ${place}`,
      at: at.toISOString(),
      // A tier that the programme has no more keeps the name that it had.
      to: tiers.levels.some((one) => one.id === to) ? nameOf(to) : (called ?? to),
      sentence: sayTierWhy(why, { timeZone, say }),
    })),
  };
}

// An end is the midnight after the last day: whoever reads wants the day.
const lastOf = (end: Date | null | undefined): string | null => (end ? new Date(end.getTime() - 1).toISOString() : null);
