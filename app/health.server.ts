import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { now } from "./clock.server.ts";
import { missingMigrations } from "./db/migrations.ts";
import { database, ownerPool } from "./db.server.ts";
import { env } from "./env.server.ts";
import { log } from "./log.server.ts";
import { metricsPage } from "./metrics.server.ts";

export type Waiting = { waiting: number; failed: number; oldestSeconds: number };

export type Health = {
  ready: boolean;
  /** Why it is not ready: empty when it is. */
  reasons: string[];
  database: boolean;
  migrations: "current" | "pending" | "unknown";
  inbox: Waiting | null;
  jobs: Waiting | null;
};

/** How the process and what it stands on are. Work that waits is told, but makes nobody unready: another process may be late. */
export async function health(): Promise<Health> {
  const found: Health = { ready: false, reasons: [], database: false, migrations: "unknown", inbox: null, jobs: null };
  try {
    const missing = await inTime(migrationsMissing());
    found.database = true;
    found.migrations = missing.length === 0 ? "current" : "pending";
    if (missing.length > 0) {
      found.reasons.push(`Migrations are missing (npm run migrate): ${missing.join(", ")}.`);
      return found;
    }
    [found.inbox, found.jobs] = await inTime(Promise.all([waiting("inbox_health"), waiting("jobs_health")]));
  } catch (error) {
    // Why is for the log: the address of the database and the name of its user are nobody else's business.
    log.warn({ error: error instanceof Error ? error.message : "unknown" }, "the database does not answer");
    found.reasons.push("The database does not answer.");
  }
  found.ready = found.reasons.length === 0;
  return found;
}

// A migration that was once applied stays applied: the question costs nothing after its first good answer.
let current = false;

async function migrationsMissing(): Promise<string[]> {
  if (current) {
    await database().global("select 1");
    return [];
  }
  const missing = await missingMigrations(ownerPool());
  current = missing.length === 0;
  return missing;
}

async function waiting(of: "inbox_health" | "jobs_health"): Promise<Waiting> {
  const at = of === "inbox_health" ? now() : new Date();
  const [row] = await database().global<{ waiting: number; failed: number; oldest_seconds: number }>(`select * from laurel.${of}($1)`, [
    at,
  ]);
  return { waiting: row?.waiting ?? 0, failed: row?.failed ?? 0, oldestSeconds: Math.max(0, Math.round(row?.oldest_seconds ?? 0)) };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, fail) => setTimeout(() => fail(new Error("no answer within 3 seconds")), 3000).unref());
  return Promise.race([work, late]);
}

/** Who may read the metrics: whoever has the token, or, where none is set, this machine and no proxy in front of it. */
export function mayReadMetrics(request: IncomingMessage): boolean {
  const token = env().METRICS_TOKEN;
  if (!token) return isLoopback(request.socket.remoteAddress) && !isForwarded(request);
  const given = Buffer.from(request.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

// A proxy on this machine speaks from loopback too, in the name of whoever asked it.
const isForwarded = ({ headers }: IncomingMessage): boolean =>
  Object.keys(headers).some((name) => /^(x-forwarded-.*|forwarded|x-real-ip|via|cf-.*)$/.test(name));

const isLoopback = (address = ""): boolean => address === "::1" || /^(::ffff:)?127\./.test(address);

/** Answers /healthz (alive), /readyz and /metrics; false when the address is another one. */
export function answerHealth(request: IncomingMessage, response: ServerResponse, isReady: () => boolean | Promise<boolean>): boolean {
  const path = request.url?.split("?")[0];
  if (path !== "/healthz" && path !== "/readyz" && path !== "/metrics") return false;
  void answer(path, request, response, isReady).catch(() => say(response, 500, { error: "This could not be found out." }));
  return true;
}

async function answer(path: string, request: IncomingMessage, response: ServerResponse, isReady: () => boolean | Promise<boolean>) {
  if (path === "/healthz") return say(response, 200, { alive: true, now: now().toISOString() });
  if (path === "/metrics") {
    if (!mayReadMetrics(request)) return say(response, 401, { error: "Send the METRICS_TOKEN as a bearer token." });
    const page = await metricsPage(await health());
    response.writeHead(200, { "content-type": page.type }).end(page.text);
    return;
  }
  const found = await health();
  if (found.ready && !(await isReady())) {
    found.ready = false;
    found.reasons.push("The process is starting or stopping.");
  }
  say(response, found.ready ? 200 : 503, found);
}

function say(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(body));
}

/** For a process without pages of its own, such as the worker. */
export function startHealthServer(options: { port: number; host?: string; ready: () => boolean | Promise<boolean> }): Promise<{
  port: number;
  close: () => Promise<void>;
}> {
  const server: Server = createServer((request, response) => {
    if (!answerHealth(request, response, options.ready)) say(response, 404, { error: "Nothing is here." });
  });
  const close = () => new Promise<void>((done) => server.close(() => done()));
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(options.port, options.host ?? env().HOST, () => done({ port: (server.address() as AddressInfo).port, close }));
  });
}
