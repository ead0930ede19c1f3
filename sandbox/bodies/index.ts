// What a webhook says. A subject is whatever the topic is about; the body is built from it at once,
// because a webhook carries the state of its moment.

import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { App, Customer, Discount, Instant, Order, Product, Refund } from "../world.ts";

export type OrderEdit = {
  id: string;
  committedAt: Instant;
  additions: { lineId: string; delta: number }[];
  removals: { lineId: string; delta: number }[];
};

export type Subject = {
  order?: Order;
  refund?: Refund;
  edit?: OrderEdit;
  customer?: Customer;
  /** For customer.tags_added and customer.tags_removed. */
  tags?: string[];
  discount?: Discount;
  product?: Product;
  bulkOperation?: { id: string; status: string; type: string; errorCode: string | null; createdAt: Instant; completedAt: Instant | null };
  /** For app/scopes_update. */
  scopes?: { previous: string[]; current: string[] };
  /** For customers/merge. */
  merge?: { keptId: string; deletedId: string };
  /** Sent as it is, in place of a body of our making. */
  body?: unknown;
};

export type BodyContext = { world: World; state: ShopState; app: App };

/** The body of a webhook, or an error when the sandbox has none for the topic. */
export function bodyOf(_context: BodyContext, topic: string, subject: Subject): unknown {
  if (subject.body !== undefined) return subject.body;
  throw new Error(`The sandbox has no body for ${topic}.`);
}
