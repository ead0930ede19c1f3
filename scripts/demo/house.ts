import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";
import type { DemoApp, Secrets } from "./secrets.ts";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export type Ports = { app: number; worker: number; sandbox: number; storefront: number };

/** What the web and the worker process are told; the same settings as in production, and the sandbox. */
export function appEnvironment(secrets: Secrets, ports: Ports, databaseUrl: string): Record<string, string> {
  const [app] = secrets.apps;
  return {
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: app.apiKey,
    SHOPIFY_API_SECRET: app.secret,
    SHOPIFY_APP_URL: `http://127.0.0.1:${ports.app}`,
    SHOPIFY_APP_HANDLE: app.handle,
    SHOPIFY_APP_DISTRIBUTION: app.distribution,
    LAUREL_ENCRYPTION_KEY: secrets.encryptionKey,
    HOST: "127.0.0.1",
    PORT: String(ports.app),
    WORKER_PORT: String(ports.worker),
    SANDBOX_URL: `http://localhost:${ports.sandbox}`,
    // The library reads this one by itself, for the pages on which it asks for a session token.
    APP_BRIDGE_URL: `http://localhost:${ports.sandbox}/app-bridge.js`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? "info",
  };
}

type Watch = { ended: (name: string, why: string) => void; cameBack: (name: string, why: string) => void };

/** Starts the sandbox: it forgets nothing in its state folder and may begin in the past. */
export function startSandboxProcess(directory: string, secrets: Secrets, ports: Ports, watch: Watch): Child {
  const apps = join(directory, "apps.json");
  const url = `http://127.0.0.1:${ports.app}`;
  writeFileSync(apps, JSON.stringify(secrets.apps.map((app: DemoApp) => ({ ...app, url }))), { mode: 0o600 });
  const flags = ["--port", ports.sandbox, "--storefront-port", ports.storefront, "--state", join(directory, "sandbox"), "--apps", apps];
  const { SANDBOX_URL: _, DATABASE_URL: __, ...env } = process.env;
  return child("sandbox", ["sandbox/main.ts", ...flags.map(String)], { ...env, NODE_ENV: "development" }, directory, false, watch);
}

export const startWeb = (directory: string, env: Record<string, string>, watch: Watch): Child =>
  child("web", ["server.ts"], { ...process.env, ...env }, directory, true, watch);

export const startWorker = (directory: string, env: Record<string, string>, watch: Watch): Child =>
  child("worker", ["app/worker/main.ts"], { ...process.env, ...env }, directory, true, watch);

function child(
  name: string,
  [file, ...flags]: string[],
  env: Record<string, string | undefined>,
  directory: string,
  comesBack: boolean,
  watch: Watch,
): Child {
  mkdirSync(join(directory, "logs"), { recursive: true });
  return startChild({
    name,
    arguments: [join(root, file ?? ""), ...flags],
    env,
    logFile: join(directory, "logs", `${name}.log`),
    comesBack,
    ended: (why) => watch.ended(name, why),
    cameBack: (why) => watch.cameBack(name, why),
  });
}
