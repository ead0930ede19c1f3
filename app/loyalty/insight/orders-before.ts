import type { Background } from "../earning/history.ts";
import type { Trail } from "../earning/trail.ts";

/** A member's orders so far: how many stand, and when the last of them was placed. */
export type OrdersSoFar = {
  known: number;
  /** Orders that stand, oldest first; older ones than one that will never be taken back are not needed. */
  standing: { key: string; placedAt: number; orders: number }[];
};

export const noOrders = (): OrdersSoFar => ({ known: 0, standing: [] });

/** Adds an order when it is placed. `stays` when nothing will ever take it back. */
export function placeOrder(so: OrdersSoFar, { key, placedAt }: Pick<Trail, "key" | "placedAt">, orders: number, stays: boolean): void {
  if (orders <= 0) {
    changeOrder(so, key, orders);
    return;
  }
  so.known += orders;
  if (stays) so.standing.length = 0;
  so.standing.push({ key, placedAt, orders });
}

/** An order is cancelled, or stands again. */
export function changeOrder(so: OrdersSoFar, key: string, by: number): void {
  so.known += by;
  const place = so.standing.findLastIndex((one) => one.key === key);
  const one = so.standing[place];
  if (!one) return;
  one.orders += by;
  if (one.orders <= 0) so.standing.splice(place, 1);
}

/** @param told how many orders Laurel knows of those that Shopify had counted */
export function ordersBefore(
  so: OrdersSoFar,
  counted: Background["counted"],
  told: number,
  at: number,
): { ordersBefore: number; lastOrderAt: number | null } {
  const unknown = counted ? Math.max(0, counted.orders - told) : 0;
  const unknownLast = counted && unknown > 0 && counted.lastOrderAt !== null && counted.lastOrderAt < at ? counted.lastOrderAt : null;
  return { ordersBefore: so.known + unknown, lastOrderAt: so.standing.at(-1)?.placedAt ?? unknownLast };
}
