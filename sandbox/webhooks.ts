// Sends webhooks as Shopify does: signed, at least once, again after a failure, in no promised order.
// On request it misbehaves: twice, late, shuffled, dropped and then retried.

import { createHmac } from "node:crypto";
import { Agent, request } from "undici";
import { type Random, seeded } from "./random.ts";
import { type Refused, refuse } from "./refused.ts";
import type { Attempt, Delivery, ShopState } from "./shop-state.ts";
import type { World } from "./store.ts";
import { domainOf } from "./world.ts";

export type Sender = {
  /** Waits until nothing is queued or in flight; says how many were still waiting when time ran out. */
  settle(timeoutMs: number): Promise<{ settled: boolean; waiting: number }>;
  /** The same delivery, same id, once more; answers when the app did. */
  again(state: ShopState, webhookId: string): Promise<Attempt | Refused>;
  /** Lets go of what was held: the named ones one after another in their order, then the rest. */
  release(state: ShopState, order?: string[]): Promise<number>;
  close(): Promise<void>;
};

export type SenderOptions = { retryBaseMs?: number; inFlightPerShop?: number };

const retries = 8;
const mostDrops = 4;
const keptDelivered = 3_000;

export function startSender(world: World, { retryBaseMs = 1000, inFlightPerShop = 10 }: SenderOptions = {}): Sender {
  const agent = new Agent({ connections: 64, connect: { timeout: 1000 }, headersTimeout: 5000, bodyTimeout: 5000 });
  const waiting = new Map<string, Set<string>>();
  const inFlight = new Map<string, number>();
  const chance = new Map<string, { seed: unknown; random: Random }>();
  const alarms = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const randomOf = (state: ShopState): Random => {
    const { handle } = state.shop;
    // A new chaos starts its chance afresh.
    const known = chance.get(handle);
    if (known?.seed === state.chaos) return known.random;
    const random = seeded(state.chaos.seed);
    chance.set(handle, { seed: state.chaos, random });
    return random;
  };
  const busy = (handle: string, change: number) => inFlight.set(handle, (inFlight.get(handle) ?? 0) + change);

  const later = (millis: number, then: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, millis);
    timers.add(timer);
  };

  /** One alarm a shop, at the earliest moment something falls due. */
  const wakeAt = (handle: string, at: number) => {
    const set = alarms.get(handle);
    if (set !== undefined && set <= at && set > Date.now()) return;
    alarms.set(handle, at);
    later(Math.max(1, at - Date.now() + 1), () => {
      // A timer can be early by what the loop was late; the alarm is then set again, for which it must be over.
      if (alarms.get(handle) === at) alarms.delete(handle);
      pump(handle);
    });
  };

  const pump = (handle: string): void => {
    const state = world.shops.get(handle);
    const ids = waiting.get(handle);
    if (closed || !state || !ids) return;
    const now = Date.now();
    let soonest = Number.POSITIVE_INFINITY;
    const due: Delivery[] = [];
    for (const id of ids) {
      const delivery = state.deliveries.get(id);
      if (delivery?.state !== "queued") ids.delete(id);
      else if (delivery.dueAtMs <= now) due.push(delivery);
      else soonest = Math.min(soonest, delivery.dueAtMs);
      if (!state.chaos.shuffle && due.length >= inFlightPerShop) break;
    }
    while (due.length > 0 && (inFlight.get(handle) ?? 0) < inFlightPerShop) {
      const at = state.chaos.shuffle ? Math.floor(randomOf(state)() * due.length) : 0;
      const [delivery] = due.splice(at, 1);
      if (!delivery) break;
      ids.delete(delivery.webhookId);
      void deliver(state, delivery);
    }
    if (soonest < Number.POSITIVE_INFINITY) wakeAt(handle, soonest);
  };

  const deliver = async (state: ShopState, delivery: Delivery): Promise<void> => {
    const { handle } = state.shop;
    busy(handle, 1);
    const random = randomOf(state);
    // Chaos loses a delivery a few times, never for good.
    const dropped = state.chaos.drop > 0 && random() < state.chaos.drop && failures(delivery) < mostDrops;
    const twice = state.chaos.duplicate > 0 && random() < state.chaos.duplicate;
    try {
      const attempt = dropped ? lost(delivery) : await attemptOf(state, delivery);
      if (twice && !dropped) await attemptOf(state, delivery);
      if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
        delivery.state = "delivered";
      } else if (failures(delivery) > retries) {
        delivery.state = "failed";
      } else {
        delivery.dueAtMs = Date.now() + (dropped ? retryBaseMs / 4 : retryBaseMs * 2 ** (failures(delivery) - 1));
        waiting.get(handle)?.add(delivery.webhookId);
      }
      world.changed(handle, "deliveries", delivery.webhookId);
      prune(world, state);
    } finally {
      busy(handle, -1);
      pump(handle);
    }
  };

  const lost = (delivery: Delivery): Attempt => {
    const attempt = { at: world.clock.now().toISOString(), status: null, error: "dropped by chaos", millis: 0 };
    remember(delivery, attempt);
    return attempt;
  };

  const attemptOf = async (state: ShopState, delivery: Delivery): Promise<Attempt> => {
    const attempt = await post(world, state, delivery, agent);
    remember(delivery, attempt);
    return attempt;
  };

  const enqueue = (handle: string, webhookId: string) => {
    const ids = waiting.get(handle) ?? new Set();
    waiting.set(handle, ids);
    ids.add(webhookId);
    const shuffled = world.shops.get(handle)?.chaos.shuffle;
    // Shuffling needs something to shuffle, so it waits a moment for company.
    if (shuffled) wakeAt(handle, Date.now() + 40);
    else setImmediate(() => pump(handle));
  };

  // What a killed sandbox had not delivered is delivered now.
  for (const [handle, state] of world.shops) {
    for (const delivery of state.deliveries.values()) if (delivery.state === "queued") enqueue(handle, delivery.webhookId);
  }
  world.queued = enqueue;

  const left = () =>
    [...world.shops].reduce(
      (total, [handle, state]) =>
        total +
        (inFlight.get(handle) ?? 0) +
        [...(waiting.get(handle) ?? [])].filter((id) => state.deliveries.get(id)?.state === "queued").length,
      0,
    );

  return {
    async settle(timeoutMs) {
      const until = Date.now() + timeoutMs;
      while (left() > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 15));
      return { settled: left() === 0, waiting: left() };
    },
    async again(state, webhookId) {
      const delivery = state.deliveries.get(webhookId);
      if (!delivery) return refuse(`There is no delivery ${webhookId}.`);
      const attempt = await attemptOf(state, delivery);
      world.changed(state.shop.handle, "deliveries", webhookId);
      return attempt;
    },
    async release(state, order = []) {
      const held = [...state.deliveries.values()].filter((one) => one.state === "held");
      const first = order.flatMap((id) => held.filter((one) => one.webhookId === id));
      const rest = held.filter((one) => !order.includes(one.webhookId));
      for (const delivery of first) {
        delivery.state = "queued";
        await deliver(state, delivery);
      }
      for (const delivery of order.length > 0 ? [] : rest) {
        delivery.state = "queued";
        delivery.dueAtMs = Date.now();
        enqueue(state.shop.handle, delivery.webhookId);
      }
      return order.length > 0 ? first.length : rest.length;
    },
    async close() {
      closed = true;
      world.queued = () => {};
      for (const timer of timers) clearTimeout(timer);
      await agent.destroy();
    },
  };
}

