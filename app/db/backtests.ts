import type { BacktestReport } from "../loyalty/insight/report.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { readParts } from "../loyalty/program/draft.ts";
import type { Tx } from "./database.ts";

export type BacktestState = "waiting" | "running" | "done" | "cancelled" | "failed";

/** A draft that was, or is being, tried on the past. */
export type Backtest = {
  backtestId: string;
  definitionHash: string;
  withImported: boolean;
  fromAt: Date | null;
  untilAt: Date | null;
  state: BacktestState;
  cancelAsked: boolean;
  done: number;
  total: number | null;
  reason: string | null;
  askedBy: string;
  askedAt: Date;
  finishedAt: Date | null;
};

const columns = `backtest_id as "backtestId", definition_hash as "definitionHash", with_imported as "withImported", from_at as "fromAt", until_at as "untilAt",
  state, cancel_asked as "cancelAsked", done, total, reason, asked_by as "askedBy", asked_at as "askedAt", finished_at as "finishedAt"`;

const kept = 30;

export type BacktestWish = Pick<Backtest, "backtestId" | "definitionHash" | "withImported" | "fromAt" | "untilAt" | "askedBy" | "askedAt">;

/** Writes one down that waits for the worker; the oldest of many are let go. */
export async function addBacktest(tx: Tx, wish: BacktestWish & { definition: Definition }): Promise<void> {
  const { programId } = tx.scope;
  await tx.rows(
    `insert into backtest (program_id, backtest_id, definition, definition_hash, with_imported, from_at, until_at, state, asked_by, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9)`,
    [
      programId,
      wish.backtestId,
      JSON.stringify(wish.definition),
      wish.definitionHash,
      wish.withImported,
      wish.fromAt,
      wish.untilAt,
      wish.askedBy,
      wish.askedAt,
    ],
  );
  await tx.rows(
    `delete from backtest where program_id = $1 and state in ('done', 'cancelled', 'failed') and backtest_id not in
       (select backtest_id from backtest where program_id = $1 order by asked_at desc, backtest_id desc limit $2)`,
    [programId, kept],
  );
}

export const listBacktests = (tx: Tx): Promise<(Backtest & { live: number | null; draft: number | null })[]> =>
  tx.rows(
    `select ${columns}, (report->'live'->>'points')::bigint as live, (report->'draft'->>'points')::bigint as draft from backtest where program_id = $1
     order by asked_at desc, backtest_id desc`,
    [tx.scope.programId],
  );

export const backtestUnderWay = (tx: Tx): Promise<Backtest | undefined> =>
  tx.one<Backtest>(`select ${columns} from backtest where program_id = $1 and state in ('waiting', 'running') limit 1`, [
    tx.scope.programId,
  ]);

export const readBacktest = (tx: Tx, backtestId: string): Promise<Backtest | undefined> =>
  tx.one<Backtest>(`select ${columns} from backtest where program_id = $1 and backtest_id = $2`, [tx.scope.programId, backtestId]);

export async function reportOf(tx: Tx, backtestId: string): Promise<BacktestReport | null> {
  const row = await tx.one<{ report: BacktestReport | null }>("select report from backtest where program_id = $1 and backtest_id = $2", [
    tx.scope.programId,
    backtestId,
  ]);
  return row?.report ?? null;
}

/** What was tried. */
export async function triedBy(tx: Tx, backtestId: string): Promise<Definition> {
  const row = await tx.one<{ definition: unknown }>("select definition from backtest where program_id = $1 and backtest_id = $2", [
    tx.scope.programId,
    backtestId,
  ]);
  const { definition } = readParts(row?.definition);
  if (!definition) throw new Error(`The programme of backtest ${backtestId} cannot be read.`);
  return definition;
}

type Change = Partial<Pick<Backtest, "state" | "done" | "total" | "reason" | "finishedAt" | "cancelAsked">> & { report?: BacktestReport };

const names: Record<keyof Change, string> = {
  state: "state",
  done: "done",
  total: "total",
  reason: "reason",
  finishedAt: "finished_at",
  cancelAsked: "cancel_asked",
  report: "report",
};

/** @returns how it stands now; undefined when it is over or gone, and then nothing is changed */
export async function noteBacktest(tx: Tx, backtestId: string, change: Change): Promise<Backtest | undefined> {
  const changed = Object.entries(change) as [keyof Change, unknown][];
  const set = changed.map(([name], index) => `${names[name]} = $${index + 3}`).join(", ");
  return tx.one<Backtest>(
    `update backtest set ${set} where program_id = $1 and backtest_id = $2 and state in ('waiting', 'running', 'failed') returning ${columns}`,
    [tx.scope.programId, backtestId, ...changed.map(([name, value]) => (name === "report" ? JSON.stringify(value) : value))],
  );
}
