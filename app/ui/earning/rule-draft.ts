import type { z } from "zod";
import { awardKinds } from "../../loyalty/earning/awards/index.ts";
import { award, earningRule } from "../../loyalty/earning/rule.ts";
import { bare } from "../../loyalty/program/schema-at.ts";
import { type Draft, draftOf } from "../form/draft.ts";

export const awardUnion = award as unknown as z.ZodDiscriminatedUnion;
export const onUnion = bare(earningRule.shape.on) as z.ZodDiscriminatedUnion;

/** A rule as its form begins: for every order, with nothing that limits it. */
export const unfilledRule = (currency: string): Draft => ({
  ...draftOf(earningRule, { active: true, award: { kind: awardKinds[0].name } }, currency),
  id: "new",
});

/** The ways of awarding that an occasion can give. */
export function rewardingFor(trigger: string): Record<string, string> {
  const fit = awardKinds.filter((one) => trigger === "order" || !("ofOrder" in one) || one.ofOrder !== true);
  return Object.fromEntries(fit.map((one) => [one.name, one.label]));
}
