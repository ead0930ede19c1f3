import { isRefusal, type Refusal } from "../../loyalty/refusal.ts";
import type { ActAnswer } from "./use-answer.ts";

/** What an act answers: done with something to say, or the refusal's sentence and field. */
export function actAnswer(result: object | Refusal, said: string): ActAnswer {
  return isRefusal(result) ? { done: false, sentence: result.sentence, field: result.field } : { done: true, said };
}

/** The same of a step of the draft, which can be undone with one click. */
export function stepAnswer(result: { revision: number } | Refusal, said: string): ActAnswer {
  return isRefusal(result) ? actAnswer(result, said) : { done: true, said, undo: result.revision };
}
