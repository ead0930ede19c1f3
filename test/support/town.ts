import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { afterAll, beforeAll } from "vitest";
import type { ShopSeed } from "../../sandbox/seed.ts";
import { type RunningSandbox, startSandbox } from "../../sandbox/start.ts";
import { control } from "../../scripts/demo/ask.ts";
import { freePort } from "../../scripts/demo/ports.ts";
import { addApp } from "../../scripts/laurel/apps.ts";
import { wrongInTheBooks } from "./books.ts";
import { useDatabase } from "./database.ts";
import { startTownProcess, type TownProcess } from "./town-process.ts";
import { openTownShop, type TownShop } from "./town-shop.ts";
import { until } from "./until.ts";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

type Shops = {
  [name: string]: Partial<ShopSeed> & { app?: "first" | "second" /** Nobody has opened the app yet. */; notInstalled?: boolean };
};

export type TownWish = {
  shops?: Shops;
  /** Whether the first app may see names and e-mails. The second may not. */
  protectedData?: boolean;
  env?: Record<string, string>;
};

export type TownApp = { apiKey: string; secret: string; handle: string };

/**
 * The whole of Laurel in one place: a sandbox in this process, a database of its own, the real web server and the
 * real worker as processes that can be killed, and shops in which the app was installed as a merchant installs it.
 */
export type Town = {
  sandbox: RunningSandbox;
  /** The web server's address. */
  app: string;
  /** As the owner, past every policy: for looking. */
  owner: pg.Pool;
  apps: { first: TownApp; second: TownApp };
  web: TownProcess;
  worker: TownProcess;
  shop: (name: string) => TownShop;
  control: <T>(path: string, body?: object) => Promise<T>;
  /** Starts it (again), and waits until it is ready or has died at the point named. */
  startWeb: (crashAt?: string) => Promise<void>;
  startWorker: (crashAt?: string) => Promise<void>;
  /** Waits until every webhook was answered, the inbox is empty and no job is due. */
  settled: () => Promise<void>;
  /** Lets jobs that wait for their time run now: it is theirs to tell whether it has come, as after a long sleep. */
  makeDue: (task: string) => Promise<number>;
  /** Moves the clock of the sandbox, which the app follows. */
  clock: (move: { advance: string } | { reset: true }) => Promise<void>;
  wrong: () => Promise<string[]>;
};

export function useTown(wish: TownWish = {}): Town {
  const database = useDatabase();
  const town = {} as Town;

  beforeAll(async () => {
    await openTown(wish, { url: database.url, owner: database.owner }, town);
  });
  afterAll(async () => closeTown(town));
  return town;
}

export async function closeTown(town: Town): Promise<void> {
  await Promise.all([town.web?.stop(), town.worker?.stop()]);
  await town.sandbox?.close();
}

/** Opens it into `town`, so that whoever holds that object sees the processes of now. */
export async function openTown(wish: TownWish, database: { url: string; owner: pg.Pool }, town: Town): Promise<void> {
  const { owner } = database;
  const taken = new Set<number>();
  const ports = { app: await freePort(0, taken), worker: await freePort(0, taken) };
  const url = `http://127.0.0.1:${ports.app}`;
  const apps = { first: newApp("laurel"), second: newApp("laurel-second") };
  const shops = wish.shops ?? { juniper: {} };

  const sandbox = await startSandbox({
    port: 0,
    storefrontPort: 0,
    toml: at("shopify.app.toml"),
    themeExtension: at("extensions/loyalty-theme"),
    apps: [
      { ...apps.first, title: "Laurel", distribution: "public", protectedData: wish.protectedData ?? true, url },
      { ...apps.second, title: "Laurel", distribution: "custom", protectedData: false, url },
    ],
    shops: Object.entries(shops).map(([handle, { app = "first", notInstalled: _, ...differs }]) => ({
      plan: "plus",
      shippingRate: 0,
      taxRateBasisPoints: 0,
      ...differs,
      handle,
      app: apps[app].apiKey,
    })),
    // A delivery that nobody answers comes again soon, and often enough to outlive a process that starts anew.
    webhooks: { retryBaseMs: 150 },
    quiet: true,
  });

  const env = environmentOf({ sandbox, app: apps.first, ports, databaseUrl: database.url, more: wish.env });
  // From here on the app's own doors can be opened in this process too.
  Object.assign(process.env, env);
  const opened = new Map<string, TownShop>();
  Object.assign(town, {
    sandbox,
    app: url,
    owner,
    apps,
    web: startTownProcess("server.ts", env, `${url}/readyz`),
    worker: startTownProcess("app/worker/main.ts", env, `http://127.0.0.1:${ports.worker}/readyz`),
    shop: (name) => opened.get(name) ?? fail(`There is no shop ${name}.`),
    control: (path, body) => control(sandbox.url, path, body),
    startWeb: async (crashAt) => {
      await town.web.ended;
      town.web = startTownProcess("server.ts", withCrash(env, crashAt), `${url}/readyz`);
      await town.web.ready();
    },
    startWorker: async (crashAt) => {
      await town.worker.ended;
      town.worker = startTownProcess("app/worker/main.ts", withCrash(env, crashAt), `http://127.0.0.1:${ports.worker}/readyz`);
      await town.worker.ready();
    },
    settled: () => settled(town),
    makeDue: async (task) =>
      (
        await owner.query(
          `update graphile_worker._private_jobs j set run_at = now() from graphile_worker._private_tasks t
           where t.id = j.task_id and t.identifier = $1 and j.locked_at is null and j.run_at > now()`,
          [task],
        )
      ).rowCount ?? 0,
    clock: (move) => moveClock(town, move, [url, `http://127.0.0.1:${ports.worker}`]),
    wrong: () => wrongInTheBooks(owner),
  } satisfies Town);
  await Promise.all([town.web.ready(), town.worker.ready()]);

  for (const [handle, { app = "first", notInstalled }] of Object.entries(shops)) {
    if (app === "second") await addApp(owner, { ...apps.second, shop: `${handle}.myshopify.com`, distribution: "custom" });
    const shop = openTownShop(town, { handle, app: apps[app] });
    opened.set(handle, shop);
    if (notInstalled) continue;
    await shop.install().catch((error: Error) => fail(`${error.message}\n${town.web.said().slice(-3000)}`));
    await shop.liveSinceYesterday();
  }
  await settled(town);
}

