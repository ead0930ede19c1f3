import { type BothStops, stoppedIn } from "../../loyalty/insight/backtest.ts";
import { type Demand, sameStops, stopsOf } from "../../loyalty/insight/budget-stops.ts";
import type { Judge, Portion } from "./judge-past.ts";

export type Progress = {
  total: number;
  onProgress?: ((so: { done: number; total: number }) => void | Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Judges all members, and again while it turns out that budgets stop elsewhere than was taken for granted. What was
 * placed before the first mistake was judged rightly, so each time is right for longer; the second or third time is
 * right for all.
 */
export async function judgeAll(judges: readonly Judge[], portions: readonly Portion[], progress: Progress) {
  let stops: BothStops = { live: {}, draft: {} };
  for (;;) {
    await Promise.all(judges.map((judge) => judge.begin(stops)));
    await judgeOnce(judges, portions, progress);
    const found = await Promise.all(judges.map((judge) => judge.part()));
    const parts = found.map(({ part }) => part);
    const stopped = await budgetsThatStop(judges, stoppedIn(parts));
    if (sameStops(stops.live, stopped.live) && sameStops(stops.draft, stopped.draft))
      return { parts, ledgers: found.flatMap(({ ledger }) => ledger ?? []) };
    stops = stopped;
  }
}

// Whoever is free takes the next.
async function judgeOnce(judges: readonly Judge[], portions: readonly Portion[], { onProgress, signal, total }: Progress): Promise<void> {
  const waiting = portions.values();
  let done = 0;
  await Promise.all(
    judges.map(async (judge) => {
      for (const portion of waiting) {
        signal?.throwIfAborted();
        await judge.judge(portion);
        done += portion.occasions;
        await onProgress?.({ done, total });
      }
      signal?.throwIfAborted();
    }),
  );
}

async function budgetsThatStop(judges: readonly Judge[], wanted: { live: string[]; draft: string[] }): Promise<BothStops> {
  if (wanted.live.length + wanted.draft.length === 0) return { live: {}, draft: {} };
  const told = await Promise.all(judges.map((judge) => judge.demands(wanted)));
  const all = (side: "live" | "draft") =>
    Object.assign({}, ...wanted[side].map((_, n) => stopsOf(told.flatMap((one): Demand[] => one[side][n] ?? []))));
  return { live: all("live"), draft: all("draft") };
}
