import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import { clockOf } from "../local-time.ts";
import type { Points } from "../points.ts";
import type { PhaseChange } from "../program/phase.ts";
import { laddersOf } from "../tiers/before.ts";
import type { Demand, Stops } from "./budget-stops.ts";
import { mergeBudgets, overdrawn, roomAsSettled } from "./budgets-so-far.ts";
import { cameOf, givesBeside, heardOf, type LedgerOf, type Life, type LifeRules, liveLife, looksAtTiers } from "./lives.ts";
import { makeReport } from "./make-report.ts";
import type { Acquaintance } from "./member-so-far.ts";
import { mergeParts, type Part } from "./part.ts";
import type { PastOccasion } from "./past-occasion.ts";
import type { BacktestReport } from "./report.ts";
import { openSide, placedAt } from "./side.ts";
import { type Both, type Member, newcomer, openTotals } from "./totals.ts";

export type BacktestWish = {
  /** All published versions, each from the instant on from which it was in force. */
  versions: readonly { from: number; programme: CompiledProgramme }[];
  draft: CompiledProgramme;
  basis: BacktestReport["basis"];
  timeZone: string;
  /** Occasions before it count for standing only. */
  from: number | null;
  /** The end: tiers and open points are those of this instant. */
  until: number;
  /** A challenger: until then its members have what the live programme gave them. */
  beginsAt: number | null;
  /** When the programme was live; certificates are made then only. Left out: always. */
  phases?: readonly PhaseChange[];
};

type Came = ReturnType<typeof cameOf>[number];

/** Where the budgets of both sides stop. */
export type BothStops = { live: Stops; draft: Stops };

/** Of a member beside what they did: what is known of them, and what they redeemed so far. */
export type Known = Acquaintance & {
  redeemed: Points;
  /** What the ledger says of them; asked for where a side gives what no occasion earns. */
  ledger?: LedgerOf | null;
};

/** Whether either side gives what no occasion earns: then members' lives are lived through on both. */
export const livesLives = ({ versions, draft }: Pick<BacktestWish, "versions" | "draft">): boolean =>
  [draft, ...versions.map((one) => one.programme)].some(givesBeside);

/** Told what members got on the live side, one after the other. */
export type Listener = { onLife?: (memberId: string, life: Life) => void };

/**
 * Judges the past of some members a second time: beside the live programme, under a draft. Occasions are taken member by
 * member, each member's in the order of placing, and the next of a member costs as much as their first. Members share
 * nothing but budgets, and where those stop was found out before.
 */
