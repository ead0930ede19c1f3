import type { Definition } from "./definition.ts";

type List = "earning" | "boosts" | "rewards";
type Item<L extends List> = Definition[L][number];

/** The programme with one rule, boost or reward put in the place of the one with its id, or added at the end. */
export function withItem<L extends List>(definition: Definition, list: L, item: Item<L>): Definition {
  const items = definition[list] as Item<L>[];
  const known = items.some((one) => one.id === item.id);
  return { ...definition, [list]: known ? items.map((one) => (one.id === item.id ? item : one)) : [...items, item] };
}

/** The programme without one rule, boost or reward. What it gave stays given: older versions keep it. */
export function withoutItem(definition: Definition, list: List, id: string): Definition {
  return { ...definition, [list]: (definition[list] as { id: string }[]).filter((one) => one.id !== id) };
}

/** An id of its own for something new, made from its name: "Every order!" is every-order, the second one every-order-2. */
export function idFor(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 34);
  const base = plain.replace(/-+$/, "") || "item";
  let id = base;
  for (let n = 2; taken.includes(id); n += 1) id = `${base}-${n}`;
  return id;
}
