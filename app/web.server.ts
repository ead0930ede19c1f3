import { randomUUID } from "node:crypto";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from "express";
import { env } from "./env.server.ts";
import { answerHealth } from "./health.server.ts";
import { log } from "./log.server.ts";
import { counted } from "./metrics.server.ts";
import { inSandboxAdmin } from "./sandbox-dispatch.server.ts";
import { staticFiles } from "./static-files.server.ts";
import { receiveWebhook } from "./webhooks.server.ts";

export type Web = { build: ServerBuild | (() => Promise<ServerBuild>); clientFolder: string; ready: () => boolean };

/** Everything that is asked over HTTP. Webhooks are answered ahead of Remix: they come by the thousand and need no page. */
export function web({ build, clientFolder, ready }: Web): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", "loopback, linklocal, uniquelocal");

  app.use((request, response, next) => {
    if (!answerHealth(request, response, ready)) next();
  });
  app.use(observed, secured);
  if (env().SANDBOX_URL) app.use(towardsSandbox(new URL(env().SANDBOX_URL as string).origin));
  app.post("/webhooks/*", express.raw({ type: () => true, limit: "5mb" }), webhook);
  app.all("/webhooks/*", (_, response) => void response.status(405).set("allow", "POST").end());
  app.use(staticFiles(clientFolder));
  app.use(notTooLarge, keptByNobody, createRequestHandler({ build, mode: env().NODE_ENV === "production" ? "production" : "development" }));
  app.use(failed);
  return app;
}

const webhook: RequestHandler = async (request, response, next) => {
  try {
    // A delivery without a body leaves an empty object here.
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { status } = await receiveWebhook(request.headers, body);
    response.status(status).end();
  } catch (error) {
    next(error);
  }
};

const kinds = [
  ["/webhooks/", "webhook"],
  ["/proxy", "proxy"],
  ["/auth", "auth"],
  ["/assets/", "asset"],
] as const;

// One line a request. Addresses lose their query: it may carry a search for a name, and signatures.
const observed: RequestHandler = (request, response, next) => {
  const began = performance.now();
  const id = randomUUID();
  const kind = kinds.find(([start]) => request.path.startsWith(start))?.[1] ?? "page";
  response.setHeader("x-request-id", id);
  response.once("close", () => {
    const ms = Math.round(performance.now() - began);
    counted.request(kind, request.method, response.statusCode, ms / 1000);
    const line = { id, method: request.method, path: request.path, status: response.statusCode, ms };
    if (response.statusCode >= 500) log.error(line, "request");
    else if (kind === "asset" || kind === "webhook") log.debug(line, "request");
    else log.info(line, "request");
  });
  next();
};

const secured: RequestHandler = (_, response, next) => {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  response.setHeader("cross-origin-resource-policy", "same-site");
  if (env().NODE_ENV === "production") response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  next();
};

// Uploads are CSV files of opening balances; 100,000 rows are about 5 MB.
const largest = 25 * 1024 * 1024;
const notTooLarge: RequestHandler = (request, response, next) => {
  if (Number(request.headers["content-length"] ?? 0) > largest)
    return void response.status(413).set("connection", "close").end("This is too large.");
  // A body that comes in pieces does not tell its length: it is counted as it comes, and cut.
  let heard = 0;
  const push = request.push;
  request.push = function (this: typeof request, piece: Buffer | null, ...more: []) {
    heard += piece?.length ?? 0;
    if (heard <= largest) return push.call(this, piece, ...more);
    request.destroy();
    return false;
  };
  next();
};

// Pages and their data are somebody's own, unless they say otherwise themselves.
const keptByNobody: RequestHandler = (_, response, next) => {
  beforeHead(response, () => {
    if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "no-store");
  });
  next();
};

/** The last moment at which headers can be changed, whoever set them. */
function beforeHead(response: Response, change: () => void): void {
  const write = response.writeHead;
  response.writeHead = function (this: Response, ...args: unknown[]) {
    change();
    return write.apply(this, args as Parameters<typeof write>);
  } as typeof write;
}

function towardsSandbox(origin: string): RequestHandler {
  return (_, response, next) => {
    beforeHead(response, () => {
      for (const name of ["location", "x-shopify-api-request-failure-reauthorize-url"]) {
        const to = response.getHeader(name);
        if (typeof to === "string") response.setHeader(name, inSandboxAdmin(to, origin));
      }
    });
    next();
  };
}

// The last resort: what arrives here is our bug or a broken request, and neither is explained to strangers.
const failed: ErrorRequestHandler = (error: { status?: number; code?: string; message?: string }, request, response, next) => {
  // The address is put together from headers that anybody can send.
  const said = error.code === "ERR_INVALID_URL" ? 400 : error.status;
  const status = said && said >= 400 && said < 500 ? said : 500;
  if (status === 500) log.error({ err: error, path: request.path }, "request failed");
  if (response.headersSent) return next(error);
  response
    .status(status)
    .type("text")
    .end(status === 500 ? "Something went wrong on our side." : "This request could not be read.");
};
