import type { CardMovement } from "../card.ts";
import type { Definition } from "../program/definition.ts";
import { explainToShopper } from "./for-shoppers.ts";
import type { Movement } from "./movement.ts";
import { wordsFor } from "./words-for.ts";
import type { More } from "./would-have-earned.ts";

export type LatestMovement = Movement & { at: Date; definition: Definition | null; more: readonly More[] };

const most = 5;
// With the rest of a card it stays below 4 KB: a theme reads it with every page.
const mostBytes = 2_400;

/**
 * A member's last movements for their card, newest first. What staff wrote is left out: a card has no personal data.
 * Where it would grow too long the oldest lose their reasons first, and then go.
 */
export function cardLatest(
  movements: readonly LatestMovement[],
  programme: { definition: Definition; currency: string },
  locale: string,
): CardMovement[] {
  const latest = movements.slice(0, most).map(({ at, definition, more, ...movement }): CardMovement => {
    const { reason: _, why: __, fileName: ___, ...explanation } = movement.explanation;
    const say = wordsFor(programme, locale, definition);
    return { at: at.toISOString(), ...explainToShopper({ ...movement, explanation }, say, { definition, more }) };
  });
  for (let at = latest.length - 1; at >= 0 && bytesOf(latest) > mostBytes; at -= 1)
    latest[at] = { ...latest[at], steps: [] } as CardMovement;
  while (bytesOf(latest) > mostBytes) latest.pop();
  return latest;
}

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;
