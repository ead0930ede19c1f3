/** One shop's Admin API. Documents are validated against the real schema by a test; answers are typed where they are read. */
export type Admin = {
  shop: string;
  call: <T>(document: string, variables?: Record<string, unknown>) => Promise<T>;
};

export type Token = { accessToken: string };

type Options = {
  shop: string;
  apiVersion: string;
  /** A live token; `refused` is the one that Shopify did not take, for which another is wanted. */
  token: (refused: string | undefined) => Promise<Token>;
  fetch?: typeof fetch;
  sleep?: (ms: number) => Promise<void>;
  /** For one try. */
  timeoutMs?: number;
  /** For all tries of one call. */
  patienceMs?: number;
};

/** The request may have been carried out: whoever sees this must look before asking again. */
export class UnknownOutcome extends Error {
  override name = "UnknownOutcome";
}

/** Shopify understood and said no, for a reason that asking again will not change. */
export class AdminRefused extends Error {
  override name = "AdminRefused";
  code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** The shop is gone: uninstalled, frozen or closed. Jobs for it end quietly. */
export class ShopGone extends Error {
  override name = "ShopGone";
}

type GraphQLError = { message: string; extensions?: { code?: string; cost?: unknown } };
type Answer<T> = { data?: T; errors?: GraphQLError[]; extensions?: { cost?: Cost } };
type Cost = { requestedQueryCost: number; throttleStatus: { currentlyAvailable: number; restoreRate: number } };

/**
 * Calls the Admin API and waits out what passes: throttling (which comes as HTTP 200), 429 and 503.
 * A mutation whose answer was lost is not repeated here: only the caller knows how to find what it made.
 * @throws UnknownOutcome, AdminRefused, ShopGone
 */
export function openAdmin(options: Options): Admin {
  const send = options.fetch ?? fetch;
  const sleep = options.sleep ?? ((ms) => new Promise((go) => setTimeout(go, ms)));
  const deadline = () => Date.now() + (options.patienceMs ?? 20_000);

  return {
    shop: options.shop,
    async call<T>(document: string, variables: Record<string, unknown> = {}): Promise<T> {
      const until = deadline();
      const mutates = /^\s*(#.*\n\s*)*mutation\b/.test(document);
      let refused: string | undefined;
      let renewed = false;
      for (let attempt = 0; ; attempt++) {
        const { accessToken } = await options.token(refused);
        // The new token is kept: a later try for another reason does not ask for one more.
        refused = undefined;
        const answer = await attemptOnce(send, options, accessToken, document, variables);
        const wait = waitBefore(answer, attempt, mutates);

        if (answer.kind === "answered" && wait === null) return dataOf<T>(answer.body);
        if (answer.kind === "unauthorized") {
          if (renewed) throw new ShopGone(`${options.shop} no longer accepts our token.`);
          renewed = true;
          refused = accessToken;
          continue;
        }
        if (answer.kind === "gone") throw new ShopGone(`${options.shop} answers ${answer.status}.`);
        if (wait === null || Date.now() + wait > until) {
          if (answer.kind === "answered") return dataOf<T>(answer.body);
          if (mutates && answer.kind === "lost") throw new UnknownOutcome(`${options.shop} did not answer: ${answer.why}`);
          throw new Error(`${options.shop} could not be asked: ${answer.kind === "busy" ? `HTTP ${answer.status}` : answer.why}`);
        }
        await sleep(wait);
      }
    },
  };
}

type Outcome =
  | { kind: "answered"; body: Answer<unknown> }
  | { kind: "unauthorized" }
  | { kind: "gone"; status: number }
  | { kind: "busy"; status: number; afterMs: number }
  | { kind: "lost"; why: string };

async function attemptOnce(
  send: typeof fetch,
  options: Options,
  accessToken: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<Outcome> {
  try {
    const response = await send(`https://${options.shop}/admin/api/${options.apiVersion}/graphql.json`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "x-shopify-access-token": accessToken },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(options.timeoutMs ?? 8000),
      redirect: "error",
    });
    if (response.status === 401) return { kind: "unauthorized" };
    if ([402, 403, 404, 423].includes(response.status)) return { kind: "gone", status: response.status };
    if (response.status === 429 || response.status === 503) {
      return { kind: "busy", status: response.status, afterMs: Number(response.headers.get("retry-after") ?? "1") * 1000 || 1000 };
    }
    if (!response.ok) return { kind: "lost", why: `HTTP ${response.status}` };
    return { kind: "answered", body: (await response.json()) as Answer<unknown> };
  } catch (error) {
    return { kind: "lost", why: error instanceof Error ? error.name : "unknown" };
  }
}

// Milliseconds to wait before another try; null: do not try again.
function waitBefore(outcome: Outcome, attempt: number, mutates: boolean): number | null {
  const backoff = Math.min(250 * 2 ** attempt, 5000);
  switch (outcome.kind) {
    case "busy":
      return Math.max(outcome.afterMs, backoff);
    case "lost":
      return mutates ? null : backoff;
    case "answered":
      return isThrottled(outcome.body) ? untilRestored(outcome.body.extensions?.cost) : null;
    default:
      return null;
  }
}

const isThrottled = (body: Answer<unknown>): boolean => body.errors?.some((error) => error.extensions?.code === "THROTTLED") ?? false;

function untilRestored(cost: Cost | undefined): number {
  if (!cost) return 1000;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return Math.min(10_000, Math.max(100, Math.ceil((missing / Math.max(1, cost.throttleStatus.restoreRate)) * 1000)));
}

function dataOf<T>(body: Answer<unknown>): T {
  const [first] = body.errors ?? [];
  if (first && (body.data === undefined || body.data === null)) throw new AdminRefused(first.message, first.extensions?.code ?? "UNKNOWN");
  // Where a shop has no protected-data approval single fields are refused and the rest is good.
  if (first && first.extensions?.code !== "ACCESS_DENIED") throw new AdminRefused(first.message, first.extensions?.code ?? "UNKNOWN");
  return body.data as T;
}
