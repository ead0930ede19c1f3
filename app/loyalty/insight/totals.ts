import type { Judgement } from "../earning/evaluate.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";
import { budgetsSoFar } from "./budgets-so-far.ts";
import type { MemberSoFar } from "./member-so-far.ts";
import { bothTraces, mostChanged } from "./most-changed.ts";
import { type Held, nothingHeld, openPoints } from "./open-points.ts";
import type { PastOccasion } from "./past-occasion.ts";
import type { DayTotal, MonthTier } from "./report.ts";
import { sensitivity } from "./sensitivity.ts";
import type { Given } from "./side.ts";
import { openTally } from "./tally.ts";

const ordersShown = 50;

/** A member on both sides: what they did there so far, and what they got. */
export type Member = {
  memberId: string;
  joinedAt: number;
  live: { soFar: MemberSoFar | null; points: Points; held: Held };
  draft: { soFar: MemberSoFar | null; points: Points; held: Held };
};

export const newcomer = (memberId: string, joinedAt: number, live: MemberSoFar | null, draft: MemberSoFar | null): Member => ({
  memberId,
  joinedAt,
  live: { soFar: live, points: 0, held: nothingHeld() },
  draft: { soFar: draft, points: 0, held: nothingHeld() },
});

export type Both = { live: Given; draft: Given };

/** What is added up while occasions go by: of both sides, and of the difference between them. */
export function openTotals({ until, timeZone }: { until: number; timeZone: string }) {
  const side = () => ({ tally: openTally(), budgets: budgetsSoFar(), open: openPoints(until, timeZone) });
  const sides = { live: side(), draft: side() };
  const members = new Map<string, Member>();
  const months = new Map<string, MonthTier>();
  const days = new Map<string, DayTotal>();
  const changedOrders = mostChanged(ordersShown);
  const sensitive = sensitivity();
  const counted = { orders: 0, events: 0, imported: 0, waiting: 0, changed: 0 };

  function addMonth(month: string, which: "live" | "draft", { judgement, tierId }: Given): void {
    if (judgement.due === 0) return;
    const key = `${month} ${tierId ?? ""}`;
    const total = months.get(key) ?? { month, tierId, live: 0, draft: 0 };
    months.set(key, total);
    total[which] += judgement.due;
  }

  return {
    sides,
    members,
    months,
    days,
    changedOrders,
    sensitive,
    counted,
    /** What counts from the first occasion on, also where the totals begin later. */
    hold(member: Member, { placedAt }: PastOccasion, { live, draft }: Both): void {
      const earned = { at: placedAt, joinedAt: member.joinedAt };
      sides.live.open.take(member.live.held, live, earned);
      sides.draft.open.take(member.draft.held, draft, earned);
    },
    count(member: Member, occasion: PastOccasion, both: Both, { day }: LocalMoment): void {
      const { live, draft } = both;
      const isOrder = occasion.kind === "order";
      counted[isOrder ? (occasion.imported ? "imported" : "orders") : "events"] += 1;
      member.live.points += live.judgement.due;
      member.draft.points += draft.judgement.due;
      sides.live.tally.take(live.judgement);
      sides.draft.tally.take(draft.judgement);
      sensitive.take(draft.judgement, draft.programme, draft.at);
      addMonth(day.slice(0, 7), "live", live);
      addMonth(day.slice(0, 7), "draft", draft);

      const isChanged = live !== draft && differs(live.judgement, draft.judgement);
      const total = days.get(day) ?? { day, live: 0, draft: 0, orders: 0, changed: 0 };
      days.set(day, total);
      total.live += live.judgement.due;
      total.draft += draft.judgement.due;
      if (isOrder) total.orders += 1;
      if (!isChanged) return;
      counted.changed += 1;
      total.changed += 1;
      if (isOrder) changedOrders.take(changeOf(live.judgement, draft.judgement), () => changedOrder(occasion, both));
    },
  };
}

export type Totals = ReturnType<typeof openTotals>;

function changedOrder({ shopId, facts, memberId, placedAt }: PastOccasion & { kind: "order" }, { live, draft }: Both) {
  return {
    shopId,
    orderGid: facts.orderGid,
    name: facts.name,
    memberId,
    placedAt,
    live: live.judgement.due,
    draft: draft.judgement.due,
    traces: bothTraces(live.judgement, draft.judgement),
  };
}

function differs(a: Judgement, b: Judgement): boolean {
  if (a.due !== b.due) return true;
  if (!a.units && !b.units && !a.gifts && !b.gifts) return false;
  return JSON.stringify([a.units ?? null, a.gifts ?? null]) !== JSON.stringify([b.units ?? null, b.gifts ?? null]);
}

// Other units have no common measure with points: a change of them alone comes behind every change of points.
const changeOf = (a: Judgement, b: Judgement): number => Math.abs(a.due - b.due);
