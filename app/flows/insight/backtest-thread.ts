import { on } from "node:events";
import { parentPort, workerData } from "node:worker_threads";
import { inSnapshotOf } from "../../db/transaction.ts";
import type { Asked, ThreadWish } from "./judge-in-threads.ts";
import { openJudge } from "./judge-past.ts";

// A thread that judges some of the past: started by judge-in-threads.ts, it does what it is asked. What it throws ends it.
const { address, scope, snapshot, question } = workerData as ThreadWish;
const port = parentPort;
if (!port) throw new Error("This runs in a thread.");

await inSnapshotOf({ snapshot, address, scope, name: "laurel backtest" }, async (tx) => {
  const messages = on(port, "message");
  const judge = await openJudge(tx, question);
  for await (const [asked] of messages as AsyncIterable<[Asked]>) {
    if (asked.name === null) break;
    port.postMessage(await (judge[asked.name] as (...given: unknown[]) => Promise<unknown>)(...asked.given));
  }
});
port.postMessage(null);
port.close();
