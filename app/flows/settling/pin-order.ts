import type { KnownCustomer } from "../../db/members.ts";
import type { HeldOrder, Missing, Settled } from "../../db/orders.ts";
import type { Pins } from "../../db/trails.ts";
import { customerAsked } from "../../loyalty/earning/customer-asked.ts";
import { phaseAt } from "../../loyalty/program/phase.ts";
import { compiledFor, type Past } from "./past-of.ts";
import { type People, personOf } from "./people-of.ts";
import { type Backgrounds, isPinned, ofPerson, pinCustomer } from "./pin-customer.ts";

/**
 * Pinned at first sight: the version and phase of the order's day, the customer's tags, the member's state, the facts
 * of its products, and what is asked of the birthday and of orders before Laurel. An order that lacks what its rules
 * ask for waits; one without a customer has nothing to pin.
 *
 * @param backgrounds of members whose orders have something of them to pin (`backgroundsToPin`)
 */
export function pinOrder(order: HeldOrder, people: People, past: Past, backgrounds: Backgrounds): Settled {
  const person = personOf(people, order);
  const memberId = person?.memberId ?? null;
  if (!person) return { ...order, memberId, waitingFor: null };

  const { version, definition, needs } = compiledFor(order, past);
  const { phase, testTag } = phaseAt(past.phases, new Date(order.facts.placedAt));
  const gives = phase === "live" || phase === "testing";
  const { pins, lacks } = gives ? pinFacts(order, person, past, backgrounds) : { pins: order.pins, lacks: null };
  if (order.pinned) return { ...order, memberId, pins, waitingFor: lacks };

  const asksTags = testTag !== null || definition.policies.excludeTag !== null || needs.has("customer tags");
  const tagsMatter = order.facts.customerGid !== null && gives && asksTags;
  if (tagsMatter && !person.tagsKnownAt) return { ...order, memberId, pins, waitingFor: "tags" };
  if (lacks) return { ...order, memberId, pins, waitingFor: lacks };
  const memberState = person.state === "merged" ? "active" : person.state;
  return { ...order, memberId, pins, pinned: { version, phase, tags: person.tags, memberState }, waitingFor: null };
}

function pinFacts(
  order: HeldOrder,
  { memberId, isAsked }: KnownCustomer,
  past: Past,
  backgrounds: Backgrounds,
): { pins: Pins | null; lacks: Missing | null } {
  const { definition, needs, timeZone } = compiledFor(order, past);
  let pins = ofPerson(order, memberId);
  let lacks: Missing | null = null;
  const asked = customerAsked(definition, "order");
  // A guest is nobody whose birthday and orders Shopify could tell, also when they claim the order one day.
  const isGuest = order.facts.customerGid === null;
  const background = isGuest ? undefined : backgrounds.get(memberId);
  if (isGuest || isAsked) pins = pinCustomer(pins, asked, background, { at: Date.parse(order.facts.placedAt), timeZone });
  else if (!isPinned(pins, asked)) lacks = "customer";
  if (needs.has("products")) {
    const products = { ...pins?.products };
    for (const { productGid } of order.facts.lines) {
      if (productGid === null || products[productGid]) continue;
      const facts = past.products.get(`${order.shopId} ${productGid}`);
      if (facts) products[productGid] = facts;
      else lacks ??= "products";
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
