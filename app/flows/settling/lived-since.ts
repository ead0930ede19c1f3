import type { Tx } from "../../db/database.ts";
import type { Transaction } from "../../db/ledger.ts";
import { compiledVersion } from "../../db/programme.ts";
import type { Expiry } from "../../loyalty/ledger/expiry.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Past } from "./past-of.ts";

/**
 * Points that come late live on with what their member did since: the orders and events after them are looked at again.
 * Where rules ask for histories these are looked at anyway.
 * @param settled the orders and events that are settled here, by "<shop id> <order gid>" or id: they come in their turn
 */
export async function livedSince(
  tx: Tx,
  transactions: readonly Transaction[],
  { versions, asksHistory }: Past,
  settled: readonly string[],
): Promise<{ memberId: string; since: number }[]> {
  const late = transactions.flatMap(({ newLots }) =>
    newLots.flatMap((lot) => (lot.expiresAt === null ? [] : [{ memberId: lot.memberId, at: lot.earnedAt }])),
  );
  if (asksHistory || late.length === 0) return [];
  let ends = false;
  for (const { version } of versions) ends ||= endsBy("inactivity", (await compiledVersion(tx, version)).definition);
  if (!ends) return [];
  const rows = await tx.rows<{ memberId: string; since: Date }>(
    `with late as (select "memberId" as member_id, min(at) as at from json_to_recordset($2) as l("memberId" uuid, at timestamptz) group by 1)
     select member_id as "memberId", min(d.at) as since from (
       select l.member_id, o.placed_at as at from late l join order_facts o on o.program_id = $1 and o.member_id = l.member_id and o.placed_at > l.at
         where o.pinned_at is not null and o.shop_id || ' ' || o.order_gid <> all ($3)
       union all
       select l.member_id, h.at from late l join happening h on h.program_id = $1 and h.member_id = l.member_id and h.at > l.at
         where h.version is not null and h.happening_id::text <> all ($3)) d group by 1`,
    [tx.scope.programId, JSON.stringify(late), settled],
  );
  return rows.map(({ memberId, since }) => ({ memberId, since: since.getTime() }));
}

/** Whether any points of a programme end in this way, in any unit and any tier. */
export const endsBy = (kind: Expiry["kind"], { policies, units, tiers }: Definition): boolean =>
  [policies, ...units, ...(tiers?.levels ?? [])].some((one) => one.expiry?.kind === kind);
