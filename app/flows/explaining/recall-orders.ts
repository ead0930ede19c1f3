import type { HeldOrder } from "../../db/orders.ts";
import { readOrders } from "../../db/orders.ts";
import type { Pins } from "../../db/trails.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import type { Budget, Circumstances } from "../../loyalty/earning/judgement.ts";
import type { Context } from "../context.ts";
import { circumstancesOf, keyOf } from "../settling/circumstances-of.ts";
import { historiesOf } from "../settling/histories.ts";
import { compiledFor, pastOf } from "../settling/past-of.ts";

/** An order with what it was judged by and in, to be judged once more without posting anything. */
export type Recalled = { order: HeldOrder; programme: CompiledProgramme; at: Circumstances };

/** Settled orders that this shop may see, by "<shop id> <order gid>". Nothing is locked and nothing is written. */
export async function recallOrders(
  { db, scope }: Pick<Context, "db" | "scope">,
  wanted: readonly { shopId: string; orderGid: string }[],
): Promise<Map<string, Recalled>> {
  if (wanted.length === 0) return new Map();
  const seen = (await db.inProgramme(scope, (tx) => readOrders(tx, wanted))).filter((one) => one.pinned && one.memberId);
  // Members are the programme's, and so is what they did in any of its shops.
  return db.inSnapshot({ ...scope, shopId: "*" }, async (tx) => {
    const past = await pastOf(tx, seen);
    const histories = await historiesOf(tx, [...new Set(seen.flatMap((one) => one.memberId ?? []))], past);
    return new Map(
      seen.map((order) => {
        const programme = compiledFor(order, past);
        const history = histories.get(order.memberId ?? "");
        const room = roomPinned(order.pins, programme);
        return [keyOf(order), { order, programme, at: circumstancesOf(order, programme, { phases: past.phases, history, room }) }];
      }),
    );
  });
}

/** What budgets left when the order was first settled: it was never given more. */
export function roomPinned(pins: Pins | null, { definition }: CompiledProgramme): Circumstances["room"] {
  const room = Object.entries(pins?.room ?? {}) as [Budget, number][];
  return Object.fromEntries(room.filter(([budget]) => definition.budgets[budget]?.stops));
}
