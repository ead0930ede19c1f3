import type { z } from "zod";
import { awardOf } from "../earning/award-of.ts";
import type { EarningRule } from "../earning/rule.ts";
import { conditionOf, deepest, depthOf, leavesOf, mostLeaves, type Tree } from "../earning/tree.ts";
import type { Ladder } from "../tiers/ladder.ts";
import { nearest } from "./nearest.ts";

type Whole = {
  units: { id: string }[];
  earning: EarningRule[];
  boosts: { id: string; when: Tree; rules: string[] }[];
  tiers: Ladder | null;
  badges: { id: string }[];
  rewards: { id: string; unit: string }[];
  policies: { limits: { of: string; per: string }[] };
};

type Refine = z.RefinementCtx;

/** What no part can see on its own: ids that are used twice, or that name something that is not there. */
export function refineWhole(whole: Whole, refine: Refine): void {
  const no = (path: PropertyKey[], message: string) => refine.addIssue({ code: "custom", path, message });
  twice(whole, no);
  const known = {
    unit: ["points", ...whole.units.map((one) => one.id)],
    tier: whole.tiers?.levels.map((one) => one.id) ?? [],
    reward: whole.rewards.map((one) => one.id),
    badge: whole.badges.map((one) => one.id),
    rule: whole.earning.map((one) => one.id),
  };
  const names = (what: keyof typeof known, id: string, path: PropertyKey[]) => {
    if (!known[what].includes(id)) no(path, `There is no ${what} called “${id}” in this programme.${suggestion(id, known[what])}`);
  };

  for (const [at, rule] of whole.earning.entries()) {
    const path = ["earning", at];
    references(rule.award, [...path, "award"], names);
    treeIsSound(rule.when, rule.on.kind, [...path, "when"], no, names);
    const kind = awardOf(rule.award);
    if (kind.ofOrder && rule.on.kind !== "order")
      no(
        [...path, "award", "kind"],
        `“${kind.label}” needs an order to be worked out from. Choose a fixed award, or let the rule look at orders.`,
      );
    if (rule.minimum !== null && rule.on.kind !== "order")
      no([...path, "minimum"], "Only an order has an amount. Leave the minimum empty.");
    if (kind.isCertificate) certificateIsSound(rule, path, no);
  }
  for (const [at, boost] of whole.boosts.entries()) {
    treeIsSound(boost.when, null, ["boosts", at, "when"], no, names);
    for (const [n, rule] of boost.rules.entries()) names("rule", rule, ["boosts", at, "rules", n]);
  }
  for (const [at, reward] of whole.rewards.entries()) names("unit", reward.unit, ["rewards", at, "unit"]);
  for (const [at, tier] of (whole.tiers?.levels ?? []).entries()) references(tier, ["tiers", "levels", at], names);
}

// It looks at what a member has and at nothing else: what could never be asked is refused, not ignored.
function certificateIsSound(rule: EarningRule, path: PropertyKey[], no: No): void {
  const only = "It is made whenever so many are reached, whatever they were earned with.";
  if (leavesOf(rule.when).length > 0) no([...path, "when"], `${only} Leave its conditions empty, and put them on the rules that earn.`);
  if (rule.minimum !== null) no([...path, "minimum"], `${only} Leave the minimum empty.`);
  if (rule.group !== null) no([...path, "group"], `${only} It competes with no other rule: leave this empty.`);
  if (rule.limits.length > 0) no([...path, "limits"], `${only} Put limits on the rules that earn.`);
}

type No = (path: PropertyKey[], message: string) => void;
type KnownName = "unit" | "tier" | "reward" | "badge" | "rule";
type Check = (what: KnownName, id: string, path: PropertyKey[]) => void;

function twice(whole: Whole, no: No): void {
  const lists = {
    units: whole.units,
    earning: whole.earning,
    boosts: whole.boosts,
    badges: whole.badges,
    rewards: whole.rewards,
    "tiers.levels": whole.tiers?.levels ?? [],
  };
  for (const [list, items] of Object.entries(lists)) noneTwice(items, list.split("."), no, list === "units" ? ["points"] : []);
  // What a tier gives or asks of staff is done once by its id: of two that share one the second would never be.
  for (const [at, { grants, perks }] of (whole.tiers?.levels ?? []).entries())
    for (const [list, items] of Object.entries({ grants, perks })) noneTwice(items, ["tiers", "levels", at, list], no);
}

function noneTwice(items: readonly { id: string }[], path: PropertyKey[], no: No, taken: readonly string[] = []): void {
  const seen = new Set(taken);
  for (const [at, { id }] of items.entries()) {
    if (seen.has(id)) no([...path, at, "id"], `The id ${id} is used twice. Give one of them another.`);
    seen.add(id);
  }
}

const referring: Record<string, KnownName> = {
  unit: "unit",
  reward: "reward",
  rewardId: "reward",
  tier: "tier",
  tierId: "tier",
  badge: "badge",
  badgeId: "badge",
};

// Settings name other parts by fields of these names, wherever they stand: a new kind needs no line here.
function references(value: unknown, path: PropertyKey[], names: Check): void {
  if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) references(one, [...path, at], names);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    const what = Object.hasOwn(referring, field) ? referring[field] : undefined;
    if (what && typeof inner === "string") names(what, inner, [...path, field]);
    else if (field === "tiers" && Array.isArray(inner))
      for (const [at, id] of inner.entries()) {
        if (typeof id === "string") names("tier", id, [...path, field, at]);
      }
    else references(inner, [...path, field], names);
  }
}

function treeIsSound(tree: Tree, trigger: string | null, path: PropertyKey[], no: No, names: Check): void {
  if (depthOf(tree) > deepest) no(path, `Conditions can be nested ${deepest} deep. Split this rule in two.`);
  if (leavesOf(tree).length > mostLeaves) no(path, `A rule has at most ${mostLeaves} conditions. Split this rule in two.`);
  references(tree, path, names);
  if (!trigger) return;
  for (const leaf of leavesOf(tree)) {
    const { triggers, label } = conditionOf(leaf);
    if (triggers && !triggers.includes(trigger)) no(path, `“${label}” cannot be asked of this occasion (${trigger}).`);
  }
}

/** " Did you mean “gold”?" where something known is a letter or two away, else what there is. */
export function suggestion(wrong: string, known: readonly string[]): string {
  const [near] = nearest(wrong, known, 1);
  if (near) return ` Did you mean “${near}”?`;
  const some = known.slice(0, 10);
  return known.length === 0
    ? " It has none: add it first."
    : ` There ${some.length === 1 ? "is" : "are"}: ${some.join(", ")}${known.length > some.length ? " …" : ""}.`;
}
