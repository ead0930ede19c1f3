import type { Tx } from "../db/database.ts";
import type { PastRow } from "../db/past-occasions.ts";
import { recordedFor } from "../db/recorded.ts";
import type { Judgement } from "../loyalty/earning/evaluate.ts";
import { byPlacing } from "../loyalty/earning/trail.ts";
import type { BacktestReport } from "../loyalty/insight/report.ts";
import { firstOf, theFirst } from "../loyalty/insight/the-first.ts";
import { duesOf } from "./settle-award.ts";

const examplesShown = 20;

type Example = NonNullable<BacktestReport["ledger"]>["examples"][number] & { placedAt: number; key: string };

/** How many orders of some members have in the ledger what the live side gives for them, and the first that have not. */
export type Compared = { equal: number; different: number; examples: Example[] };

/** Holds the live side of a backtest to what was posted, order by order and unit by unit. */
export function compareWithLedger() {
  let [equal, different] = [0, 0];
  const examples = theFirst<Example>(examplesShown, byPlacing);
  let noted: { key: string; placedAt: number; shopId: string; orderGid: string; due: Record<string, number> }[] = [];

  return {
    note(row: PastRow, judgement: Judgement): void {
      if (row.kind !== "order") return;
      const { key, shopId, facts } = row;
      noted.push({ key, placedAt: row.placedAt.getTime(), shopId, orderGid: facts.orderGid, due: duesOf(judgement) });
    },
    async compare(tx: Tx): Promise<void> {
      const orders = noted;
      noted = [];
      const recorded = await recordedFor(tx, orders);
      for (const { key, placedAt, orderGid, due } of orders) {
        const posted: Record<string, number> = {};
        for (const units of recorded.get(key)?.values() ?? [])
          for (const [unit, points] of Object.entries(units)) posted[unit] = (posted[unit] ?? 0) + points;
        const isEqual = [...new Set([...Object.keys(due), ...Object.keys(posted)])].every(
          (unit) => (due[unit] ?? 0) === (posted[unit] ?? 0),
        );
        if (isEqual) equal += 1;
        else {
          different += 1;
          examples.take({ placedAt, key, orderGid, ledger: posted.points ?? 0, live: due.points ?? 0 });
        }
      }
    },
    found: (): Compared => ({ equal, different, examples: [...examples.all()] }),
  };
}

export const mergeCompared = (parts: readonly Compared[]): NonNullable<BacktestReport["ledger"]> => ({
  equal: parts.reduce((sum, one) => sum + one.equal, 0),
  different: parts.reduce((sum, one) => sum + one.different, 0),
  examples: firstOf(
    examplesShown,
    byPlacing,
    parts.map((one) => one.examples),
  ).map(({ orderGid, ledger, live }) => ({ orderGid, ledger, live })),
});
