import { awardOf } from "../../loyalty/earning/award-of.ts";
import type { Judgement } from "../../loyalty/earning/judgement.ts";
import { leavesOf } from "../../loyalty/earning/tree.ts";
import { sayMore } from "../../loyalty/explain/say-more.ts";
import { type ToldJudgement, tellJudgement } from "../../loyalty/explain/tell-judgement.ts";
import type { More } from "../../loyalty/explain/would-have-earned.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import { explain as t } from "../texts/explain.ts";

type Side = { judgement: Judgement; definition: Definition; version: number | null; more: readonly More[] };

export type SideTold = ToldJudgement & { version: number | null; sum: string; more: string[] };

/**
 * A judgement with the programme that made it, as its page shows it.
 * @param around programmes that know what it does not: a draft may lack the tier that the member was in
 */
export function sideTold({ judgement, definition, version, more }: Side, currency: string, around: readonly Definition[] = []): SideTold {
  const say = wordsOfProgrammes(currency, definition, ...around);
  const due = [["points", judgement.due] as const, ...Object.entries(judgement.units ?? {})].filter(([, amount]) => amount > 0);
  return {
    ...tellJudgement(judgement, say, definition),
    version,
    sum:
      [...due.map(([unit, amount]) => say.amount(amount, unit)), ...(judgement.gifts ?? []).map((gift) => awardOf(gift).say(say))].join(
        " + ",
      ) || t.nothing,
    more: more.map((one) => sayMore(one, say)),
  };
}

/** Segments as these programmes call them. null where nobody asked for any. */
export function segmentsNamed(gids: readonly string[] | null, definitions: readonly Definition[]): string[] | null {
  const asked = definitions
    .flatMap(({ earning, boosts }) => [...earning, ...boosts])
    .flatMap(({ when }) => leavesOf(when).flatMap((leaf) => (leaf.kind === "segment" ? leaf.segments : [])));
  const titles = new Map(asked.map(({ gid, title }) => [gid, title]));
  return gids?.map((gid) => titles.get(gid) ?? gid) ?? null;
}

/** The tier as the first of these programmes that has it calls it. */
export const tierNamed = (tierId: string | null | undefined, definitions: readonly Definition[]): string | null | undefined =>
  tierId && (definitions.flatMap(({ tiers }) => tiers?.levels ?? []).find((one) => one.id === tierId)?.name ?? tierId);
