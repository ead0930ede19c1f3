// A believable past: people who came once and people who came back, a quiet summer and a busy winter,
// parcels sent, things returned. The same seed gives the same past.

import { type CustomerWish, createCustomer } from "../customers.ts";
import { cancelOrder, fulfillOrder, placeOrder, refundOrder } from "../orders.ts";
import { pick, type Random, seeded } from "../random.ts";
import { isRefused } from "../refused.ts";
import type { ShopState } from "../shop-state.ts";
import type { World } from "../store.ts";
import type { Customer, Order } from "../world.ts";
import { people } from "./names.ts";

export type HistoryWish = { days: number; customers: number; orders: number; seed: number };

type Event = { at: number; happen: (at: string) => void };
const dayMs = 86_400_000;

/** Happens in the order of time; webhooks are queued with the times of then. */
export function history(
  world: World,
  state: ShopState,
  { days, customers, orders, seed }: HistoryWish,
): { customers: number; orders: number; refunds: number } {
  const random = seeded(seed);
  const until = world.clock.now().getTime() - 60_000;
  const from = until - days * dayMs;
  const events: Event[] = [];
  const counted = { customers: 0, orders: 0, refunds: 0 };
  const happens = (at: number, happen: Event["happen"]) => {
    if (at <= until) events.push({ at, happen });
  };

  const regulars = personalities(random, customers);
  for (const person of regulars) {
    const joined = from + random() ** 1.4 * (until - from) * 0.9;
    happens(joined, (at) => {
      person.customer = createCustomer(world, state, someone(random, state, counted.customers), { at });
      counted.customers += 1;
    });
    person.joined = joined;
  }

  const urn = regulars.flatMap((one) => one.share);
  for (let number = 0; number < orders; number += 1) {
    const person = pick(random, urn);
    const span = until - person.joined;
    const placed = season(random, person.joined + 60_000, span);
    happens(placed, (at) => {
      if (!person.customer) return;
      const order = placeOne(world, state, random, person.customer, at);
      if (!order) return;
      counted.orders += 1;
      afterwards(order, placed);
    });
  }

  const afterwards = (order: Order, placed: number) => {
    const fate = random();
    const sent = placed + (1 + random() * 3) * dayMs;
    if (fate < 0.02) return later(placed + random() * 6 * 3_600_000, (at) => void cancelOrder(world, state, order, { at, refund: true }));
    later(sent, (at) => void fulfillOrder(world, state, order, { at }));
    if (fate < 0.09) {
      later(sent + (3 + random() * 14) * dayMs, (at) => {
        const lines = fate < 0.05 ? order.lines.slice(0, 1).map((line) => ({ line: line.id, quantity: 1 })) : undefined;
        const refund = refundOrder(
          world,
          state,
          order,
          { ...(lines ? { lines } : { all: true }), note: pick(random, ["Did not fit", "Arrived damaged", "Changed my mind"]) },
          { at },
        );
        if (!isRefused(refund)) counted.refunds += 1;
      });
    }
  };

  // What follows from an order is put where it belongs among what is still to come.
  const later = (at: number, happen: Event["happen"]) => {
    if (at > until) return;
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((events[middle] as Event).at > at) low = middle + 1;
      else high = middle;
    }
    events.splice(low, 0, { at, happen });
  };

  // Latest first, so that the next event is taken from the end.
  events.sort((one, other) => other.at - one.at);
  for (let event = events.pop(); event; event = events.pop()) event.happen(new Date(event.at).toISOString());
  return counted;
}

type Person = { customer: Customer | null; joined: number; share: Person[] };

/** A few come often, most once or twice: each person stands in the urn as often as they are likely to come. */
function personalities(random: Random, count: number): Person[] {
  return Array.from({ length: count }, () => {
    const person: Person = { customer: null, joined: 0, share: [] };
    const keen = Math.min(40, Math.ceil(1 / (0.03 + random())));
    person.share = Array.from({ length: keen }, () => person);
    return person;
  });
}

/** Later months are busier, November and December busiest; nights are quiet. */
function season(random: Random, from: number, span: number): number {
  for (let tries = 0; tries < 20; tries += 1) {
    const at = from + random() * span;
    const date = new Date(at);
    const busy = (date.getUTCMonth() >= 10 ? 1 : 0.6) * (date.getUTCHours() < 6 ? 0.3 : 1);
    if (random() < busy) return at;
  }
  return from + random() * span;
}

function someone(random: Random, state: ShopState, number: number): CustomerWish {
  const from = state.shop.country === "JP" ? people.japanese : people.western;
  const firstName = pick(random, from.first);
  const lastName = pick(random, from.last);
  const handle = `${firstName}.${lastName}`.toLowerCase();
  return {
    firstName,
    lastName,
    email: `${handle}.${number + 1}@example.com`,
    account: random() < 0.55,
    marketing: random() < 0.45 ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
    tags: random() < 0.06 ? ["vip"] : random() < 0.04 ? ["wholesale"] : [],
    birthDate: birthDateOf(number),
    country: state.shop.country === "JP" ? "JP" : pick(random, ["US", "US", "US", "US", "US", "CA", "GB"]),
  };
}

// Two of five have told theirs. Not by chance, which would make another past of the same seed.
function birthDateOf(number: number): string | null {
  if (number % 5 > 1) return null;
  return new Date(Date.UTC(1948 + ((number * 17) % 56), (number * 5) % 12, 1 + ((number * 11) % 28))).toISOString().slice(0, 10);
}

function placeOne(world: World, state: ShopState, random: Random, customer: Customer, at: string): Order | null {
  const products = [...state.products.values()].filter((product) => !product.giftCard || random() < 0.25);
  const lines = Array.from({ length: 1 + Math.floor(random() ** 2 * 4) }, () => {
    const product = pick(random, products);
    return { variantId: pick(random, product.variants).id, quantity: random() < 0.82 ? 1 : 2 };
  });
  // A product bought twice is one line.
  const quantities = new Map<string, number>();
  for (const { variantId, quantity } of lines) quantities.set(variantId, (quantities.get(variantId) ?? 0) + quantity);
  const merged = [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
  const firstOrder = ![...state.orders.values()].some((order) => order.customerId === customer.id);
  const codes = firstOrder && random() < 0.3 && merged.some((line) => !isGiftCard(state, line.variantId)) ? ["WELCOME10"] : [];
  const order = placeOrder(world, state, {
    customerId: customer.id,
    lines: merged,
    codes,
    createdAt: at,
    sourceName: random() < 0.08 ? "pos" : "web",
    country: customer.country,
  });
  return isRefused(order) ? null : order;
}

const isGiftCard = (state: ShopState, variantId: string) =>
  [...state.products.values()].some((product) => product.giftCard && product.variants.some((one) => one.id === variantId));
