import type { z } from "zod";
import { idFor } from "../../loyalty/program/edit.ts";
import { isSame } from "../../loyalty/program/setting-changes.ts";
import { type Errors, readDraft } from "../form/draft.ts";

type Item = { id: string; name: string };

type Sent = {
  draft: object;
  id: string;
  /** What there is now, and what there was when the form was opened. */
  items: readonly Item[];
  opened: readonly Item[];
  currency: string;
};

/**
 * What a form sends of one rule or reward. Something new gets an id made from its name; where exactly that was added since
 * the form was opened, it is sent again because its answer was lost, and is that one.
 */
export function readItem<S extends z.ZodType<Item>>(
  schema: S,
  { draft, id, items, opened, currency }: Sent,
): { value: z.infer<S>; errors?: undefined } | { value?: undefined; errors: Errors } {
  if (id !== "new") return readDraft(schema, { ...draft, id }, currency);
  const name = String((draft as Partial<Item>).name ?? "");
  const read = readDraft(schema, { ...draft, id: idFor(name, [...items.map((one) => one.id), "new"]) }, currency);
  if (read.errors) return read;
  const added = items.filter((one) => !opened.some((before) => before.id === one.id));
  const same = added.find((one) => isSame(one, { ...read.value, id: one.id }));
  return same ? { value: { ...read.value, id: same.id } } : read;
}
