import { definitionOf } from "../db/drafts.ts";
import { publishedVersions } from "../db/programme.ts";
import { type RuleCost, ruleCosts } from "../db/rule-costs.ts";
import { roundUp } from "../loyalty/points.ts";
import { versionAt } from "../loyalty/program/phase.ts";
import { bestRate } from "../loyalty/redeeming/worth.ts";
import type { Context } from "./context.ts";

export type RuleCosts = {
  rules: (RuleCost & { money: number | null; isLive: boolean })[];
  /** Rules in force that gave nothing in this time, and whether others beat them. */
  silent: { ruleId: string; name: string; beaten: number }[];
  rate: { minor: number; points: number } | null;
  unitNames: Record<string, string>;
};

/** What each rule of the programme cost in a time, and which never fired or are always beaten. */
export async function whatRulesCost({ db, scope, now }: Context, time: { from: Date; until: Date }): Promise<RuleCosts> {
  return db.inProgramme(scope, async (tx) => {
    const inForce = versionAt(await publishedVersions(tx), now());
    if (!inForce) throw new Error(`Programme ${scope.programId} has no version.`);
    const definition = await definitionOf(tx, inForce.version);
    const costs = await ruleCosts(tx, time);
    const rate = bestRate(definition);
    const live = definition.earning.filter((rule) => rule.active);
    const gave = new Set(costs.filter((one) => one.gave > 0).map((one) => one.ruleId));
    return {
      rules: costs
        .filter((one) => one.gave > 0 || one.cut > 0)
        .map((one) => ({
          ...one,
          money: rate && one.unit === "points" ? roundUp(BigInt(one.points) * BigInt(rate.minor), rate.points) : null,
          isLive: live.some((rule) => rule.id === one.ruleId),
        })),
      silent: live
        .filter((rule) => !gave.has(rule.id))
        .map(({ id, name }) => ({ ruleId: id, name, beaten: costs.find((one) => one.ruleId === id)?.beaten ?? 0 })),
      rate,
      unitNames: Object.fromEntries(definition.units.map((unit) => [unit.id, unit.name.other])),
    };
  });
}
