import type { TrailEntry } from "../loyalty/earning/trail.ts";
import { type OrderFacts, readFacts } from "../loyalty/facts.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import type { Tx } from "./database.ts";
import type { Pins } from "./trails.ts";

/** One version of an order, as it was heard. */
export type OrderVersion = { shopId: string; facts: OrderFacts; factsHash: string; triggeredAt: Date };

/** An order as it now stands, locked, with what was pinned when it was first seen. */
export type HeldOrder = {
  shopId: string;
  orderGid: string;
  facts: OrderFacts;
  factsHash: string;
  triggeredAt: Date;
  memberId: string | null;
  paidAt: Date | null;
  deletedAt: Date | null;
  pinned: { version: number; phase: Phase; tags: string[]; memberState: "active" | "blocked" | "left" } | null;
  settlements: number;
  /** The facts it was judged with, and what it adds to its member's history; null where no rule asks. */
  pins: Pins | null;
  trail: TrailEntry[] | null;
  /** What of it is not in the database yet: everything, a newer version's facts, or nothing. */
  unwritten: "all" | "facts" | "nothing";
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
  pins: Pins | null;
  trail: TrailEntry[] | null;
};

const columns = `o.shop_id, o.order_gid, o.facts, o.body_hash as facts_hash, o.version_at, o.triggered_at, o.member_id, o.paid_at, o.deleted_at, o.version, o.phase, o.tags, o.member_state, o.pinned_at, o.settlements, o.pins, o.trail`;

type Key = { shopId: string; orderGid: string };

/**
 * Takes in versions of orders: the newest by (updated_at, triggered-at) stays, older ones are dropped. Only orders
 * that changed by it are returned, locked; they are written when they are settled (`recordSettled`), a new one
 * once and for all. Two contents of one version are a tie: nobody here can tell which is right.
 */
export async function hearOrders(
  tx: Tx,
  versions: readonly OrderVersion[],
  memberOf: (version: OrderVersion) => string | null,
): Promise<Heard> {
  const ties = new Map<string, Key>();
  const newest = newestOf(versions, ties);
  const known = new Map((await lockedRows(tx, [...newest.values()].map(keyOf))).map((row) => [`${row.shop_id} ${row.order_gid}`, row]));

  const held = [...newest].flatMap(([key, said]) => {
    const row = known.get(key);
    if (!row) return [{ ...unknownBefore(said), memberId: memberOf(said) }];
    const order = compare(said, { at: row.version_at, triggeredAt: row.triggered_at });
    if (order === 0 && row.facts_hash !== said.factsHash) ties.set(key, keyOf(said));
    const paidAt = earlier(row.paid_at, said.paidAt);
    if (order > 0)
      return [
        {
          ...heldOf(row),
          facts: said.facts,
          factsHash: said.factsHash,
          triggeredAt: said.triggeredAt,
          paidAt,
          unwritten: "facts" as const,
        },
      ];
    // An older version can still tell that the order was paid earlier than we knew.
    return paidAt?.getTime() === row.paid_at?.getTime() ? [] : [{ ...heldOf(row), paidAt }];
  });
  return { held, ties: [...ties.values()] };
}

type Said = OrderVersion & { paidAt: Date | null };

function newestOf(versions: readonly OrderVersion[], ties: Map<string, Key>): Map<string, Said> {
  const newest = new Map<string, Said>();
  for (const version of versions) {
    const key = `${version.shopId} ${version.facts.orderGid}`;
    const seen = newest.get(key);
    const order = seen ? compare(version, { at: new Date(seen.facts.versionAt), triggeredAt: seen.triggeredAt }) : 1;
    if (seen && order === 0 && seen.factsHash !== version.factsHash) ties.set(key, keyOf(version));
    if (order > 0) ties.delete(key);
    const paid = version.facts.payment === "paid" ? new Date(version.facts.versionAt) : null;
    newest.set(key, { ...(seen && order <= 0 ? seen : version), paidAt: earlier(seen?.paidAt ?? null, paid) });
  }
  return newest;
}

const keyOf = (version: OrderVersion): Key => ({ shopId: version.shopId, orderGid: version.facts.orderGid });

const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));

function compare(version: OrderVersion, than: { at: Date; triggeredAt: Date }): number {
  return new Date(version.facts.versionAt).getTime() - than.at.getTime() || version.triggeredAt.getTime() - than.triggeredAt.getTime();
}

const unknownBefore = (said: Said): HeldOrder => ({
  shopId: said.shopId,
  orderGid: said.facts.orderGid,
  facts: said.facts,
  factsHash: said.factsHash,
  triggeredAt: said.triggeredAt,
  memberId: null,
  paidAt: said.paidAt,
  deletedAt: null,
  pinned: null,
  settlements: 0,
  pins: null,
  trail: null,
  unwritten: "all",
});

/** Locks orders that are known, to settle them again as they stand. */
export async function holdOrders(tx: Tx, orders: readonly Key[]): Promise<HeldOrder[]> {
  return (await lockedRows(tx, orders)).map(heldOf);
}

