import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { followSandboxClock } from "./app/clock.server.ts";
import { closeDatabase, ownerPool } from "./app/db.server.ts";
import { env } from "./app/env.server.ts";
import { log } from "./app/log.server.ts";
import { sendToSandbox } from "./app/sandbox-dispatch.server.ts";
import { onStop } from "./app/stop.server.ts";
import { web } from "./app/web.server.ts";

const buildFile = new URL("./build/server/index.js", import.meta.url);
const clientFolder = fileURLToPath(new URL("./build/client", import.meta.url));

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const { PORT, HOST } = env();
  if (!existsSync(buildFile)) throw new Error("Laurel is not built yet: run `npm run build` first.");
  const build = (await import(buildFile.href)) as ServerBuild;
  sendToSandbox();
  followSandboxClock();

  let stopping = false;
  const server = createServer(web({ build, clientFolder, ready: () => !stopping }));
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  // Longer than a load balancer keeps a connection, so that it is never the one surprised by a closed one.
  server.keepAliveTimeout = 65_000;

  await new Promise<void>((done, fail) => server.once("error", fail).listen(PORT, HOST, done));
  log.info({ port: (server.address() as AddressInfo).port }, "listening");

  onStop(async () => {
    stopping = true;
    const closed = new Promise<void>((done) => server.close(() => done()));
    // Requests under way have ten seconds.
    const cut = setTimeout(() => server.closeAllConnections(), 10_000);
    await closed;
    clearTimeout(cut);
    await closeDatabase();
    await ownerPool().end();
  });
}
