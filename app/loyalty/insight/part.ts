import type { Points } from "../points.ts";
import { type Beside, mergeBeside } from "./beside.ts";
import { type BudgetSum, mergeBudgets } from "./budgets-so-far.ts";
import { merged } from "./merged.ts";
import { type ChangedOrder, mergeChanged } from "./most-changed.ts";
import type { BacktestReport, DayTotal, MemberChange, MonthTier } from "./report.ts";
import { mergeSensitivities, type Sensitivity } from "./sensitivity.ts";
import { mergeTallies, type Tally } from "./tally.ts";
import { firstOf } from "./the-first.ts";

export type SidePart = { tally: Tally; budgets: BudgetSum[]; beside: Beside; open: Points };
export type Move = BacktestReport["moves"][number];

/**
 * What was found out about some of the members: plain sums, that can be added to those of the others in any order.
 * However members are dealt out, all parts together are the same.
 */
export type Part = {
  counted: BacktestReport["counted"];
  live: SidePart;
  draft: SidePart;
  months: MonthTier[];
  days: DayTotal[];
  moves: Move[];
  gains: MemberChange[];
  loses: MemberChange[];
  changedOrders: ChangedOrder[];
  sensitivity: Sensitivity;
};

const membersShown = 20;

const changeOf = ({ live, draft }: MemberChange): Points => draft - live;
const byMember = (a: MemberChange, b: MemberChange): number => (a.memberId < b.memberId ? -1 : 1);

/** Who gains most and who loses most, of equals the first by id. */
export const byGain = (a: MemberChange, b: MemberChange): number => changeOf(b) - changeOf(a) || byMember(a, b);
export const byLoss = (a: MemberChange, b: MemberChange): number => changeOf(a) - changeOf(b) || byMember(a, b);
export { membersShown };

export const monthKey = ({ month, tierId }: Pick<MonthTier, "month" | "tierId">): string => `${month} ${tierId ?? ""}`;
export const moveKey = ({ from, to }: Pick<Move, "from" | "to">): string => JSON.stringify([from, to]);

export function mergeParts(parts: readonly Part[]): Part {
  const all = <T>(of: (part: Part) => T): T[] => parts.map(of);
  const counted = { orders: 0, events: 0, imported: 0, members: 0, waiting: 0, changed: 0 };
  for (const part of parts) for (const what in counted) counted[what as keyof typeof counted] += part.counted[what as keyof typeof counted];
  return {
    counted,
    live: mergeSides(all((one) => one.live)),
    draft: mergeSides(all((one) => one.draft)),
    months: merged(
      all((one) => one.months),
      monthKey,
      (sum, one) => {
        sum.live += one.live;
        sum.draft += one.draft;
      },
    ),
    days: merged(
      all((one) => one.days),
      (one) => one.day,
      (sum, one) => {
        sum.live += one.live;
        sum.draft += one.draft;
        sum.orders += one.orders;
        sum.changed += one.changed;
      },
    ),
    moves: merged(
      all((one) => one.moves),
      moveKey,
      (sum, one) => {
        sum.members += one.members;
      },
    ),
    gains: firstOf(
      membersShown,
      byGain,
      all((one) => one.gains),
    ),
    loses: firstOf(
      membersShown,
      byLoss,
      all((one) => one.loses),
    ),
    changedOrders: mergeChanged(all((one) => one.changedOrders)),
    sensitivity: mergeSensitivities(all((one) => one.sensitivity)),
  };
}

const mergeSides = (sides: readonly SidePart[]): SidePart => ({
  tally: mergeTallies(sides.map((one) => one.tally)),
  budgets: mergeBudgets(sides.map((one) => one.budgets)),
  beside: mergeBeside(sides.map((one) => one.beside)),
  open: sides.reduce((sum, one) => sum + one.open, 0),
});
