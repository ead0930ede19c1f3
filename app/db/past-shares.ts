import type { Tx } from "./database.ts";
import type { PastRow } from "./past-occasions.ts";

/**
 * Some of those who bought, from one to another in the order of their ids: members, or customers who are no members and
 * of whom only imported orders are known.
 */
export type Share = { of: "members" | "strangers"; first: string; last: string; occasions: number };

export type PastAsked = { withImported: boolean; until: Date };

// What was settled is looked at; and what nobody settled and nobody will.
const ordersOf = "from order_facts o where o.program_id = $1 and o.placed_at <= $2 and o.member_id is not null and o.pinned_at is not null";
const eventsOf = "from happening h where h.program_id = $1 and h.at <= $2 and h.version is not null";
// A customer who is no member yet is told apart by their id at Shopify.
const importedOf = `from past_order p left join customer c on c.program_id = p.program_id and c.shop_id = p.shop_id and c.customer_gid = p.customer_gid
  where p.program_id = $1 and p.placed_at <= $2 and p.customer_gid is not null
    and not exists (select from order_facts o where o.program_id = p.program_id and o.shop_id = p.shop_id and o.order_gid = p.order_gid)`;

/** Deals out who did anything into shares of about as many occasions each. */
export async function sharesOfPast(tx: Tx, { withImported, until }: PastAsked, occasions: number): Promise<Share[]> {
  const values = [tx.scope.programId, until, occasions];
  const members = `select o.member_id::text as who, count(*) as n ${ordersOf} group by 1 union all select h.member_id::text, count(*) ${eventsOf} group by 1`;
  const theirs = `select c.member_id::text, count(*) ${importedOf} and c.member_id is not null group by 1`;
  const strangers = `select p.customer_gid as who, count(*) as n ${importedOf} and c.member_id is null group by 1`;
  const shares = await tx.rows<Share>(dealt("members", withImported ? `${members} union all ${theirs}` : members), values);
  return withImported ? [...shares, ...(await tx.rows<Share>(dealt("strangers", strangers), values))] : shares;
}

// Ids of members are texts here, in the order of the ids; those at Shopify are in the order that their index has.
const dealt = (of: Share["of"], past: string): string => `
  with counted as (select who${of === "members" ? ' collate "C"' : ""} as who, sum(n)::bigint as n from (${past}) p group by 1),
    dealt as (select *, (sum(n) over (order by who) - n)::bigint / $3::bigint as share from counted)
  select '${of}' as of, min(who) as first, max(who) as last, sum(n)::bigint as occasions from dealt group by share order by share`;

/**
 * What those of a share did, member by member, each one's in the order of placing (of one instant, by key), a few at a
 * time: a single member may have more than memory holds.
 */
export async function* pastOf(
  tx: Tx,
  { of, first, last }: Share,
  { withImported, until, atOnce }: PastAsked & { atOnce: number },
): AsyncGenerator<PastRow[]> {
  const arms = of === "members" ? [orders, events, ...(withImported ? [importedOfMembers] : [])] : [importedOfStrangers];
  await tx.rows(
    `declare past no scroll cursor for select * from (${arms.join("\n union all ")}) a order by "memberId" collate "C", "placedAt", key collate "C"`,
    [tx.scope.programId, until, first, last],
  );
  for (;;) {
    const rows = await tx.rows<PastRow>(`fetch ${atOnce} from past`);
    if (rows.length > 0) yield rows;
    if (rows.length < atOnce) break;
  }
  await tx.rows("close past");
}

// All have the columns of an order; those that one kind has not are empty.
const orders = `select 'order' as kind, o.shop_id || ' ' || o.order_gid as key, o.placed_at as "placedAt", o.member_id::text as "memberId", to_json(o.tags) as tags, o.shop_id as "shopId", o.facts,
    o.version, o.phase, o.member_state as "memberState", o.deleted_at as "deletedAt", o.pins, o.waiting_for as "waitingFor", o.trail, null::text as trigger, null::text as name, null::jsonb as properties
  ${ordersOf} and o.member_id between $3::uuid and $4::uuid`;
const events = `select 'event', h.happening_id::text, h.at, h.member_id::text, to_json(h.tags), h.shop_id, null, h.version, h.phase, h.member_state, null, h.pins, null, h.trail, h.trigger, h.name, h.properties
  ${eventsOf} and h.member_id between $3::uuid and $4::uuid`;
const imported = `select 'imported' as kind, p.shop_id || ' ' || p.order_gid as key, p.placed_at as "placedAt", coalesce(c.member_id::text, p.customer_gid) as "memberId",
    to_json(coalesce(c.tags, '{}')) as tags, p.shop_id as "shopId", p.facts, null::int, null, null, null::timestamptz, null::jsonb, null, null::jsonb, null, null, null::jsonb
  ${importedOf}`;
const importedOfMembers = `${imported} and c.member_id between $3::uuid and $4::uuid`;
const importedOfStrangers = `${imported} and c.member_id is null and p.customer_gid between $3 and $4`;
