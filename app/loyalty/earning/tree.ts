import { z } from "zod";
import { kindOf, unionOf } from "../program/union-of.ts";
import type { Say } from "../say.ts";
import type { Lookup, Need, World } from "./condition-kind.ts";
import { conditionKinds } from "./conditions/index.ts";

const leaf = unionOf(conditionKinds);
export type Condition = z.infer<typeof leaf>;
export type Branch = { kind: "all" | "any" | "none"; of: Tree[] };
/** Questions joined by all, any and none. An empty "all" lets everything through. */
export type Tree = Branch | Condition;

export const deepest = 6;
export const mostLeaves = 60;

const branch = (kind: Branch["kind"]) => z.strictObject({ kind: z.literal(kind), of: z.array(z.lazy(() => tree)) });

export const tree: z.ZodType<Tree> = z.discriminatedUnion("kind", [
  branch("all"),
  branch("any"),
  branch("none"),
  ...leaf.options,
] as never) as never;

export const isBranch = (one: Tree): one is Branch => one.kind === "all" || one.kind === "any" || one.kind === "none";

export const everything: Tree = { kind: "all", of: [] };

/** The questions of a tree, from left to right: the order in which a trace tells them. */
export function leavesOf(one: Tree): Condition[] {
  return isBranch(one) ? one.of.flatMap(leavesOf) : [one];
}

export const depthOf = (one: Tree): number => (isBranch(one) ? 1 + Math.max(0, ...one.of.map(depthOf)) : 1);

export function needsOf(one: Tree): Need[] {
  return leavesOf(one).flatMap((each) => [...(kindOf(conditionKinds, each.kind).needs ?? [])]);
}

export const settingsOf = <K extends { kind: string }>({ kind: _, ...settings }: K): Omit<K, "kind"> => settings;

export const conditionOf = (one: Condition) => kindOf(conditionKinds, one.kind) as AnyCondition;

type AnyCondition = {
  name: string;
  label: string;
  about: "order" | "items" | "member" | "time" | "event";
  settings: z.ZodObject;
  needs?: readonly Need[];
  triggers?: readonly string[];
  namesOrders?: true;
  lookup?: Lookup<unknown>;
  sentence: (settings: unknown, say: Say) => string;
  either?: (several: readonly unknown[], say: Say) => string | null;
  compile: (settings: unknown, world: World) => (...given: never[]) => boolean;
  saw?: (occasion: never, settings: unknown, world: World) => string | number | boolean | null;
  sawAs?: "money" | "count" | "text" | "days" | "time" | "tier";
};
