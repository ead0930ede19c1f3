import type { Refusal } from "../../loyalty/refusal.ts";
import { actAnswer } from "../frame/act-answer.ts";
import type { ActAnswer } from "../frame/use-answer.ts";
import { en as t } from "../texts/en.ts";

/** What the dialog that deletes is answered. */
export function removeAnswer(published: { version: number } | { newer: number } | Refusal, said: string): ActAnswer {
  if ("newer" in published) return { done: false, sentence: `${t.form.conflict.title}.` };
  return actAnswer(published, said);
}
