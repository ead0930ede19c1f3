import type { CompiledProgramme } from "../earning/evaluate.ts";
import { type Points, roundUp } from "../points.ts";
import { bestRate, faceValueOf } from "../redeeming/worth.ts";
import { holdsConstant } from "./holds-constant.ts";
import type { BacktestReport, MemberChange, SideReport } from "./report.ts";
import type { Side } from "./side.ts";
import type { Member, Totals } from "./totals.ts";

const membersShown = 20;

export type Ended = {
  basis: BacktestReport["basis"];
  timeZone: string;
  currency: string;
  from: number | null;
  until: number;
  beginsAt: number | null;
  /** Hundredths of a per cent of what is given that is redeemed. */
  redeemed: number;
  redeemedBy: (memberId: string) => Points;
  /** The version in force at the end, and all that were. */
  live: { side: Side; programme: CompiledProgramme; programmes: readonly CompiledProgramme[] };
  draft: { side: Side; programme: CompiledProgramme };
};

/** Puts together what was added up. Everything is sorted, so that the same past gives the same report. */
export function makeReport(totals: Totals, ended: Ended): BacktestReport {
  const { basis, timeZone, currency, from, until, beginsAt, redeemed, live, draft } = ended;
  const { members, months, days, counted, changedOrders, sensitive } = totals;
  const everybody = [...members.values()];
  const tiersOf = (one: Member) => [live.side.tierAtEnd(one.live.soFar, until), draft.side.tierAtEnd(one.draft.soFar, until)] as const;
  const standing = live.side.hasTiers || draft.side.hasTiers ? countBy(everybody.map(tiersOf)) : [];
  const changes = everybody.map((one): MemberChange => ({ memberId: one.memberId, live: one.live.points, draft: one.draft.points }));
  const most = (sign: 1 | -1) =>
    changes
      .filter((one) => sign * (one.draft - one.live) > 0)
      .sort((a, b) => sign * (b.draft - b.live - (a.draft - a.live)) || (a.memberId < b.memberId ? -1 : 1))
      .slice(0, membersShown);
  const sideReport = (which: "live" | "draft", programme: CompiledProgramme, programmes: readonly CompiledProgramme[]): SideReport => ({
    ...sumsOf(totals, which, ended, { programme, programmes }),
    tiers: Object.fromEntries(
      standing.reduce((all, { pair, members: n }) => {
        const tierId = pair[which === "live" ? 0 : 1] ?? "";
        return all.set(tierId, (all.get(tierId) ?? 0) + n);
      }, new Map<string, number>()),
    ),
  });

  return {
    v: 1,
    basis,
    currency,
    timeZone,
    from: from === null ? null : new Date(from).toISOString(),
    until: new Date(until).toISOString(),
    counted: { ...counted, members: members.size },
    live: sideReport("live", live.programme, live.programmes),
    draft: sideReport("draft", draft.programme, [draft.programme]),
    months: [...months].sort(byKey).map(([, one]) => one),
    days: beginsAt === null ? [] : [...days].sort(byKey).map(([, one]) => one),
    moves: standing.map(({ pair: [was, would], members: n }) => ({ from: was, to: would, members: n })),
    gains: most(1),
    loses: most(-1),
    changedOrders: changedOrders.report(),
    sensitivity: sensitive.report(),
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

type Versions = { programme: CompiledProgramme; programmes: readonly CompiledProgramme[] };

function sumsOf(
  { sides, members }: Totals,
  which: "live" | "draft",
  { redeemed, redeemedBy }: Ended,
  { programme, programmes }: Versions,
): Omit<SideReport, "tiers"> {
  const told = sides[which].tally.report(programmes);
  const points = told.units.points ?? 0;
  let open = 0;
  for (const member of members.values()) open += sides[which].open.openOf(member[which].held, redeemedBy(member.memberId));
  const rate = bestRate(programme.definition);
  const faces = new Map(programmes.flatMap(({ definition }) => definition.rewards.map((one) => [one.id, faceValueOf(one) ?? 0])));
  return {
    points,
    ...told,
    budgets: sides[which].budgets.all(),
    cost: rate && roundUp(BigInt(points) * BigInt(rate.minor) * BigInt(redeemed), BigInt(rate.points) * 10_000n),
    giftCost: told.gifts.reduce((sum, one) => sum + (one.kind === "reward" ? one.count * (faces.get(one.what) ?? 0) : 0), 0),
    open,
    liability: rate && roundUp(BigInt(open) * BigInt(rate.minor), rate.points),
    worth: { rate, redeemed },
  };
}

type Pair = readonly [string | null, string | null];

function countBy(pairs: readonly Pair[]): { pair: Pair; members: number }[] {
  const counts = new Map<string, { pair: Pair; members: number }>();
  for (const pair of pairs) {
    const key = JSON.stringify(pair);
    const count = counts.get(key) ?? { pair, members: 0 };
    count.members += 1;
    counts.set(key, count);
  }
  return [...counts].sort(byKey).map(([, one]) => one);
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
