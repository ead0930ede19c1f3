import type { Judgement } from "../../loyalty/earning/evaluate.ts";
import { type More, wouldHaveEarned } from "../../loyalty/explain/would-have-earned.ts";
import { judgementOf, type Movement } from "../../loyalty/explain.ts";
import type { Context } from "../context.ts";
import { keyOf } from "../settling/circumstances-of.ts";
import { recallOrders } from "./recall-orders.ts";

type Award = Pick<Movement, "kind" | "explanation"> & { transactionId: string; shopId: string | null; orderGid: string | null };

/**
 * What would have earned more, for awards of orders, by transaction. Only what is judged now as it was judged then
 * can be compared: where more became known since, nothing is said.
 */
export async function whatWasMissed(context: Pick<Context, "db" | "scope">, movements: readonly Award[]): Promise<Map<string, More[]>> {
  const awards = movements.flatMap(({ transactionId, shopId, orderGid, ...one }) => {
    const judgement = judgementOf(one);
    const isFirst = !one.explanation.recorded && Object.values(one.explanation.units ?? {}).every((unit) => unit.recorded === 0);
    return one.kind === "order" && judgement && isFirst && shopId && orderGid ? [{ transactionId, shopId, orderGid, judgement }] : [];
  });
  const recalled = await recallOrders(context, awards);
  return new Map(
    awards.flatMap((award) => {
      const known = recalled.get(keyOf(award));
      if (!known) return [];
      const again = known.programme.judge(known.order.facts, known.at);
      return isSame(again, award.judgement)
        ? [[award.transactionId, wouldHaveEarned(known.programme, known.order.facts, known.at, again)] as const]
        : [];
    }),
  );
}

const isSame = (one: Judgement, other: Judgement): boolean => one.version === other.version && duesOf(one) === duesOf(other);

const duesOf = ({ due, units = {} }: Judgement): string => JSON.stringify([due, Object.entries(units).sort()]);
