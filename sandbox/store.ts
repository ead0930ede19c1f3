// The world: every shop, the apps, the clock, and the one place where ids and events come from.

import { randomUUID } from "node:crypto";
import type { Subject } from "./bodies/index.ts";
import { openPersistence } from "./persistence.ts";
import { emptyShopState, type ShopState } from "./shop-state.ts";
import { queueDeliveries } from "./subscriptions.ts";
import { type App, type AppConfig, domainOf, type Instant, type Shop } from "./world.ts";

export type * from "./shop-state.ts";
export type { Subject };

export type World = {
  /** Sandbox time. Signatures and tokens use the wall clock instead. */
  clock: { now(): Date; offsetMs: number };
  config: AppConfig;
  apps: Map<string, App>;
  /** By handle. */
  shops: Map<string, ShopState>;
  nextId(): string;
  /** Says that something of the shop changed and must be kept; naming the record spares a look at all the others. */
  changed(handle: string, table?: keyof ShopState, id?: string): void;
  events: {
    /** Queues a webhook for every subscription to the topic. Topics that belong to one event share an event id. */
    emit(handle: string, topic: string, subject: Subject, options?: { eventId?: string; triggeredAt?: Instant }): void;
  };
  /** Called whenever a delivery has been queued; the sender sets it. */
  queued: (handle: string, webhookId: string) => void;
  /** Writes what is not yet written. */
  flush(): void;
  close(): void;
};

export type WorldOptions = {
  apps: App[];
  config: AppConfig;
  shops?: Shop[];
  /** Absent: memory only. */
  stateDir?: string;
  /** The sandbox's time at the start; absent: the wall clock's. */
  now?: Instant;
  /** Where ids begin. Above 2^53 an app that reads ids as numbers shows itself. */
  firstId?: bigint;
};

export function createWorld(options: WorldOptions): World {
  const persistence = openPersistence(options.stateDir);
  const kept = persistence.load();
  let lastId = BigInt(kept.lastId ?? (options.firstId ?? 7_400_000_001_001n) - 1n);
  const clock = {
    offsetMs: options.now ? Date.parse(options.now) - Date.now() : (kept.offsetMs ?? 0),
    now: () => new Date(Date.now() + clock.offsetMs),
  };

  const world: World = {
    clock,
    config: options.config,
    apps: new Map(options.apps.map((app) => [app.apiKey, app])),
    shops: kept.shops,
    nextId: () => {
      lastId += 1n;
      return String(lastId);
    },
    changed: (handle, table, id) => persistence.mark(handle, table, id),
    events: { emit: (handle, topic, subject, more = {}) => queueDeliveries(world, handle, topic, subject, more) },
    queued: () => {},
    flush: () => persistence.flush(world.shops, { lastId: String(lastId), offsetMs: clock.offsetMs }),
    close: () => {
      world.flush();
      persistence.close();
    },
  };
  for (const shop of options.shops ?? []) {
    // A kept shop keeps its records; its port and installation may have been given anew.
    if (world.shops.has(shop.handle)) continue;
    world.shops.set(shop.handle, emptyShopState(shop));
    world.changed(shop.handle);
  }
  persistence.every(300, world.flush);
  return world;
}

/** The shop a Host header or a domain belongs to. */
export function shopByDomain(world: World, domain: string): ShopState | undefined {
  const host = domain.split(":")[0]?.toLowerCase();
  for (const state of world.shops.values()) if (domainOf(state.shop) === host) return state;
  return undefined;
}

/** The app installed in a shop, if one is. */
export function installedApp(world: World, state: ShopState): App | undefined {
  const installation = state.shop.installation;
  return installation && !installation.uninstalledAt ? world.apps.get(installation.apiKey) : undefined;
}

export const newEventId = (): string => randomUUID();
