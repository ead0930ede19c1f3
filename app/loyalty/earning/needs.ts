import type { Definition } from "../program/definition.ts";
import { kindOf } from "../program/union-of.ts";
import { awardKinds } from "./awards/index.ts";
import type { Need } from "./condition-kind.ts";
import { needsOf } from "./tree.ts";

/** The facts that orders lack and that a version cannot judge without: known when it is compiled (DESIGN.md §3). */
export function needsOfProgramme({ earning, boosts, tiers, policies }: Definition): ReadonlySet<Need> {
  const needs = new Set<Need>();
  for (const rule of earning) {
    if (!rule.active) continue;
    for (const need of needsOf(rule.when)) needs.add(need);
    for (const need of (kindOf(awardKinds, rule.award.kind) as { needs?: readonly Need[] }).needs ?? []) needs.add(need);
    if (rule.limits.some((limit) => limit.per !== "order")) needs.add("history");
    if (rule.on.kind === "birthday") needs.add("customer");
  }
  for (const boost of boosts) if (boost.active) for (const need of needsOf(boost.when)) needs.add(need);
  if (tiers) needs.add("tier");
  if (policies.excludedCollections || policies.excludedProductTags) needs.add("products");
  if (policies.limits.some((limit) => limit.per !== "order")) needs.add("history");
  return needs;
}

/** The ids of Shopify segments that a version asks about, wherever they stand in it. */
export function segmentsAsked(definition: Definition): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === "string" && value.startsWith("gid://shopify/Segment/")) found.add(value);
    else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) look(inner);
  };
  look([definition.earning, definition.boosts]);
  return [...found].sort();
}
