import { sayWhereToClick } from "./demo/describe.ts";
import { readOptions, usage } from "./demo/options.ts";
import { type Demo, runningDemo, startDemo } from "./demo/start.ts";

const began = performance.now();
const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
const say = (line: string) => console.log(`  ${seconds().padStart(5)} s  ${line}`);

/** Somebody asked for the end: nothing is wrong. */
class Asked extends Error {}

const over = new AbortController();
let demo: Demo | undefined;
let ending = false;

// While it is starting, startDemo ends what it had begun; afterwards this does.
async function end(reason: Error): Promise<void> {
  if (ending) return;
  ending = true;
  if (!(reason instanceof Asked)) console.error(`\n  ${reason.message}`);
  console.log("\n  Stopping …");
  if (!demo) return over.abort(reason);
  await demo.stop();
  process.exit(reason instanceof Asked ? 0 : 1);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") return console.log(usage);
  const other = runningDemo(options.file);
  if (other) throw new Error(`Laurel's demo is running already, as process ${other}; ${options.file} has its addresses.`);

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(new Asked(signal)));
  endWithNpm();
  console.log("\n  Laurel: a database, a Shopify to run against, the app, its worker and a year of history\n");
  demo = await startDemo(options, { say, broken: (why) => void end(new Error(why)), signal: over.signal });
  console.log(sayWhereToClick(demo.description, seconds()));
}

// npm started us through a shell, which may die of a signal without passing it on.
function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(new Asked("npm ended"));
  }, 500).unref();
}

main().catch((error: unknown) => {
  // What broke a part while it was starting has been said already.
  if (!ending) console.error(`\n  ${error instanceof Error ? error.message : error}\n`);
  process.exit(error instanceof Asked ? 0 : 1);
});
