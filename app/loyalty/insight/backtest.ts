import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Points } from "../points.ts";
import { laddersOf } from "../tiers/before.ts";
import { roomAsSettled } from "./budgets-so-far.ts";
import { makeReport } from "./make-report.ts";
import type { Acquaintance } from "./member-so-far.ts";
import type { PastOccasion } from "./past-occasion.ts";
import type { BacktestReport } from "./report.ts";
import { openSide, placedAt } from "./side.ts";
import { type Member, newcomer, openTotals } from "./totals.ts";

export type BacktestWish = {
  /** All published versions, each from the instant on from which it was in force. */
  versions: readonly { from: number; programme: CompiledProgramme }[];
  draft: CompiledProgramme;
  basis: BacktestReport["basis"];
  timeZone: string;
  currency: string;
  /** Occasions before it count for standing only. */
  from?: number | null;
  /** The end: tiers and open points are those of this instant. */
  until: number;
  /** A challenger: until then its members have what the live programme gave them. */
  beginsAt?: number | null;
  /** Hundredths of a per cent of what is given that is redeemed. */
  redeemed: number;
  redeemedBy?: (memberId: string) => Points;
};

/**
 * Judges the past a second time: beside the live programme, under a draft. Occasions are taken in the order of
 * placing, one after another, and the next of a member costs as much as their first.
 */
export function openBacktest(wish: BacktestWish) {
  const { draft, basis, timeZone, until } = wish;
  const [from, beginsAt] = [wish.from ?? null, wish.beginsAt ?? null];
  const begins = beginsAt ?? Number.NEGATIVE_INFINITY;
  const inForce = [...wish.versions].sort((a, b) => a.from - b.from || a.programme.version - b.programme.version);
  const programmes = inForce.map((one) => one.programme);
  const byVersion = new Map(programmes.map((programme) => [programme.version, programme]));
  const ladders = laddersOf(inForce.map((one) => ({ from: one.from, definition: one.programme.definition })));
  const at = (instant: number) => found(inForce.findLast((one) => one.from <= instant) ?? inForce[0]).programme;
  const liveOf = (one: PastOccasion) => (basis === "ledger" ? found(byVersion.get(one.version)) : at(one.placedAt));

  const tried = openSide({
    programmes: [draft],
    ladders: [...ladders.filter((one) => one.from < begins), { from: beginsAt ?? 0, ladder: draft.definition.tiers }],
    timeZone,
    fromMirror: true,
    programmeOf: () => draft,
  });
  const live = openSide({
    programmes,
    ladders,
    timeZone,
    fromMirror: basis === "simulated",
    programmeOf: liveOf,
    keepsHistory: beginsAt !== null && tried.keepsHistory,
  });
  const totals = openTotals({ until, timeZone });
  const { sides, counted } = totals;

  const memberOf = ({ memberId, placedAt: first }: PastOccasion, known: Acquaintance): Member => {
    const there = totals.members.get(memberId);
    if (there) return there;
    const member = newcomer(memberId, Math.min(known.background.joinedAt, first), live.meet(known), tried.meet(known));
    totals.members.set(memberId, member);
    return member;
  };

  function take(occasion: PastOccasion, known: Acquaintance): { live: Judgement; draft: Judgement } {
    const placed = placedAt(occasion.placedAt, timeZone);
    const member = memberOf(occasion, known);
    const programme = liveOf(occasion);
    const room = basis === "ledger" ? roomAsSettled(programme, occasion.pins?.spent) : sides.live.budgets.room(programme, placed.local);
    const was = live.judge(occasion, member.live.soFar, placed, room);
    const isBefore = occasion.placedAt < begins;
    const would = isBefore ? was : tried.judge(occasion, member.draft.soFar, placed, sides.draft.budgets.room(draft, placed.local));
    live.add(member.live.soFar, was.trail, placed);
    tried.add(member.draft.soFar, would.trail, placed);
    sides.live.budgets.charge(was.programme, was.judgement, placed.local);
    sides.draft.budgets.charge(would.programme, would.judgement, placed.local);
    totals.hold(member, occasion, { live: was, draft: would });
    if (from === null || occasion.placedAt >= from) totals.count(member, occasion, { live: was, draft: would }, placed.local());
    return { live: was.judgement, draft: would.judgement };
  }

  return {
    take,
    /** An order that still waits for facts: it is left out, and said to be. */
    leaveOut(): void {
      counted.waiting += 1;
    },
    report: (): BacktestReport =>
      makeReport(totals, {
        ...wish,
        from,
        beginsAt,
        redeemedBy: wish.redeemedBy ?? (() => 0),
        live: { side: live, programme: at(until), programmes },
        draft: { side: tried, programme: draft },
      }),
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("An occasion names a version that was not compiled.");
  return value;
}
