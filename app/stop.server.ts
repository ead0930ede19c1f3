import { log } from "./log.server.ts";

/**
 * Calls `stop` once, when the process is asked to end: by a signal, or because the process that started it over an
 * IPC channel is gone. What takes longer than the given time is cut off, so that nobody has to kill us.
 */
export function onStop(stop: () => Promise<void>, withinMs = 15_000): void {
  let asked = false;
  const ask = (why: string) => {
    if (asked) return;
    asked = true;
    log.info({ why }, "stopping");
    setTimeout(() => {
      log.error("stopping took too long");
      process.exit(1);
    }, withinMs).unref();
    stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => ask(signal));
  if (process.channel) {
    process.once("disconnect", () => ask("the process that started this one is gone"));
    // Listening alone would keep the process alive.
    process.channel.unref();
  }
}
