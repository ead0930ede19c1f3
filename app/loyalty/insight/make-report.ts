import type { CompiledProgramme } from "../earning/evaluate.ts";
import type { Minor } from "../money.ts";
import { type Points, roundUp } from "../points.ts";
import { bestRate, faceValueOf } from "../redeeming/worth.ts";
import { type CertificateTally, tellBeside } from "./beside.ts";
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
  // Tiers give as much at every rate.
  const ofTiers = whole.draft.beside.tierGifts.reduce((sum, one) => sum + (isPoints(one) ? one.points : 0), 0);
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
    sensitivity: tellSensitivity(whole.sensitivity, (key) => before.get(key) ?? 0).map(({ rate, points }) => ({
      rate,
      points: points + ofTiers,
    })),
    ledger: null,
    holdsConstant: holdsConstant({
      basis,
      from,
      beginsAt,
      imported: counted.imported,
      waiting: counted.waiting,
      hasEvents: counted.events > 0,
      redeemed,
      live: live.programme,
      draft: draft.programme,
    }),
  };
}

function sideReport(side: SidePart, { programme, programmes }: Versions, redeemed: number): Omit<SideReport, "tiers"> {
  const { open } = side;
  const told = tellTally(side.tally, programmes);
  const beside = tellBeside(side.beside, programmes);
  const units = { ...told.units };
  for (const one of beside.tierGifts) if (one.kind === "points") units[one.what] = (units[one.what] ?? 0) + one.points;
  const points = units.points ?? 0;
  const rate = bestRate(programme.definition);
  const faces = new Map(programmes.flatMap(({ definition }) => definition.rewards.map((one) => [one.id, faceValueOf(one) ?? 0])));
  const faceOf = (rewardId: string, times: number) => times * (faces.get(rewardId) ?? 0);
  const madeBy = (ruleId: string) => beside.certificates.reduce((sum, one) => sum + (one.ruleId === ruleId ? one.made : 0), 0);
  return {
    ...told,
    ...beside,
    // A rule that makes certificates gives them, although no order earns one.
    rules: told.rules.map((rule) => ({ ...rule, gifts: rule.gifts + madeBy(rule.ruleId) })),
    points,
    units: Object.fromEntries(Object.entries(units).sort(([a], [b]) => (a < b ? -1 : 1))),
    budgets: budgetUses(side.budgets),
    cost: costOf(points, beside.certificates, rate, redeemed),
    giftCost:
      told.gifts.reduce((sum, one) => sum + (one.kind === "reward" ? faceOf(one.what, one.count) : 0), 0) +
      beside.tierGifts.reduce((sum, one) => sum + (one.kind === "reward" ? faceOf(one.what, one.times) : 0), 0),
    open,
    liability: liabilityOf(open, beside.certificates, rate),
    worth: { rate, redeemed },
  };
}

type Rate = SideReport["worth"]["rate"];

// Points that became certificates cost what those are worth, and only the others what points may become.
function costOf(points: Points, certificates: readonly CertificateTally[], rate: Rate, redeemed: number): Minor | null {
  const collected = certificates.reduce((sum, one) => sum + (one.unit === "points" ? one.points : 0), 0);
  const face = certificates.reduce((sum, one) => sum + one.face, 0);
  if (!rate) return certificates.length === 0 ? null : share(face, redeemed);
  const rest = Math.max(0, points - collected);
  return share(face, redeemed) + roundUp(BigInt(rest) * BigInt(rate.minor) * BigInt(redeemed), BigInt(rate.points) * 10_000n);
}

const share = (amount: Minor, redeemed: number): Minor => roundUp(BigInt(amount) * BigInt(redeemed), 10_000n);

function liabilityOf(open: Points, certificates: readonly CertificateTally[], rate: Rate): Minor | null {
  const face = certificates.reduce((sum, one) => sum + one.openFace, 0);
  if (!rate) return certificates.length === 0 ? null : face;
  return face + roundUp(BigInt(open) * BigInt(rate.minor), rate.points);
}

const isPoints = ({ kind, what }: { kind: string; what: string }): boolean => kind === "points" && what === "points";
