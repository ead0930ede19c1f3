import { EventEmitter } from "node:events";
import type { WorkerEvents } from "graphile-worker";
import { followSandboxClock } from "../clock.server.ts";
import { closeDatabase, ownerPool } from "../db.server.ts";
import { env } from "../env.server.ts";
import { startHealthServer } from "../health.server.ts";
import { log } from "../log.server.ts";
import { sendToSandbox } from "../sandbox-dispatch.server.ts";
import { onStop } from "../stop.server.ts";
import { watchForOrphans } from "./orphaned-jobs.ts";
import { everyMinute } from "./regular.ts";
import { keepDraining, startJobs } from "./work.ts";

// The worker: drains the inbox, runs jobs, keeps the clock.
let ready = false;
const settings = env();
sendToSandbox();
followSandboxClock(
  () => void everyMinute().catch((error: Error) => log.warn({ error: error.message }, "the clock moved and what is due could not be done")),
);

const health = await startHealthServer({ port: settings.WORKER_PORT, ready: () => ready });
const events: WorkerEvents = new EventEmitter();
const orphans = watchForOrphans({
  pool: ownerPool(),
  events,
  gaveBack: (workers) => log.warn({ workers }, "jobs of a worker that died are given to another"),
  failed: (error) => log.warn({ error: error.message }, "jobs of dead workers could not be looked for; trying again"),
});
const jobs = await startJobs(events);
const inbox = await keepDraining();
ready = true;
log.info({ port: settings.WORKER_PORT }, "worker ready");

onStop(async () => {
  ready = false;
  await inbox.stop();
  await jobs.stop();
  await orphans.stop();
  await health.close();
  await closeDatabase();
  await ownerPool().end();
});
