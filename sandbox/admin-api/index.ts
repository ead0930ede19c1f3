// What Shopify answers at /admin/api/<version>/graphql.json.

import { json, type Request, type Response, Router } from "express";
import { spendToken } from "../oauth.ts";
import { type Fault, installedApp, type ShopState, shopByDomain, type World } from "../store.ts";
import { answer, type GraphqlRequest, throttled } from "./answer.ts";
import type { Ask } from "./ask.ts";
import { giveBack } from "./bucket.ts";
import { adminSchema } from "./schema.ts";

/** Callers wait this long for an answer that a "timeout" fault keeps back. */
const neverMillis = 120_000;

export function adminApi(world: World): Router {
  const router = Router();
  router.post("/admin/api/:version/graphql.json", json({ limit: "4mb", type: () => true }), (request, response, next) => {
    respond(world, request, response).catch(next);
  });
  router.get("/admin/bulk-operations/:file", (request, response) => {
    const operation = shopByDomain(world, request.headers.host ?? "")?.bulkOperations.get(
      String(request.params.file).replace(".jsonl", ""),
    );
    if (operation?.status !== "COMPLETED") return void response.status(404).end();
    response.type("application/jsonl").send(operation.jsonl);
  });
  return router;
}

async function respond(world: World, request: Request, response: Response): Promise<void> {
  const started = performance.now();
  const state = shopByDomain(world, request.headers.host ?? "");
  if (!state) return void response.status(404).json({ errors: "Not Found" });
  const asked = (request.body ?? {}) as GraphqlRequest;
  const note = (status: number, { operation, cost, error }: { operation: string | null; cost: number; error: string | null }) =>
    noteCall(world, state, { operation, cost, error, status, millis: Math.round(performance.now() - started) });

  if (state.latencyMs > 0) await pause(state.latencyMs);
  const version = String(request.params.version);
  response.setHeader("X-Shopify-API-Version", version);
  const operation = operationOf(asked);
  const fault = takeFault(world, state, asked);
  if (fault && fault.how !== "unknown") {
    note(faultStatus[fault.how], { operation, cost: 0, error: `fault: ${fault.how}` });
    return fail(state, response, fault.how);
  }

  const ask = askOf(world, state, request, version);
  if (!ask) {
    note(401, { operation, cost: 0, error: "401" });
    return void response.status(401).json({ errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" });
  }
  const answered = answer(ask, asked);
  const error = answered.answer.errors?.[0]?.message ?? null;
  note(200, { operation: answered.operation ?? operation, cost: answered.cost, error });
  // Unknown outcome: the work is done and nobody hears of it.
  if (fault) return void response.destroy();
  response.json(answered.answer);
}

function askOf(world: World, state: ShopState, request: Request, version: string): Ask | null {
  const token = spendToken(world, state, String(request.headers["x-shopify-access-token"] ?? ""));
  const app = installedApp(world, state);
  if (!token || !app) return null;
  return askAs(world, state, version);
}

/** The asker of a shop's installed app, for calls that do not come over HTTP. */
export function askAs(world: World, state: ShopState, version: string): Ask {
  const app = installedApp(world, state);
  if (!app) throw new Error(`No app is installed in ${state.shop.handle}.`);
  return { world, state, shop: state.shop, app, schema: adminSchema(), scopes: new Set(state.shop.installation?.scopes), version };
}

const faultStatus = { "500": 500, timeout: 504, throttled: 200, "429": 429, "401": 401 } as const;

function fail(state: ShopState, response: Response, how: Exclude<Fault["how"], "unknown">): void {
  if (how === "timeout") {
    const timer = setTimeout(() => response.destroy(), neverMillis);
    timer.unref();
    response.on("close", () => clearTimeout(timer));
  } else if (how === "throttled") response.json(throttled(12, { ...giveBack(state, 0), currentlyAvailable: 2 }));
  else if (how === "429") response.status(429).setHeader("Retry-After", "1.0").json({ errors: "Too Many Requests" });
  else if (how === "401")
    response.status(401).json({ errors: "[API] Invalid API key or access token (unrecognized login or wrong password)" });
  else response.status(500).json({ errors: "Internal Server Error" });
}

function takeFault(world: World, state: ShopState, asked: GraphqlRequest): Fault | undefined {
  const fault = state.faults.find((one) => one.next > 0 && (one.operation === undefined || asksFor(asked, one.operation)));
  if (!fault) return undefined;
  fault.next -= 1;
  if (fault.next === 0) state.faults = state.faults.filter((one) => one !== fault);
  world.changed(state.shop.handle, "faults");
  return fault;
}

/** A fault may name the operation or any field of it, such as discountCodeBasicCreate. */
const asksFor = ({ query, operationName }: GraphqlRequest, name: string): boolean =>
  operationName === name || (typeof query === "string" && query.split(/\W+/).includes(name));

/** The name of the operation, else of its first field. */
function operationOf({ query, operationName }: GraphqlRequest): string | null {
  if (typeof operationName === "string" && operationName !== "") return operationName;
  if (typeof query !== "string") return null;
  return /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? /\{\s*(\w+)/.exec(query)?.[1] ?? null;
}

function noteCall(world: World, state: ShopState, call: Omit<ShopState["calls"][number], "at">): void {
  state.calls.push({ at: world.clock.now().toISOString(), ...call });
  if (state.calls.length > 500) state.calls.splice(0, state.calls.length - 500);
  world.changed(state.shop.handle, "calls");
}

const pause = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
