import type { Reward } from "../loyalty/program/definition.ts";
import type { Tx } from "./database.ts";

/** How often somebody redeemed since an instant, this request left out, and whether this request is known already. */
export async function redeemedSince(
  tx: Tx,
  who: { customerGid: string; requestId: string; since: Date },
): Promise<{ others: number; known: boolean }> {
  const row = await tx.one<{ others: number; known: boolean }>(
    `select count(*) filter (where request_id <> $3 and reserved_at > $4) as others, coalesce(bool_or(request_id = $3), false) as known
     from redemption where program_id = $1 and customer_gid = $2 and shop_id::text = $5`,
    [tx.scope.programId, who.customerGid, who.requestId, who.since, tx.scope.shopId],
  );
  return row ?? { others: 0, known: false };
}

/** A customer's code for this reward that is issued and unused. */
export const waitingCode = (tx: Tx, who: { customerGid: string; rewardId: string; now: Date }): Promise<{ code: string } | undefined> =>
  tx.one<{ code: string }>(
    `select code from redemption
     where program_id = $1 and customer_gid = $2 and reward_id = $3 and state = 'issued' and expires_at > $4 and shop_id::text = $5
     order by reserved_at desc limit 1`,
    [tx.scope.programId, who.customerGid, who.rewardId, who.now, tx.scope.shopId],
  );

/** A redemption of this customer in this shop, and of nobody else. */
export const ownRedemption = (
  tx: Tx,
  who: { customerGid: string; redemptionId: string },
): Promise<{ state: string; reward: Reward } | undefined> =>
  tx.one<{ state: string; reward: Reward }>(
    "select state, reward from redemption where program_id = $1 and customer_gid = $2 and redemption_id::text = $3 and shop_id::text = $4",
    [tx.scope.programId, who.customerGid, who.redemptionId, tx.scope.shopId],
  );
