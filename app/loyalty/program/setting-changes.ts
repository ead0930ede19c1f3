import type { z } from "zod";
import { awardOf } from "../earning/award-of.ts";
import { awardKinds } from "../earning/awards/index.ts";
import { limit, limitSentence } from "../earning/limit.ts";
import type { EarningRule } from "../earning/rule.ts";
import { type Tree, tree } from "../earning/tree.ts";
import { treeSentence } from "../earning/tree-sentence.ts";
import { expiry } from "../ledger/expiry.ts";
import { rewardKinds } from "../redeeming/rewards/index.ts";
import type { Say } from "../say.ts";
import { type Grant, ladder, type Measure, type Tier, type TierGift, tier } from "../tiers/ladder.ts";
import { saySetting } from "./say-setting.ts";
import { bare, fieldOf, ownOf, partOf, shapeOf } from "./schema-at.ts";
import { endSays, giftSays, grantSays, perkSays, reachSays, termSays, windowSays } from "./tier-sentence.ts";

/** One setting that is not what it was: "Points: 5 → 7". */
export type SettingChange = { path: string; label: string; before: string; after: string };

type Side = { schema: z.ZodType; before: unknown; after: unknown; path: readonly string[]; label: string; around?: Around };

/** What the setting belongs to: a rule's limits are told in the units that the rule gives, a tier's ways as one or all. */
type Around = { before: unknown; after: unknown };

/** Every setting that differs between two values of one schema, by the labels that a form gives them. */
export function settingChanges(schema: z.ZodType, before: unknown, after: unknown, say: Say): SettingChange[] {
  return changesOf({ schema, before, after, path: [], label: "" }, say);
}

function changesOf(side: Side, say: Say): SettingChange[] {
  const { schema, before, after } = side;
  if (isSame(before, after)) return [];
  const told = asWhole(side, say);
  if (told) return told;
  const shape = shapeOf(schema, after ?? before);
  const keys = shape.kind === "record" || shape.kind === "object" ? keysOf(before, after) : [];
  return keys.flatMap((key) => {
    const inner = partOf(schema, after ?? before, key) ?? partOf(schema, before, key);
    if (!inner) return [];
    const below: Side = {
      schema: inner,
      before: ownOf(before, key),
      after: ownOf(after, key),
      path: [...side.path, key],
      label: within(side.label, shape.kind === "record" ? key : labelOf(inner, key)),
      around: { before, after },
    };
    return changesOf(below, say);
  });
}

// What a reader takes in at once is told at once: conditions as a phrase, another kind as its name, a list as a list.
function asWhole({ schema, before, after, path, label, around }: Side, say: Say): SettingChange[] | null {
  const one = (was: string, is: string): SettingChange[] => {
    const [before_, after_] = was === is ? toldApart(was, before, after) : [was, is];
    return [{ path: path.join("."), label, before: before_, after: after_ }];
  };
  const both = (words: (value: unknown) => string) => one(words(before), words(after));
  if (bare(schema) === bare(tree)) return both((value) => treeSentence(value as Tree, say) || "always");
  const isGroup = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isGroup(before) || !isGroup(after)) {
    const { kind } = shapeOf(schema, after ?? before);
    if (kind === "record") return null;
    if (kind === "list") return one(sayList(schema, before, say, around?.before), sayList(schema, after, say, around?.after));
    return both((value) => (isGroup(value) ? sayGroup(schema, value, say) : saySetting(schema, value, say)));
  }
  return ownOf(before, "kind") !== ownOf(after, "kind") ? both((value) => sayGroup(schema, value, say)) : null;
}

/** Where the words are the same and what they stand for is not, that stands behind them: another product of one name. */
function toldApart(words: string, before: unknown, after: unknown): [string, string] {
  const only = (these: readonly string[], those: readonly string[]) => these.filter((one) => !those.includes(one));
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const said = (left: readonly string[]) => (left.length > 0 ? `${words} (${left.join(", ")})` : words);
  const [first, second] = [said(only(was, is)), said(only(is, was))];
  return first === second ? [words, `${words} (written in another way)`] : [first, second];
}

function leavesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return value === null ? [] : [String(value).replace("gid://shopify/", "")];
  // Of how conditions are grouped the words have told.
  return Object.entries(value).flatMap(([key, inner]) => (key === "kind" && "of" in value ? [] : leavesOf(inner)));
}

