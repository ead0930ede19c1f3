import type { Tx } from "../db/database.ts";
import { type PastRow, toldOrders } from "../db/past-occasions.ts";
import { tierDecisionsOf } from "../db/tiers.ts";
import { backgroundsOf } from "../db/trails.ts";
import type { Acquaintance } from "../loyalty/insight/member-so-far.ts";

type Asks = { history: boolean; tiers: boolean; withImported: boolean };

/** What is known of the members of one bite of the past after another; each is asked for once. */
export function acquaintances(tx: Tx, asks: Asks): (rows: readonly PastRow[]) => Promise<(memberId: string) => Acquaintance> {
  const known = new Map<string, Acquaintance>();
  const find = (memberId: string): Acquaintance => {
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
    if (!asks.history || members.length === 0) return find;
    const backgrounds = await backgroundsOf(tx, members);
    const decisions = asks.tiers ? await tierDecisionsOf(tx, members) : new Map<string, never>();
    const counted = [...backgrounds].flatMap(([memberId, { counted: one }]) => (one ? [{ memberId, at: new Date(one.at) }] : []));
    const told = await toldOrders(tx, counted, asks.withImported);
    for (const [memberId, background] of backgrounds)
      known.set(memberId, { background, told: told.get(memberId) ?? 0, decisions: decisions.get(memberId) ?? [] });
    return find;
  };
}

// Somebody of whom nothing is known but that they bought.
const stranger = (joinedAt: number): Acquaintance => ({
  background: { joinedAt, birthday: null, counted: null },
  told: 0,
  decisions: [],
});
