import type { Judgement, RuleTrace } from "../earning/judgement.ts";
import { byPlacing } from "../earning/trail.ts";
import type { Points } from "../points.ts";
import type { Position } from "./budget-stops.ts";
import type { PastOccasion } from "./past-occasion.ts";
import { firstOf, theFirst } from "./the-first.ts";

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

const ordersShown = 50;

type Changed = Position & { change: number; occasion: PastOccasion & { kind: "order" }; live: Judgement; draft: Judgement };

/** Those that change most; of equals, those that were placed first. */
export function mostChanged() {
  const most = theFirst<Changed>(ordersShown, byChange);

  return {
    take(occasion: PastOccasion & { kind: "order" }, live: Judgement, draft: Judgement): void {
      const { placedAt, key } = occasion;
      most.take({ placedAt, key, change: changeOf({ live: live.due, draft: draft.due }), occasion, live, draft });
    },
    told: (): ChangedOrder[] => most.all().map(tell),
  };
}

export const mergeChanged = (parts: readonly ChangedOrder[][]): ChangedOrder[] =>
  firstOf(ordersShown, (a, b) => byChange(positionOf(a), positionOf(b)), parts);

const byChange = (a: Position & { change: number }, b: Position & { change: number }): number => b.change - a.change || byPlacing(a, b);

// Other units have no common measure with points: a change of them alone comes behind every change of points.
const changeOf = ({ live, draft }: { live: Points; draft: Points }): number => Math.abs(live - draft);

const positionOf = (one: ChangedOrder) => ({ placedAt: one.placedAt, key: `${one.shopId} ${one.orderGid}`, change: changeOf(one) });

const tell = ({ occasion, placedAt, live, draft }: Changed): ChangedOrder => ({
  shopId: occasion.shopId,
  orderGid: occasion.facts.orderGid,
  name: occasion.facts.name,
  memberId: occasion.memberId,
  placedAt,
  live: live.due,
  draft: draft.due,
  traces: bothTraces(live, draft),
});

function bothTraces(live: Judgement, draft: Judgement): ChangedOrder["traces"] {
  const telling = new Set([...live.rules, ...draft.rules].filter(didSomething).map((one) => one.ruleId));
  const short = (judgement: Judgement): Judgement => ({ ...judgement, rules: judgement.rules.filter((one) => telling.has(one.ruleId)) });
  return { live: short(live), draft: short(draft) };
}

const didSomething = (trace: RuleTrace): boolean => trace.passed || trace.points > 0 || trace.why?.reason === "beaten";
