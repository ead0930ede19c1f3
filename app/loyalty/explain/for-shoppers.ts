import type { Definition } from "../program/definition.ts";
import type { Say } from "../say.ts";
import { changeOf, judgementOf, type Movement } from "./movement.ts";
import { movementSentence } from "./movement-sentence.ts";
import { sayMore } from "./say-more.ts";
import { ruleSteps, tellJudgement } from "./tell-judgement.ts";
import type { More } from "./would-have-earned.ts";

/** A movement as a member reads it: what gave, what nearly did, and what would have given more. */
export type ForShopper = { sentence: string; points: number; steps: string[] };

/** @param known what is known of it beside the movement itself: the version that judged it, what was missed */
export function explainToShopper(
  movement: Movement,
  say: Say,
  known: { definition: Definition | null; more: readonly More[] },
): ForShopper {
  const change = changeOf(movement.postings);
  // Which file staff imported is theirs to know.
  const { fileName: _, ...explanation } = movement.explanation;
  const judgement = judgementOf(movement);
  const told = judgement && tellJudgement(judgement, say, known.definition, "member");
  const near = new Set(
    judgement?.rules.filter(({ why }) => why?.reason === "below minimum" || why?.reason === "beaten").map((one) => one.ruleId),
  );
  return {
    sentence: movementSentence({ ...movement, explanation }, change, say),
    points: change.available + change.pending - change.owed,
    steps: told
      ? [
          ...(told.nothing ? [told.nothing] : []),
          ...told.rules.filter((one) => one.passed).flatMap(ruleSteps),
          ...(told.together ? [told.together] : []),
          ...told.rules.filter((one) => near.has(one.ruleId)).flatMap(ruleSteps),
          ...known.more.map((one) => sayMore(one, say)),
        ]
      : [],
  };
}
