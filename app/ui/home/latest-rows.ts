import { explain, type Movement } from "../../loyalty/explain.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { wordsOf } from "../../loyalty/say.ts";
import { nameOf } from "../words.ts";
import type { LatestRow } from "./latest-movements.tsx";

type Latest = Movement & {
  transactionId: string;
  memberId: string;
  name: string | null;
  email: string | null;
  customerGid: string | null;
  at: Date;
};

/** Movements as the list shows them: whose, why, and what they did to the points somebody has. */
export function latestRows(movements: readonly Latest[], programme: { currency: string; definition: Definition }): LatestRow[] {
  const say = wordsOf({ currency: programme.currency, pointsName: programme.definition.points, units: programme.definition.units });
  return movements.map((one) => {
    const { sentence, change } = explain(one, say);
    return {
      transactionId: one.transactionId,
      memberId: one.memberId,
      who: nameOf(one),
      sentence,
      change: heldChange(change),
      at: one.at.toISOString(),
    };
  });
}

/** How many points somebody has more or fewer, wherever they stand: setting some aside changes nothing. */
export const heldChange = (change: { pending: number; available: number; reserved: number; owed: number }): number =>
  change.pending + change.available + change.reserved - change.owed;
