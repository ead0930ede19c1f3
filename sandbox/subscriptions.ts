// Who hears of a topic: the subscriptions of shopify.app.toml and those an app made through GraphQL.

import { randomUUID } from "node:crypto";
import { bodyOf, type Subject } from "./bodies/index.ts";
import { passesFilter } from "./filter.ts";
import type { ShopState } from "./shop-state.ts";
import { installedApp, type World } from "./store.ts";
import type { App, Instant } from "./world.ts";

type Listener = { path: string; name: string | null; filter?: string; includeFields?: string[] };

export function queueDeliveries(
  world: World,
  handle: string,
  topic: string,
  subject: Subject,
  { eventId = randomUUID(), triggeredAt }: { eventId?: string; triggeredAt?: Instant },
): void {
  const state = world.shops.get(handle);
  if (!state) throw new Error(`There is no shop ${handle}.`);
  // Compliance topics and app/uninstalled still reach an app that is gone.
  const app = installedApp(world, state) ?? lastApp(world, state, topic);
  if (!app) return;
  const listeners = listenersOf(world, state, topic);
  if (listeners.length === 0) return;

  const body = JSON.stringify(bodyOf({ world, state, app }, topic, subject));
  for (const listener of listeners) {
    if (listener.filter && !passesFilter(JSON.parse(body), listener.filter)) continue;
    queue(world, state, app, topic, listener.path, {
      body: withFields(body, listener.includeFields),
      eventId,
      triggeredAt: triggeredAt ?? world.clock.now().toISOString(),
      name: listener.name,
    });
  }
}

/** Signs nothing yet: the sender does, with the secret the app has then. */
export function queue(
  world: World,
  state: ShopState,
  app: App,
  topic: string,
  path: string,
  what: { body: string; eventId: string; triggeredAt: Instant; name?: string | null; webhookId?: string },
): string {
  const webhookId = what.webhookId ?? randomUUID();
  state.deliveries.set(webhookId, {
    webhookId,
    eventId: what.eventId,
    topic,
    apiKey: app.apiKey,
    path,
    name: what.name ?? null,
    body: what.body,
    triggeredAt: what.triggeredAt,
    state: state.hold ? "held" : "queued",
    attempts: [],
    dueAtMs: Date.now() + state.chaos.delayMs,
  });
  world.changed(state.shop.handle, "deliveries", webhookId);
  if (!state.hold) world.queued(state.shop.handle, webhookId);
  return webhookId;
}

/** The topics of the toml first, then those of GraphQL, whose enum writes ORDERS_PAID. */
export function listenersOf(world: World, state: ShopState, topic: string): Listener[] {
  const { subscriptions, complianceTopics } = world.config;
  return [
    ...subscriptions
      .filter((one) => one.topic === topic)
      .map(({ path, filter, includeFields }) => ({ path, name: null, filter, includeFields })),
    ...complianceTopics.filter((one) => one.topic === topic).map(({ path }) => ({ path, name: null })),
    ...[...state.webhookSubscriptions.values()]
      .filter((one) => one.topic === enumTopic(topic))
      .map((one) => ({ path: one.uri, name: null, filter: one.filter ?? undefined, includeFields: one.includeFields })),
  ];
}

/** orders/paid is ORDERS_PAID and customer.tags_added is CUSTOMER_TAGS_ADDED. */
export const enumTopic = (topic: string): string => topic.replace(/[/.]/g, "_").toUpperCase();

function lastApp(world: World, state: ShopState, topic: string): App | undefined {
  const afterwards = ["app/uninstalled", "shop/redact", "customers/redact", "customers/data_request"];
  return state.shop.installation && afterwards.includes(topic) ? world.apps.get(state.shop.installation.apiKey) : undefined;
}

function withFields(body: string, fields: string[] | undefined): string {
  if (!fields || fields.length === 0) return body;
  // The ids are copied as text, since a number beyond 2^53 would not survive being parsed.
  const kept = JSON.parse(body, ((_key, value, context?: { source?: string }) =>
    typeof value === "number" && context?.source ? JSON.rawJSON(context.source) : value) as (
    this: unknown,
    key: string,
    value: unknown,
  ) => unknown) as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.entries(kept).filter(([field]) => fields.includes(field))));
}
