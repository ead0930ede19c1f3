import { availableParallelism } from "node:os";
import type { Tx } from "../../db/database.ts";
import { inTurn } from "../../db/in-turn.ts";
import { redeemedByMember } from "../../db/past-occasions.ts";
import { type Share, sharesOfPast } from "../../db/past-shares.ts";
import { readTotals } from "../../db/read-home.ts";
import { exportSnapshot } from "../../db/transaction.ts";
import { reportOf } from "../../loyalty/insight/backtest.ts";
import type { BacktestReport } from "../../loyalty/insight/report.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Context } from "../context.ts";
import { backtestWorld, type PastQuestion } from "./backtest-world.ts";
import { mergeCompared } from "./compare-with-ledger.ts";
import { judgeAll } from "./judge-all.ts";
import { judgeInThreads } from "./judge-in-threads.ts";
import { type Judge, openJudge, type Portion } from "./judge-past.ts";

export type BacktestAsked = {
  definition: Definition;
  /** What was placed before counts for standing only; what was placed after is not looked at. */
  from?: Date | null;
  until?: Date | null;
  /** With the orders that were imported to try drafts on: both sides are then worked out. */
  withImported?: boolean;
  /** A challenger: until then members have what the live programme gave them. */
  beginsAt?: Date | null;
  /** Compares the live side with what was posted, order by order. */
  checkLedger?: boolean;
  onProgress?: (so: { done: number; total: number }) => void | Promise<void>;
  signal?: AbortSignal;
  /** None: in this one. When it is not said, as many as there are processors, where there is much to judge. */
  threads?: number;
  /** About as many occasions are handed to a thread at once. */
  inOneShare?: number;
};

// A thread takes about as long to start as these take to be judged.
const worthThreads = 5_000;
const mostThreads = 4;

/**
 * Tries a programme on all that happened, beside the live one. It reads one snapshot, writes nothing and posts
 * nothing; the same past gives the same report, however many threads judge it.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runBacktest(context: Context, asked: BacktestAsked): Promise<BacktestReport> {
  const { db, now } = context;
  // Members are the programme's, and so is what they did in any of its shops.
  const scope = { ...context.scope, shopId: "*" };
  const question: PastQuestion = {
    definition: asked.definition,
    from: asked.from?.getTime() ?? null,
    until: (asked.until ?? now()).getTime(),
    beginsAt: asked.beginsAt?.getTime() ?? null,
    withImported: asked.withImported ?? false,
    checkLedger: asked.checkLedger ?? false,
  };
  return db.inSnapshot(scope, async (one) => {
    const tx = inTurn(one);
    const portions = await portionsOf(tx, question, asked.inOneShare ?? 500);
    const total = portions.reduce((sum, portion) => sum + portion.occasions, 0);
    const judging = (judges: readonly Judge[]) => judgeAll(judges, portions, { ...asked, total });
    const threads = asked.threads ?? (total < worthThreads ? 0 : Math.min(availableParallelism(), mostThreads));
    const { parts, ledgers } =
      threads === 0
        ? await judging([await openJudge(tx, question)])
        : await judgeInThreads(threads, { address: db.address, scope, snapshot: await exportSnapshot(tx), question }, judging);
    const report = reportOf(parts, { ...(await backtestWorld(tx, question)), redeemed: await shareRedeemed(tx) });
    return { ...report, ledger: question.checkLedger ? mergeCompared(ledgers) : null };
  });
}

async function portionsOf(tx: Tx, { withImported, until }: PastQuestion, inOneShare: number): Promise<Portion[]> {
  const shares = await sharesOfPast(tx, { withImported, until: new Date(until) }, inOneShare);
  const redeemed = [...(await redeemedByMember(tx))].sort(([a], [b]) => (a < b ? -1 : 1));
  let next = 0;
  return shares.map((share: Share) => {
    const mine = new Map<string, number>();
    // Who redeemed and did nothing else is in no share.
    for (; next < redeemed.length; next += 1) {
      const [memberId, points] = redeemed[next] as [string, number];
      if (memberId > share.last) break;
      mine.set(memberId, points);
    }
    return { ...share, redeemed: mine };
  });
}

// While nobody has redeemed anything, everything is taken to be.
async function shareRedeemed(tx: Tx): Promise<number> {
  const { issued, redeemed } = await readTotals(tx);
  return issued > 0 && redeemed > 0 ? Math.min(10_000, Math.round((redeemed / issued) * 10_000)) : 10_000;
}