export function openBacktest(wish: BacktestWish, stops: BothStops, { onLife }: Listener = {}) {
  const { draft, basis, timeZone, until, from, beginsAt } = wish;
  const begins = beginsAt ?? Number.NEGATIVE_INFINITY;
  const { inForce, programmes, at } = liveOf(wish);
  const byVersion = new Map(programmes.map((programme) => [programme.version, programme]));
  const ladders = laddersOf(inForce.map((one) => ({ from: one.from, definition: one.programme.definition })));
  const asSettled = basis === "ledger";
  const programmeOf = (one: PastOccasion) => (asSettled ? found(byVersion.get(one.version)) : at(one.placedAt));

  const isLived = livesLives(wish);
  const draftLadders = [...ladders.filter((one) => one.from < begins), { from: beginsAt ?? 0, ladder: draft.definition.tiers }];
  const tried = openSide({
    programmes: [draft],
    ladders: draftLadders,
    timeZone,
    fromMirror: true,
    programmeOf: () => draft,
    keepsHistory: isLived,
  });
  const live = openSide({
    programmes,
    ladders,
    timeZone,
    fromMirror: !asSettled,
    asSettled,
    programmeOf,
    keepsHistory: isLived || (beginsAt !== null && tried.keepsHistory),
  });
  // What was settled has of its budget what it has.
  const stopping = { live: asSettled ? [] : programmes, draft: [draft] };
  const totals = openTotals({ until, timeZone, stops, stopping, byDay: beginsAt !== null });
  const { sides, counted } = totals;
  const ended = { timeZone, clock: clockOf(timeZone), until, phases: asSettled ? wish.phases : undefined };
  const lives: { live: LifeRules; draft: LifeRules } = {
    live: { ...ended, ladders, programmeAt: at, looksAtTiers: looksAtTiers(programmes) },
    draft: {
      ...ended,
      ladders: draftLadders,
      programmeAt: (instant) => (instant < begins ? at(instant) : draft),
      looksAtTiers: looksAtTiers(beginsAt === null ? [draft] : [...programmes, draft]),
    },
  };
  let present: { member: Member; known: Known; came: { live: Came[]; draft: Came[] } } | null = null;

  function leave(): void {
    if (!present) return;
    const { member, known, came } = present;
    const tiers = live.hasTiers || tried.hasTiers;
    const moves = tiers ? { from: live.tierAtEnd(member.live.soFar, until), to: tried.tierAtEnd(member.draft.soFar, until) } : null;
    totals.leave(member, moves, isLived ? liveBoth(member, known, came) : known.redeemed);
    present = null;
  }

  function liveBoth(member: Member, known: Known, came: { live: Came[]; draft: Came[] }): { live: Points; draft: Points } {
    const through = (which: "live" | "draft") => {
      const life = liveLife(member.memberId, came[which], known, known.ledger ?? null, lives[which]);
      totals.live(which, member, life, (instant) => placedAt(instant, timeZone), from ?? Number.NEGATIVE_INFINITY);
      return life;
    };
    const [live, tries] = [through("live"), through("draft")];
    onLife?.(member.memberId, live);
    return { live: live.open, draft: tries.open };
  }

  function memberOf({ memberId, placedAt: first }: PastOccasion, knownOf: (memberId: string) => Known): Member {
    if (present?.member.memberId === memberId) return present.member;
    leave();
    const known = knownOf(memberId);
    const member = newcomer(memberId, Math.min(known.background.joinedAt, first), live.meet(known), tried.meet(known));
    present = { member, known, came: { live: [], draft: [] } };
    return member;
  }

  function take(occasion: PastOccasion, knownOf: (memberId: string) => Known): { live: Judgement; draft: Judgement } {
    const placed = placedAt(occasion.placedAt, timeZone);
    const position = { placedAt: occasion.placedAt, key: occasion.key };
    const member = memberOf(occasion, knownOf);
    const programme = programmeOf(occasion);
    const isBefore = occasion.placedAt < begins;
    const counts = from === null || occasion.placedAt >= from;
    const room = asSettled ? roomAsSettled(programme, occasion.pins?.spent) : sides.live.budgets.room(programme, position, placed);
    const was = live.judge(occasion, member.live.soFar, placed, room);
    const would = isBefore ? was : tried.judge(occasion, member.draft.soFar, placed, sides.draft.budgets.room(draft, position, placed));
    const both: Both = { live: was, draft: would };
    live.add(member.live.soFar, was.trail, placed);
    tried.add(member.draft.soFar, would.trail, placed);
    sides.live.budgets.charge({ ...was, position, placed, counts, settled: asSettled });
    sides.draft.budgets.charge({ ...would, position, placed, counts, settled: isBefore });
    if (isLived && present) {
      const heardAt = heardOf(occasion, was.trail);
      present.came.live.push(...cameOf(occasion, was, heardAt));
      present.came.draft.push(...cameOf(occasion, would, heardAt));
    }
    totals.hold(member, occasion, both);
    if (counts) totals.count(member, occasion, both, placed);
    return { live: was.judgement, draft: would.judgement };
  }

  return {
    take,
    /** An order that still waits for facts: it is left out, and said to be. */
    leaveOut(): void {
      counted.waiting += 1;
    },
    /** What was found out about all members that came; none of them comes again. */
    part(): Part {
      leave();
      return totals.part();
    },
    /** Who of them wanted what of a budget in a period, by `periodKey`. */
    demandsOf: (side: "live" | "draft", key: string): Demand[] => sides[side].budgets.demandsOf(key),
  };
}

/** The budgets of either side of which more was wanted than there is, by `periodKey`: it has to be found out where they stop. */
export const stoppedIn = (parts: readonly Part[]): { live: string[]; draft: string[] } => ({
  live: overdrawn(mergeBudgets(parts.map((one) => one.live.budgets))),
  draft: overdrawn(mergeBudgets(parts.map((one) => one.draft.budgets))),
});

/** The report on all members, of whom each is in one of the parts. */
export function reportOf(parts: readonly Part[], wish: BacktestWish & { currency: string; redeemed: number }): BacktestReport {
  const { programmes, at } = liveOf(wish);
  return makeReport(mergeParts(parts), {
    ...wish,
    live: { programme: at(wish.until), programmes },
    draft: { programme: wish.draft, programmes: [wish.draft] },
  });
}

function liveOf({ versions }: Pick<BacktestWish, "versions">) {
  const inForce = [...versions].sort((a, b) => a.from - b.from || a.programme.version - b.programme.version);
  const at = (instant: number) => found(inForce.findLast((one) => one.from <= instant) ?? inForce[0]).programme;
  return { inForce, programmes: inForce.map((one) => one.programme), at };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("An occasion names a version that was not compiled.");
  return value;
}
