import { asOf, turnsOf } from "../as-of.ts";
import type { OrderFacts } from "../facts.ts";
import type { Points } from "../points.ts";
import type { Ladder } from "../tiers/ladder.ts";
import type { Judgement } from "./judgement.ts";

/**
 * What an order or an event adds to its member's history, and when: the first entry at its own instant, then one for
 * each refund or cancellation with what that took away. Kept beside the order, so that the standing of a member is a
 * sum over short lines and not over all their orders' facts.
 */
export type Trail = {
  /** Tells occasions of one instant apart, the same way on every machine. */
  key: string;
  placedAt: number;
  isOrder: boolean;
  entries: TrailEntry[];
};

export type TrailEntry = {
  at: number;
  orders?: number;
  spend?: number;
  items?: number;
  points?: Record<string, Points>;
  /** What each rule gave of each unit (`givenKey`), and whether it gave at all; of all together ("*"), points. Limits count these. */
  rules?: Record<string, Points>;
  times?: Record<string, number>;
  referrals?: number;
  buys?: { tierId: string; months: number }[];
};

/** What a rule gave of a unit has a name of its own; of points, the rule's. No id has a colon in it. */
export const givenKey = (ruleId: string, unit: string): string => (unit === "points" ? ruleId : `${ruleId}:${unit}`);

type Sums = Required<Omit<TrailEntry, "at" | "buys">> & { buys: { tierId: string; months: number }[] };

/** An order's trail. `judge` is asked for the order as it stood at each of its turns. */
export function trailOf(
  order: OrderFacts,
  key: string,
  judge: (order: OrderFacts) => Judgement,
  { ladder, deletedAt }: { ladder: Ladder | null; deletedAt: number | null },
): Trail {
  const entries: TrailEntry[] = [];
  let before = nothing;
  const turns = turnsOf(order);
  const last = turns.at(-1);
  for (const at of turns) {
    const then = at === last ? order : asOf(order, at);
    const now = sumsOf(then, judge(then), ladder);
    const entry = difference(at, before, now);
    if (entry) entries.push(entry);
    before = now;
  }
  if (deletedAt !== null) {
    const entry = difference(Math.max(deletedAt, last ?? deletedAt), before, nothing);
    if (entry) entries.push(entry);
  }
  return { key, placedAt: Date.parse(order.placedAt), isOrder: true, entries };
}

/** The trail of something that is no order: it happens once, and nothing takes it back. */
export function trailOfEvent(key: string, at: number, judgement: Judgement): Trail {
  const entry = difference(at, nothing, { ...nothing, ...givenBy(judgement), referrals: 0 });
  return { key, placedAt: at, isOrder: false, entries: entry ? [entry] : [] };
}

const nothing: Sums = { orders: 0, spend: 0, items: 0, points: {}, rules: {}, times: {}, referrals: 0, buys: [] };

function sumsOf(order: OrderFacts, judgement: Judgement, ladder: Ladder | null): Sums {
  // It was an order, whether or not the programme gave anything for it.
  const counts = !order.test && order.cancelledAt === null && order.payment !== "void" && judgement.nothing !== "deleted";
  if (!counts) return nothing;
  if (judgement.nothing) return { ...nothing, orders: 1 };
  return {
    orders: 1,
    spend: judgement.amount,
    items: judgement.lines.reduce((sum, line) => sum + line.items, 0),
    ...givenBy(judgement),
    referrals: 0,
    buys: boughtTiers(order, ladder),
  };
}

function givenBy(judgement: Judgement): Pick<Sums, "points" | "rules" | "times"> {
  const rules: Record<string, Points> = {};
  const times: Record<string, number> = {};
  for (const { ruleId, unit, points } of judgement.rules) {
    if (points === 0) continue;
    const key = givenKey(ruleId, unit);
    rules[key] = (rules[key] ?? 0) + points;
    times[ruleId] = 1;
  }
  for (const { ruleId } of judgement.gifts ?? []) times[ruleId] = 1;
  if (judgement.due > 0) times["*"] = 1;
  const points: Record<string, Points> = judgement.units ? { ...judgement.units } : {};
  if (judgement.due) points.points = judgement.due;
  return { points, rules, times };
}

function boughtTiers(order: OrderFacts, ladder: Ladder | null): Sums["buys"] {
  if (!ladder?.levels.some((one) => one.bought !== null)) return nothing.buys;
  // Who has not paid yet has it from the placing on once they have; a month's bonus could not be taken back.
  if (order.payment !== "paid" || isAllGivenBack(order)) return nothing.buys;
  return ladder.levels.flatMap(({ id, bought }) => {
    if (!bought) return [];
    const isSold = order.lines.some(
      (line) =>
        line.remaining > 0 &&
        ((line.productGid !== null && bought.products.includes(line.productGid)) ||
          (line.sellingPlanGid !== null && bought.sellingPlans.includes(line.sellingPlanGid))),
    );
    return isSold ? [{ tierId: id, months: bought.months }] : [];
  });
}

/** All of its money came back although its lines did not. */
function isAllGivenBack({ lines, shipping, refundedWithoutLines }: OrderFacts): boolean {
  const left = lines.reduce((sum, line) => sum + (line.remaining > 0 ? Math.max(0, line.net) : 0), Math.max(0, shipping));
  return refundedWithoutLines > 0 && refundedWithoutLines >= left;
}

function difference(at: number, before: Sums, now: Sums): TrailEntry | undefined {
  if (before === nothing) return all(at, now);
  const entry: TrailEntry = { at };
  for (const what of ["orders", "spend", "items", "referrals"] as const)
    if (now[what] !== before[what]) entry[what] = now[what] - before[what];
  for (const what of ["points", "rules", "times"] as const) {
    const changed = changes(before[what], now[what]);
    if (changed) entry[what] = changed;
  }
  // A tier that was bought and sent back is taken away by months below zero.
  const gone = before.buys.filter((one) => !now.buys.some((other) => other.tierId === one.tierId));
  const added = now.buys.filter((one) => !before.buys.some((other) => other.tierId === one.tierId));
  if (gone.length + added.length > 0) entry.buys = [...added, ...gone.map((one) => ({ ...one, months: -one.months }))];
  return Object.keys(entry).length > 1 ? entry : undefined;
}

// Most orders have one entry, and nothing before it.
function all(at: number, now: Sums): TrailEntry | undefined {
  if (now === nothing) return undefined;
  const entry: TrailEntry = { at };
  for (const what of ["orders", "spend", "items", "referrals"] as const) if (now[what] !== 0) entry[what] = now[what];
  for (const what of ["points", "rules", "times"] as const) if (isSome(now[what])) entry[what] = now[what];
  if (now.buys.length > 0) entry.buys = now.buys;
  return Object.keys(entry).length > 1 ? entry : undefined;
}

function isSome(amounts: Record<string, number>): boolean {
  for (const _ in amounts) return true;
  return false;
}

function changes(before: Record<string, number>, now: Record<string, number>): Record<string, number> | undefined {
  const changed: Record<string, number> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const by = (now[key] ?? 0) - (before[key] ?? 0);
    if (by !== 0) changed[key] = by;
  }
  return Object.keys(changed).length > 0 ? changed : undefined;
}

/** Occasions in the order of placing; of one instant, by their keys. */
export const byPlacing = (a: Pick<Trail, "placedAt" | "key">, b: Pick<Trail, "placedAt" | "key">): number =>
  a.placedAt - b.placedAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Whether two trails say the same, however their fields are sorted: a database keeps no order of them. */
export const sameEntries = (a: readonly TrailEntry[], b: readonly TrailEntry[]): boolean => sorted(a) === sorted(b);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
