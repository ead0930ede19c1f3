import type { Reward } from "../loyalty/program/definition.ts";
import type { Tx } from "./database.ts";

/** How often somebody redeemed since an instant. */
export async function redeemedSince(tx: Tx, who: { customerGid: string; since: Date }): Promise<number> {
  const row = await tx.one<{ times: number }>(
    "select count(*) as times from redemption where program_id = $1 and customer_gid = $2 and reserved_at > $3 and shop_id::text = $4",
    [tx.scope.programId, who.customerGid, who.since, tx.scope.shopId],
  );
  return row?.times ?? 0;
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
