import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type Ending = { code: number | null; signal: NodeJS.Signals | null };

/** The web or the worker process of a town, as it is shipped. */
export type TownProcess = {
  pid: number;
  /** How it ended; waits until it has. */
  ended: Promise<Ending>;
  /** Waits until it says that it is ready, or has ended. @throws when neither comes about */
  ready: () => Promise<void>;
  /** What it wrote to its log, with the lines of requests and jobs. */
  said: () => string;
  stop: () => Promise<Ending>;
  /** As by a power cut. */
  kill: () => Promise<Ending>;
};

/** Starts a process that ends when the test does, for it hangs on a channel to it. */
export function startTownProcess(file: string, env: Record<string, string>, readyUrl: string): TownProcess {
  const { LAUREL_CRASH_AT: _, DATABASE_URL: __, ...around } = process.env;
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(root, file)], {
    cwd: root,
    env: { ...around, ...env } as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  let over = false;
  const ended = new Promise<Ending>((done) =>
    // Not "exit": what it said last may still be on its way then.
    child.once("close", (code, signal) => {
      over = true;
      done({ code, signal });
    }),
  );
  const end = async (signal: NodeJS.Signals) => {
    if (!over) child.kill(signal);
    return ended;
  };

  return {
    pid: child.pid ?? 0,
    ended,
    said: () => said,
    ready: async () => {
      const deadline = Date.now() + 90_000;
      while (!over) {
        const answer = await fetch(readyUrl, { signal: AbortSignal.timeout(4000) }).catch(() => undefined);
        if (answer?.ok) return;
        if (Date.now() > deadline) throw new Error(`${file} was not ready after a minute and a half:\n${said.slice(-3000)}`);
        await new Promise((go) => setTimeout(go, 40));
      }
    },
    stop: async () => {
      const cut = setTimeout(() => child.kill("SIGKILL"), 20_000);
      const ending = await end("SIGTERM");
      clearTimeout(cut);
      return ending;
    },
    kill: () => end("SIGKILL"),
  };
}
