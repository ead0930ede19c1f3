import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Points } from "../points.ts";

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
  gifts: number;
};

export type GiftTally = { kind: string; what: string; count: number };

/** Sums over one side's judgements. */
export function openTally() {
  let [orders, events] = [0, 0];
  const units = new Map<string, Points>();
  const rules = new Map<string, RuleTally>();
  const gifts = new Map<string, GiftTally>();

  return {
    take(judgement: Judgement): void {
      if (judgement.due > 0) units.set("points", (units.get("points") ?? 0) + judgement.due);
      for (const unit in judgement.units) units.set(unit, (units.get(unit) ?? 0) + (judgement.units[unit] ?? 0));
      const gives = judgement.due > 0 || judgement.units !== undefined || judgement.gifts !== undefined;
      if (gives && judgement.trigger === "order") orders += 1;
      else if (gives) events += 1;
      for (const trace of judgement.rules) {
        const isBeaten = trace.why?.reason === "beaten";
        if (trace.points === 0 && !isBeaten && trace.caps === undefined) continue;
        const rule = ruleOf(rules, trace.ruleId, trace.name, trace.unit);
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
        const rule = ruleOf(rules, gift.ruleId, trace?.name ?? gift.ruleId, trace?.unit ?? "points");
        rule.gifts += 1;
      }
    },
    report(programmes: readonly CompiledProgramme[]) {
      // Rules that never fired are told too.
      for (const { definition } of programmes)
        for (const rule of definition.earning) {
          const fired = [...rules.values()].some((one) => one.ruleId === rule.id);
          if (rule.active && !fired) ruleOf(rules, rule.id, rule.name, "points");
        }
      return {
        units: Object.fromEntries([...units].sort(byKey)),
        orders,
        events,
        rules: [...rules].sort(byKey).map(([, rule]) => rule),
        gifts: [...gifts].sort(byKey).map(([, gift]) => gift),
      };
    },
  };
}

export type TallyReport = ReturnType<ReturnType<typeof openTally>["report"]>;

function ruleOf(rules: Map<string, RuleTally>, ruleId: string, name: string, unit: string): RuleTally {
  const key = `${ruleId} ${unit}`;
  const known = rules.get(key);
  if (known) return known;
  const rule: RuleTally = { ruleId, name, unit, points: 0, gave: 0, beaten: 0, cut: 0, gifts: 0 };
  rules.set(key, rule);
  return rule;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
