import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../scripts/embedded-postgres.ts";
import { migrate } from "../scripts/migrate.ts";
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
    /** engine or database; both when it is not said. */
    only: { type: "string" },
  },
});
const [runs, orders, seconds] = [Number(values.runs), Number(values.orders), Number(values.seconds)];
if (values.only !== "database") await engine();
if (values.only !== "engine") await databaseFigures();

async function engine(): Promise<void> {
  console.log(`${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, ${runs} runs each, in turns`);
  for (const line of await engineFigures({ runs, orders: 1_000 })) console.log(line);
}

async function databaseFigures(): Promise<void> {
  const directory = mkdtempSync("/var/tmp/laurel-bench-");
  const server = await startPostgres({
    directory: join(directory, "postgres"),
    settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
  });
  try {
    await migrate(server.url);
    const yardstick = server.urlFor("tpcb");
    await createDatabase(server.urlFor("postgres"), "tpcb");
    await prepareTpcB(yardstick);
    console.log(
      `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, PostgreSQL with fsync and synchronous_commit on, ${runs} runs each, in turns`,
    );

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
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
}
