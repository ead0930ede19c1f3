import type { Tx } from "../../db/database.ts";
import { guestGid, type KnownCustomer, membersOf } from "../../db/members.ts";
import type { OrderFacts } from "../../loyalty/facts.ts";
import type { Buyer } from "../../shopify/read-order.ts";

/** The members of these orders' customers, by "<shop id> <customer gid>"; those that are missing are made. */
export type People = ReadonlyMap<string, KnownCustomer>;

type Bought = { shopId: string; facts: OrderFacts };

export async function peopleOf(tx: Tx, orders: readonly Bought[], buyers: ReadonlyMap<string, Buyer> = new Map()): Promise<People> {
  const seen = orders.flatMap(({ shopId, facts }) => {
    const customerGid = customerOf(facts);
    const buyer = buyers.get(`${shopId} ${facts.orderGid}`);
    if (!customerGid) return [];
    const { name = null, email = null, locale = null, hasAccount = false } = buyer ?? {};
    // Whoever buys is a member since then, also when the order is told late.
    return [{ shopId, customerGid, name, email, locale, hasAccount, seenAt: new Date(facts.placedAt) }];
  });
  return membersOf(tx, seen);
}

/** Who an order belongs to, where it has a customer or a guest that can be known again. */
export function personOf(people: People, { shopId, facts }: Bought): KnownCustomer | undefined {
  const customerGid = customerOf(facts);
  return customerGid ? people.get(`${shopId} ${customerGid}`) : undefined;
}

const customerOf = (facts: OrderFacts): string | null => facts.customerGid ?? (facts.guestKey ? guestGid(facts.guestKey) : null);