/** Orders as they stand, for looking only: nothing is locked. Orders of other shops are not seen. */
export async function readOrders(tx: Tx, orders: readonly Key[]): Promise<HeldOrder[]> {
  const rows = await tx.rows<Row>(
    `select ${columns} from order_facts o where o.program_id = $1 and (o.shop_id, o.order_gid) in (select * from unnest($2::uuid[], $3::text[]))`,
    [tx.scope.programId, orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
  return rows.map(heldOf);
}

async function lockedRows(tx: Tx, orders: readonly Key[]): Promise<Row[]> {
  await lockOrders(tx, orders);
  return tx.rows<Row>(
    `select ${columns} from order_facts o where o.program_id = $1 and (o.shop_id, o.order_gid) in (select * from unnest($2::uuid[], $3::text[])) order by o.shop_id, o.order_gid for update`,
    [tx.scope.programId, orders.map((one) => one.shopId), orders.map((one) => one.orderGid)],
  );
}

// An order that is not in the table yet has no row to lock: its name is locked, in one order for everybody.
async function lockOrders(tx: Tx, orders: readonly Key[]): Promise<void> {
  await tx.rows(
    "select pg_advisory_xact_lock(h) from (select distinct hashtextextended(k, 0) as h from unnest($1::text[]) k order by 1) l",
    [orders.map((one) => `order ${tx.scope.programId} ${one.shopId} ${one.orderGid}`)],
  );
}

/**
 * An order was deleted in Shopify: it stays here, because its points are in the ledger. One that we have not
 * heard of leaves a mark, for its first version may still be under way.
 */
export async function markDeleted(tx: Tx, shopId: string, orderGid: string, at: Date): Promise<void> {
  await lockOrders(tx, [{ shopId, orderGid }]);
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
  shippingSold: 0,
  refundedWithoutLines: 0,
  codes: [],
  refundIds: [],
  refunds: [],
  presentmentCurrency: "XXX",
  country: null,
  company: false,
});

/** What an order cannot be judged without, and what is being asked for. */
export type Missing = "tags" | "customer" | "products" | "segments";

export type Settled = HeldOrder & { waitingFor: Missing | null };

/** Writes down orders as they were heard and settled: facts, what is pinned, whose they are, how often they were settled. */
export async function recordSettled(tx: Tx, orders: readonly Settled[], now: Date): Promise<void> {
  const fresh = orders.filter((order) => order.unwritten === "all");
  const known = orders.filter((order) => order.unwritten !== "all");
  if (fresh.length > 0) {
    await tx.rows(
      `insert into order_facts (program_id, shop_id, order_gid, name, member_id, customer_gid, placed_at, version_at, triggered_at, body_hash, facts, paid_at, version, phase, tags, member_state, pinned_at, waiting_for, settlements, settled_at, pins, trail)
       select $1, ${fields.replaceAll("$now", "$3")} from json_to_recordset($2) as s(${shape})`,
      [tx.scope.programId, JSON.stringify(fresh.map(rowOf)), now],
    );
  }
  if (known.length > 0) {
    await tx.rows(
      `update order_facts o set name = coalesce(s.name, o.name), customer_gid = case when s.facts is null then o.customer_gid else s.customer end, placed_at = coalesce(s.placed, o.placed_at),
         version_at = coalesce(s.at, o.version_at), triggered_at = coalesce(s.triggered, o.triggered_at), body_hash = coalesce(s.hash, o.body_hash), facts = coalesce(s.facts, o.facts),
         paid_at = s.paid, member_id = s.member, version = s.version, phase = s.phase, tags = s.tags::text[], member_state = s.state,
         pinned_at = case when s.version is null then null else coalesce(o.pinned_at, $3) end, waiting_for = s.waiting, settlements = s.settlements, pins = s.pins, trail = s.trail, settled_at = case when s.waiting is null then $3 else o.settled_at end
       from json_to_recordset($2) as s(${shape})
       where o.program_id = $1 and o.shop_id = s.shop and o.order_gid = s.gid`,
      [tx.scope.programId, JSON.stringify(known.map(rowOf)), now],
    );
  }
}

const shape =
  "shop uuid, gid text, name text, member uuid, customer text, placed timestamptz, at timestamptz, triggered timestamptz, hash text, facts jsonb, paid timestamptz, version int, phase text, tags text, state text, waiting text, settlements int, pins jsonb, trail jsonb";
const fields =
  "shop, gid, name, member, customer, placed, at, triggered, hash, facts, paid, version, phase, tags::text[], state, case when version is null then null else $now::timestamptz end, waiting, settlements, case when waiting is null then $now::timestamptz end, pins, trail";

function rowOf(order: Settled) {
  const { facts } = order;
  const said =
    order.unwritten === "nothing"
      ? {}
      : {
          name: facts.name,
          customer: facts.customerGid,
          placed: facts.placedAt,
          at: facts.versionAt,
          triggered: order.triggeredAt,
          hash: order.factsHash,
          facts,
        };
  return {
    ...said,
    shop: order.shopId,
    gid: order.orderGid,
    member: order.memberId,
    paid: order.paidAt,
    version: order.pinned?.version ?? null,
    phase: order.pinned?.phase ?? null,
    tags: arrayText(order.pinned?.tags ?? []),
    state: order.pinned?.memberState ?? null,
    waiting: order.waitingFor,
    settlements: order.settlements,
    pins: order.pins,
    trail: order.trail,
  };
}

// PostgreSQL's own notation: cheaper for it than taking a JSON array apart row by row.
const arrayText = (items: readonly string[]): string => `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;

function heldOf(row: Row): HeldOrder {
  const pinned =
    row.pinned_at && row.version !== null && row.phase && row.member_state
      ? { version: row.version, phase: row.phase, tags: row.tags ?? [], memberState: row.member_state }
      : null;
  return {
    shopId: row.shop_id,
    orderGid: row.order_gid,
    facts: readFacts(row.facts),
    factsHash: row.facts_hash,
    triggeredAt: row.triggered_at,
    memberId: row.member_id,
    paidAt: row.paid_at,
    deletedAt: row.deleted_at,
    pinned,
    settlements: row.settlements,
    pins: row.pins,
    trail: row.trail,
    unwritten: "nothing",
  };
}
