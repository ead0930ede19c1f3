import type { OrderFacts } from "../loyalty/facts.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import type { Tx } from "./database.ts";

/** One version of an order, as it was heard. */
export type OrderVersion = { shopId: string; facts: OrderFacts; factsHash: string; triggeredAt: Date };

/** An order as it now stands, locked, with what was pinned when it was first seen. */
export type HeldOrder = {
  shopId: string;
  orderGid: string;
  facts: OrderFacts;
  memberId: string | null;
  paidAt: Date | null;
  deletedAt: Date | null;
  pinned: { version: number; phase: Phase; tags: string[]; memberState: "active" | "blocked" | "left" } | null;
  settlements: number;
};

export type Heard = { held: HeldOrder[]; ties: { shopId: string; orderGid: string }[] };

type Row = {
  shop_id: string;
  order_gid: string;
  facts: OrderFacts;
  facts_hash: string;
  version_at: Date;
  triggered_at: Date;
  member_id: string | null;
  paid_at: Date | null;
  deleted_at: Date | null;
  version: number | null;
  phase: Phase | null;
  tags: string[] | null;
  member_state: "active" | "blocked" | "left" | null;
  pinned_at: Date | null;
  settlements: number;
};

const returning = `o.shop_id, o.order_gid, o.facts, o.body_hash as facts_hash, o.version_at, o.triggered_at, o.member_id, o.paid_at, o.deleted_at, o.version, o.phase, o.tags, o.member_state, o.pinned_at, o.settlements`;
const newer = "(excluded.version_at, excluded.triggered_at) > (o.version_at, o.triggered_at)";
const tie = "(excluded.version_at, excluded.triggered_at) = (o.version_at, o.triggered_at) and excluded.body_hash <> o.body_hash";
const paidEarlier = "excluded.paid_at < coalesce(o.paid_at, 'infinity')";

/**
 * Takes in versions of orders: the newest by (updated_at, triggered-at) stays, older ones are dropped, and the
 * orders are locked in id order. Only orders that changed by it are returned. Two contents of one version are a
 * tie: nobody here can tell which is right.
 *
 * A new order is written with its member at once: to settle it then changes nothing that an index holds.
 */
export async function hearOrders(
  tx: Tx,
  versions: readonly OrderVersion[],
  memberOf: (version: OrderVersion) => string | null,
): Promise<Heard> {
  const newest = new Map<string, OrderVersion & { paidAt: string | null }>();
  const ties = new Map<string, { shopId: string; orderGid: string }>();
  for (const version of versions) {
    const key = `${version.shopId} ${version.facts.orderGid}`;
    const paidAt = version.facts.payment === "paid" ? version.facts.versionAt : null;
    const seen = newest.get(key);
    const earliest = [seen?.paidAt, paidAt].filter((at): at is string => Boolean(at)).sort()[0] ?? null;
    const order = seen ? compare(version, seen) : 1;
    if (seen && order === 0 && seen.factsHash !== version.factsHash)
      ties.set(key, { shopId: version.shopId, orderGid: version.facts.orderGid });
    if (order > 0) ties.delete(key);
    newest.set(key, { ...(seen && order <= 0 ? seen : version), paidAt: earliest });
  }

  const rows = await tx.rows<Row>(
    `insert into order_facts as o (program_id, shop_id, order_gid, name, member_id, customer_gid, placed_at, version_at, triggered_at, body_hash, facts, paid_at, tags)
     select $1, shop, gid, name, member, customer, placed, at, triggered, hash, facts, paid, '{}'
     from json_to_recordset($2) as v(shop uuid, gid text, name text, member uuid, customer text, placed timestamptz, at timestamptz, triggered timestamptz, hash text, facts jsonb, paid timestamptz)
     order by shop, gid
     on conflict (program_id, shop_id, order_gid) do update set
       name = case when ${newer} then excluded.name else o.name end,
       customer_gid = case when ${newer} then excluded.customer_gid else o.customer_gid end,
       placed_at = case when ${newer} then excluded.placed_at else o.placed_at end,
       facts = case when ${newer} then excluded.facts else o.facts end,
       body_hash = case when ${newer} then excluded.body_hash else o.body_hash end,
       paid_at = least(o.paid_at, excluded.paid_at),
       version_at = greatest(o.version_at, excluded.version_at),
       triggered_at = case when ${newer} then excluded.triggered_at else o.triggered_at end
     where ${newer} or ${paidEarlier} or (${tie})
     returning ${returning}`,
    [tx.scope.programId, JSON.stringify([...newest.values()].map((one) => ({ ...rowOf(one), member: memberOf(one) })))],
  );

  const changed = rows.filter((row) => {
    const said = newest.get(`${row.shop_id} ${row.order_gid}`);
    const isTie =
      said &&
      row.facts_hash !== said.factsHash &&
      row.version_at.toISOString() === said.facts.versionAt &&
      row.triggered_at.getTime() === said.triggeredAt.getTime();
    if (isTie) ties.set(`${row.shop_id} ${row.order_gid}`, { shopId: row.shop_id, orderGid: row.order_gid });
    return !isTie;
  });
  return { held: changed.map(held), ties: [...ties.values()] };
}

