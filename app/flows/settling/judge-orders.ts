import type { BudgetHeld } from "../../db/budgets.ts";
import type { Tx } from "../../db/database.ts";
import type { Settled } from "../../db/orders.ts";
import type { CompiledProgramme, Judgement } from "../../loyalty/earning/evaluate.ts";
import { ordersBeforeLaurel } from "../../loyalty/earning/history.ts";
import { byPlacing, sameEntries } from "../../loyalty/earning/trail.ts";
import { type Charged, charge, giveBack, holdBudgetsOf, roomFor } from "./charge-budgets.ts";
import { circumstancesOf, keyOf } from "./circumstances-of.ts";
import { type History, trailOfOrder } from "./histories.ts";
import { compiledFor, type Past } from "./past-of.ts";

export type Judged = {
  order: Settled;
  judgement: Judgement;
  programme: CompiledProgramme;
  /** The tier that its member was in before it, where tiers matter. Of an order that earns nothing the judgement does not tell it. */
  tierId: string | null;
};

/** What judging a batch came to, and what it moved beside points. */
export type Verdicts = {
  judged: Judged[];
  budgets: Map<string, BudgetHeld>;
  /** Members whose younger orders and events have to be looked at again, and since when. */
  again: { memberId: string; since: number }[];
  /** Members whose histories are not what they were: their tiers are looked at anew. */
  changed: string[];
};

/**
 * Judges orders in the order of placing, each in the standing that its member had then. An order that changes what
 * it adds to its member's history makes those that were placed later due again (DESIGN.md §1.2).
 */
export async function judgeOrders(
  tx: Tx,
  orders: readonly Settled[],
  past: Past,
  histories: ReadonlyMap<string, History>,
): Promise<Verdicts> {
  const paid = orders.filter((order) => order.memberId !== null);
  // What nobody gets any more was taken once, and is given back.
  const charged = orders.filter((order) => order.memberId !== null || order.pins?.spent);
  const budgets = await holdBudgetsOf(
    tx,
    charged.map((order) => chargedOf(order, compiledFor(order, past))),
  );
  const again = tellFirst(paid, histories);
  const judged = [...orders]
    .sort((a, b) =>
      byPlacing({ placedAt: Date.parse(a.facts.placedAt), key: keyOf(a) }, { placedAt: Date.parse(b.facts.placedAt), key: keyOf(b) }),
    )
    .map((order) => {
      const history = order.memberId ? histories.get(order.memberId) : undefined;
      const one = judge(order, past, history, budgets);
      if (history && order.memberId && leavesTrail(one, history)) {
        const placed = Date.parse(order.facts.placedAt);
        again.set(order.memberId, Math.min(placed, again.get(order.memberId) ?? placed));
      }
      return one;
    });
  return { judged, budgets, again: youngerThan(again, judged, histories), changed: [...again.keys()] };
}

function judge(order: Settled, past: Past, history: History | undefined, budgets: Map<string, BudgetHeld>): Judged {
  const programme = compiledFor(order, past);
  const charged = chargedOf(order, programme);
  const at = circumstancesOf(order, programme, { phases: past.phases, history, room: roomFor(charged, budgets) });
  const judgement = programme.judge(order.facts, at);
  const tierId = at.member?.tierId ?? null;
  const pins = order.memberId === null ? giveBack(charged, budgets) : charge(charged, judgement, budgets);
  if (!history) return { order: { ...order, pins }, judgement, programme, tierId };

  const trail = trailOfOrder(order, programme, (facts) =>
    facts === order.facts && order.deletedAt === null ? judgement : programme.judge(facts, { ...at, deleted: false }),
  );
  return { order: { ...order, pins, trail: trail.entries }, judgement, programme, tierId };
}

const chargedOf = (order: Settled, programme: CompiledProgramme): Charged => ({
  at: new Date(order.facts.placedAt),
  pins: order.pins,
  programme,
});

// Whether the order now adds something else to its member's history than before; it is put there at once.
function leavesTrail({ order }: Judged, history: History): boolean {
  const key = keyOf(order);
  const before = history.unheard.delete(key) ? undefined : history.trails.get(key);
  const trail = { key, placedAt: Date.parse(order.facts.placedAt), isOrder: true, entries: order.trail ?? [] };
  history.trails.set(key, trail);
  return !before || before.placedAt !== trail.placedAt || !sameEntries(before.entries, trail.entries);
}

/**
 * What is heard of now is one of those that Shopify had counted: it is told before anything is judged, and all that the
 * member has is looked at again, for it may have been taken for one more.
 */
function tellFirst(orders: readonly Settled[], histories: ReadonlyMap<string, History>): Map<string, number> {
  const again = new Map<string, number>();
  for (const order of orders) {
    const history = histories.get(order.memberId ?? "");
    const key = keyOf(order);
    const placedAt = Date.parse(order.facts.placedAt);
    if (!order.memberId || !history || history.trails.has(key)) continue;
    const before = unknownIn(history);
    history.trails.set(key, { key, placedAt, isOrder: true, entries: [] });
    history.unheard.add(key);
    if (unknownIn(history).every((orders, n) => orders === before[n])) continue;
    again.set(order.memberId, Math.min(...[...history.trails.values()].map((one) => one.placedAt)));
  }
  return again;
}

// How many orders were before Laurel, by each of the counts that something of the member's was judged by.
const unknownIn = ({ counts, trails }: History): number[] => counts.map((counted) => ordersBeforeLaurel({ counted }, trails.values()));

const givesTier = ({ judgement }: Judged): boolean => judgement.gifts?.some((gift) => gift.kind === "tier") ?? false;

// What was placed later and is not in this batch has to be judged again; what is in it has been, in its turn.
function youngerThan(
  changed: ReadonlyMap<string, number>,
  judged: readonly Judged[],
  histories: ReadonlyMap<string, History>,
): Verdicts["again"] {
  // A tier that an order gives is written when all are settled: those of this batch have not seen it yet.
  const givers = new Set(judged.filter(givesTier).map(({ order }) => order.memberId));
  const inBatch = new Set(judged.filter(({ order }) => !givers.has(order.memberId)).map(({ order }) => keyOf(order)));
  return [...changed].flatMap(([memberId, since]) => {
    const younger = [...(histories.get(memberId)?.trails.values() ?? [])].filter((one) => one.placedAt >= since && !inBatch.has(one.key));
    return younger.length > 0 ? [{ memberId, since: Math.min(...younger.map((one) => one.placedAt)) }] : [];
  });
}
