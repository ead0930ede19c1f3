import type { OrderFacts } from "../facts.ts";
import type { Definition } from "../program/definition.ts";
import type { Circumstances, NothingReason } from "./judgement.ts";

/** Why an order earns nothing at all, whatever the rules say; null where the rules decide. */
export function whyNothing(order: OrderFacts, at: Circumstances, definition: Definition): NothingReason | null {
  if (at.deleted) return "deleted";
  if (order.test) return "test order";
  if (order.cancelledAt) return "cancelled";
  if (order.payment === "void") return "payment void";
  return whyNobody(at, definition);
}

/** The same of whoever it is, for what is no order. */
export function whyNobody(at: Circumstances, definition: Definition): NothingReason | null {
  if (at.phase === "off" || at.phase === "paused") return "not live";
  if (at.phase === "testing" && !(at.testTag && hasTag(at.tags, at.testTag))) return "not a tester";
  if (definition.policies.excludeTag && hasTag(at.tags, definition.policies.excludeTag)) return "excluded by tag";
  if (at.memberState === "blocked") return "blocked";
  if (at.memberState === "left") return "left";
  return null;
}

/** Shopify compares tags without regard to case. */
export const hasTag = (tags: readonly string[], tag: string): boolean => tags.some((one) => one.toLowerCase() === tag.toLowerCase());
