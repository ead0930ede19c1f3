import type { Definition } from "../../loyalty/program/definition.ts";
import type { Played, PlayedStep } from "../../loyalty/program/play.ts";
import type { Story } from "../../loyalty/program/story.ts";
import type { Say } from "../../loyalty/say.ts";
import { templates as t } from "../texts/templates.ts";

/** A story as its reader sees it: a line for each thing that happened, with what came of it. */
export type ToldStory = { name: string; lines: ToldLine[]; ends: string[] };

export type ToldLine = {
  key: string;
  day: string;
  what: string;
  why: string[];
  /** What the member then holds, and in which tier. */
  has: string[];
  tier: { name: string; colour: string } | null;
  byItself: boolean;
};

type Reader = { definition: Definition; say: Say; dayOf: (at: number) => string };

export function tellStory(story: Story, played: Played, { definition, say, dayOf }: Reader): ToldStory {
  const lines = runsOf(played.steps).map(({ step, again, last }): ToldLine => {
    const tier = definition.tiers?.levels.find((one) => one.id === step.tierId);
    return {
      key: `${step.at} ${step.what}`,
      day: dayOf(step.at),
      what: step.what,
      why: again > 0 ? [...step.why, t.again(again, dayOf(last))] : step.why,
      has: heldOf(step, definition.earning.length > 0, say),
      tier: tier ? { name: tier.name, colour: tier.colour } : null,
      byItself: step.byItself,
    };
  });
  return { name: story.name, lines, ends: played.expiring.map(({ at, unit, points }) => t.ends(say.amount(points, unit), dayOf(at - 1))) };
}

function heldOf({ balances }: PlayedStep, hasPoints: boolean, say: Say): string[] {
  return Object.entries(balances).flatMap(([unit, { available, pending, owed }]) => {
    const held = available + pending - owed;
    if (held === 0 && !(hasPoints && unit === "points")) return [];
    const amount = `${held < 0 ? "−" : ""}${say.amount(Math.abs(held), unit)}`;
    return pending > 0 ? [amount, `${say.number(pending)} of them not spendable yet`] : [amount];
  });
}

type Run = { step: PlayedStep; again: number; last: number };

/** What a month brings every time is told once. */
function runsOf(steps: readonly PlayedStep[]): Run[] {
  const runs: Run[] = [];
  for (const step of steps) {
    const before = runs.at(-1);
    if (before && isTheSame(before.step, step)) {
      before.again += 1;
      before.last = step.at;
    } else runs.push({ step, again: 0, last: step.at });
  }
  return runs;
}

function isTheSame(a: PlayedStep, b: PlayedStep): boolean {
  const alike = ({ gifts, balances, tierId, why }: PlayedStep) =>
    JSON.stringify([gifts.map((one) => one.rewardId), balances, tierId, why.length]);
  return a.byItself && b.byItself && a.gifts.length > 0 && a.what.split("”")[0] === b.what.split("”")[0] && alike(a) === alike(b);
}
