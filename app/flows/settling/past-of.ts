import type { Tx } from "../../db/database.ts";
import { productFactsOf } from "../../db/mirror.ts";
import type { HeldOrder } from "../../db/orders.ts";
import { asksHistory, compiledVersion, type PublishedVersion, phaseChanges, publishedVersions } from "../../db/programme.ts";
import type { CompiledProgramme } from "../../loyalty/earning/evaluate.ts";
import type { ProductFacts } from "../../loyalty/facts.ts";
import { type PhaseChange, versionAt } from "../../loyalty/program/phase.ts";

/** What orders are judged by: asked for once for a batch. */
export type Past = {
  versions: PublishedVersion[];
  phases: PhaseChange[];
  compiled: Map<number, CompiledProgramme>;
  /** Some version asks about members' other orders: then every order leaves its trail. */
  asksHistory: boolean;
  /** Facts of products that rules ask for, by "<shop id> <product gid>". */
  products: ReadonlyMap<string, ProductFacts>;
};

export async function pastOf(tx: Tx, orders: readonly HeldOrder[]): Promise<Past> {
  const versions = await publishedVersions(tx);
  const phases = await phaseChanges(tx);
  const compiled = new Map<number, CompiledProgramme>();
  for (const order of orders) {
    const version = versionFor(order, versions);
    if (!compiled.has(version)) compiled.set(version, await compiledVersion(tx, version));
  }
  const past = { versions, phases, compiled, asksHistory: await asksHistory(tx, versions) };
  return { ...past, products: await productFactsOf(tx, productsWanted(orders, past)) };
}

export function versionFor(order: Pick<HeldOrder, "pinned" | "facts">, versions: readonly PublishedVersion[]): number {
  const version = order.pinned?.version ?? versionAt(versions, new Date(order.facts.placedAt))?.version;
  if (version === undefined) throw new Error("The programme has no version.");
  return version;
}

export function compiledFor(
  order: Pick<HeldOrder, "pinned" | "facts">,
  { versions, compiled }: Pick<Past, "versions" | "compiled">,
): CompiledProgramme {
  const programme = compiled.get(versionFor(order, versions));
  if (!programme) throw new Error(`Version ${versionFor(order, versions)} was not compiled.`);
  return programme;
}

// Products that rules ask about and that are not pinned yet.
function productsWanted(orders: readonly HeldOrder[], past: Pick<Past, "versions" | "compiled">): { shopId: string; productGid: string }[] {
  const wanted = new Map<string, { shopId: string; productGid: string }>();
  for (const order of orders) {
    if (!compiledFor(order, past).needs.has("products")) continue;
    for (const { productGid } of order.facts.lines) {
      if (productGid === null || order.pins?.products?.[productGid]) continue;
      wanted.set(`${order.shopId} ${productGid}`, { shopId: order.shopId, productGid });
    }
  }
  return [...wanted.values()];
}
