import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Budget, Circumstances } from "../earning/judgement.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";
import { type Demand, type Position, periodKey, roomAt, type Stops, termsKey } from "./budget-stops.ts";
import { merged } from "./merged.ts";

export const budgets: readonly Budget[] = ["retention", "acquisition"];

export type BudgetUse = { budget: Budget; period: string; most: Points; used: Points };

/** What members took of a budget in a period, and what they would have taken had it no end. */
export type BudgetSum = BudgetUse & {
  /** The newest version that took of it; `most` is that version's. */
  version: number;
  /** What was used before the first day that counts. */
  before: Points;
  demanded: Points;
  /** The least of all versions that stop; null where none does. */
  least: Points | null;
};

type Charged = {
  programme: CompiledProgramme;
  judgement: Judgement;
  placed: { local: () => LocalMoment };
  position: Position;
  /** It has what it has: no budget of this side takes it back. */
  settled: boolean;
  counts: boolean;
};

/** What was wanted of a budget in one period by the terms of one version; in columns, as there are many. */
type Wanted = { sum: BudgetSum; terms: string; placedAt: number[]; keys: string[]; amounts: Points[]; most: (Points | null)[] };

/**
 * What one side's budgets spent on some members: where they stop was found out before. Of those that some version lets
 * stop it is kept who wanted what, so that this can be found out.
 */
export function budgetsSoFar(stops: Stops, stopping: readonly CompiledProgramme[]) {
  const mayStop = new Set(budgets.filter((budget) => stopping.some(({ definition }) => definition.budgets[budget]?.stops)));
  const known = new Map<CompiledProgramme, Map<number, Wanted>>();
  const stopped = Object.keys(stops).length > 0;

  function wantedOf(which: number, programme: CompiledProgramme, { per, points: most }: Terms, local: LocalMoment): Wanted {
    let ofVersion = known.get(programme);
    if (!ofVersion) {
      ofVersion = new Map();
      known.set(programme, ofVersion);
    }
    // No year has as many digits as a month.
    const key = (per === "year" ? local.year : local.year * 100 + local.month) * budgets.length + which;
    let wanted = ofVersion.get(key);
    if (!wanted) {
      const { version } = programme;
      const [budget, period] = [budgets[which] as Budget, periodOf(per, local)];
      const sum = { budget, period, most, used: 0, version, before: 0, demanded: 0, least: null };
      wanted = { sum, terms: termsKey(budget, period, version), placedAt: [], keys: [], amounts: [], most: [] };
      ofVersion.set(key, wanted);
    }
    return wanted;
  }

  function take(which: number, { programme, placed, position, settled, counts, judgement }: Charged): void {
    const budget = budgets[which] as Budget;
    const terms = programme.definition.budgets[budget];
    if (!terms) return;
    // The trace names the budget where it is not retention, and what the budget left of more.
    let [used, demanded] = [0, 0];
    for (const one of judgement.rules) {
      if ((one.points <= 0 && !one.caps) || one.unit !== "points" || (one.budget ?? "retention") !== budget) continue;
      used += Math.max(0, one.points);
      demanded += Math.max(0, one.caps?.find(({ cap }) => cap === "budget")?.before ?? one.points);
    }
    if (demanded === 0) return;
    const wanted = wantedOf(which, programme, terms, placed.local());
    const { sum } = wanted;
    const most = terms.stops && !settled ? terms.points : null;
    sum.used += used;
    sum.demanded += demanded;
    if (!counts) sum.before += used;
    if (most !== null) sum.least = most;
    if (!mayStop.has(budget)) return;
    wanted.placedAt.push(position.placedAt);
    wanted.keys.push(position.key);
    wanted.amounts.push(demanded);
    wanted.most.push(most);
  }

  return {
    /** What is left of each budget that stops, where that is not enough for everybody. */
    room(programme: CompiledProgramme, position: Position, placed: Charged["placed"]): Circumstances["room"] {
      if (!stopped) return undefined;
      let room: Circumstances["room"];
      for (const budget of budgets) {
        const terms = programme.definition.budgets[budget];
        if (!terms?.stops) continue;
        const left = roomAt(stops[termsKey(budget, periodOf(terms.per, placed.local()), programme.version)], position);
        if (left !== undefined) room = { ...room, [budget]: left };
      }
      return room;
    },
    charge(charged: Charged): void {
      for (let which = 0; which < budgets.length; which += 1) take(which, charged);
    },
    sums: (): BudgetSum[] => mergeBudgets([...known.values()].map((ofVersion) => [...ofVersion.values()].map((one) => one.sum))),
    /** All that was wanted of a budget in a period, by `periodKey`. */
    demandsOf: (key: string): Demand[] =>
      [...known.values()]
        .flatMap((ofVersion) => [...ofVersion.values()])
        .filter((one) => keyOf(one.sum) === key)
        .flatMap(({ terms, placedAt, keys, amounts, most }) =>
          placedAt.map((at, n) => ({ placedAt: at, key: keys[n] ?? "", amount: amounts[n] ?? 0, terms, most: most[n] ?? null })),
        ),
  };
}

type Terms = NonNullable<CompiledProgramme["definition"]["budgets"][Budget]>;

const keyOf = ({ budget, period }: BudgetUse): string => periodKey(budget, period);

export const mergeBudgets = (parts: readonly BudgetSum[][]): BudgetSum[] => merged(parts, keyOf, addSum);

/** Budgets of which more was wanted than there is, by `periodKey`. */
export const overdrawn = (sums: readonly BudgetSum[]): string[] =>
  sums.flatMap((one) => (one.least !== null && one.demanded > one.least ? [keyOf(one)] : []));

export const budgetUses = (sums: readonly BudgetSum[]): BudgetUse[] =>
  [...sums]
    .filter((one) => one.used > 0)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
    .map(({ budget, period, most, used }) => ({ budget, period, most, used }));

/**
 * The room that makes an order settle as it was: what it took of a budget, where the budget stops. Where the budget
 * cut it, that is what was left at its turn; where it did not, more room would change nothing.
 */
export function roomAsSettled(programme: CompiledProgramme, spent: Partial<Record<Budget, Points>> | undefined): Circumstances["room"] {
  let room: Circumstances["room"];
  for (const budget of budgets)
    if (programme.definition.budgets[budget]?.stops && spent?.[budget] !== undefined) room = { ...room, [budget]: spent[budget] };
  return room;
}

function addSum(sum: BudgetSum, { most, used, version, before, demanded, least }: BudgetSum): void {
  if (version > sum.version) {
    sum.version = version;
    sum.most = most;
  }
  sum.used += used;
  sum.before += before;
  sum.demanded += demanded;
  if (least !== null) sum.least = Math.min(least, sum.least ?? least);
}

export const periodOf = (per: "month" | "year", { day, year }: LocalMoment): string => (per === "year" ? String(year) : day.slice(0, 7));
