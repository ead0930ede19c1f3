import { setImmediate as breathe } from "node:timers/promises";
import type { Tx } from "../db/database.ts";
import { inTurn } from "../db/in-turn.ts";
import { productFactsOf } from "../db/mirror.ts";
import { countPast, type PastRow, pastOccasions, redeemedByMember } from "../db/past-occasions.ts";
import { asksHistory, compiledVersion, phaseChanges, publishedVersions } from "../db/programme.ts";
import { readTotals } from "../db/read-home.ts";
import { compile } from "../loyalty/earning/evaluate.ts";
import { openBacktest } from "../loyalty/insight/backtest.ts";
import type { BacktestReport } from "../loyalty/insight/report.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { acquaintances } from "./acquaintances.ts";
import { asOccasion } from "./as-occasion.ts";
import { compareWithLedger } from "./compare-with-ledger.ts";
import type { Context } from "./context.ts";

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
};

const atOnce = 300;
// How many are judged before others of this process have their turn.
const inOneGo = 100;

/**
 * Tries a programme on all that happened, beside the live one. It reads one snapshot, writes nothing and posts
 * nothing; the same past gives the same report.
 *
 * @throws the signal's reason when it is aborted
 */
export async function runBacktest(context: Context, asked: BacktestAsked): Promise<BacktestReport> {
  const { db, scope, now } = context;
  const { definition, from = null, until = now(), withImported = false, beginsAt = null, onProgress, signal } = asked;
  const end = (until ?? now()).getTime();
  // Members are the programme's, and so is what they did in any of its shops.
  return db.inSnapshot({ ...scope, shopId: "*" }, async (one) => {
    const tx = inTurn(one);
    const world = await readWorld(tx, definition);
    const backtest = openBacktest({
      ...world,
      basis: withImported ? "simulated" : "ledger",
      from: from?.getTime() ?? null,
      until: end,
      beginsAt: beginsAt?.getTime() ?? null,
    });
    const asks = { history: world.asksHistory, tiers: world.hasTiers, products: world.draft.needs.has("products"), withImported };
    const known = acquaintances(tx, asks);
    const ledger = asked.checkLedger ? compareWithLedger() : null;
    const total = await countPast(tx, withImported);
    let done = 0;

    for await (const rows of pastOccasions(tx, { withImported, atOnce })) {
      signal?.throwIfAborted();
      const bite = rows.filter((row) => row.placedAt.getTime() <= end);
      const people = await known(bite);
      const products = asks.products ? await productsFor(tx, bite) : new Map();
      for (let n = 0; n < bite.length; n += 1) {
        const row = bite[n] as PastRow;
        if (row.kind === "order" && row.waitingFor !== null) backtest.leaveOut();
        else {
          const { live } = backtest.take(asOccasion(row, world.phases, { products, simulated: withImported }), people(row.memberId));
          ledger?.note(row, live);
        }
        if (n % inOneGo === inOneGo - 1) await breathe();
      }
      await ledger?.compare(tx);
      done += rows.length;
      await onProgress?.({ done, total });
      signal?.throwIfAborted();
      if (bite.length < rows.length) break;
    }
    return { ...backtest.report(), ledger: ledger?.report() ?? null };
  });
}

async function readWorld(tx: Tx, definition: Definition) {
  const program = await tx.one<{ currency: string; timeZone: string }>(`select currency, time_zone as "timeZone" from program`);
  if (!program) throw new Error(`There is no programme ${tx.scope.programId}.`);
  const published = await publishedVersions(tx);
  const versions = [];
  for (const { version, effectiveFrom } of published)
    versions.push({ from: effectiveFrom.getTime(), programme: await compiledVersion(tx, version) });
  const draft = compile(0, definition, program);
  const { issued, redeemed } = await readTotals(tx);
  const redeemedOf = await redeemedByMember(tx);
  return {
    ...program,
    versions,
    draft,
    phases: await phaseChanges(tx),
    hasTiers: definition.tiers !== null || versions.some(({ programme }) => programme.definition.tiers !== null),
    asksHistory: (await asksHistory(tx, published)) || ["history", "tier", "customer"].some((need) => draft.needs.has(need as never)),
    // While nobody has redeemed anything, everything is taken to be.
    redeemed: issued > 0 && redeemed > 0 ? Math.min(10_000, Math.round((redeemed / issued) * 10_000)) : 10_000,
    redeemedBy: (memberId: string) => redeemedOf.get(memberId) ?? 0,
  };
}

// What was not pinned, because no live rule asked, is as the mirror has it now.
async function productsFor(tx: Tx, rows: readonly PastRow[]): ReturnType<typeof productFactsOf> {
  const wanted = new Map<string, { shopId: string; productGid: string }>();
  for (const row of rows) {
    if (row.kind === "event") continue;
    const pinned = row.kind === "order" ? row.pins?.products : undefined;
    for (const { productGid } of row.facts.lines)
      if (productGid !== null && !pinned?.[productGid]) wanted.set(`${row.shopId} ${productGid}`, { shopId: row.shopId, productGid });
  }
  return productFactsOf(tx, [...wanted.values()]);
}
