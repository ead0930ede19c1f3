import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
let server: Server;
let port: number;
/** How many bytes of a body the app was handed. */
let handed = 0;

beforeAll(async () => {
  Object.assign(process.env, {
    NODE_ENV: "test",
    DATABASE_URL: at.url,
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "the app's secret",
    SHOPIFY_APP_URL: "https://app.test",
    LAUREL_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    LOG_LEVEL: "silent",
  });
  const { web } = await import("../../app/web.server.ts");
  server = createServer(web({ build: build(), clientFolder: "/nowhere", ready: () => true }));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
  return async () => {
    const { closeDatabase, ownerPool } = await import("../../app/db.server.ts");
    await closeDatabase();
    await ownerPool().end();
  };
});
afterAll(() => void server.close());

// The smallest app: one address with somebody's data, one that says itself how long it is kept, one that is sent much.
function build() {
  const route = (id: string, path: string, module: object) => ({
    id,
    parentId: undefined,
    path,
    module: { default: undefined, ...module },
  });
  const routes = [
    route("routes/data", "data", { loader: () => Response.json({ email: "ann@example.com" }) }),
    route("routes/kept", "kept", { loader: () => new Response("", { headers: { "cache-control": "private, no-cache" } }) }),
    route("routes/take", "take", {
      action: async ({ request }: { request: Request }) => {
        for await (const piece of request.body as unknown as AsyncIterable<Uint8Array>) handed += piece.length;
        return new Response("taken");
      },
    }),
  ];
  return {
    routes: Object.fromEntries(routes.map((one) => [one.id, one])),
    entry: { module: { default: () => new Response("page") } },
    assets: { routes: {}, entry: { imports: [], module: "" }, url: "", version: "" },
    publicPath: "/",
    assetsBuildDirectory: "",
    future: {},
    mode: "test",
    isSpaMode: false,
    // biome-ignore lint/suspicious/noExplicitAny: a build that Vite would write, cut down to what is asked here
  } as any;
}

/** Sends these bytes and gives what came back until the connection ended. */
function send(...pieces: (string | Buffer)[]): Promise<string> {
  return new Promise((done) => {
    let heard = "";
    const socket = connect(port, "127.0.0.1");
    socket.on("data", (piece) => {
      heard += piece;
    });
    socket.on("error", () => undefined);
    socket.on("close", () => done(heard));
    for (const piece of pieces) socket.write(piece);
  });
}

const get = (path: string, headers: Record<string, string> = {}) =>
  send(
    `GET ${path} HTTP/1.1\r\n${Object.entries({ host: "app.test", connection: "close", ...headers })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("")}\r\n`,
  );
const statusOf = (answer: string): number => Number(answer.split(" ")[1]);

test("data of somebody's is kept by nobody on the way, unless it says otherwise itself", async () => {
  expect((await fetch(`http://127.0.0.1:${port}/data`)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`http://127.0.0.1:${port}/nothing`)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`http://127.0.0.1:${port}/kept`)).headers.get("cache-control")).toBe("private, no-cache");
});

test("an address that cannot be read is the asker's mistake", async () => {
  expect(statusOf(await get("/data", { host: "a b" }))).toBe(400);
  expect(statusOf(await get("/data", { host: "[::" }))).toBe(400);
  expect(statusOf(await get("/data", { "x-forwarded-host": "a b" }))).toBe(400);
  expect(statusOf(await get("/data", { host: "app.test:99999" }))).toBe(400);
});

test("a body in pieces that never ends is cut where a long one is refused", async () => {
  const megabyte = Buffer.alloc(1024 * 1024, "x");
  const pieces = Array.from({ length: 40 }, () => [`${megabyte.length.toString(16)}\r\n`, megabyte, "\r\n"]).flat();
  const answer = await send("POST /take HTTP/1.1\r\nhost: app.test\r\ntransfer-encoding: chunked\r\n\r\n", ...pieces, "0\r\n\r\n");
  expect(answer).not.toContain("taken");
  expect(handed).toBeLessThanOrEqual(25 * 1024 * 1024);

  handed = 0;
  const small = await send(
    "POST /take HTTP/1.1\r\nhost: app.test\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
  );
  expect([statusOf(small), handed]).toEqual([200, 5]);
});

test("metrics are not for whom a proxy on this machine speaks for", async () => {
  expect(statusOf(await get("/metrics"))).toBe(200);
  for (const name of ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via", "cf-connecting-ip"])
    expect([name, statusOf(await get("/metrics", { [name]: "127.0.0.1" }))]).toEqual([name, 401]);
});

test("a log line of a refused row does not quote the row", () => {
  const script = `
    const { log } = await import(${JSON.stringify(new URL("../../app/log.server.ts", import.meta.url).href)});
    const refused = Object.assign(new Error("violates a check"), { code: "23514", detail: "Failing row contains (Ann, ann@example.com).", where: "COPY member: ann@example.com" });
    log.error({ err: refused }, "failed");`;
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, LOG_LEVEL: "info" },
  }).toString();
  expect(said).toContain("violates a check");
  expect(said).not.toContain("ann@example.com");
});
