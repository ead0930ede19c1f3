import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import type { Description } from "../../scripts/demo/describe.ts";
import { removePostgres } from "../../scripts/embedded-postgres.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type RunningDemo = {
  /** What .demo.json says, as it stands now: a process that came back has another id. */
  description: Description;
  said: () => string;
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

export type DemoWish = { directory?: string; orders?: number | "none"; env?: Record<string, string> };

/** Starts the whole of Laurel as `npm run demo` does, aside from any other that runs. */
export async function runDemo({ directory, orders = "none", env = {} }: DemoWish = {}): Promise<RunningDemo> {
  const home = directory ?? mkdtempSync(join("/var/tmp", "laurel-demo-"));
  const file = join(home, "addresses.json");
  rmSync(file, { force: true });
  const past = orders === "none" ? ["--no-history"] : ["--orders", String(orders)];
  // A demo of a test has its own database, whatever the environment of the tests names.
  const { DATABASE_URL: _, NODE_ENV: __, ...around } = process.env;
  const child = spawn(
    process.execPath,
    [join(root, "scripts/demo.ts"), "--directory", join(home, "data"), "--file", file, "--any-ports", ...past],
    { cwd: root, env: { ...around, ...env } as NodeJS.ProcessEnv, stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));

  const deadline = Date.now() + 150_000;
  while (!existsSync(file) || readFileSync(file, "utf8").trim() === "") {
    if (child.exitCode !== null) throw new Error(`The demo ended while it was starting:\n${said}`);
    if (Date.now() > deadline) {
      child.kill("SIGTERM");
      throw new Error(`The demo was not ready after two and a half minutes:\n${said}`);
    }
    await new Promise((go) => setTimeout(go, 100));
  }
  return {
    get description() {
      return JSON.parse(readFileSync(file, "utf8")) as Description;
    },
    said: () => said,
    stop: async (signal = "SIGTERM") => {
      const code = await ended(child, signal);
      if (!directory) {
        await removePostgres(join(home, "data", "postgres"));
        rmSync(home, { recursive: true, force: true });
      }
      return code;
    },
  };
}

/** A demo for a test file. */
export function useDemo(wish: DemoWish = {}): { running: () => RunningDemo } {
  let demo: RunningDemo | undefined;
  beforeAll(async () => {
    demo = await runDemo(wish);
  });
  afterAll(async () => {
    await demo?.stop();
  });
  return {
    running: () => {
      if (!demo) throw new Error("The demo is not running yet.");
      return demo;
    },
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((done) => child.once("exit", (code) => done(code)));
  child.kill(signal);
  return gone;
}
