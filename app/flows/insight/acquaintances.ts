import type { Tx } from "../../db/database.ts";
import { ledgersOf } from "../../db/past-lives.ts";
import type { PastRow } from "../../db/past-occasions.ts";
import { tierDecisionsOf } from "../../db/tiers.ts";
import { toldOrders } from "../../db/told-orders.ts";
import { backgroundsOf } from "../../db/trails.ts";
import type { LedgerOf } from "../../loyalty/insight/lives.ts";
import type { Acquaintance } from "../../loyalty/insight/member-so-far.ts";

type Known = Acquaintance & { told: Map<number, number>; ledger: LedgerOf | null };
type Asks = { history: boolean; tiers: boolean; lives: boolean; withImported: boolean; until: Date };

/** What is known of the members of one bite of the past after another; each is asked for once. */
export function acquaintances(tx: Tx, asks: Asks): (rows: readonly PastRow[]) => Promise<(memberId: string) => Known> {
  const known = new Map<string, Known>();
  const find = (memberId: string): Known => {
    const one = known.get(memberId);
    if (!one) throw new Error(`Nobody asked for ${memberId}.`);
    return one;
  };

  return async (rows) => {
    const fresh: string[] = [];
    for (const { memberId, placedAt } of rows) {
      if (known.has(memberId)) continue;
      known.set(memberId, stranger(placedAt.getTime()));
      fresh.push(memberId);
    }
    // Who is no member is known to Shopify alone.
    const members = fresh.filter((memberId) => !memberId.startsWith("gid:"));
    if (!asks.history) return find;
    if (members.length > 0) {
      const backgrounds = await backgroundsOf(tx, members);
      const decisions = asks.tiers ? await tierDecisionsOf(tx, members) : new Map<string, never>();
      const ledgers = asks.lives ? await ledgersOf(tx, members, asks.until) : null;
      for (const [memberId, background] of backgrounds)
        known.set(memberId, {
          background,
          told: new Map(),
          decisions: decisions.get(memberId) ?? [],
          ledger: ledgers?.get(memberId) ?? null,
        });
    }
    const counted = countedIn(rows, find);
    for (const { memberId, at } of counted) find(memberId).told.set(at.getTime(), 0);
    for (const { memberId, at, orders } of await toldOrders(tx, counted, asks.withImported)) find(memberId).told.set(at.getTime(), orders);
    return find;
  };
}

// When Shopify had counted whose orders: as it was pinned with each, and as it is known now. What was asked for is not again.
function countedIn(rows: readonly PastRow[], find: (memberId: string) => Known): { memberId: string; at: Date }[] {
  const counted = new Map<string, { memberId: string; at: Date }>();
  for (const row of rows) {
    const { memberId } = row;
    if (memberId.startsWith("gid:")) continue;
    const { background, told } = find(memberId);
    for (const at of [background.counted?.at, row.kind === "imported" ? undefined : row.pins?.counted?.at])
      if (at !== undefined && !told.has(at)) counted.set(`${memberId} ${at}`, { memberId, at: new Date(at) });
  }
  return [...counted.values()];
}

// Somebody of whom nothing is known but that they bought.
const stranger = (joinedAt: number): Known => ({
  background: { joinedAt, birthday: null, counted: null },
  told: new Map(),
  decisions: [],
  ledger: null,
});
