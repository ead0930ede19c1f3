import type { Background, Counted } from "../loyalty/earning/history.ts";
import type { Budget } from "../loyalty/earning/judgement.ts";
import type { BirthdayWindows } from "../loyalty/earning/occasion.ts";
import type { Trail, TrailEntry } from "../loyalty/earning/trail.ts";
import type { OrderFacts, ProductFacts } from "../loyalty/facts.ts";
import type { Points } from "../loyalty/points.ts";
import type { Tx } from "./database.ts";

/** The facts that an order or an event was judged with, as they were when it was first seen. No personal data: they stay. */
export type Pins = {
  products?: Record<string, ProductFacts>;
  segments?: string[];
  /** What its rules asked of the birthday, answered; null where none was known. The date itself is not kept. */
  windows?: BirthdayWindows | null;
  /** What Shopify had counted of the member's orders; null where it had not, or does not know them. */
  counted?: Counted | null;
  /** What a budget had left when the order was first settled, and what the order took of it. */
  room?: Partial<Record<Budget, Points>>;
  spent?: Partial<Record<Budget, Points>>;
};

/** An order whose trail was never written, because no rule asked then: its facts tell it. */
export type Untold = {
  shopId: string;
  orderGid: string;
  facts: OrderFacts;
  deletedAt: Date | null;
  version: number;
  pins: Pins | null;
  tags: string[];
  phase: string;
  memberState: string;
};

export type Told = {
  trails: Trail[];
  untold: Untold[];
  /** What Shopify had counted, as it was pinned with any of them. */
  counts: Counted[];
};

type Row = {
  member_id: string;
  key: string;
  is_order: boolean;
  placed_at: Date;
  trail: TrailEntry[] | null;
  shop_id: string;
  order_gid: string;
  facts: OrderFacts | null;
  deleted_at: Date | null;
  version: number;
  pins: Pins | null;
  tags: string[];
  phase: string;
  member_state: string;
  counted: Counted | null;
};

/** What all settled orders and events of these members add to their histories. Read it after their balances are locked. */
export async function trailsOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Told>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<Row>(
    `select member_id, shop_id || ' ' || order_gid as key, true as is_order, placed_at, trail, shop_id, order_gid,
       case when trail is null then facts end as facts, deleted_at, version, case when trail is null then pins end as pins, tags, phase, member_state, pins->'counted' as counted
     from order_facts where program_id = $1 and member_id = any ($2) and pinned_at is not null
     union all
     select member_id, happening_id::text, false, at, trail, null, null, null, null, null, null, null, null, null, pins->'counted'
     from happening where program_id = $1 and member_id = any ($2) and trail is not null`,
    [tx.scope.programId, memberIds],
  );
  const told = new Map<string, Told>();
  for (const row of rows) {
    const of = told.get(row.member_id) ?? { trails: [], untold: [], counts: [] };
    told.set(row.member_id, of);
    const { counted } = row;
    if (counted && !of.counts.some((one) => one.at === counted.at && one.orders === counted.orders)) of.counts.push(counted);
    if (row.trail) of.trails.push({ key: row.key, placedAt: row.placed_at.getTime(), isOrder: row.is_order, entries: row.trail });
    else if (row.facts)
      of.untold.push({
        shopId: row.shop_id,
        orderGid: row.order_gid,
        facts: row.facts,
        deletedAt: row.deleted_at,
        version: row.version,
        pins: row.pins,
        tags: row.tags,
        phase: row.phase,
        memberState: row.member_state,
      });
  }
  return told;
}

/** What shops know of members beside their orders here. */
export async function backgroundsOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Background>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<{
    member_id: string;
    joined_at: Date;
    birthday: string | null;
    orders: number | null;
    last_order_at: Date | null;
    counted_at: Date | null;
  }>(
    `select m.member_id, m.joined_at, max(c.birthday) as birthday, sum(c.order_count)::int as orders, max(c.last_order_at) as last_order_at,
       min(c.counted_at) filter (where c.order_count is not null) as counted_at
     from member m left join customer c on c.program_id = m.program_id and c.member_id = m.member_id
     where m.program_id = $1 and m.member_id = any ($2) group by m.member_id, m.joined_at`,
    [tx.scope.programId, memberIds],
  );
  return new Map(
    rows.map((row) => [
      row.member_id,
      {
        joinedAt: row.joined_at.getTime(),
        birthday: row.birthday,
        counted:
          row.orders !== null && row.counted_at
            ? { orders: row.orders, lastOrderAt: row.last_order_at?.getTime() ?? null, at: row.counted_at.getTime() }
            : null,
      },
    ]),
  );
}

export type Placed = { shopId: string; orderGid: string; placedAt: Date };

/** A member's next orders, oldest first, to settle them again: from an instant on, or behind one of them. */
export async function ordersSince(tx: Tx, memberId: string, from: { since: Date } | { behind: Placed }, most: number): Promise<Placed[]> {
  const behind = "behind" in from ? from.behind : null;
  return tx.rows(
    `select shop_id as "shopId", order_gid as "orderGid", placed_at as "placedAt" from order_facts
     where program_id = $1 and member_id = $2 and placed_at >= $3 and pinned_at is not null
       and ($4::uuid is null or (placed_at, shop_id, order_gid) > ($3, $4, $5)) order by placed_at, shop_id, order_gid limit $6`,
    [
      tx.scope.programId,
      memberId,
      "since" in from ? from.since : from.behind.placedAt,
      behind?.shopId ?? null,
      behind?.orderGid ?? null,
      most,
    ],
  );
}
