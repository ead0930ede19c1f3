import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";
import { openBeside } from "./beside.ts";
import type { Stops } from "./budget-stops.ts";
import { budgetsSoFar } from "./budgets-so-far.ts";
import type { Life } from "./lives.ts";
import type { MemberSoFar, Placed } from "./member-so-far.ts";
import { mostChanged } from "./most-changed.ts";
import { type Held, nothingHeld, openPoints } from "./open-points.ts";
import { byGain, byLoss, type Move, membersShown, monthKey, moveKey, type Part } from "./part.ts";
import type { PastOccasion } from "./past-occasion.ts";
import type { DayTotal, MemberChange, MonthTier } from "./report.ts";
import { sensitivity } from "./sensitivity.ts";
import type { Given } from "./side.ts";
import { openTally } from "./tally.ts";
import { theFirst } from "./the-first.ts";

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

type Wish = {
  until: number;
  timeZone: string;
  stops: { live: Stops; draft: Stops };
  /** The versions of each side whose budgets may stop. */
  stopping: { live: readonly CompiledProgramme[]; draft: readonly CompiledProgramme[] };
  /** What happened day by day is told as well. */
  byDay: boolean;
};

/** What is added up while members go by: of both sides, and of the difference between them. */
export function openTotals({ until, timeZone, stops, stopping, byDay }: Wish) {
  const side = (which: "live" | "draft") => ({
    tally: openTally(),
    budgets: budgetsSoFar(stops[which], stopping[which]),
    beside: openBeside(),
    open: 0,
  });
  const sides = { live: side("live"), draft: side("draft") };
  const open = openPoints(until, timeZone);
  const months = new Map<string, MonthTier>();
  const days = new Map<string, DayTotal>();
  const moves = new Map<string, Move>();
  const gains = theFirst<MemberChange>(membersShown, byGain);
  const loses = theFirst<MemberChange>(membersShown, byLoss);
  const changed = mostChanged();
  const sensitive = sensitivity();
  const counted = { orders: 0, events: 0, imported: 0, members: 0, waiting: 0, changed: 0 };

  function addMonth(month: string, which: "live" | "draft", tierId: string | null, points: Points): void {
    if (points === 0) return;
    const key = monthKey({ month, tierId });
    const total = months.get(key) ?? { month, tierId, live: 0, draft: 0 };
    months.set(key, total);
    total[which] += points;
  }

  function addDay({ day }: LocalMoment, { live, draft }: Both, isOrder: boolean, isChanged: boolean): void {
    const total = dayOf(day);
    total.live += live.judgement.due;
    total.draft += draft.judgement.due;
    if (isOrder) total.orders += 1;
    if (isChanged) total.changed += 1;
  }

  function dayOf(day: string): DayTotal {
    const total = days.get(day) ?? { day, live: 0, draft: 0, orders: 0, changed: 0 };
    days.set(day, total);
    return total;
  }

  const sideSums = ({ tally, budgets, beside, open: points }: (typeof sides)["live"]): Part["live"] => ({
    tally: tally.sums(),
    budgets: budgets.sums(),
    beside: beside.sums(),
    open: points,
  });

  return {
    sides,
    counted,
    /** What counts from the first occasion on, also where the totals begin later. */
    hold(member: Member, { placedAt }: PastOccasion, { live, draft }: Both): void {
      const earned = { at: placedAt, joinedAt: member.joinedAt };
      open.take(member.live.held, live, earned);
      open.take(member.draft.held, draft, earned);
    },
    count(member: Member, occasion: PastOccasion, both: Both, placed: Placed): void {
      const { live, draft } = both;
      const isOrder = occasion.kind === "order";
      counted[isOrder ? (occasion.imported ? "imported" : "orders") : "events"] += 1;
      member.live.points += live.judgement.due;
      member.draft.points += draft.judgement.due;
      sides.live.tally.take(live.judgement);
      sides.draft.tally.take(draft.judgement);
      sensitive.take(draft.judgement, draft.programme, draft.at, placed.local);
      const local = placed.local();
      const month = local.day.slice(0, 7);
      addMonth(month, "live", live.tierId, live.judgement.due);
      addMonth(month, "draft", draft.tierId, draft.judgement.due);

      const isChanged = live !== draft && differs(live.judgement, draft.judgement);
      if (byDay) addDay(local, both, isOrder, isChanged);
      if (!isChanged) return;
      counted.changed += 1;
      if (isOrder) changed.take(occasion, live.judgement, draft.judgement);
    },
    /** What a member got on one side beside what occasions earned: from the first day that counts on. */
    live(which: "live" | "draft", member: Member, { given, certificates }: Life, placed: (at: number) => Placed, from: number): void {
      const { beside } = sides[which];
      for (const one of certificates) beside.certificate(one, one.at >= from);
      for (const one of given) {
        if (one.at < from) continue;
        beside.gift(one);
        if (one.gift.kind !== "points" || one.gift.unit !== "points") continue;
        const { points } = one.gift;
        const { day } = placed(one.at).local();
        member[which].points += points;
        addMonth(day.slice(0, 7), which, one.tierId, points);
        if (byDay) dayOf(day)[which] += points;
      }
    },
    /** Nothing more comes of a member. The tiers are those at the end; without any, nobody moves. */
    leave(
      { memberId, live, draft }: Member,
      tiers: Pick<Move, "from" | "to"> | null,
      left: { live: Points; draft: Points } | Points,
    ): void {
      counted.members += 1;
      const isKnown = typeof left !== "number";
      sides.live.open += isKnown ? left.live : open.openOf(live.held, left);
      sides.draft.open += isKnown ? left.draft : open.openOf(draft.held, left);
      const change = { memberId, live: live.points, draft: draft.points };
      if (change.draft > change.live) gains.take(change);
      else if (change.draft < change.live) loses.take(change);
      if (!tiers) return;
      const key = moveKey(tiers);
      const move = moves.get(key) ?? { ...tiers, members: 0 };
      moves.set(key, move);
      move.members += 1;
    },
    part: (): Part => ({
      counted,
      live: sideSums(sides.live),
      draft: sideSums(sides.draft),
      months: [...months.values()],
      days: [...days.values()],
      moves: [...moves.values()],
      gains: [...gains.all()],
      loses: [...loses.all()],
      changedOrders: changed.told(),
      sensitivity: sensitive.sums(),
    }),
  };
}

function differs(a: Judgement, b: Judgement): boolean {
  if (a.due !== b.due) return true;
  if (!a.units && !b.units && !a.gifts && !b.gifts) return false;
  return JSON.stringify([a.units ?? null, a.gifts ?? null]) !== JSON.stringify([b.units ?? null, b.gifts ?? null]);
}
