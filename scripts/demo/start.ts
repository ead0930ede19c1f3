import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { missingMigrations } from "../../app/db/migrations.ts";
import { buildAppIfStale } from "../build-app.ts";
import { type EmbeddedPostgres, removePostgres, startPostgres } from "../embedded-postgres.ts";
import { addApp } from "../laurel/apps.ts";
import { migrate } from "../migrate.ts";
import { answersOk, control, until } from "./ask.ts";
import type { Child } from "./child.ts";
import { type Description, describe } from "./describe.ts";
import { drained, furnish } from "./furnish.ts";
import { appEnvironment, type Ports, startSandboxProcess, startWeb, startWorker } from "./house.ts";
import type { DemoOptions } from "./options.ts";
import { freePort, freePorts } from "./ports.ts";
import { secretsIn } from "./secrets.ts";
import { bestShoppers } from "./shoppers.ts";
import type { DemoShop } from "./shops.ts";

export type Demo = { description: Description; stop: () => Promise<void> };

type Told = {
  say: (line: string) => void;
  /** A part ended for good, and with it the demo. */
  broken: (why: string) => void;
  /** Says that starting is not wanted any more: what was started is ended, and startDemo throws the signal's reason. */
  signal: AbortSignal;
};

type Open = {
  children: Child[];
  postgres?: Promise<EmbeddedPostgres>;
  postgresPid: number | null;
  owner?: pg.Pool;
  description?: Description;
};

