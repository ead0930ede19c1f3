import type { z } from "zod";
import { idFor } from "../../loyalty/program/edit.ts";
import { type Errors, readDraft } from "../form/draft.ts";

type Item = { id: string; name: string };

/** What a form sends of one rule or reward. Something new gets an id made from its name. */
export function readItem<S extends z.ZodType<Item>>(
  schema: S,
  sent: { draft: object; id: string; taken: readonly string[]; currency: string },
): { value: z.infer<S>; errors?: undefined } | { value?: undefined; errors: Errors } {
  const name = String((sent.draft as Partial<Item>).name ?? "");
  const id = sent.id === "new" ? idFor(name, [...sent.taken, "new"]) : sent.id;
  return readDraft(schema, { ...sent.draft, id }, sent.currency);
}
