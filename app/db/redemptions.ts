import type { Reward } from "../loyalty/program/definition.ts";
import type { RedemptionState } from "../loyalty/redeeming/redemption.ts";
import type { Tx } from "./database.ts";

export type Redemption = {
  redemptionId: string;
  shopId: string;
  memberId: string;
  customerGid: string;
  requestId: string;
  version: number;
  reward: Reward;
  unit: string;
  points: number;
  state: RedemptionState;
  code: string;
  discountGid: string | null;
  reservedAt: Date;
  issuedAt: Date | null;
  expiresAt: Date;
  orderGid: string | null;
  givenMinor: number | null;
  charged: number;
  settlements: number;
  changedAt: Date;
};

const columns = `redemption_id as "redemptionId", shop_id as "shopId", member_id as "memberId", customer_gid as "customerGid", request_id as "requestId", version, reward, unit, points, state, code,
  discount_gid as "discountGid", reserved_at as "reservedAt", issued_at as "issuedAt", expires_at as "expiresAt", order_gid as "orderGid", given_minor as "givenMinor", charged, settlements, changed_at as "changedAt"`;

export async function redemptionById(tx: Tx, redemptionId: string, lock = false): Promise<Redemption | undefined> {
  return tx.one<Redemption>(`select ${columns} from redemption where program_id = $1 and redemption_id = $2 ${lock ? "for update" : ""}`, [
    tx.scope.programId,
    redemptionId,
  ]);
}

export async function redemptionByRequest(tx: Tx, memberId: string, requestId: string): Promise<Redemption | undefined> {
  return tx.one<Redemption>(`select ${columns} from redemption where program_id = $1 and member_id = $2 and request_id = $3`, [
    tx.scope.programId,
    memberId,
    requestId,
  ]);
}

/** Redemptions that these orders name by a code or named before. Codes are compared as Shopify does, without case. */
export async function redemptionsOn(
  tx: Tx,
  orders: readonly { shopId: string; orderGid: string }[],
  codes: readonly string[],
): Promise<Redemption[]> {
  return tx.rows<Redemption>(
    `select ${columns} from redemption where program_id = $1 and (code = any ($2) or (shop_id, order_gid) in (select * from unnest($3::uuid[], $4::text[]))) order by redemption_id`,
    [tx.scope.programId, codes.map((code) => code.toUpperCase()), orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
}

export async function lockRedemptions(tx: Tx, ids: readonly string[]): Promise<Redemption[]> {
  if (ids.length === 0) return [];
  return tx.rows<Redemption>(
    `select ${columns} from redemption where program_id = $1 and redemption_id = any ($2) order by redemption_id for update`,
    [tx.scope.programId, ids],
  );
}

export async function addRedemption(tx: Tx, one: Redemption, why: string): Promise<void> {
  await tx.rows(
    `insert into redemption (program_id, redemption_id, shop_id, member_id, customer_gid, request_id, version, reward_id, reward, unit, points, state, code, reserved_at, expires_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14)`,
    [
      tx.scope.programId,
      one.redemptionId,
      one.shopId,
      one.memberId,
      one.customerGid,
      one.requestId,
      one.version,
      one.reward.id,
      JSON.stringify(one.reward),
      one.unit,
      one.points,
      one.state,
      one.code,
      one.reservedAt,
      one.expiresAt,
    ],
  );
  await addStep(tx, one.redemptionId, null, one.state, why, one.reservedAt);
}

/** Writes how a redemption now stands; a new state is also a step in its history. */
export async function saveRedemption(tx: Tx, before: Redemption, after: Redemption, why: string, now: Date): Promise<void> {
  await tx.rows(
    `update redemption set state = $3::text, discount_gid = $4, issued_at = $5, order_gid = $6, given_minor = $7, charged = $8, settlements = $9, changed_at = $10::timestamptz,
       ended_at = case when $3 in ('used', 'released', 'refused') then $10::timestamptz end
     where program_id = $1 and redemption_id = $2`,
    [
      tx.scope.programId,
      after.redemptionId,
      after.state,
      after.discountGid,
      after.issuedAt,
      after.orderGid,
      after.givenMinor,
      after.charged,
      after.settlements,
      now,
    ],
  );
  if (before.state !== after.state || before.charged !== after.charged)
    await addStep(tx, after.redemptionId, before.state, after.state, why, now);
}

async function addStep(
  tx: Tx,
  redemptionId: string,
  from: RedemptionState | null,
  to: RedemptionState,
  why: string,
  at: Date,
): Promise<void> {
  tx.happened({ what: "redemption", step: to });
  await tx.rows(
    `insert into redemption_step (program_id, redemption_id, seq, "from", "to", why, at)
     select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6 from redemption_step where program_id = $1 and redemption_id = $2`,
    [tx.scope.programId, redemptionId, from, to, why, at],
  );
}
