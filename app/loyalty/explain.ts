import { changeOf, type Explanation, judgementOf, type Movement } from "./explain/movement.ts";
import { movementSentence } from "./explain/movement-sentence.ts";
import { sayMore } from "./explain/say-more.ts";
import { type ExplainedLine, stepsOf, tellJudgement } from "./explain/tell-judgement.ts";
import type { More } from "./explain/would-have-earned.ts";
import type { Balance } from "./ledger/accounts.ts";
import type { Definition } from "./program/definition.ts";
import type { Say } from "./say.ts";

export type { ExplainedLine, Explanation, Movement };
export { changeOf, judgementOf };

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
