import pg from "pg";
import { asApp, openDatabase } from "../app/db/database.ts";
import { runBacktest } from "../app/flows/insight/run-backtest.ts";
import { newId } from "../app/ids.ts";
import { compile } from "../app/loyalty/earning/evaluate.ts";
import type { TrailEntry } from "../app/loyalty/earning/trail.ts";
import type { OrderFacts } from "../app/loyalty/facts.ts";
import type { Pinned } from "../app/loyalty/insight/past-occasion.ts";
import { openSide, placedAt } from "../app/loyalty/insight/side.ts";
import { type Definition, definition } from "../app/loyalty/program/definition.ts";
import { benchOrders, seeded, tiers } from "./engine/orders.ts";
import { asProgramme, benchRules } from "./engine/rules.ts";
import { processorSecondsOf } from "./processor-seconds.ts";
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

/** The same with what no order earns: a note at every 1,000 points, and tiers that give on entry and every month. */
export function givingDraft(): Definition {
  const draft = draftProgramme();
  const note = { id: "note", name: "Note", active: true, points: 1_000, unit: "points", offered: false, codeDays: 90, unusedIsLost: true };
  return definition.parse({
    ...draft,
    rewards: [{ ...note, worth: { kind: "amount off", amount: 1_000, minimum: null } }],
    earning: [
      ...draft.earning,
      { id: "notes", name: "Notes", active: true, award: { kind: "certificate", points: 1_000, rewardId: "note" }, minimum: null },
    ],
    tiers: {
      ...draft.tiers,
      levels: draft.tiers?.levels.map((tier, n) => ({
        ...tier,
        entry: [{ kind: "points", points: 100 * (n + 1) }],
        grants: [{ id: "monthly", every: "month", gift: { kind: "points", points: 20 * (n + 1) }, endsWithPeriod: true }],
      })),
    },
  });
}

type PastOrder = { gid: string; member: string; name: string; placed: string; facts: OrderFacts; tags: string[]; pins: Pinned };

/** A year of orders of 20,000 members, every twentieth refunded in part, as settling leaves them in the database. */
export async function fillPast(owner: pg.Pool, at: BenchShop, count: number): Promise<void> {
  const below = seeded(3);
  const ids = Array.from({ length: members }, () => newId());
  await owner.query(
    "insert into member (program_id, member_id, state, joined_at, changed_at) select $1, m, 'active', '2025-12-01', now() from unnest($2::uuid[]) m",
    [at.programId, ids],
  );
  const past: PastOrder[] = [];
  for (let from = 0; from < count; from += 5_000)
    benchOrders(Math.min(5_000, count - from), 100 + from).forEach(({ order, at: known }, n) => {
      const gid = `gid://shopify/Order/${from + n + 1}`;
      const customer = below(members);
      const name = `#${from + n + 1}`;
      const facts: OrderFacts = { ...order, orderGid: gid, name, customerGid: `gid://shopify/Customer/${customer + 1}` };
      if (below(20) === 0) refundFirstLine(facts);
      const pins = { products: { ...known.products } };
      past.push({ gid, member: ids[customer] as string, name, placed: facts.placedAt, facts, tags: [...known.tags], pins });
    });
  const trails = trailsOf(past, at);
  for (let from = 0; from < count; from += 5_000) {
    const rows = past.slice(from, from + 5_000).map((one) => ({ ...one, trail: trails.get(one) }));
    await owner.query(
      `insert into order_facts (program_id, shop_id, order_gid, name, member_id, placed_at, version_at, triggered_at, body_hash, facts, version, phase, tags, member_state, pinned_at, settlements, settled_at, pins, trail)
       select $1, $2, gid, name, member, placed, placed, placed, 'bench', facts, 1, 'live', tags, 'active', placed, 1, placed, pins, trail
       from json_to_recordset($3) as r(gid text, member uuid, name text, placed timestamptz, facts jsonb, tags text[], pins jsonb, trail jsonb)`,
      [at.programId, at.shopId, JSON.stringify(rows)],
    );
  }
  await owner.query("analyze order_facts, member");
}

