import type { Definition } from "../program/definition.ts";
import { awardOf } from "./award-of.ts";
import { limitKey } from "./capping.ts";
import type { Limit, Period } from "./limit.ts";
import type { EarningRule } from "./rule.ts";
import { givenKey } from "./trail.ts";

/** A limit that looks back: what it counts of members' trails, and the name under which what was used of it is kept. */
export type LimitOf = { key: string; counts: string; limit: Limit & { per: Exclude<Period, "order"> } };

/** What has to be counted for a version's limits before something is judged by it. */
export const limitsOf = ({ earning, policies }: Pick<Definition, "earning" | "policies">): LimitOf[] =>
  [
    ...earning.flatMap((rule) =>
      rule.limits.flatMap((limit, index) => countedFor(rule, limit).map((counts) => ({ key: limitKey(counts, index), counts, limit }))),
    ),
    ...policies.limits.map((limit, index) => ({ key: limitKey("*", index), counts: "*", limit })),
  ].filter(looksBack);

// A limit of points holds for each unit that the rule gives on its own; times are orders and events, whatever they gave.
const countedFor = ({ id, award }: EarningRule, { of }: Limit): string[] =>
  of === "times" ? [id] : awardOf(award).units.map((unit) => givenKey(id, unit));

function looksBack(one: { key: string; counts: string; limit: Limit }): one is LimitOf {
  return one.limit.per !== "order";
}
