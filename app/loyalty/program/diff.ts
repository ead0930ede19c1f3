import type { z } from "zod";
import { boost, earningRule } from "../earning/rule.ts";
import { type Say, wordsOf } from "../say.ts";
import { type Ladder, ladder, tier } from "../tiers/ladder.ts";
import { badge, type Definition, definition, reward, unit } from "./definition.ts";
import { sentenceOf } from "./part-sentence.ts";
import { isColour } from "./say-setting.ts";
import { isSame, labelOf, type SettingChange, settingChanges } from "./setting-changes.ts";

/** The parts of a programme, in the order in which its changes are told. */
export const parts = ["points", "units", "earning", "boosts", "tiers", "badges", "rewards", "budgets", "policies", "texts"] as const;
export type Part = (typeof parts)[number];

/** A thing that was added, removed, moved or changed, in words. `before` and `after` are whole sentences. */
export type Change = {
  part: Part;
  how: "added" | "removed" | "changed" | "moved";
  /** null for a setting of the programme itself. */
  id: string | null;
  name: string;
  before: string | null;
  after: string | null;
  settings: SettingChange[];
};

type Item = { id: string; name: string | { one: string; other: string } };
type List = { part: Part; schema: z.ZodType; of: (whole: Definition) => readonly Item[] };

const lists: readonly List[] = [
  { part: "units", schema: unit, of: (whole) => whole.units },
  { part: "earning", schema: earningRule, of: (whole) => whole.earning },
  { part: "boosts", schema: boost, of: (whole) => whole.boosts },
  { part: "tiers", schema: tier, of: (whole) => whole.tiers?.levels ?? [] },
  { part: "badges", schema: badge, of: (whole) => whole.badges },
  { part: "rewards", schema: reward, of: (whole) => whole.rewards },
];

/**
 * What differs between two programmes, in words: what was added, removed, changed or moved, part by part. `say` has
 * the names of both, so that what was removed is still called by its own.
 */
export function diffProgrammes(before: Definition, after: Definition, say: Say): Change[] {
  const { points, budgets, policies, texts } = definition.shape;
  const found: Change[] = [
    ...ofSettings("points", points, before.points, after.points, say),
    ...lists.flatMap((list) => ofList(list, before, after, say)),
    ...ofLadder(before.tiers, after.tiers, say),
    ...ofSettings("budgets", budgets, before.budgets, after.budgets, say),
    ...ofSettings("policies", policies, before.policies, after.policies, say),
    ...ofSettings("texts", texts, before.texts, after.texts, say),
  ];
  return parts.flatMap((part) => found.filter((one) => one.part === part));
}

/** How many things differ: what a bar says that has room for a number only. */
export const countChanges = (before: Definition, after: Definition): number =>
  diffProgrammes(before, after, wordsOf({ currency: "USD", pointsName: after.points })).length;

/** A change as one line: added “Coffee” (…), “Shopping”: Points 5 → 7. */
export function sayChange({ how, name, before, after, settings }: Change): string {
  if (how === "moved") return `“${name}” moved.`;
  if (how !== "changed") return `“${name}” ${how}${(after ?? before) ? `: ${after ?? before}` : ""}.`;
  return `${name}: ${settings.map((one) => saySettingChange(one, name)).join("; ")}.`;
}

function saySettingChange(one: SettingChange, name: string): string {
  // Its number tells a reader nothing.
  if (isColour(one.before) && isColour(one.after)) return `the ${one.label.toLowerCase()} changed`;
  return `${one.label === name ? "" : `${one.label}: `}${one.before} → ${one.after}`;
}

function ofList({ part, schema, of }: List, before: Definition, after: Definition, say: Say): Change[] {
  const [was, is] = [of(before), of(after)];
  const stayed = new Set(
    unmoved(
      was.map(({ id }) => id),
      is.map(({ id }) => id),
    ),
  );
  const change = (how: Change["how"], item: Item, from: Item | null, to: Item | null, settings: SettingChange[] = []): Change => ({
    part,
    how,
    id: item.id,
    name: typeof item.name === "string" ? item.name : item.name.other,
    before: from && sentenceOf(part, from, say),
    after: to && sentenceOf(part, to, say),
    settings,
  });
  const removed = was.filter(({ id }) => !is.some((one) => one.id === id)).map((item) => change("removed", item, item, null));
  const rest = is.flatMap((item) => {
    const old = was.find(({ id }) => id === item.id);
    if (!old) return [change("added", item, null, item)];
    const changes = isSame(old, item) ? [] : [change("changed", item, old, item, settingChanges(schema, old, item, say))];
    return stayed.has(item.id) ? changes : [...changes, change("moved", item, null, null)];
  });
  return [...removed, ...rest];
}

const { levels: _, ...ladderSettings } = ladder.shape;
const plainLadder = ladder.parse({ levels: [{ id: "any", name: "Any" }] });

// Of a ladder that is new, or gone, what it did otherwise than a plain one.
function ofLadder(before: Ladder | null, after: Ladder | null, say: Say): Change[] {
  if (!before && !after) return [];
  return Object.entries<z.ZodType>(ladderSettings).flatMap(([key, schema]) => {
    const [was, is] = [(before ?? plainLadder)[key as "window"], (after ?? plainLadder)[key as "window"]];
    const told = (one: SettingChange) => ({ ...one, before: before ? one.before : "none", after: after ? one.after : "none" });
    return ofSetting("tiers", key, schema, was, is, say).flatMap(({ settings }) => settings.map((one) => plainly("tiers", told(one))));
  });
}

function ofSettings(part: Part, schema: z.ZodType, before: object, after: object, say: Say): Change[] {
  return settingChanges(schema, before, after, say).map((setting) => plainly(part, setting));
}

function ofSetting(part: Part, key: string, schema: z.ZodType, before: unknown, after: unknown, say: Say): Change[] {
  const label = labelOf(schema, key);
  return settingChanges(schema, before, after, say).map((one) =>
    plainly(part, { ...one, path: [key, one.path].filter(Boolean).join("."), label: [label, one.label].filter(Boolean).join(": ") }),
  );
}

const plainly = (part: Part, setting: SettingChange): Change => ({
  part,
  how: "changed",
  id: null,
  name: setting.label,
  before: setting.before,
  after: setting.after,
  settings: [setting],
});

/** The ids of both lists that did not move: as many as can have kept their order (the longest common subsequence). */
function unmoved(before: readonly string[], after: readonly string[]): string[] {
  const places = after.filter((id) => before.includes(id)).map((id) => ({ id, at: before.indexOf(id) }));
  const best: { length: number; last: number }[] = [];
  for (const [n, { at }] of places.entries()) {
    let found = { length: 1, last: -1 };
    for (let m = 0; m < n; m += 1) {
      const one = best[m];
      if (one && (places[m]?.at ?? 0) < at && one.length + 1 > found.length) found = { length: one.length + 1, last: m };
    }
    best.push(found);
  }
  const longest = Math.max(0, ...best.map(({ length }) => length));
  const kept: string[] = [];
  for (let n = best.findIndex(({ length }) => length === longest); n >= 0; n = best[n]?.last ?? -1) kept.push(places[n]?.id ?? "");
  return kept;
}
