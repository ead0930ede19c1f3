import type { Definition } from "./definition.ts";
import { isSame } from "./setting-changes.ts";

/** Where two edits met: a list's item (earning, every-order) or a setting (policies, holdDays). */
export type Place = { part: keyof Definition; name: string | null };

/** Whose stays where both changed the same place; null leaves that to be decided. */
export type Prefer = "mine" | "theirs" | null;

export type Merged = { definition: Definition; places?: undefined } | { definition?: undefined; places: Place[] };

/** What two people made of one thing. */
type Sides = { base: unknown; mine: unknown; theirs: unknown };

// Their items are told apart by id, and each is edited as a whole.
const lists = new Set(["units", "earning", "boosts", "badges", "rewards", "tiers.levels"]);
// Of these each field is edited on its own.
const isGroup = (path: string): boolean => /^(|points|tiers|budgets|policies|texts(\.[^.]+)?)$/.test(path);

/**
 * Puts two edits of one programme together: what only one of them touched is as they left it. Where both made something
 * different of the same rule, reward, tier or setting, those places are answered instead and nothing is decided.
 */
export function mergeProgrammes(base: Definition, mine: Definition, theirs: Definition, prefer: Prefer = null): Merged {
  const places: Place[] = [];
  const definition = merge({ base, mine, theirs }, "", { prefer, places });
  return places.length > 0 ? { places } : { definition: definition as Definition };
}

type Met = { prefer: Prefer; places: Place[] };

function merge({ base, mine, theirs }: Sides, path: string, met: Met): unknown {
  if (isSame(mine, base) || isSame(mine, theirs)) return theirs;
  if (isSame(theirs, base)) return mine;
  if (lists.has(path) && [base, mine, theirs].every(hasOneOfEach))
    return mergeLists({ base: base as Item[], mine: mine as Item[], theirs: theirs as Item[] }, path, met);
  if (isGroup(path) && [base, mine, theirs].every(isObject))
    return mergeGroups({ base, mine, theirs } as Record<keyof Sides, Record<string, unknown>>, path, met);
  return settled({ mine, theirs }, path, met);
}

function mergeGroups({ base, mine, theirs }: Record<keyof Sides, Record<string, unknown>>, path: string, met: Met): object {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const merged = [...keys].map((key) => {
    const sides = { base: base[key], mine: mine[key], theirs: theirs[key] };
    return [key, merge(sides, path ? `${path}.${key}` : key, met)];
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

type Item = { id: string };

function mergeLists({ base, mine, theirs }: Record<keyof Sides, Item[]>, path: string, met: Met): unknown {
  const merged = new Map<string, Item>();
  for (const id of new Set([...theirs, ...mine].map((one) => one.id))) {
    const of = (items: Item[]) => items.find((one) => one.id === id);
    const item = merge({ base: of(base), mine: of(mine), theirs: of(theirs) }, `${path}.${id}`, met);
    if (item !== undefined) merged.set(id, item as Item);
  }
  const ids = (items: Item[]) => items.map((one) => one.id);
  const order = orderOf(ids(base), ids(mine), ids(theirs));
  const chosen = order ?? settled({ mine: withAdded(ids(mine), ids(theirs)), theirs: withAdded(ids(theirs), ids(mine)) }, path, met);
  return (chosen ?? []).flatMap((id) => merged.get(id) ?? []);
}

/** Whoever moved things decides the order; what the other one added stands behind its neighbour. */
function orderOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] | null {
  const moved = (ids: readonly string[]) => !isSame(common(ids, base), common(base, ids));
  if (!moved(mine)) return withAdded(theirs, mine);
  if (!moved(theirs)) return withAdded(mine, theirs);
  return isSame(common(mine, theirs), common(theirs, mine)) ? withAdded(theirs, mine) : null;
}

const common = (ids: readonly string[], others: readonly string[]): string[] => ids.filter((id) => others.includes(id));

function withAdded(order: readonly string[], others: readonly string[]): string[] {
  const all = [...order];
  for (const [at, id] of others.entries()) {
    if (all.includes(id)) continue;
    const before = at === 0 ? undefined : others[at - 1];
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, id);
  }
  return all;
}

/** Both changed it, and differently: the one that is preferred stays, or the place is told. */
function settled<Value>({ mine, theirs }: { mine: Value; theirs: Value }, path: string, { prefer, places }: Met): Value | undefined {
  if (prefer) return prefer === "mine" ? mine : theirs;
  const [part, ...rest] = path.split(".");
  const name = part === "tiers" && rest[0] === "levels" ? rest[1] : rest.join(".");
  places.push({ part: part as keyof Definition, name: name || null });
  return undefined;
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

const hasOneOfEach = (value: unknown): boolean => Array.isArray(value) && new Set(value.map((one: Item) => one.id)).size === value.length;

/** Whether a change in words is one at this place. */
export function isAt(
  { part, id, settings }: { part: string; id: string | null; settings: readonly { path: string }[] },
  place: Place,
): boolean {
  if (part !== place.part) return false;
  if (place.name === null || id === place.name) return true;
  return id === null && settings.some(({ path }) => path === place.name || path.startsWith(`${place.name}.`));
}
