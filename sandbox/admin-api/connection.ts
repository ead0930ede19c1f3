// Shopify's connections: a page of records with cursors that survive a record's deletion.

import { type Args, type Ask, failure } from "./ask.ts";

type SortValue = string | number;
export type Paging<Item> = {
  id: (item: Item) => string;
  /** Absent: the order given is the order. */
  sortValue?: (item: Item) => SortValue;
  /** The most a page may hold. */
  most?: number;
};
export type Connection<Item> = {
  nodes: Item[];
  edges: { cursor: string; node: Item }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
};

export function connection<Item>(ask: Ask, items: Iterable<Item>, args: Args, paging: Paging<Item>): Connection<Item> {
  const all = sorted([...items], args.reverse === true, paging);
  // A bulk operation reads everything.
  const [from, to] = ask.bulk ? [0, all.length] : window(all, args, paging);
  const edges = all.slice(from, to).map((node) => ({ cursor: cursorOf(node, paging), node }));
  return {
    nodes: edges.map(({ node }) => node),
    edges,
    pageInfo: {
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: all.length,
  };
}

function window<Item>(all: Item[], args: Args, paging: Paging<Item>): [number, number] {
  const { first, last, after, before } = args;
  const most = paging.most ?? 250;
  if (first == null && last == null) throw failure("you must provide one of first or last", "BAD_REQUEST");
  if (first != null && last != null) throw failure("providing both first and last is not supported", "BAD_REQUEST");
  if ((first ?? last) > most) throw failure(`${first != null ? "first" : "last"} cannot exceed ${most}`, "BAD_REQUEST");
  if ((first ?? last) < 0) throw failure(`${first != null ? "first" : "last"} cannot be negative`, "BAD_REQUEST");
  const from = after == null ? 0 : Math.floor(positionOf(all, after, args, paging)) + 1;
  const to = before == null ? all.length : Math.ceil(positionOf(all, before, args, paging));
  if (first != null) return [from, Math.min(to, from + first)];
  return [Math.max(from, to - last), to];
}

/** Half positions lie between two records: where a record now gone would stand. */
function positionOf<Item>(all: Item[], cursor: string, args: Args, paging: Paging<Item>): number {
  const { id, value } = readCursor(cursor);
  const found = all.findIndex((item) => paging.id(item) === id);
  if (found >= 0 || !paging.sortValue) return found;
  const { sortValue } = paging;
  const after = all.findIndex((item) => {
    const order = compare(sortValue(item), value) || compareIds(paging.id(item), id);
    return args.reverse === true ? order < 0 : order > 0;
  });
  return (after < 0 ? all.length : after) - 0.5;
}

const cursorOf = <Item>(item: Item, paging: Paging<Item>): string =>
  Buffer.from(JSON.stringify({ last_id: paging.id(item), last_value: paging.sortValue?.(item) ?? paging.id(item) })).toString("base64");

function readCursor(cursor: string): { id: string; value: SortValue } {
  try {
    const { last_id, last_value } = JSON.parse(Buffer.from(cursor, "base64").toString());
    if (typeof last_id === "string") return { id: last_id, value: last_value };
  } catch {
    // Falls through to the refusal.
  }
  throw failure("Malformed cursor", "BAD_REQUEST");
}

function sorted<Item>(items: Item[], reverse: boolean, { id, sortValue }: Paging<Item>): Item[] {
  if (sortValue) {
    const keyed = items.map((item) => ({ item, value: sortValue(item), id: id(item) }));
    keyed.sort((a, b) => compare(a.value, b.value) || compareIds(a.id, b.id));
    items = keyed.map(({ item }) => item);
  }
  return reverse ? items.reverse() : items;
}

const compare = (a: SortValue, b: SortValue): number => (a < b ? -1 : a > b ? 1 : 0);
/** Ids are numbers of any length. */
export const compareIds = (a: string, b: string): number => a.length - b.length || compare(a, b);
