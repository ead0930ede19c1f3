import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export type Child = {
  name: string;
  pid: () => number;
  stop: () => Promise<void>;
};

export type ChildPlan = {
  name: string;
  arguments: string[];
  env: Record<string, string | undefined>;
  logFile: string;
  /** A process that was killed or asked to end comes back, as under any supervisor; one that fails by itself does not. */
  comesBack: boolean;
  /** It ended and stays so. */
  ended: (why: string) => void;
  cameBack: (why: string) => void;
};

const patienceMs = 15_000;
const mostReturns = 20;

/** One process of the demo. It has a group of its own, so that Ctrl-C is ours to pass on in order, and ends when we do. */
export function startChild(plan: ChildPlan): Child {
  const log = openSync(plan.logFile, "w", 0o600);
  let stopping = false;
  let returns = 0;
  let current = start();

  function start(): ChildProcess {
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...plan.arguments], {
      env: plan.env as NodeJS.ProcessEnv,
      stdio: ["ignore", log, log, "ipc"],
      detached: true,
    });
    // The channel only tells the child that we are still there.
    child.channel?.unref();
    child.once("exit", (code, signal) => {
      if (stopping) return;
      const why = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      if (plan.comesBack && (signal || code === 0) && returns < mostReturns) {
        returns += 1;
        current = start();
        plan.cameBack(why);
        return;
      }
      plan.ended(`${why}. It last said:\n${lastLines(plan.logFile)}`);
    });
    child.once("error", (error) => plan.ended(`could not be started: ${error.message}`));
    return child;
  }

  return {
    name: plan.name,
    pid: () => current.pid ?? 0,
    async stop() {
      stopping = true;
      await ended(current);
      closeSync(log);
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  child.kill("SIGTERM");
  const cut = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await gone;
  clearTimeout(cut);
}

const lastLines = (file: string): string =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .slice(-15)
    .map((line) => `    ${line}`)
    .join("\n");
