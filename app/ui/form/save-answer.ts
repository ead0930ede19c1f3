import { isRefusal, type Refusal } from "../../loyalty/refusal.ts";
import type { SaveAnswer } from "./editing.ts";

type Published = { version: number } | { newer: number } | Refusal;

/** What a form is answered after its part of the programme was published or refused. `part` is where the form's fields begin. */
export function saveAnswer(published: Published, { part, said, to }: { part: string; said: string; to?: string }): SaveAnswer {
  if ("newer" in published) return { saved: false, errors: {}, conflict: { version: published.newer } };
  if (!isRefusal(published)) return { saved: true, said, to };
  const field = published.field?.startsWith(part) ? published.field.slice(part.length) : undefined;
  return field ? { saved: false, errors: { [field]: published.sentence } } : { saved: false, errors: {}, refusal: published.sentence };
}