/** What settling wrote down with each order of what it added to its member's history. */
function trailsOf(past: readonly PastOrder[], { shopId }: BenchShop): Map<PastOrder, TrailEntry[]> {
  const programme = compile(1, liveProgramme(), { timeZone: "UTC", currency: "USD" });
  const ladders = [{ from: 0, ladder: programme.definition.tiers }];
  const side = openSide({ programmes: [programme], ladders, timeZone: "UTC", fromMirror: false, programmeOf: () => programme });
  const known = { background: { joinedAt: Date.parse("2025-12-01"), birthday: null, counted: null }, told: new Map(), decisions: [] };
  const so = new Map<string, ReturnType<typeof side.meet>>();
  const trails = new Map<PastOrder, TrailEntry[]>();
  for (const one of [...past].sort((a, b) => (a.placed < b.placed ? -1 : 1))) {
    const member = so.get(one.member) ?? side.meet(known);
    so.set(one.member, member);
    const [placed, key] = [placedAt(Date.parse(one.placed), "UTC"), `${shopId} ${one.gid}`];
    const settled = {
      version: 1,
      phase: "live" as const,
      testTag: null,
      memberState: "active" as const,
      trail: null,
      deletedAt: null,
      imported: false,
    };
    const order = {
      ...settled,
      kind: "order" as const,
      key,
      shopId,
      placedAt: placed.at,
      memberId: one.member,
      tags: one.tags,
      pins: one.pins,
      facts: one.facts,
    };
    const { trail } = side.judge(order, member, placed, undefined);
    side.add(member, trail, placed);
    trails.set(one, trail?.entries ?? []);
  }
  return trails;
}

function refundFirstLine(facts: OrderFacts): void {
  const [line] = facts.lines;
  if (!line) return;
  const at = new Date(Date.parse(facts.placedAt) + 5 * 86_400_000).toISOString();
  facts.refunds = [{ at, lines: [{ lineGid: line.lineGid, quantity: line.quantity, net: line.net }], shipping: 0, withoutLines: 0 }];
  facts.refundIds = ["gid://shopify/Refund/1"];
  facts.lines = facts.lines.map((one) => (one === line ? { ...line, remaining: 0, net: 0 } : one));
}

export type BacktestRun = { seconds: number; node: number; postgres: number | null };

/** @returns seconds from asking to the finished report, reading included; and of processors, all threads together */
export async function backtestRuns(
  { url, pid }: { url: string; pid: number },
  orders: number,
  runs: number,
  draft = draftProgramme(),
): Promise<BacktestRun[]> {
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  // The server is stopped while a connection may still be closing.
  owner.on("error", () => undefined);
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
    const took: BacktestRun[] = [];
    for (let run = 0; run < runs; run += 1) {
      const [began, node, postgres] = [performance.now(), process.cpuUsage(), processorSecondsOf(pid)];
      const report = await runBacktest(context, { definition: draft });
      const seconds = (performance.now() - began) / 1000;
      const used = process.cpuUsage(node);
      await untilThreadsLeft(owner);
      const since = processorSecondsOf(pid);
      took.push({
        seconds,
        node: (used.user + used.system) / 1e6,
        postgres: since === null || postgres === null ? null : since - postgres,
      });
      if (report.counted.orders !== orders || report.draft.points === 0 || report.counted.changed === 0)
        throw new Error(`Only ${report.counted.orders} of ${orders} orders were judged, ${report.counted.changed} changed.`);
    }
    return took;
  } finally {
    await db.close();
    await owner.end();
  }
}

// What a server process used is added to its parent's when it ends.
async function untilThreadsLeft(owner: pg.Pool): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const { rows } = await owner.query("select from pg_stat_activity where application_name = 'laurel backtest'");
    if (rows.length === 0) return;
    await new Promise((go) => setTimeout(go, 10));
  }
}