const newApp = (handle: string): TownApp => ({
  handle,
  apiKey: randomBytes(16).toString("hex"),
  secret: `shpss_${randomBytes(16).toString("hex")}`,
});

const withCrash = (env: Record<string, string>, crashAt: string | undefined) => (crashAt ? { ...env, LAUREL_CRASH_AT: crashAt } : env);

const fail = (sentence: string): never => {
  throw new Error(sentence);
};

function environmentOf(known: {
  sandbox: RunningSandbox;
  app: TownApp;
  ports: { app: number; worker: number };
  databaseUrl: string;
  more: Record<string, string> | undefined;
}): Record<string, string> {
  return {
    NODE_ENV: "development",
    DATABASE_URL: known.databaseUrl,
    SHOPIFY_API_KEY: known.app.apiKey,
    SHOPIFY_API_SECRET: known.app.secret,
    SHOPIFY_APP_URL: `http://127.0.0.1:${known.ports.app}`,
    SHOPIFY_APP_HANDLE: known.app.handle,
    SHOPIFY_APP_DISTRIBUTION: "public",
    LAUREL_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    HOST: "127.0.0.1",
    PORT: String(known.ports.app),
    WORKER_PORT: String(known.ports.worker),
    SANDBOX_URL: known.sandbox.url,
    APP_BRIDGE_URL: `${known.sandbox.url}/app-bridge.js`,
    LOG_LEVEL: "info",
    ...known.more,
  };
}

// A job that was tried and comes again counts as due, and one that is being worked on too, and those that are put
// off by a second or two. Others wait for their time, which is a matter of the test.
const due = `attempts < max_attempts and (run_at <= now() or attempts > 0 or task_identifier in ('publish-cards', 'release-reward', 'fill-mirror', 'refresh-products', 'refresh-collection'))`;
const left = `
  select (select count(*) from inbox where state = 'waiting' and program_id is not null)::int as inbox,
    (select count(*) from graphile_worker.jobs where ${due})::int as jobs`;

async function settled(town: Town): Promise<void> {
  let said = "";
  let quiet = 0;
  const isQuiet = async () => {
    const { waiting } = await town.sandbox.settle(1);
    const [row] = (await town.owner.query<{ inbox: number; jobs: number }>(left)).rows;
    said = `${waiting} webhooks on their way, ${row?.inbox} in the inbox, ${row?.jobs} jobs`;
    // Twice in a row, for a job may cause a webhook and a webhook a job.
    quiet = waiting + (row?.inbox ?? 1) + (row?.jobs ?? 1) === 0 ? quiet + 1 : 0;
    return quiet >= 2;
  };
  await until("everything is settled", isQuiet, 75_000).catch(async (error: Error) => {
    const { rows } = await town.owner.query(
      `select task_identifier, attempts, run_at, locked_by, last_error from graphile_worker.jobs where ${due} limit 5`,
    );
    throw new Error(`${error.message} Left: ${said}. ${JSON.stringify(rows)}\n${town.worker.said().slice(-2000)}`);
  });
}

async function moveClock(town: Town, move: { advance: string } | { reset: true }, processes: string[]): Promise<void> {
  const { offsetMs } = await town.control<{ offsetMs: number }>("/clock", move);
  const follows = async (process: string) => {
    const answer = await fetch(`${process}/healthz`).catch(() => undefined);
    const { now } = ((await answer?.json()) ?? { now: 0 }) as { now: string };
    return Math.abs(Date.parse(now) - Date.now() - offsetMs) < 5000;
  };
  for (const process of processes) await until("the app follows the sandbox's clock", () => follows(process));
}
