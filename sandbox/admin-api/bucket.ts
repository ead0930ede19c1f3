// The leaky bucket of the Admin API, by plan. It leaks in real time, whatever the sandbox's clock says.

import type { ShopState } from "../store.ts";
import type { Plan } from "../world.ts";

export type ThrottleStatus = { maximumAvailable: number; currentlyAvailable: number; restoreRate: number };

const sizes: Record<Plan, { maximumAvailable: number; restoreRate: number }> = {
  basic: { maximumAvailable: 2_000, restoreRate: 100 },
  standard: { maximumAvailable: 2_000, restoreRate: 100 },
  plus: { maximumAvailable: 20_000, restoreRate: 1_000 },
};

/** No single query may cost more. */
export const dearestQuery = 1_000;

/** Takes the cost out of the bucket if it is there. */
export function take(state: ShopState, cost: number): { taken: boolean; status: ThrottleStatus } {
  const size = sizes[state.shop.plan];
  const available = leaked(state);
  const taken = available >= cost;
  state.bucket = { available: taken ? available - cost : available, atMs: Date.now() };
  return { taken, status: { ...size, currentlyAvailable: Math.floor(state.bucket.available) } };
}

/** What was asked for and not used goes back. */
export function giveBack(state: ShopState, cost: number): ThrottleStatus {
  const size = sizes[state.shop.plan];
  state.bucket = { available: Math.min(size.maximumAvailable, leaked(state) + cost), atMs: Date.now() };
  return { ...size, currentlyAvailable: Math.floor(state.bucket.available) };
}

function leaked(state: ShopState): number {
  const { maximumAvailable, restoreRate } = sizes[state.shop.plan];
  if (!state.bucket) return maximumAvailable;
  return Math.min(maximumAvailable, state.bucket.available + ((Date.now() - state.bucket.atMs) / 1000) * restoreRate);
}
