import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AdminRefused, openAdmin, ShopGone, UnknownOutcome } from "../../app/shopify/admin.ts";

type Answer = (request: IncomingMessage, response: ServerResponse, body: { query: string; variables: unknown }) => void;

let server: Server;
let answers: Answer[];
let asked: { token: string | undefined; query: string }[];

// A Shopify that answers as the test says, in turn; the last answer stays.
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      const body = JSON.parse(text);
      asked.push({ token: request.headers["x-shopify-access-token"] as string, query: body.query });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(request, response, body);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  asked = [];
});

const say =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response
      .writeHead(status, { "content-type": "application/json", ...headers })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  };
const good = say(200, { data: { shop: { id: 1 } } });
const hangUp: Answer = (request) => void request.socket.destroy();
const silence: Answer = () => undefined;
const throttled = (available: number) =>
  say(200, {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: {
      cost: { requestedQueryCost: 150, throttleStatus: { currentlyAvailable: available, restoreRate: 50, maximumAvailable: 1000 } },
    },
  });

function open(script: Answer[], options: { patienceMs?: number } = {}) {
  answers = [...script];
  const waits: number[] = [];
  const tokens: (string | undefined)[] = [];
  const { port } = server.address() as AddressInfo;
  const admin = openAdmin({
    shop: "a-shop.myshopify.com",
    apiVersion: "2026-10",
    token: async (refused) => {
      tokens.push(refused);
      return { accessToken: `token ${tokens.filter(Boolean).length}` };
    },
    fetch: (address, init) => fetch(String(address).replace("https://a-shop.myshopify.com", `http://127.0.0.1:${port}`), init),
    sleep: async (ms) => void waits.push(ms),
    timeoutMs: 150,
    ...options,
  });
  return { admin, waits, tokens };
}

const query = "#graphql\n  query Shop { shop { id } }";
const mutation = "#graphql\n  # why\n  mutation Make { make { id } }";

test("an answer is handed on, asked at the version's address with the token", async () => {
  const seen: string[] = [];
  const { admin } = open([
    (request, response, body) => {
      seen.push(`${request.method} ${request.url}`);
      good(request, response, body);
    },
  ]);
  expect(await admin.call(query)).toEqual({ shop: { id: 1 } });
  expect(seen).toEqual(["POST /admin/api/2026-10/graphql.json"]);
  expect(asked).toEqual([{ token: "token 0", query }]);
});

test.each([
  ["a query", query],
  ["a mutation", mutation],
])("%s that is throttled, which comes as HTTP 200, waits until there is enough again", async (_, document) => {
  const { admin, waits } = open([throttled(50), throttled(149), good]);
  expect(await admin.call(document)).toEqual({ shop: { id: 1 } });
  expect(waits).toEqual([2000, 100]);
});

test.each([429, 503])("HTTP %i waits as long as Shopify says, in seconds", async (status) => {
  const { admin, waits } = open([say(status, "busy", { "retry-after": "2.0" }), say(status, "busy"), good]);
  expect(await admin.call(mutation)).toEqual({ shop: { id: 1 } });
  expect(waits).toEqual([2000, 1000]);
});

test("who stays busy past our patience is given up, as an error that a job repeats", async () => {
  const { admin } = open([say(503, "busy")], { patienceMs: 500 });
  const failed = await admin.call(mutation).catch((error: Error) => error);
  expect(failed).toBeInstanceOf(Error);
  expect(failed).not.toBeInstanceOf(UnknownOutcome);
  expect((failed as Error).message).toMatch(/HTTP 503/);
});

test("a token that is refused is renewed once, and not again for the same call", async () => {
  const { admin, tokens } = open([say(401, {}), say(503, "busy"), throttled(149), good]);
  expect(await admin.call(query)).toEqual({ shop: { id: 1 } });
  expect(asked.map((one) => one.token)).toEqual(["token 0", "token 1", "token 1", "token 1"]);
  expect(tokens.filter(Boolean)).toEqual(["token 0"]);
});

test("a shop that refuses the renewed token too is gone", async () => {
  const { admin } = open([say(401, {})]);
  await expect(admin.call(query)).rejects.toThrow(ShopGone);
  expect(asked).toHaveLength(2);
});

test.each([402, 403, 404, 423])("HTTP %i says that the shop is gone", async (status) => {
  const { admin } = open([say(status, "{}")]);
  await expect(admin.call(mutation)).rejects.toThrow(ShopGone);
  expect(asked).toHaveLength(1);
});

test.each<[string, Answer]>([
  ["a closed connection", hangUp],
  ["silence", silence],
  ["HTTP 500", say(500, "{}")],
  ["HTTP 502", say(502, "<html>")],
  ["an answer that is no JSON", say(200, "<html>")],
])("after %s a mutation's outcome is unknown and it is not sent again, while a query is", async (_, lost) => {
  const making = open([lost, good]);
  await expect(making.admin.call(mutation)).rejects.toThrow(UnknownOutcome);
  expect(asked).toHaveLength(1);

  asked = [];
  const asking = open([lost, lost, good]);
  expect(await asking.admin.call(query)).toEqual({ shop: { id: 1 } });
  expect(asking.waits).toEqual([250, 500]);
});

test("a query that stays unanswered is an error in the end", async () => {
  const { admin } = open([hangUp], { patienceMs: 400 });
  await expect(admin.call(query)).rejects.toThrow(/could not be asked/);
});

test("what Shopify refuses by the document is not asked again", async () => {
  const { admin } = open([say(200, { errors: [{ message: "Field 'x' doesn't exist", extensions: { code: "undefinedField" } }] })]);
  await expect(admin.call(mutation)).rejects.toMatchObject({ name: "AdminRefused", code: "undefinedField" });
  expect(asked).toHaveLength(1);
});

test("where single fields are not granted, the rest is good", async () => {
  const denied = { message: "Access denied for email", extensions: { code: "ACCESS_DENIED" } };
  const { admin } = open([say(200, { data: { customer: { id: 1, email: null } }, errors: [denied] })]);
  expect(await admin.call(query)).toEqual({ customer: { id: 1, email: null } });
  const nothing = open([say(200, { data: null, errors: [denied] })]);
  await expect(nothing.admin.call(query)).rejects.toThrow(AdminRefused);
});

test("a redirect is not followed with our token", async () => {
  const { admin } = open([say(302, "", { location: "http://127.0.0.1:1/elsewhere" })]);
  await expect(admin.call(mutation)).rejects.toThrow(UnknownOutcome);
});
