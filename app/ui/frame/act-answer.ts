import { isRefusal, type Refusal } from "../../loyalty/refusal.ts";
import type { ActAnswer } from "./use-answer.ts";

/** What an act answers: done with something to say, or the refusal's sentence and field. */
export function actAnswer(result: object | Refusal, said: string): ActAnswer {
  return isRefusal(result) ? { done: false, sentence: result.sentence, field: result.field } : { done: true, said };
}
