import pg from "pg";
import { asApp, openDatabase } from "../app/db/database.ts";
import { runBacktest } from "../app/flows/run-backtest.ts";
import { newId } from "../app/ids.ts";
import type { OrderFacts } from "../app/loyalty/facts.ts";
import { type Definition, definition } from "../app/loyalty/program/definition.ts";
import { benchOrders, seeded, tiers } from "./engine/orders.ts";
import { asProgramme, benchRules } from "./engine/rules.ts";
import { type BenchShop, openProgramme } from "./programme.ts";

const members = 20_000;

/** Twenty rules with what costs: four tiers by spend, limits by day, month and window, a budget, boosts by tier. */
export function liveProgramme(): Definition {
  const plain = asProgramme(benchRules(20));
  return definition.parse({
    ...plain,
    earning: plain.earning.map((rule, n) => ({
      ...rule,
      limits: n === 0 ? [{ most: 500, of: "points", per: "day" }] : n === 4 ? [{ most: 3, of: "times", per: "rolling", days: 60 }] : [],
    })),
    tiers: {
      levels: tiers.map((id, n) => ({
        id,
        name: id,
        reach: n === 0 ? [] : [{ kind: "spend", least: n * 60_000 }],
        times: 10_000 + n * 2_500,
      })),
      window: { kind: "rolling", months: 12 },
      term: { kind: "while it holds" },
      graceDays: 30,
    },
    budgets: { retention: { points: 50_000_000, per: "month" } },
    policies: { ...plain.policies, expiry: { kind: "after earning", days: 365 }, limits: [{ most: 5_000, of: "points", per: "month" }] },
  });
}

/** What a merchant might try: another rate, a higher ladder with yearly terms, one rule less. */
export function draftProgramme(): Definition {
  const live = liveProgramme();
  return definition.parse({
    ...live,
    earning: live.earning
      .slice(1)
      .map((rule) => (rule.award.kind === "per amount" ? { ...rule, award: { ...rule.award, points: 2 } } : rule)),
    tiers: {
      ...live.tiers,
      levels: live.tiers?.levels.map((tier, n) => ({ ...tier, reach: n === 0 ? [] : [{ kind: "spend", least: n * 80_000 }] })),
      window: { kind: "calendar year" },
      term: { kind: "rest of this year and next" },
    },
  });
}

/** A year of orders of 20,000 members, every twentieth refunded in part, as settling leaves them in the database. */
export async function fillPast(owner: pg.Pool, at: BenchShop, count: number): Promise<void> {
  const below = seeded(3);
  const ids = Array.from({ length: members }, () => newId());
  await owner.query(
    "insert into member (program_id, member_id, state, joined_at, changed_at) select $1, m, 'active', '2025-12-01', now() from unnest($2::uuid[]) m",
    [at.programId, ids],
  );
  for (let from = 0; from < count; from += 5_000) {
    const rows = benchOrders(Math.min(5_000, count - from), 100 + from).map(({ order, at: known }, n) => {
      const gid = `gid://shopify/Order/${from + n + 1}`;
      const customer = below(members);
      const facts: OrderFacts = {
        ...order,
        orderGid: gid,
        name: `#${from + n + 1}`,
        customerGid: `gid://shopify/Customer/${customer + 1}`,
      };
      if (below(20) === 0) refundFirstLine(facts);
      return {
        gid,
        member: ids[customer],
        name: facts.name,
        placed: facts.placedAt,
        facts,
        tags: known.tags,
        pins: { products: known.products },
      };
    });
    await owner.query(
      `insert into order_facts (program_id, shop_id, order_gid, name, member_id, placed_at, version_at, triggered_at, body_hash, facts, version, phase, tags, member_state, pinned_at, settlements, settled_at, pins)
       select $1, $2, gid, name, member, placed, placed, placed, 'bench', facts, 1, 'live', tags, 'active', placed, 1, placed, pins
       from json_to_recordset($3) as r(gid text, member uuid, name text, placed timestamptz, facts jsonb, tags text[], pins jsonb)`,
      [at.programId, at.shopId, JSON.stringify(rows)],
    );
  }
  await owner.query("analyze order_facts, member");
}

function refundFirstLine(facts: OrderFacts): void {
  const [line] = facts.lines;
  if (!line) return;
  const at = new Date(Date.parse(facts.placedAt) + 5 * 86_400_000).toISOString();
  facts.refunds = [{ at, lines: [{ lineGid: line.lineGid, quantity: line.quantity, net: line.net }], shipping: 0, withoutLines: 0 }];
  facts.refundIds = ["gid://shopify/Refund/1"];
  facts.lines = facts.lines.map((one) => (one === line ? { ...line, remaining: 0, net: 0 } : one));
}

/** @returns seconds from asking to the finished report, reading included */
export async function backtestSeconds(url: string, orders: number, runs: number): Promise<number[]> {
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  const db = openDatabase({ url, connections: 4, options: asApp });
  try {
    const at = await openProgramme(owner, liveProgramme());
    await fillPast(owner, at, orders);
    const context = {
      db,
      scope: { programId: at.programId, shopId: at.shopId },
      now: () => new Date("2027-01-15T00:00:00Z"),
      actor: "bench",
      adminOf: async () => {
        throw new Error("A backtest asks Shopify nothing.");
      },
      fingerprint: (_: string, text: string) => text,
      passing: () => undefined,
    };
    const took: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const began = performance.now();
      const report = await runBacktest(context, { definition: draftProgramme() });
      took.push((performance.now() - began) / 1000);
      if (report.counted.orders !== orders || report.draft.points === 0 || report.counted.changed === 0)
        throw new Error(`Only ${report.counted.orders} of ${orders} orders were judged, ${report.counted.changed} changed.`);
    }
    return took;
  } finally {
    await db.close();
    await owner.end();
  }
}
