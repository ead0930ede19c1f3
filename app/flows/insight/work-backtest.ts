import { noteBacktest, readBacktest, triedBy } from "../../db/backtests.ts";
import type { Context } from "../context.ts";
import { runBacktest } from "./run-backtest.ts";

const toldEveryMs = 500;

/**
 * The job of one backtest: how far it is is told twice a second, and whether it should go on is asked as often. A job
 * that dies comes again and begins at the beginning; one that nobody wants any more does nothing.
 */
export async function workBacktest(context: Context, backtestId: string): Promise<void> {
  const { db, scope, now, passing } = context;
  const wide = { ...scope, shopId: "*" };
  const note = (change: Parameters<typeof noteBacktest>[2]) => db.inProgramme(wide, (tx) => noteBacktest(tx, backtestId, change));
  const before = await db.inProgramme(wide, (tx) => readBacktest(tx, backtestId));
  if (!before || before.state === "done" || before.state === "cancelled") return;
  if (before.cancelAsked) {
    await note({ state: "cancelled", finishedAt: now() });
    return;
  }

  await note({ state: "running", done: 0, total: null, reason: null });
  const { fromAt: from, untilAt, withImported } = before;
  const definition = await db.inProgramme(wide, (tx) => triedBy(tx, backtestId));
  const stop = new AbortController();
  let told = performance.now();
  const onProgress = async ({ done, total }: { done: number; total: number }) => {
    passing("a backtest is under way");
    if (performance.now() - told < toldEveryMs && done < total) return;
    told = performance.now();
    const one = await note({ done, total });
    if (!one || one.cancelAsked) stop.abort();
  };
  try {
    // Asked without an end it ends when it was asked, so that the same question has the same answer when it is begun anew.
    const report = await runBacktest(context, {
      definition,
      from,
      until: untilAt ?? before.askedAt,
      withImported,
      onProgress,
      signal: stop.signal,
    });
    await note({ state: "done", report, finishedAt: now() });
  } catch (error) {
    if (stop.signal.aborted) {
      await note({ state: "cancelled", finishedAt: now() });
      return;
    }
    await note({ state: "failed", reason: error instanceof Error ? error.message : "unknown", finishedAt: now() });
    throw error;
  }
}
