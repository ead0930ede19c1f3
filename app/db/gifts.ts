import { newId } from "../ids.ts";
import type { Gift } from "../loyalty/earning/award-kind.ts";
import type { TierGift } from "../loyalty/tiers/ladder.ts";
import type { Tx } from "./database.ts";
import { markCards } from "./members.ts";

export type GiftState = "due" | "given" | "withdrawn" | "refused";

export type GiftRow = {
  giftId: string;
  memberId: string;
  shopId: string | null;
  cause: string;
  ruleId: string;
  kind: Gift["kind"];
  what: string;
  months: number | null;
  state: GiftState;
  redemptionId: string | null;
  why: string | null;
};

/** What an order or an event gives that is not an amount, as its last judgement says. */
export type GiftsDue = {
  /** null where it is nobody's any more: then it gives nothing. */
  memberId: string | null;
  shopId: string | null;
  cause: string;
  gifts: readonly (Gift & { ruleId: string })[];
  now: Date;
};

const columns = `gift_id as "giftId", member_id as "memberId", shop_id as "shopId", cause, rule_id as "ruleId", kind, what, months, state, redemption_id as "redemptionId", why`;

/**
 * Notes what these causes give: what is newly due is added, what is due no longer is withdrawn, and what is due again
 * comes back. Nothing is handed out here: the job does that. An occasion that never gave anything and gives nothing
 * need not be told.
 */
export async function noteGifts(tx: Tx, due: readonly GiftsDue[]): Promise<void> {
  if (due.length === 0) return;
  const known = await tx.rows<GiftRow>(
    `select ${columns} from gift where program_id = $1 and cause = any ($2) order by gift_id for update`,
    [tx.scope.programId, due.map((one) => one.cause)],
  );
  const changes = due.flatMap((one) =>
    changesOf(
      one,
      known.filter((row) => row.cause === one.cause),
    ),
  );
  if (changes.length === 0) return;
  await moveAway(tx, changes);
  await tx.rows(
    `insert into gift as g (program_id, gift_id, member_id, shop_id, cause, rule_id, kind, what, months, state, created_at, changed_at)
     select $1, "giftId", "memberId", "shopId", cause, "ruleId", kind, what, months, state, now, now
     from json_to_recordset($2) as c("giftId" uuid, "memberId" uuid, "shopId" uuid, cause text, "ruleId" text, kind text, what text, months int, state text, now timestamptz)
     on conflict (program_id, cause, rule_id, kind, what) do update set state = excluded.state, member_id = excluded.member_id, why = null, changed_at = excluded.changed_at`,
    [tx.scope.programId, JSON.stringify(changes)],
  );
  const members = new Set(
    changes.flatMap((one) => [one.memberId, ...(one.was && one.was.memberId !== one.memberId ? [one.was.memberId] : [])]),
  );
  for (const memberId of members) await askToSettle(tx, memberId);
  const [first] = due;
  if (first) await markCards(tx, members, first.now);
}

type Change = Omit<GiftRow, "redemptionId" | "why"> & { now: Date; was: GiftRow | undefined };

function changesOf({ memberId, shopId, cause, gifts, now }: GiftsDue, known: readonly GiftRow[]): Change[] {
  const wanted = new Map((memberId ? gifts : []).map((gift) => [`${gift.ruleId} ${gift.kind} ${whatOf(gift)}`, gift]));
  const changes: Change[] = [];
  for (const row of known) {
    const key = `${row.ruleId} ${row.kind} ${row.what}`;
    const isDue = wanted.has(key);
    const isSame = row.memberId === memberId;
    if (isDue && isSame) wanted.delete(key);
    // What was refused stays so: asking again would be refused again.
    if (isDue && isSame && row.state === "withdrawn") changes.push({ ...row, state: "due", now, was: row });
    if (!isDue && row.state !== "withdrawn") changes.push({ ...row, state: "withdrawn", now, was: row });
  }
  if (!memberId) return changes;
  for (const [key, gift] of wanted) {
    const was = known.find((row) => `${row.ruleId} ${row.kind} ${row.what}` === key);
    const months = gift.kind === "tier" ? gift.months : null;
    changes.push({
      giftId: newId(),
      memberId,
      shopId,
      cause,
      ruleId: gift.ruleId,
      kind: gift.kind,
      what: whatOf(gift),
      months,
      state: "due",
      now,
      was,
    });
  }
  return changes;
}

