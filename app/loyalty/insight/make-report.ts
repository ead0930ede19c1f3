import type { CompiledProgramme } from "../earning/evaluate.ts";
import { roundUp } from "../points.ts";
import { bestRate, faceValueOf } from "../redeeming/worth.ts";
import { periodKey } from "./budget-stops.ts";
import { budgetUses } from "./budgets-so-far.ts";
import { holdsConstant } from "./holds-constant.ts";
import { monthKey, moveKey, type Part, type SidePart } from "./part.ts";
import type { BacktestReport, SideReport } from "./report.ts";
import { tellSensitivity } from "./sensitivity.ts";
import { tellTally } from "./tally.ts";

type Ended = {
  basis: BacktestReport["basis"];
  timeZone: string;
  currency: string;
  from: number | null;
  until: number;
  beginsAt: number | null;
  /** Hundredths of a per cent of what is given that is redeemed. */
  redeemed: number;
  /** The version in force at the end, and all that were. */
  live: Versions;
  draft: Versions;
};

type Versions = { programme: CompiledProgramme; programmes: readonly CompiledProgramme[] };

/** Puts together what was added up. Everything is sorted, so that the same past gives the same report. */
export function makeReport(whole: Part, ended: Ended): BacktestReport {
  const { basis, timeZone, currency, from, until, beginsAt, redeemed, live, draft } = ended;
  const { counted } = whole;
  const sorted = <T>(all: readonly T[], nameOf: (one: T) => string): T[] => [...all].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const moves = sorted(whole.moves, moveKey);
  const tiersOf = (which: "from" | "to") =>
    Object.fromEntries(
      moves.reduce((all, move) => all.set(move[which] ?? "", (all.get(move[which] ?? "") ?? 0) + move.members), new Map<string, number>()),
    );
  const before = new Map(whole.draft.budgets.map((one) => [periodKey(one.budget, one.period), one.before]));

  return {
    v: 1,
    basis,
    currency,
    timeZone,
    from: from === null ? null : new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    counted,
    live: { ...sideReport(whole.live, live, redeemed), tiers: tiersOf("from") },
    draft: { ...sideReport(whole.draft, draft, redeemed), tiers: tiersOf("to") },
    months: sorted(whole.months, monthKey),
    days: beginsAt === null ? [] : sorted(whole.days, (one) => one.day),
    moves,
    gains: whole.gains,
    loses: whole.loses,
    changedOrders: whole.changedOrders,
    sensitivity: tellSensitivity(whole.sensitivity, (key) => before.get(key) ?? 0),
    ledger: null,
    holdsConstant: holdsConstant({
      basis,
      from,
      beginsAt,
      imported: counted.imported,
      waiting: counted.waiting,
      hasEvents: counted.events > 0,
      redeemed,
      draft: draft.programme,
    }),
  };
}

function sideReport(side: SidePart, { programme, programmes }: Versions, redeemed: number): Omit<SideReport, "tiers"> {
  const { open } = side;
  const told = tellTally(side.tally, programmes);
  const points = told.units.points ?? 0;
  const rate = bestRate(programme.definition);
  const faces = new Map(programmes.flatMap(({ definition }) => definition.rewards.map((one) => [one.id, faceValueOf(one) ?? 0])));
  return {
    points,
    ...told,
    budgets: budgetUses(side.budgets),
    cost: rate && roundUp(BigInt(points) * BigInt(rate.minor) * BigInt(redeemed), BigInt(rate.points) * 10_000n),
    giftCost: told.gifts.reduce((sum, one) => sum + (one.kind === "reward" ? one.count * (faces.get(one.what) ?? 0) : 0), 0),
    open,
    liability: rate && roundUp(BigInt(open) * BigInt(rate.minor), rate.points),
    worth: { rate, redeemed },
  };
}
