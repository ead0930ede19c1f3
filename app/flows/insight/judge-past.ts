import { setImmediate as breathe } from "node:timers/promises";
import type { Tx } from "../../db/database.ts";
import { productFactsOf } from "../../db/mirror.ts";
import { heardOf } from "../../db/past-lives.ts";
import type { PastRow } from "../../db/past-occasions.ts";
import { pastOf, type Share } from "../../db/past-shares.ts";
import { type BothStops, type Known, openBacktest } from "../../loyalty/insight/backtest.ts";
import type { Demand } from "../../loyalty/insight/budget-stops.ts";
import type { Part } from "../../loyalty/insight/part.ts";
import { acquaintances } from "./acquaintances.ts";
import { asOccasion } from "./as-occasion.ts";
import { backtestWorld, type PastQuestion } from "./backtest-world.ts";
import { type Compared, compareWithLedger } from "./compare-with-ledger.ts";

/** The members of a share, and what those of them who redeemed anything redeemed so far. */
export type Portion = Share & { redeemed: ReadonlyMap<string, number> };

/** Judges the past, some members after others: in this thread, or in one of its own. */
export type Judge = {
  /** Forgets all that it judged, and begins anew. */
  begin: (stops: BothStops) => Promise<void>;
  judge: (portion: Portion) => Promise<void>;
  /** What came of all that it judged since it began. */
  part: () => Promise<{ part: Part; ledger: Compared | null }>;
  /** Who wanted what of budgets, by `periodKey`. */
  demands: (of: { live: string[]; draft: string[] }) => Promise<{ live: Demand[][]; draft: Demand[][] }>;
};

const atOnce = 1_000;
// How many are judged before others of this process have their turn.
const inOneGo = 100;

export async function openJudge(tx: Tx, question: PastQuestion): Promise<Judge> {
  const world = await backtestWorld(tx, question);
  const { withImported, checkLedger } = question;
  const until = new Date(world.until);
  const begun = (stops: BothStops) => {
    const ledger = compareWithLedger(until);
    return { backtest: openBacktest(world, stops, checkLedger ? { onLife: ledger.noteLife } : {}), ledger };
  };
  let { backtest, ledger } = begun({ live: {}, draft: {} });

  async function judge(portion: Portion): Promise<void> {
    const products = world.draft.needs.has("products");
    const known = acquaintances(tx, { history: world.asksHistory, tiers: world.hasTiers, lives: world.isLived, withImported, until });
    for await (const rows of pastOf(tx, portion, { withImported, until, atOnce })) {
      const people = await known(rows);
      const shelf = products ? await productsFor(tx, rows) : new Map();
      const heard = world.isLived ? await heardOf(tx, rows.flatMap(asked)) : null;
      const knownOf = (memberId: string) => ({ ...people(memberId), redeemed: portion.redeemed.get(memberId) ?? 0 });
      for (let n = 0; n < rows.length; n += 1) {
        judgeOne(rows[n] as PastRow, { shelf, heard }, knownOf);
        if (n % inOneGo === inOneGo - 1) await breathe();
      }
      if (checkLedger) await ledger.compare(tx);
    }
  }

  function judgeOne(row: PastRow, { shelf, heard }: Around, knownOf: (memberId: string) => Known): void {
    if (row.kind === "order" && row.waitingFor !== null) {
      backtest.leaveOut();
      return;
    }
    const occasion = asOccasion(row, world.phases, { products: shelf, heard, simulated: withImported });
    const { live } = backtest.take(occasion, knownOf);
    if (checkLedger) ledger.note(row, live);
  }

  return {
    begin: async (stops) => {
      ({ backtest, ledger } = begun(stops));
    },
    judge,
    part: async () => {
      const part = backtest.part();
      if (checkLedger) await ledger.compare(tx);
      return { part, ledger: checkLedger ? ledger.found() : null };
    },
    demands: async (of) => ({
      live: of.live.map((key) => backtest.demandsOf("live", key)),
      draft: of.draft.map((key) => backtest.demandsOf("draft", key)),
    }),
  };
}

type Shelf = Awaited<ReturnType<typeof productFactsOf>>;
type Around = { shelf: Shelf; heard: Awaited<ReturnType<typeof heardOf>> | null };

// What was imported was never heard of.
function asked(row: PastRow): Parameters<typeof heardOf>[1][number][] {
  if (row.kind === "imported") return [];
  const { key } = row;
  return [
    row.kind === "order"
      ? { kind: "order", key, shopId: row.shopId, id: row.facts.orderGid }
      : { kind: "event", key, shopId: null, id: key },
  ];
}

// What was not pinned, because no live rule asked, is as the mirror has it now.
async function productsFor(tx: Tx, rows: readonly PastRow[]): Promise<Shelf> {
  const wanted = new Map<string, { shopId: string; productGid: string }>();
  for (const row of rows) {
    if (row.kind === "event") continue;
    const pinned = row.kind === "order" ? row.pins?.products : undefined;
    for (const { productGid } of row.facts.lines)
      if (productGid !== null && !pinned?.[productGid]) wanted.set(`${row.shopId} ${productGid}`, { shopId: row.shopId, productGid });
  }
  return productFactsOf(tx, [...wanted.values()]);
}