// An order that belongs to somebody else now: what the one was given is withdrawn under a name of its own, and the
// other is given theirs.
async function moveAway(tx: Tx, changes: readonly Change[]): Promise<void> {
  const moved = changes.flatMap(({ was, giftId }) => (was && was.giftId !== giftId ? [was.giftId] : []));
  if (moved.length === 0) return;
  await tx.rows(
    "update gift set state = 'withdrawn', cause = cause || ' of ' || gift_id, changed_at = $3 where program_id = $1 and gift_id = any ($2)",
    [tx.scope.programId, moved, changes[0]?.now],
  );
}

export function whatOf(gift: Gift): string {
  if (gift.kind === "reward") return gift.rewardId;
  return gift.kind === "badge" ? gift.badgeId : gift.tierId;
}

export const askToSettle = (tx: Tx, memberId: string, runAt?: Date): Promise<void> =>
  tx.addJob("settle-gifts", { memberId }, { key: `settle-gifts ${memberId}`, ...(runAt ? { runAt } : {}) });

/** A member's gifts that somebody has to hand out or take back, locked. */
export const openGifts = (tx: Tx, memberId: string): Promise<GiftRow[]> =>
  tx.rows<GiftRow>(
    `select ${columns} from gift where program_id = $1 and member_id = $2
       and (state = 'due' or (state = 'withdrawn' and why is null and kind <> 'badge')) order by gift_id for update`,
    [tx.scope.programId, memberId],
  );

export async function saveGift(
  tx: Tx,
  gift: GiftRow,
  change: Partial<Pick<GiftRow, "state" | "redemptionId" | "why">>,
  now: Date,
): Promise<void> {
  const after = { ...gift, ...change };
  await tx.rows("update gift set state = $3, redemption_id = $4, why = $5, changed_at = $6 where program_id = $1 and gift_id = $2", [
    tx.scope.programId,
    gift.giftId,
    after.state,
    after.redemptionId,
    after.why,
    now,
  ]);
}

/** What causes of a tier gave a member: points, codes, or rewards that wait until they can be made. */
export async function giftsOfCauses(tx: Tx, memberId: string, causes: readonly string[]): Promise<{ cause: string; gift: TierGift }[]> {
  const rows = await tx.rows<{ cause: string; unit: string | null; points: number | null; reward: string | null }>(
    `select source as cause, explanation->>'unit' as unit, (explanation->>'points')::bigint as points, null as reward
       from transaction where program_id = $1 and kind = 'gift' and source = any ($3)
     union all select request_id, null, null, reward_id from redemption where program_id = $1 and member_id = $2 and request_id = any ($3)
     union all select cause, null, null, what from gift where program_id = $1 and cause = any ($3)`,
    [tx.scope.programId, memberId, causes],
  );
  return rows.map(({ cause, unit, points, reward }) => ({
    cause,
    gift: reward === null ? { kind: "points", points: points ?? 0, unit: unit ?? "points" } : { kind: "reward", reward },
  }));
}

/** Badges that members have. */
export async function badgesOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await tx.rows<{ member_id: string; badges: string[] }>(
    "select member_id, array_agg(distinct what order by what) as badges from gift where program_id = $1 and member_id = any ($2) and kind = 'badge' and state = 'given' group by member_id",
    [tx.scope.programId, memberIds],
  );
  return new Map(rows.map((row) => [row.member_id, row.badges]));
}

/** Whether anything waits to be handed out, such as a reward of somebody who had no account. */
export async function hasDueGifts(tx: Tx, memberId: string): Promise<boolean> {
  return (
    (await tx.one("select 1 from gift where program_id = $1 and member_id = $2 and state = 'due' limit 1", [
      tx.scope.programId,
      memberId,
    ])) !== undefined
  );
}

/** The account that a code is made for: in the shop that is asked for where they have one, else where they bought last. */
export async function customerForGift(
  tx: Tx,
  memberId: string,
  shopId: string | null,
): Promise<{ shopId: string; customerGid: string } | undefined> {
  return tx.one<{ shopId: string; customerGid: string }>(
    `select c.shop_id as "shopId", c.customer_gid as "customerGid"
     from customer c join shop s using (program_id, shop_id)
       join shop_directory d on d.shop = s.domain and d.uninstalled_at is null
     where c.program_id = $1 and c.member_id = $2 and c.deleted_at is null and c.customer_gid like 'gid://%'
       and (current_setting('laurel.shop', true) = '*' or current_setting('laurel.shop', true) = c.shop_id::text)
     order by c.shop_id = $3 desc nulls last,
       (select max(o.placed_at) from order_facts o where o.program_id = c.program_id and o.shop_id = c.shop_id and o.customer_gid = c.customer_gid) desc nulls last,
       c.shop_id, c.customer_gid limit 1`,
    [tx.scope.programId, memberId, shopId],
  );
}
