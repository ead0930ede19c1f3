import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Points } from "../points.ts";
import { merged } from "./merged.ts";

/** What one rule did on one side. A rule that was renamed keeps its id. */
export type RuleTally = {
  ruleId: string;
  name: string;
  unit: string;
  points: Points;
  /** Orders and events for which it gave something, points or a gift. */
  gave: number;
  /** For which another rule of its group gave more. */
  beaten: number;
  /** What limits and budgets took of it. */
  cut: Points;
  /** Rewards, badges and tiers; in a report the certificates that it made too. */
  gifts: number;
};

export type GiftTally = { kind: string; what: string; count: number };

type RuleSum = Omit<RuleTally, "name">;

/** Sums over judgements. */
export type Tally = { units: Record<string, Points>; orders: number; events: number; rules: RuleSum[]; gifts: GiftTally[] };

export function openTally() {
  let [orders, events, points] = [0, 0, 0];
  const units: Record<string, Points> = {};
  const rules = new Map<string, RuleSum>();
  const gifts = new Map<string, GiftTally>();

  return {
    take(judgement: Judgement): void {
      points += judgement.due;
      for (const unit in judgement.units) units[unit] = (units[unit] ?? 0) + (judgement.units[unit] ?? 0);
      const gives = judgement.due > 0 || judgement.units !== undefined || judgement.gifts !== undefined;
      if (gives && judgement.trigger === "order") orders += 1;
      else if (gives) events += 1;
      for (const trace of judgement.rules) {
        const isBeaten = trace.why?.reason === "beaten";
        if (trace.points === 0 && !isBeaten && trace.caps === undefined) continue;
        const rule = ruleOf(rules, trace.ruleId, trace.unit);
        rule.points += trace.points;
        if (trace.points > 0) rule.gave += 1;
        if (isBeaten) rule.beaten += 1;
        const [first] = trace.caps ?? [];
        if (first) rule.cut += first.before - trace.points;
      }
      for (const gift of judgement.gifts ?? []) {
        const what = gift.kind === "reward" ? gift.rewardId : gift.kind === "badge" ? gift.badgeId : gift.tierId;
        const key = `${gift.kind} ${what}`;
        const tally = gifts.get(key) ?? { kind: gift.kind, what, count: 0 };
        tally.count += 1;
        gifts.set(key, tally);
        const trace = judgement.rules.find((one) => one.ruleId === gift.ruleId);
        ruleOf(rules, gift.ruleId, trace?.unit ?? "points").gifts += 1;
      }
    },
    sums: (): Tally => ({
      units: points > 0 ? { ...units, points } : units,
      orders,
      events,
      rules: [...rules.values()],
      gifts: [...gifts.values()],
    }),
  };
}

export function mergeTallies(parts: readonly Tally[]): Tally {
  const sum: Tally = { units: {}, orders: 0, events: 0, rules: [], gifts: [] };
  for (const { units, orders, events } of parts) {
    for (const unit in units) sum.units[unit] = (sum.units[unit] ?? 0) + (units[unit] ?? 0);
    sum.orders += orders;
    sum.events += events;
  }
  const rules = merged(
    parts.map((one) => one.rules),
    (one) => keyOf(one.ruleId, one.unit),
    (all, one) => {
      all.points += one.points;
      all.gave += one.gave;
      all.beaten += one.beaten;
      all.cut += one.cut;
      all.gifts += one.gifts;
    },
  );
  const gifts = merged(
    parts.map((one) => one.gifts),
    giftKey,
    (all, one) => {
      all.count += one.count;
    },
  );
  return { ...sum, rules, gifts };
}

/** The sums with their names, sorted. Rules that never fired are told too; each has the name that it had last. */
export function tellTally({ units, orders, events, rules, gifts }: Tally, programmes: readonly CompiledProgramme[]) {
  const names = new Map<string, string>();
  const told = new Map(rules.map((one) => [keyOf(one.ruleId, one.unit), one]));
  const fired = new Set(rules.map((one) => one.ruleId));
  for (const { definition } of programmes)
    for (const rule of definition.earning) {
      names.set(rule.id, rule.name);
      if (rule.active && !fired.has(rule.id)) ruleOf(told, rule.id, "points");
    }
  return {
    units: Object.fromEntries(Object.entries(units).sort(byKey)),
    orders,
    events,
    rules: [...told].sort(byKey).map(([, { ruleId, ...sums }]): RuleTally => ({ ruleId, name: names.get(ruleId) ?? ruleId, ...sums })),
    gifts: gifts
      .map((one): [string, GiftTally] => [giftKey(one), one])
      .sort(byKey)
      .map(([, one]) => one),
  };
}

const keyOf = (ruleId: string, unit: string): string => (unit === "points" ? ruleId : `${ruleId} ${unit}`);
const giftKey = ({ kind, what }: GiftTally): string => `${kind} ${what}`;

function ruleOf(rules: Map<string, RuleSum>, ruleId: string, unit: string): RuleSum {
  const key = keyOf(ruleId, unit);
  const known = rules.get(key);
  if (known) return known;
  const rule: RuleSum = { ruleId, unit, points: 0, gave: 0, beaten: 0, cut: 0, gifts: 0 };
  rules.set(key, rule);
  return rule;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
