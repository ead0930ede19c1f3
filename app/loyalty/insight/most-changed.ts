import type { Judgement, RuleTrace } from "../earning/judgement.ts";
import type { Points } from "../points.ts";

export type ChangedOrder = {
  shopId: string;
  orderGid: string;
  name: string;
  memberId: string;
  placedAt: number;
  live: Points;
  draft: Points;
  /** Both traces, without the rules that did nothing on either side. */
  traces: { live: Judgement; draft: Judgement };
};

/** Keeps those that change most, and never more of them than asked for. Of equals, those that were placed first. */
export function mostChanged(most: number) {
  const kept: { change: number; one: () => ChangedOrder }[] = [];

  return {
    take(change: number, one: () => ChangedOrder): void {
      const least = kept.at(-1);
      if (kept.length === most && least && change <= least.change) return;
      let place = kept.length;
      while (place > 0 && (kept[place - 1]?.change ?? 0) < change) place -= 1;
      kept.splice(place, 0, { change, one });
      if (kept.length > most) kept.pop();
    },
    report: (): ChangedOrder[] => kept.map(({ one }) => one()),
  };
}

export function bothTraces(live: Judgement, draft: Judgement): ChangedOrder["traces"] {
  const telling = new Set([...live.rules, ...draft.rules].filter(didSomething).map((one) => one.ruleId));
  const short = (judgement: Judgement): Judgement => ({ ...judgement, rules: judgement.rules.filter((one) => telling.has(one.ruleId)) });
  return { live: short(live), draft: short(draft) };
}

const didSomething = (trace: RuleTrace): boolean => trace.passed || trace.points > 0 || trace.why?.reason === "beaten";
