import { Worker } from "node:worker_threads";
import type { Address, Scope } from "../../db/database.ts";
import type { PastQuestion } from "./backtest-world.ts";
import type { Judge } from "./judge-past.ts";

/** What a thread is started with. */
export type ThreadWish = { address: Address; scope: Scope; snapshot: string; question: PastQuestion };

/** What a thread is asked: one thing after another. Without a name it has done its work. */
export type Asked = { [Name in keyof Judge]: { name: Name; given: Parameters<Judge[Name]> } }[keyof Judge] | { name: null };

type Thread = { judge: Judge; end: () => Promise<void>; stop: () => Promise<unknown> };

/**
 * Has judges work in threads of their own, each over a connection of its own, all seeing one snapshot. A thread that
 * dies fails what it was asked, and so the whole; none is left behind.
 */
export async function judgeInThreads<T>(threads: number, wish: ThreadWish, work: (judges: Judge[]) => Promise<T>): Promise<T> {
  const all = Array.from({ length: threads }, () => startThread(wish));
  try {
    const result = await work(all.map((one) => one.judge));
    await Promise.all(all.map((one) => one.end()));
    return result;
  } finally {
    await Promise.all(all.map((one) => one.stop()));
  }
}

function startThread(wish: ThreadWish): Thread {
  const worker = new Worker(new URL("./backtest-thread.ts", import.meta.url), {
    workerData: wish,
    name: "backtest",
    // Flags of this process, such as a test runner's, are not for it.
    execArgv: [],
    // What is read lives for one share: with room for it, little of it is ever moved to where the old things are.
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  let waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | null = null;
  let dead: Error | null = null;
  const died = (why: string, cause?: unknown) => {
    dead ??= new Error(`A thread that judged the past ended by itself: ${why}`, { cause });
    waiting?.reject(dead);
  };
  worker.on("message", (answer) => waiting?.resolve(answer));
  worker.on("error", (error) => died(error instanceof Error ? error.message : String(error), error));
  worker.on("exit", (code) => died(`it exited with ${code}.`));

  const ask = async (asked: Asked): Promise<unknown> => {
    if (dead) throw dead;
    return new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      worker.postMessage(asked);
    });
  };
  const judge: Judge = {
    begin: (...given) => ask({ name: "begin", given }) as ReturnType<Judge["begin"]>,
    judge: (...given) => ask({ name: "judge", given }) as ReturnType<Judge["judge"]>,
    part: (...given) => ask({ name: "part", given }) as ReturnType<Judge["part"]>,
    demands: (...given) => ask({ name: "demands", given }) as ReturnType<Judge["demands"]>,
  };
  return { judge, end: async () => void (await ask({ name: null })), stop: () => worker.terminate() };
}
