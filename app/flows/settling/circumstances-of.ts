import type { HeldOrder } from "../../db/orders.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import type { Circumstances } from "../../loyalty/earning/judgement.ts";
import { type PhaseChange, phaseAt } from "../../loyalty/program/phase.ts";
import { type History, standingOf } from "./histories.ts";

export const keyOf = (order: { shopId: string; orderGid: string }): string => `${order.shopId} ${order.orderGid}`;

type Known = Pick<HeldOrder, "shopId" | "orderGid" | "facts" | "deletedAt" | "pinned" | "pins">;
type Around = { phases: readonly PhaseChange[]; history: History | undefined; room: Circumstances["room"] };

/** What an order is judged in: what was pinned when it was first seen, and how its member stood before it. */
export function circumstancesOf(order: Known, programme: CompiledProgramme, { phases, history, room = {} }: Around): Circumstances {
  const pinned = order.pinned ?? { phase: "off" as const, tags: [], memberState: "active" as const };
  const { testTag } = phaseAt(phases, new Date(order.facts.placedAt));
  const occasion = { key: keyOf(order), placedAt: Date.parse(order.facts.placedAt), kind: "order" as const, pins: order.pins };
  const standing = history ? standingOf(occasion, history, programme) : {};
  const segments = order.pins?.segments ? { segments: order.pins.segments } : {};
  return {
    ...pinned,
    version: programme.version,
    testTag,
    deleted: order.deletedAt !== null,
    ...(order.pins?.products ? { products: order.pins.products } : {}),
    ...standing,
    member: { ...segments, ...standing.member },
    room,
  };
}
