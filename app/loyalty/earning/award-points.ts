import type { Points } from "../points.ts";
import type { EarningRule } from "../program/definition.ts";
import { kindOf } from "../program/union-of.ts";
import type { Eligible } from "./award-kind.ts";
import { awardKinds } from "./awards/index.ts";

/** What a rule's award gives for the eligible part of an order, its minimum left aside. */
export function awardPoints(rule: Pick<EarningRule, "award">, eligible: Eligible): Points {
  const { kind, ...settings } = rule.award;
  return (kindOf(awardKinds, kind).points as (eligible: Eligible, settings: unknown) => Points)(eligible, settings);
}
