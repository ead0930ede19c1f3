import { idFor } from "../../loyalty/program/edit.ts";
import type { Draft, Drafted } from "./draft.ts";

/** Gives everything new in a list an id, made from what it is called. One that was used `before` is not used again for something else. */
export function withIds(list: Drafted | undefined, nameOf: (one: Draft) => string, before: readonly string[] = []): Draft[] {
  const items = Array.isArray(list) ? (list as Draft[]) : [];
  const taken = new Set([...before, ...items.map((one) => String(one.id ?? "")).filter(Boolean)]);
  return items.map((one) => {
    const id = String(one.id || "") || idFor(nameOf(one), [...taken]);
    taken.add(id);
    return { ...one, id };
  });
}