/** Starts everything that does not wait for another thing at once, and answers when a browser can be opened. */
export async function startDemo(options: DemoOptions, told: Told): Promise<Demo> {
  const open: Open = { children: [], postgresPid: null };
  const stop = async () => {
    await Promise.all(open.children.map((child) => child.stop()));
    await open.owner?.end();
    await (await open.postgres?.catch(() => undefined))?.stop();
    rmSync(options.file, { force: true });
  };
  const given = new Promise<never>((_, fail) => told.signal.addEventListener("abort", () => fail(told.signal.reason)));
  try {
    return { description: await Promise.race([openAll(options, open, told), given]), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openAll(options: DemoOptions, open: Open, { say, broken, signal }: Told): Promise<Description> {
  const directory = resolve(options.directory);
  const furnishedMark = join(directory, "furnished");
  if (options.fresh) await startOver(directory);
  else if (!existsSync(furnishedMark) && existsSync(join(directory, "secrets.json"))) {
    say("The last start was not finished, so this one begins anew");
    await startOver(directory);
  }
  mkdirSync(directory, { recursive: true });
  rmSync(options.file, { force: true });
  const secrets = secretsIn(directory);
  const watch = {
    ended: (name: string, why: string) => broken(`The ${name} process ${why}`),
    cameBack: (name: string, why: string) => {
      say(`The ${name} process ${why} and was started again`);
      if (open.description) write(options.file, { ...open.description, pids: pids(open) });
    },
  };

  const ports = await choosePorts(options.ports);
  const at = {
    sandbox: `http://localhost:${ports.sandbox}`,
    app: `http://127.0.0.1:${ports.app}`,
    worker: `http://127.0.0.1:${ports.worker}`,
  };
  signal.throwIfAborted();
  open.children.push(startSandboxProcess(directory, secrets, ports, watch));
  const [{ databaseUrl, owner }] = await Promise.all([
    openDatabase(directory, open, { say, broken }),
    buildAppIfStale(signal).then((built) => say(built ? "The app is built" : "The app was built already")),
    until("the sandbox answers", () => answersOk(`${at.sandbox}/control/shops`), 60_000).then(() => say("The sandbox plays Shopify")),
  ]);
  const env = appEnvironment(secrets, ports, databaseUrl);
  // From here on the app's own doors can be opened in this process too.
  Object.assign(process.env, env);
  const shops = await demoShops(at.sandbox);
  const second = secrets.apps[1];
  for (const { domain, apiKey } of shops) if (apiKey === second.apiKey) await addApp(owner, { ...second, shop: domain });

  signal.throwIfAborted();
  open.children.push(startWeb(directory, env, watch), startWorker(directory, env, watch));
  await Promise.all([
    until("the app is ready", () => answersOk(`${at.app}/readyz`), 60_000),
    until("the worker is ready", () => answersOk(`${at.worker}/readyz`), 60_000),
  ]);
  say("The app and its worker are ready");

  if (existsSync(furnishedMark)) {
    await drained(owner);
    say("The data of the last time is there");
  } else {
    await furnish(at, shops, owner, { history: options.history, say });
    writeFileSync(furnishedMark, new Date().toISOString());
  }

  const shoppers = await Promise.all(shops.map((shop) => bestShoppers(at.sandbox, shop, owner, 5)));
  signal.throwIfAborted();
  open.description = describe({ at, ports, shops, shoppers, secrets, databaseUrl, directory, pids: pids(open) });
  write(options.file, open.description);
  return open.description;
}

async function choosePorts(wanted: Ports): Promise<Ports> {
  const taken = new Set<number>();
  const sandbox = await freePort(wanted.sandbox, taken);
  const storefront = await freePorts(wanted.storefront, 2, taken);
  return { sandbox, storefront, app: await freePort(wanted.app, taken), worker: await freePort(wanted.worker, taken) };
}

// Data of an embedded PostgreSQL is ours to throw away; a database that was given is not.
async function startOver(directory: string): Promise<void> {
  if (process.env.DATABASE_URL)
    throw new Error("DATABASE_URL names your own database, which is not emptied from here: give an empty one, and remove .laurel.");
  await removePostgres(join(directory, "postgres"));
  // Only what is ours: the folder may have been somebody's before.
  for (const name of ["sandbox", "secrets.json", "apps.json", "furnished"]) rmSync(join(directory, name), { recursive: true, force: true });
}

async function openDatabase(directory: string, open: Open, { say, broken }: Pick<Told, "say" | "broken">) {
  const given = process.env.DATABASE_URL;
  let url = given;
  if (!url) {
    open.postgres = startPostgres({ directory: join(directory, "postgres") });
    const server = await open.postgres;
    open.postgresPid = server.pid;
    url = server.url;
    // It may have been there before us, so it is no child whose end we would be told.
    const watch = setInterval(() => {
      if (isAlive(server.pid)) return;
      clearInterval(watch);
      broken("PostgreSQL has ended.");
    }, 1000);
    watch.unref();
  }
  const owner = new pg.Pool({ connectionString: url, max: 1 });
  owner.on("error", () => undefined);
  open.owner = owner;
  // Prisma's command line takes seconds to find out that there is nothing to do.
  if ((await missingMigrations(owner)).length > 0) await migrate(url);
  say(`${given ? "Your PostgreSQL" : "PostgreSQL"} is there and its tables are current`);
  return { databaseUrl: url, owner };
}

async function demoShops(sandbox: string): Promise<DemoShop[]> {
  type Shop = { handle: string; domain: string; name: string; currency: string; app: string; installation: { apiKey: string } };
  const shops = await control<Shop[]>(sandbox, "/shops");
  return shops.map(({ handle, domain, name, currency, app, installation }) => ({
    handle,
    domain,
    name,
    currency,
    appHandle: app,
    apiKey: installation.apiKey,
  }));
}

function pids(open: Open): Description["pids"] {
  const of = (name: string) => open.children.find((child) => child.name === name)?.pid() ?? 0;
  return { demo: process.pid, web: of("web"), worker: of("worker"), sandbox: of("sandbox"), postgres: open.postgresPid };
}

// It holds secrets, of a sandbox only, but still.
const write = (file: string, description: Description): void =>
  writeFileSync(file, `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });

/** Who else runs a demo on this data, if anybody does. */
export function runningDemo(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const { pids } = JSON.parse(readFileSync(file, "utf8")) as Description;
  return isAlive(pids.demo) ? pids.demo : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
