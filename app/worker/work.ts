import { Logger, type Runner, run, runTaskListOnce, type TaskList, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { contextFor } from "../context.server.ts";
import { database, ownerPool } from "../db.server.ts";
import { drainOnce, lanes } from "../flows/receiving/drain-inbox.ts";
import { log } from "../log.server.ts";
import { counted } from "../metrics.server.ts";
import { ShopGone } from "../shopify.server.ts";
import { regular } from "./regular.ts";
import { type Payload, tasks } from "./tasks/index.ts";

/** The jobs as the queue's library wants them: each with a context of its own programme. */
export function taskList(): TaskList {
  const list: TaskList = {};
  for (const [name, task] of Object.entries(tasks)) {
    list[name] = async (raw) => {
      const payload = raw as Payload;
      try {
        await task(contextFor({ programId: payload.programId, shopId: payload.shopId ?? "*" }, "laurel"), payload);
      } catch (error) {
        // A shop that uninstalled has no more use for the job; what is owed to it is settled when it comes back.
        if (!(error instanceof ShopGone)) throw error;
        log.info({ task: name, programId: payload.programId }, "job ended: the shop is gone");
      }
    };
  }
  for (const [name, does] of Object.entries(regular)) list[name] = does;
  return list;
}

export const crontab = "* * * * * every-minute ?max=1\n7 * * * * every-hour ?max=1\n";

export async function startJobs(events?: WorkerEvents): Promise<Runner> {
  return run({
    pgPool: ownerPool() as pg.Pool,
    taskList: taskList(),
    concurrency: 4,
    pollInterval: 500,
    crontab,
    noHandleSignals: true,
    ...(events ? { events } : {}),
    logger: quiet,
  });
}

/** Works off the inbox until nothing waits. @returns how many deliveries */
export async function drainInbox(stopping: () => boolean = () => false): Promise<number> {
  const first = stopping() ? 0 : await drainOnce(drainContext());
  if (first === 0) return 0;
  const worked = await Promise.all(Array.from({ length: lanes }, () => drainLane(stopping)));
  return worked.reduce((sum, one) => sum + one, first);
}

async function drainLane(stopping: () => boolean): Promise<number> {
  let total = 0;
  for (;;) {
    const worked = stopping() ? 0 : await drainOnce(drainContext());
    if (worked === 0) return total;
    total += worked;
    await keepStatistics(worked);
  }
}

// At 250 deliveries since the start, at 1,250, at 6,250 and so on: while tables are young their statistics age fast.
const young = { worked: 0, next: 250 };

async function keepStatistics(worked: number): Promise<void> {
  young.worked += worked;
  if (young.worked < young.next) return;
  young.next *= 5;
  await database().global("select laurel.refresh_statistics()");
}

/** Works off everything that is due, inbox and jobs: for tests, which do not sleep. */
export async function drain(): Promise<void> {
  const client = await ownerPool().connect();
  try {
    while ((await drainInbox()) > 0 || (await dueJobs(client)) > 0) await runTaskListOnce({ logger: quiet }, taskList(), client);
  } finally {
    client.release();
  }
}

async function dueJobs(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query(
    "select count(*)::int as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts and locked_at is null",
  );
  return rows[0].due;
}

function drainContext() {
  const { db, now, fingerprint, passing } = contextFor({ programId: "", shopId: "*" }, "shopify");
  return {
    db,
    now,
    fingerprint,
    passing,
    settled: counted.settled,
    failed: (row: { id: string; topic: string; attempts: number }, error: unknown) => {
      counted.webhook("failed");
      log.error(
        { inboxId: row.id, topic: row.topic, attempts: row.attempts, error: error instanceof Error ? error.message : "unknown" },
        "a delivery could not be worked off; it comes again",
      );
    },
  };
}

/** Keeps the inbox empty: woken by new rows, and looking by itself in case nobody called. */
export async function keepDraining(): Promise<{ stop: () => Promise<void> }> {
  let stopping = false;
  let wake: () => void = () => undefined;
  const loop = (async () => {
    while (!stopping) {
      try {
        if ((await drainInbox(() => stopping)) > 0) continue;
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : "unknown" }, "the inbox could not be drained; trying again");
        await pause(1000);
      }
      await Promise.race([pause(200), new Promise<void>((go) => (wake = go))]);
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      wake();
      await loop;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

const quiet = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") log.warn({ from: "jobs" }, message.split("\n")[0] ?? "");
});
