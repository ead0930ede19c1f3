import type { Tx } from "../../db/database.ts";
import { definitionOf } from "../../db/drafts.ts";
import { type PublishedVersion, publishedVersions } from "../../db/programme.ts";
import { type RuleCost, type RuleGift, ruleCosts, ruleGifts } from "../../db/rule-costs.ts";
import type { Minor } from "../../loyalty/money.ts";
import { roundUp } from "../../loyalty/points.ts";
import type { Definition, Reward } from "../../loyalty/program/definition.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import { bestRate, faceValueOf } from "../../loyalty/redeeming/worth.ts";
import type { Context } from "../context.ts";

export type RuleCosts = {
  /** What is no amount has a row of its own: its unit is gift:reward, gift:badge …, its points how many there were. */
  rules: (RuleCost & { money: Minor | null; isLive: boolean })[];
  /** Rules in force that gave nothing in this time, and whether others beat them. */
  silent: { ruleId: string; name: string; beaten: number }[];
  rate: { minor: Minor; points: number } | null;
  unitNames: Record<string, string>;
};

const giftNames = {
  "gift:reward": "rewards, free of charge",
  "gift:badge": "badges",
  "gift:tier": "tiers",
  "gift:certificate": "made of what was collected",
};

/** What each rule of the programme cost in a time, and which never fired or are always beaten. */
export async function whatRulesCost({ db, scope, now }: Context, time: { from: Date; until: Date }): Promise<RuleCosts> {
  return db.inProgramme(scope, async (tx) => {
    const versions = await publishedVersions(tx);
    const inForce = versionAt(versions, now());
    if (!inForce) throw new Error(`Programme ${scope.programId} has no version.`);
    const definition = await definitionOf(tx, inForce.version);
    const costs = await ruleCosts(tx, time);
    const gifts = await giftsByRule(tx, versions, await ruleGifts(tx, time));
    const rate = bestRate(definition);
    const live = definition.earning.filter((rule) => rule.active);
    const isLive = (ruleId: string) => live.some((rule) => rule.id === ruleId);
    const moneyOf = ({ unit, points }: RuleCost) =>
      rate && unit === "points" ? roundUp(BigInt(points) * BigInt(rate.minor), rate.points) : null;
    // What a limit took all of has fired too.
    const rules = [...costs.filter((one) => one.gave > 0 || one.cut > 0).map((one) => ({ ...one, money: moneyOf(one) })), ...gifts].map(
      (one) => ({ ...one, isLive: isLive(one.ruleId) }),
    );
    return {
      rules,
      silent: live
        .filter((rule) => !rules.some((one) => one.ruleId === rule.id))
        .map(({ id, name }) => ({ ruleId: id, name, beaten: costs.find((one) => one.ruleId === id)?.beaten ?? 0 })),
      rate,
      unitNames: { ...Object.fromEntries(definition.units.map((unit) => [unit.id, unit.name.other])), ...giftNames },
    };
  });
}

type GiftCost = RuleCost & { money: Minor | null };

/** One row for each rule and kind. A certificate costs what its points cost, which the rules that gave them have. */
async function giftsByRule(tx: Tx, versions: readonly PublishedVersion[], given: readonly RuleGift[]): Promise<GiftCost[]> {
  const rows = new Map<string, GiftCost>();
  for (const { ruleId, kind, what, count } of given) {
    const rule = await newest(tx, versions, (one) => one.earning.find(({ id }) => id === ruleId));
    const reward =
      kind === "reward" ? await newest(tx, versions, (one): Reward | undefined => one.rewards.find(({ id }) => id === what)) : null;
    const worth = reward ? faceValueOf(reward) : null;
    const unit = `gift:${kind}`;
    const so = rows.get(`${ruleId} ${unit}`);
    rows.set(`${ruleId} ${unit}`, {
      ruleId,
      name: rule?.name ?? ruleId,
      unit,
      points: (so?.points ?? 0) + count,
      gave: (so?.gave ?? 0) + count,
      beaten: 0,
      cut: 0,
      money: worth === null ? (so?.money ?? null) : (so?.money ?? 0) + worth * count,
    });
  }
  return [...rows.values()];
}

/** What the newest version that has it says. */
async function newest<Found>(
  tx: Tx,
  versions: readonly PublishedVersion[],
  find: (definition: Definition) => Found | undefined,
): Promise<Found | undefined> {
  for (const { version } of versions.toReversed()) {
    const found = find(await definitionOf(tx, version));
    if (found) return found;
  }
  return undefined;
}
