import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../scripts/embedded-postgres.ts";
import { migrate } from "../scripts/migrate.ts";
import { type BacktestRun, backtestRuns, givingDraft } from "./backtest.ts";
import { drainRate } from "./drain.ts";
import { engineFigures } from "./engine.ts";
import { type Figure, sayFigure } from "./figures.ts";
import { prepareTpcB, tpcB } from "./tpc-b.ts";
import { webhookRate } from "./webhooks.ts";

// Every figure beside its yardstick: the same server, durable settings, in turns within one run.
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    orders: { type: "string", default: "10000" },
    seconds: { type: "string", default: "8" },
    /** engine, database or backtest; all when it is not said. */
    only: { type: "string" },
  },
});
const [runs, orders, seconds] = [Number(values.runs), Number(values.orders), Number(values.seconds)];
const asked = (part: string) => values.only === undefined || values.only === part;
if (asked("engine")) await engine();
if (asked("database")) await onServer(databaseFigures);
if (asked("backtest")) await onServer(backtestFigure);

async function engine(): Promise<void> {
  console.log(`${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, ${runs} runs each, in turns`);
  for (const line of await engineFigures({ runs, orders: 1_000 })) console.log(line);
}

type Server = Awaited<ReturnType<typeof startPostgres>>;

async function onServer(measure: (server: Server) => Promise<void>): Promise<void> {
  const directory = mkdtempSync("/var/tmp/laurel-bench-");
  const server = await startPostgres({
    directory: join(directory, "postgres"),
    settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
  });
  try {
    await migrate(server.url);
    console.log(
      `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, PostgreSQL with fsync and synchronous_commit on, ${runs} runs each, in turns`,
    );
    await measure(server);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function databaseFigures(server: Server): Promise<void> {
  const yardstick = server.urlFor("tpcb");
  await createDatabase(server.urlFor("postgres"), "tpcb");
  await prepareTpcB(yardstick);
  const tps: Figure = { name: "TPC-B", unit: "tx/s", runs: [] };
  const drained: Figure = { name: "inbox drained to posted ledger", unit: "orders/s", runs: [] };
  const acknowledged: Figure = { name: "signed webhooks acknowledged after commit", unit: "req/s", runs: [] };
  const p99: Figure = { name: "  p99 at 100 a second", unit: "ms", runs: [] };
  for (let run = 0; run < runs; run++) {
    tps.runs.push(await tpcB(yardstick, seconds));
    drained.runs.push(await drainRate(server.url, orders));
    const webhooks = await webhookRate(server.url, seconds);
    acknowledged.runs.push(webhooks.perSecond);
    p99.runs.push(webhooks.p99AtHundred);
  }
  for (const line of [sayFigure(tps), sayFigure(drained, tps), sayFigure(acknowledged, tps), sayFigure(p99)]) console.log(line);
}

async function backtestFigure(server: Server): Promise<void> {
  sayBacktest("backtest of 100,000 orders, 20 rules, 4 tiers", await backtestRuns(server, 100_000, runs));
  sayBacktest("  with certificates, gifts and grants", await backtestRuns(server, 100_000, runs, givingDraft()));
}

function sayBacktest(name: string, took: readonly BacktestRun[]): void {
  console.log(sayFigure({ name, unit: "s", runs: took.map((one) => one.seconds) }));
  console.log(sayFigure({ name: "  Node, all threads", unit: "s of processor", runs: took.map((one) => one.node) }));
  const postgres = took.flatMap((one) => one.postgres ?? []);
  if (postgres.length > 0) console.log(sayFigure({ name: "  PostgreSQL", unit: "s of processor", runs: postgres }));
}

async function createDatabase(url: string, name: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
}
