import { isRefusal, type Refusal } from "../../loyalty/refusal.ts";
import type { SaveAnswer } from "./editing.ts";

type Saved = { revision: number } | { newer: number; theirs?: string[] } | Refusal;

type Told = {
  /** Where the form's fields begin in the programme: earning.2. */
  part: string;
  said: string;
  to?: string;
  at?: string;
  /** What the form shows is not in the draft any more. */
  gone?: boolean;
};

/** What a form is answered after its part of the draft was saved or refused. */
export function saveAnswer(saved: Saved, { part, said, to, at, gone = false }: Told): SaveAnswer {
  if ("newer" in saved) return { saved: false, errors: {}, conflict: { version: saved.newer, theirs: saved.theirs ?? [], gone } };
  if (!isRefusal(saved)) return { saved: true, said, to, at };
  const field = saved.field?.startsWith(part) ? saved.field.slice(part.length) : undefined;
  return field ? { saved: false, errors: { [field]: saved.sentence } } : { saved: false, errors: {}, refusal: saved.sentence };
}
