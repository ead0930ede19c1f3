import type { HeldOrder, Missing, Settled } from "../db/orders.ts";
import type { Pins } from "../db/trails.ts";
import { phaseAt } from "../loyalty/program/phase.ts";
import { compiledFor, type Past } from "./past-of.ts";
import { type People, personOf } from "./people-of.ts";

/**
 * Pinned at first sight: the version and phase of the order's day, the customer's tags, the member's state, the facts
 * of its products. An order that lacks what its rules ask for waits; one without a customer has nothing to pin.
 */
export function pinOrder(order: HeldOrder, people: People, past: Past): Settled {
  const person = personOf(people, order);
  const memberId = person?.memberId ?? null;
  if (!person) return { ...order, memberId, waitingFor: null };

  const { version, definition, needs } = compiledFor(order, past);
  const { phase, testTag } = phaseAt(past.phases, new Date(order.facts.placedAt));
  const gives = phase === "live" || phase === "testing";
  const { pins, lacks } = gives ? pinFacts(order, needs, past) : { pins: order.pins, lacks: null };
  if (order.pinned) return { ...order, memberId, pins, waitingFor: lacks };

  const asksTags = testTag !== null || definition.policies.excludeTag !== null || needs.has("customer tags");
  const tagsMatter = order.facts.customerGid !== null && gives && asksTags;
  if (tagsMatter && !person.tagsKnownAt) return { ...order, memberId, pins, waitingFor: "tags" };
  if (lacks) return { ...order, memberId, pins, waitingFor: lacks };
  const memberState = person.state === "merged" ? "active" : person.state;
  return { ...order, memberId, pins, pinned: { version, phase, tags: person.tags, memberState }, waitingFor: null };
}

function pinFacts(order: HeldOrder, needs: ReadonlySet<string>, past: Past): { pins: Pins | null; lacks: Missing | null } {
  let pins = order.pins;
  let lacks: Missing | null = null;
  if (needs.has("products")) {
    const products = { ...pins?.products };
    for (const { productGid } of order.facts.lines) {
      if (productGid === null || products[productGid]) continue;
      const facts = past.products.get(`${order.shopId} ${productGid}`);
      if (facts) products[productGid] = facts;
      else lacks = "products";
    }
    pins = { ...pins, products };
  }
  // Only somebody whom Shopify knows can be in one of its segments.
  if (needs.has("segments") && !pins?.segments) {
    if (order.facts.customerGid) lacks ??= "segments";
    else pins = { ...pins, segments: [] };
  }
  return { pins, lacks };
}
