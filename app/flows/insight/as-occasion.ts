import type { PastRow } from "../../db/past-occasions.ts";
import { type ProductFacts, readFacts } from "../../loyalty/facts.ts";
import type { PastOccasion } from "../../loyalty/insight/past-occasion.ts";
import { type PhaseChange, phaseAt } from "../../loyalty/program/phase.ts";

type Around = {
  products: ReadonlyMap<string, ProductFacts>;
  /** When they were heard of, where anybody asks. */
  heard: ReadonlyMap<string, NonNullable<PastOccasion["heard"]>> | null;
  /** As though the programme had been live since the first order. */
  simulated: boolean;
};

/** A row of the past as a backtest looks at it. */
export function asOccasion(row: PastRow, phases: readonly PhaseChange[], { products, simulated, heard }: Around): PastOccasion {
  const { key, memberId, tags } = row;
  const when = simulated ? paidOnly(heard?.get(key)) : heard?.get(key);
  const at = { key, placedAt: row.placedAt.getTime(), memberId, tags, ...(when ? { heard: when } : {}) };
  const live = simulated || row.kind === "imported";
  const phase = live ? { phase: "live" as const, testTag: null } : { phase: row.phase, testTag: testTagAt(phases, row.placedAt) };
  if (row.kind === "event") {
    const { trigger, name, properties, version, memberState, pins, trail } = row;
    const event = name === null ? null : { name, properties };
    return { ...at, ...phase, kind: "event", version, memberState, pins, trail, happening: { trigger, at: at.placedAt, event } };
  }
  const facts = readFacts(row.facts);
  const order = { ...at, ...phase, kind: "order" as const, shopId: row.shopId, facts, ...mirrored(row.shopId, facts, products) };
  if (row.kind === "imported")
    return { ...order, version: 0, memberState: "active", pins: null, trail: null, deletedAt: null, imported: true };
  const { version, memberState, pins, trail, deletedAt } = row;
  return { ...order, version, memberState, pins, trail, deletedAt: deletedAt?.getTime() ?? null, imported: false };
}

// As though all had been heard of at once.
const paidOnly = (heard: PastOccasion["heard"]): PastOccasion["heard"] => heard && { ...heard, posted: [] };

const testTagAt = (phases: readonly PhaseChange[], at: Date): string | null =>
  phases.some((one) => one.testTag !== null) ? phaseAt(phases, at).testTag : null;

function mirrored(
  shopId: string,
  { lines }: ReturnType<typeof readFacts>,
  products: Around["products"],
): { products?: Record<string, ProductFacts> } {
  if (products.size === 0) return {};
  const known: Record<string, ProductFacts> = {};
  let isSome = false;
  for (const { productGid } of lines) {
    const facts = productGid === null ? undefined : products.get(`${shopId} ${productGid}`);
    if (productGid !== null && facts) {
      known[productGid] = facts;
      isSome = true;
    }
  }
  return isSome ? { products: known } : {};
}
