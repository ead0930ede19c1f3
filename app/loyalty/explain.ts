import type { Explanation, Movement } from "./explain/movement.ts";
import { movementSentence } from "./explain/movement-sentence.ts";
import { sayMore } from "./explain/say-more.ts";
import { type ExplainedLine, stepsOf, tellJudgement } from "./explain/tell-judgement.ts";
import type { More } from "./explain/would-have-earned.ts";
import type { Balance } from "./ledger/accounts.ts";
import type { Definition } from "./program/definition.ts";
import type { Say } from "./say.ts";

export type { ExplainedLine, Explanation, Movement };

/** Why points moved: a sentence, and for an award how its number came about. */
export type Explained = {
  sentence: string;
  change: Balance;
  steps: string[];
  lines: ExplainedLine[];
};

type With = { definition?: Definition | null; more?: readonly More[] };

/**
 * A movement in words, in the reader's language. What an award's version says makes its conditions into sentences;
 * without it (nobody has read it, or it is older than what we know) the trace tells what it can alone.
 */
export function explain(movement: Movement, say: Say, { definition = null, more = [] }: With = {}): Explained {
  const change = changeOf(movement.postings);
  const judgement = judgementOf(movement);
  const told = judgement && tellJudgement(judgement, say, definition);
  return {
    sentence: movementSentence(movement, change, say),
    change,
    steps: told
      ? stepsOf(
          told,
          say,
          more.map((one) => sayMore(one, say)),
        )
      : [],
    lines: told ? told.lines : [],
  };
}

/** The judgement behind an award; nothing else that moves points was judged. */
export const judgementOf = ({ kind, explanation }: Pick<Movement, "kind" | "explanation">) =>
  kind === "order" || kind === "event" ? explanation.judgement : undefined;

/** What a transaction did to each of the member's accounts. */
export function changeOf(postings: Movement["postings"]): Balance {
  const change: Balance = { pending: 0, available: 0, reserved: 0, owed: 0 };
  for (const { from, to, amount, unit = "points" } of postings) {
    if (unit !== "points") continue;
    // owed holds a debt: it grows when points leave it.
    if (from in change) change[from as keyof Balance] += from === "owed" ? amount : -amount;
    if (to in change) change[to as keyof Balance] += to === "owed" ? -amount : amount;
  }
  return change;
}