/** Locks orders that are known, in id order, to settle them again as they stand. */
export async function holdOrders(tx: Tx, orders: readonly { shopId: string; orderGid: string }[]): Promise<HeldOrder[]> {
  const rows = await tx.rows<Row>(
    `select ${returning} from order_facts o where o.program_id = $1 and (o.shop_id, o.order_gid) in (select * from unnest($2::uuid[], $3::text[])) order by o.shop_id, o.order_gid for update`,
    [tx.scope.programId, orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
  return rows.map(held);
}

/**
 * An order was deleted in Shopify: it stays here, because its points are in the ledger. One that we have not
 * heard of leaves a mark, for its first version may still be under way.
 */
export async function markDeleted(tx: Tx, shopId: string, orderGid: string, at: Date): Promise<void> {
  await tx.rows(
    `insert into order_facts as o (program_id, shop_id, order_gid, name, placed_at, version_at, triggered_at, body_hash, facts, deleted_at, tags)
     values ($1, $2, $3, '', $4, 'epoch', 'epoch', 'deleted', $5, $4, '{}')
     on conflict (program_id, shop_id, order_gid) do update set deleted_at = coalesce(o.deleted_at, excluded.deleted_at)`,
    [tx.scope.programId, shopId, orderGid, at, JSON.stringify(unknownFacts(orderGid, at))],
  );
}

// Older than every version, so that whichever comes takes its place.
const unknownFacts = (orderGid: string, at: Date): OrderFacts => ({
  orderGid,
  name: "",
  currency: "XXX",
  placedAt: at.toISOString(),
  versionAt: new Date(0).toISOString(),
  cancelledAt: null,
  test: false,
  channel: "",
  payment: "waiting",
  gateways: [],
  customerGid: null,
  guestKey: null,
  lines: [],
  shipping: 0,
  refundedWithoutLines: 0,
  codes: [],
  refundIds: [],
});

export type Settled = HeldOrder & { waitingFor: "tags" | null };

/** Writes down how orders were settled: what is pinned, whose they are, how often they were settled. */
export async function recordSettled(tx: Tx, orders: readonly Settled[], now: Date): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map((order) => ({
    shop: order.shopId,
    gid: order.orderGid,
    member: order.memberId,
    version: order.pinned?.version ?? null,
    phase: order.pinned?.phase ?? null,
    tags: order.pinned?.tags ?? [],
    state: order.pinned?.memberState ?? null,
    waiting: order.waitingFor,
    settlements: order.settlements,
  }));
  await tx.rows(
    `update order_facts o set member_id = s.member, version = s.version, phase = s.phase, tags = array(select json_array_elements_text(s.tags)), member_state = s.state,
       pinned_at = case when s.version is null then null else coalesce(o.pinned_at, $3) end, waiting_for = s.waiting, settlements = s.settlements, settled_at = case when s.waiting is null then $3 else o.settled_at end
     from json_to_recordset($2) as s(shop uuid, gid text, member uuid, version int, phase text, tags json, state text, waiting text, settlements int)
     where o.program_id = $1 and o.shop_id = s.shop and o.order_gid = s.gid`,
    [tx.scope.programId, JSON.stringify(rows), now],
  );
}

/**
 * What orders have earned so far, by member, from the ledger itself. A member who was merged counts as the one
 * they became.
 */
export async function recordedFor(
  tx: Tx,
  orders: readonly { shopId: string; orderGid: string }[],
): Promise<Map<string, Map<string, number>>> {
  if (orders.length === 0) return new Map();
  const rows = await tx.rows<{ shop_id: string; order_gid: string; member_id: string; points: number }>(
    `select t.shop_id, t.order_gid, coalesce(m.merged_into, t.member_id) as member_id,
       sum(case when p.from_account = 'issued' then p.amount when p.to_account = 'issued' then -p.amount else 0 end)::bigint as points
     from transaction t join posting p using (program_id, transaction_id) join member m on m.program_id = t.program_id and m.member_id = t.member_id
     where t.program_id = $1 and t.kind = 'order' and (t.shop_id, t.order_gid) in (select * from unnest($2::uuid[], $3::text[]))
     group by 1, 2, 3`,
    [tx.scope.programId, orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
  const recorded = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const key = `${row.shop_id} ${row.order_gid}`;
    const byMember = recorded.get(key) ?? new Map<string, number>();
    byMember.set(row.member_id, row.points);
    recorded.set(key, byMember);
  }
  return recorded;
}

function held(row: Row): HeldOrder {
  const pinned =
    row.pinned_at && row.version !== null && row.phase && row.member_state
      ? { version: row.version, phase: row.phase, tags: row.tags ?? [], memberState: row.member_state }
      : null;
  return {
    shopId: row.shop_id,
    orderGid: row.order_gid,
    facts: row.facts,
    memberId: row.member_id,
    paidAt: row.paid_at,
    deletedAt: row.deleted_at,
    pinned,
    settlements: row.settlements,
  };
}

function compare(a: OrderVersion, b: OrderVersion): number {
  if (a.facts.versionAt !== b.facts.versionAt) return a.facts.versionAt > b.facts.versionAt ? 1 : -1;
  return a.triggeredAt.getTime() - b.triggeredAt.getTime();
}

const rowOf = (one: OrderVersion & { paidAt: string | null }) => ({
  shop: one.shopId,
  gid: one.facts.orderGid,
  name: one.facts.name,
  customer: one.facts.customerGid,
  placed: one.facts.placedAt,
  at: one.facts.versionAt,
  triggered: one.triggeredAt,
  hash: one.factsHash,
  facts: one.facts,
  paid: one.paidAt,
});
