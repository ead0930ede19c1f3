import { standingBefore } from "../../earning/history.ts";
import type { Circumstances, Judgement, RuleTrace } from "../../earning/judgement.ts";
import { type Limit, limitSentence } from "../../earning/limit.ts";
import { tierBefore } from "../../tiers/before.ts";
import { zoneOf } from "../../tiers/zone.ts";
import { giveReward } from "./settle.ts";
import { standingInput, type Table } from "./table.ts";

/** How the member stood before an occasion of this instant. */
export function memberBefore(table: Table, key: string): Pick<Circumstances, "member" | "used"> {
  const { trails, member, limits, clock, now } = table;
  const background = { joinedAt: member.joinedAt, birthday: member.birthday, counted: null };
  const before = standingBefore({ key, placedAt: now }, { trails: [...trails.values()], background, limits, clock });
  const { ordersBefore, lastOrderAt, joinedAt, used } = before;
  const tierId = tierBefore({ key, placedAt: now }, { ...standingInput(table), trails });
  return { member: { ordersBefore, lastOrderAt, joinedAt, birthday: member.birthday, tierId }, used };
}

export const duesOf = ({ due, units }: Judgement): Record<string, number> => ({ ...(due ? { points: due } : {}), ...units });

/** Gifts of rules: a reward, a badge, a tier, by what they were given for. */
export function handOut(table: Table, judgement: Judgement, cause: string): void {
  const { say } = table;
  for (const gift of judgement.gifts ?? []) {
    const rule = say.nameOf("rule", gift.ruleId);
    if (gift.kind === "reward") giveReward(table, gift.rewardId, `${rule}:`);
    else if (gift.kind === "badge") table.page?.why.push(`${rule}: the badge “${say.nameOf("badge", gift.badgeId)}”.`);
    else {
      const until = gift.months === null ? null : zoneOf(table.shop.timeZone).add(table.now, { months: gift.months });
      const decision = { at: table.now, kind: "given" as const, tierId: gift.tierId, until, by: "laurel", why: rule };
      table.decisions.set(cause, [...(table.decisions.get(cause) ?? []), decision]);
      table.page?.why.push(`${rule}: ${say.nameOf("tier", gift.tierId)}.`);
    }
  }
}

/** A tier that an order gave goes with it: what is sent back gave none. */
export function takeBackTiers(table: Table, judgement: Judgement, cause: string): void {
  const stillGiven = (judgement.gifts ?? []).flatMap((gift) => (gift.kind === "tier" ? [gift.tierId] : []));
  const kept = table.decisions.get(cause)?.filter((one) => stillGiven.includes(one.tierId));
  if (kept) table.decisions.set(cause, kept);
}

/** What each rule gave, then why others did not: "Shopping: 70 points for $35, 200% for Double-star day." */
export function tellRules(table: Table, judgement: Judgement): string[] {
  const gave = judgement.rules.flatMap((rule) => tellGiven(table, rule, judgement));
  return [...gave, ...judgement.rules.flatMap((rule) => tellMissed(table, rule))];
}

function tellGiven({ say }: Table, rule: RuleTrace, judgement: Judgement): string[] {
  if (rule.points === 0) return [];
  const capped = cappedBy(rule);
  const times = (rule.boosts ?? []).map((one) => `, ${say.percent(one.times)} for ${one.name}`).join("");
  const of = judgement.trigger === "order" ? ` for ${say.money(rule.amount ?? judgement.amount)}` : "";
  const most = capped ? ` (${limitSentence(capped, [rule.unit], say)})` : "";
  return [`${rule.name}: ${say.amount(rule.points, rule.unit)}${of}${times}${most}.`];
}

function tellMissed({ say }: Table, rule: RuleTrace): string[] {
  if (rule.why?.reason === "beaten" && rule.why.points > 0)
    return [`${rule.name} alone would give ${say.amount(rule.why.points, rule.unit)}; the best of them counts.`];
  if (rule.why?.reason === "below minimum")
    return [`${rule.name}: nothing, for it asks for ${say.money(rule.why.minimum)} and this came to ${say.money(rule.why.amount)}.`];
  const capped = rule.points === 0 ? cappedBy(rule) : undefined;
  return capped ? [`${rule.name}: nothing more (${limitSentence(capped, [rule.unit], say)}).`] : [];
}

function cappedBy({ caps = [] }: RuleTrace): Limit | undefined {
  const cap = caps.find((one) => one.after < one.before);
  if (!cap || cap.cap === "budget") return undefined;
  return cap;
}
