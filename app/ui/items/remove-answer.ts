import type { Refusal } from "../../loyalty/refusal.ts";
import { stepAnswer } from "../frame/act-answer.ts";
import type { ActAnswer } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";

/** What the dialog that deletes is answered. */
export function removeAnswer(saved: { revision: number } | { newer: number } | Refusal, said: string): ActAnswer {
  if ("newer" in saved) return { done: false, sentence: `${t.form.conflict.title}.` };
  return stepAnswer(saved, said);
}