const failures = (delivery: Delivery) => delivery.attempts.filter((one) => one.status === null || one.status >= 300).length;

function remember(delivery: Delivery, attempt: Attempt): void {
  delivery.attempts.push(attempt);
  if (delivery.attempts.length > 50) delivery.attempts.shift();
}

export const sign = (body: string, secret: string): string => createHmac("sha256", secret).update(body, "utf8").digest("base64");

async function post(world: World, state: ShopState, delivery: Delivery, agent: Agent): Promise<Attempt> {
  const at = world.clock.now().toISOString();
  const started = performance.now();
  const app = world.apps.get(delivery.apiKey);
  if (!app) return { at, status: null, error: `There is no app ${delivery.apiKey}.`, millis: 0 };
  const done = (status: number | null, error: string | null): Attempt => ({
    at,
    status,
    error,
    millis: Math.round(performance.now() - started),
  });
  try {
    const { statusCode, body } = await request(new URL(delivery.path, app.url), {
      method: "POST",
      dispatcher: agent,
      // The whole exchange has five seconds.
      signal: AbortSignal.timeout(5000),
      headers: {
        "user-agent": "Shopify-Captain-Hook",
        accept: "*/*",
        "content-type": "application/json",
        "x-shopify-topic": delivery.topic,
        "x-shopify-hmac-sha256": sign(delivery.body, app.secret),
        "x-shopify-shop-domain": domainOf(state.shop),
        "x-shopify-api-version": world.config.apiVersion,
        "x-shopify-webhook-id": delivery.webhookId,
        "x-shopify-event-id": delivery.eventId,
        "x-shopify-triggered-at": delivery.triggeredAt,
        ...(delivery.name ? { "x-shopify-name": delivery.name } : {}),
      },
      body: delivery.body,
    });
    await body.dump();
    return done(statusCode, statusCode < 300 ? null : `answered ${statusCode}`);
  } catch (error) {
    return done(null, error instanceof Error ? error.message : String(error));
  }
}

/** The log keeps the latest; those not yet delivered stay however old. */
function prune(world: World, state: ShopState): void {
  if (state.deliveries.size < keptDelivered * 1.2) return;
  for (const [id, delivery] of state.deliveries) {
    if (state.deliveries.size <= keptDelivered) break;
    if (delivery.state === "queued" || delivery.state === "held") continue;
    state.deliveries.delete(id);
    world.changed(state.shop.handle, "deliveries", id);
  }
}
