import type { CompiledProgramme, Judgement } from "../earning/evaluate.ts";
import type { Budget, Circumstances } from "../earning/judgement.ts";
import type { LocalMoment } from "../local-time.ts";
import type { Points } from "../points.ts";

export const budgets: readonly Budget[] = ["retention", "acquisition"];

export type BudgetUse = { budget: Budget; period: string; most: Points; used: Points };

/** What budgets spent so far, in the order of placing. */
export function budgetsSoFar() {
  const uses = new Map<string, BudgetUse>();

  return {
    /** What is left of each budget that stops; nothing where none does. */
    room(programme: CompiledProgramme, local: () => LocalMoment): Circumstances["room"] {
      let room: Circumstances["room"];
      for (const budget of budgets) {
        const terms = programme.definition.budgets[budget];
        if (!terms?.stops) continue;
        const used = uses.get(keyOf(budget, periodOf(terms.per, local())))?.used ?? 0;
        room = { ...room, [budget]: Math.max(0, terms.points - used) };
      }
      return room;
    },
    charge(programme: CompiledProgramme, judgement: Judgement, local: () => LocalMoment): void {
      for (const budget of budgets) {
        const terms = programme.definition.budgets[budget];
        if (!terms) continue;
        const spent = spentOf(judgement, programme, budget);
        if (spent === 0) continue;
        const period = periodOf(terms.per, local());
        const key = keyOf(budget, period);
        uses.set(key, { budget, period, most: terms.points, used: (uses.get(key)?.used ?? 0) + spent });
      }
    },
    all: (): BudgetUse[] => [...uses.values()].sort((a, b) => (keyOf(a.budget, a.period) < keyOf(b.budget, b.period) ? -1 : 1)),
  };
}

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

const paying = new WeakMap<CompiledProgramme, Map<string, Budget>>();

function spentOf(judgement: Judgement, programme: CompiledProgramme, budget: Budget): Points {
  let pays = paying.get(programme);
  if (!pays) {
    pays = new Map(programme.definition.earning.map((rule) => [rule.id, rule.budget]));
    paying.set(programme, pays);
  }
  let spent = 0;
  for (const rule of judgement.rules)
    if (rule.unit === "points" && rule.points > 0 && pays.get(rule.ruleId) === budget) spent += rule.points;
  return spent;
}

const keyOf = (budget: string, period: string): string => `${budget} ${period}`;

const periodOf = (per: "month" | "year", { day, year }: LocalMoment): string => (per === "year" ? String(year) : day.slice(0, 7));
