import type { Tx } from "../db/database.ts";
import type { PastRow } from "../db/past-occasions.ts";
import { recordedFor } from "../db/recorded.ts";
import type { Judgement } from "../loyalty/earning/evaluate.ts";
import type { BacktestReport } from "../loyalty/insight/report.ts";
import { duesOf } from "./settle-award.ts";

const examplesShown = 20;

/** Holds the live side of a backtest to what was posted, order by order and unit by unit. */
export function compareWithLedger() {
  const found: NonNullable<BacktestReport["ledger"]> = { equal: 0, different: 0, examples: [] };
  let noted: { key: string; shopId: string; orderGid: string; due: Record<string, number> }[] = [];

  return {
    note(row: PastRow, judgement: Judgement): void {
      if (row.kind === "order") noted.push({ key: row.key, shopId: row.shopId, orderGid: row.facts.orderGid, due: duesOf(judgement) });
    },
    async compare(tx: Tx): Promise<void> {
      const orders = noted;
      noted = [];
      const recorded = await recordedFor(tx, orders);
      for (const { key, orderGid, due } of orders) {
        const posted: Record<string, number> = {};
        for (const units of recorded.get(key)?.values() ?? [])
          for (const [unit, points] of Object.entries(units)) posted[unit] = (posted[unit] ?? 0) + points;
        const isEqual = [...new Set([...Object.keys(due), ...Object.keys(posted)])].every(
          (unit) => (due[unit] ?? 0) === (posted[unit] ?? 0),
        );
        found[isEqual ? "equal" : "different"] += 1;
        if (!isEqual && found.examples.length < examplesShown)
          found.examples.push({ orderGid, ledger: posted.points ?? 0, live: due.points ?? 0 });
      }
    },
    report: () => found,
  };
}
