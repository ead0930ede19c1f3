import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import pg from "pg";
import { openProgramme, paidOrder } from "./programme.ts";

const secret = "bench-secret";

/**
 * Signed webhooks that the real server (node server.ts, one process) has answered 200 after commit, a second.
 * The load generator runs beside it on the same machine. Then the 99th percentile at a calm 100 a second.
 */
export async function webhookRate(url: string, seconds: number): Promise<{ perSecond: number; p99AtHundred: number }> {
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  const at = await openProgramme(owner);
  const server = await startServer(url);
  try {
    const before = await stored(owner, at.shop);
    const full = await load(server.port, at.shop, { seconds, connections: 64 });
    const kept = (await stored(owner, at.shop)) - before;
    if (kept < full["2xx"]) throw new Error(`${full["2xx"]} webhooks were acknowledged and only ${kept} are in the inbox.`);
    const calm = await load(server.port, at.shop, { seconds: Math.min(seconds, 5), connections: 8, rate: 100 });
    return { perSecond: full["2xx"] / full.duration, p99AtHundred: calm.latency.p99 };
  } finally {
    server.child.kill("SIGTERM");
    await once(server.child, "exit");
    await owner.query("delete from inbox where shop = $1", [at.shop]);
    await owner.end();
  }
}

async function load(port: number, shop: string, how: { seconds: number; connections: number; rate?: number }): Promise<autocannon.Result> {
  return autocannon({
    url: `http://127.0.0.1:${port}/webhooks/orders`,
    method: "POST",
    connections: how.connections,
    duration: how.seconds,
    ...(how.rate ? { overallRate: how.rate } : {}),
    requests: [
      {
        setupRequest: (request) => {
          const body = paidOrder(5_000);
          const headers = {
            "content-type": "application/json",
            "x-shopify-topic": "orders/paid",
            "x-shopify-shop-domain": shop,
            "x-shopify-api-version": "2026-10",
            "x-shopify-webhook-id": randomUUID(),
            "x-shopify-triggered-at": new Date().toISOString(),
            "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
          };
          return { ...request, headers, body };
        },
      },
    ],
  });
}

async function stored(owner: pg.Pool, shop: string): Promise<number> {
  return (await owner.query("select count(*)::int as n from inbox where shop = $1", [shop])).rows[0].n;
}

async function startServer(url: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ["server.ts"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: url,
      SHOPIFY_API_KEY: "bench",
      SHOPIFY_API_SECRET: secret,
      SHOPIFY_APP_URL: "http://127.0.0.1",
      LAUREL_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((found, failed) => {
    child.once("exit", (code) => failed(new Error(`The server ended with ${code}.`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      const [, said] = /"port":(\d+)/.exec(chunk.toString()) ?? [];
      if (said) found(Number(said));
    });
  });
  return { child, port };
}