const kinds: readonly { name: string; settings: z.ZodObject; sentence: unknown }[] = [...awardKinds, ...rewardKinds];

const itemOf = (list: z.ZodType): z.ZodType => bare(partOf(list, [], 0) as z.ZodType);
const measure = itemOf(tier.shape.reach);

// Groups that have a phrase of their own.
const phrases = new Map<z.ZodType, (value: never, say: Say) => string>([
  [itemOf(tier.shape.entry), (one: TierGift, say) => giftSays(one, say)],
  [itemOf(tier.shape.grants), (one: Grant, say) => grantSays(one, say)],
  [itemOf(tier.shape.perks), (one: Tier["perks"][number]) => perkSays(one)],
  [bare(ladder.shape.window), windowSays],
  [bare(ladder.shape.term), termSays],
  [bare(expiry), endSays],
]);

/** A group of settings in words: a kind that has a sentence by it, another one by its name and its settings. */
function sayGroup(schema: z.ZodType, value: unknown, say: Say): string {
  const phrase = phrases.get(bare(schema));
  if (phrase) return phrase(value as never, say);
  const name = ownOf(value, "kind");
  const { kind: _, ...settings } = value as Record<string, unknown>;
  const known = kinds.find((kind) => kind.name === name && Object.keys(settings).every((key) => key in kind.settings.shape));
  if (known) return (known.sentence as (settings: unknown, say: Say) => string)(settings, say);
  const parts = Object.entries(settings).flatMap(([key, inner]) => {
    const part = partOf(schema, value, key);
    if (!part || inner === null || key === "id") return [];
    const isGroup = typeof inner === "object" && !Array.isArray(inner);
    return [
      `${labelOf(part, key)} ${isGroup ? sayGroup(part, inner, say) : Array.isArray(inner) ? sayList(part, inner, say) : saySetting(part, inner, say)}`,
    ];
  });
  const said = parts.join(", ");
  return typeof name === "string" ? `${name}${said ? ` (${said})` : ""}` : said || "empty";
}

function sayList(schema: z.ZodType, value: unknown, say: Say, around?: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return "none";
  const item = partOf(schema, value, 0);
  if (item && bare(item) === bare(limit))
    return value.map((one) => limitSentence(one, unitsOf(around), say, occasionOf(around))).join("; ");
  if (item && bare(item) === measure) return reachSays(value as Measure[], (ownOf(around, "by") ?? "any") as Tier["by"], say);
  const isGroups = value.every((one) => typeof one === "object" && one !== null && !("title" in one));
  return item && isGroups ? value.map((one) => sayGroup(item, one, say)).join("; ") : saySetting(schema, value, say);
}

const unitsOf = (around: unknown): string[] => {
  const award = ownOf(around, "award") as EarningRule["award"] | undefined;
  return award ? awardOf(award).units : ["points"];
};

// Limits over all rules belong to none, and hold for orders and for all else.
const occasionOf = (around: unknown): string => String(ownOf(ownOf(around, "on"), "kind") ?? "any");

const keysOf = (before: unknown, after: unknown): string[] => [
  ...new Set([...Object.keys((before as object) ?? {}), ...Object.keys((after as object) ?? {})]),
];

const within = (around: string, label: string): string => (around ? `${around}: ${label}` : label);

// Settings that a page draws with a place of their own rather than a label.
const places: Readonly<Record<string, string>> = {
  active: "Switched on",
  award: "Gives",
  bought: "Bought with",
  by: "Reached by",
  conditions: "Conditions",
  countsAfterDays: "Days until spend counts",
  entry: "On reaching it",
  expiry: "Points end",
  grants: "Given again and again",
  id: "Id",
  limits: "Limits",
  on: "Looks at",
  one: "One",
  other: "Several",
  perks: "Perks",
  reach: "Reached with",
  runs: "Runs",
  term: "Kept",
  when: "Conditions",
  window: "Counted over",
  worth: "Gives",
};

export function labelOf(schema: z.ZodType, key: string): string {
  const { label } = fieldOf(schema);
  if (label) return label;
  if (Object.hasOwn(places, key)) return places[key] ?? key;
  const words = key.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

// Equal whatever the order in which the keys were written.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
