// Every change of an order moves its updated_at, in whole seconds and never back.

import { randomUUID } from "node:crypto";
import type { Subject } from "../bodies/index.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Instant, Order } from "../world.ts";

/** When something happens: now, or at a past instant for made-up history. */
export type When = {
  at?: Instant;
  /** Two real changes may share a second: then the updated_at stays. */
  sameSecond?: boolean;
};

export const secondOf = (instant: Instant | Date): Instant => `${new Date(instant).toISOString().slice(0, 19)}Z`;

export const instantOf = (world: World, { at }: When): Instant => secondOf(at ?? world.clock.now());

export function touch(world: World, state: ShopState, order: Order, when: When): Instant {
  const now = instantOf(world, when);
  const next = secondOf(new Date(Date.parse(order.updatedAt) + 1000));
  order.updatedAt = now > order.updatedAt ? now : when.sameSecond ? order.updatedAt : next;
  world.changed(state.shop.handle, "orders", order.id);
  return now;
}

/** Tells of one event under several topics, in their order. */
export function tell(world: World, state: ShopState, topics: string[], subject: Subject, { at }: When): void {
  const eventId = randomUUID();
  for (const topic of topics) world.events.emit(state.shop.handle, topic, subject, { eventId, triggeredAt: at });
}
