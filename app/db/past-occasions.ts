import type { Trigger } from "../loyalty/earning/occasion.ts";
import type { OrderFacts } from "../loyalty/facts.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import type { Tx } from "./database.ts";
import type { Properties } from "./happenings.ts";
import type { Pins } from "./trails.ts";

/** What happened once, as it stands in the database: an order, an event, or an order that was imported to try drafts on. */
export type PastRow = { key: string; placedAt: Date; memberId: string; tags: string[] } & (
  | {
      kind: "order";
      shopId: string;
      facts: OrderFacts;
      version: number;
      phase: Phase;
      memberState: State;
      deletedAt: Date | null;
      pins: Pins | null;
      waitingFor: string | null;
    }
  | {
      kind: "event";
      trigger: Exclude<Trigger, "order">;
      name: string | null;
      properties: Properties;
      version: number;
      phase: Phase;
      memberState: State;
      pins: (Pins & { birthday?: string | null }) | null;
    }
  | { kind: "imported"; shopId: string; facts: OrderFacts }
);
type State = "active" | "blocked" | "left";

type Key = { kind: PastRow["kind"]; key: string; shopId: string | null; id: string };

// Those whose facts were pinned, as they are in their members' histories; and what nobody settled and nobody will.
const all = (withImported: boolean) => `
  select 'order' as kind, placed_at, shop_id || ' ' || order_gid as key, shop_id, order_gid as id from order_facts
    where program_id = $1 and member_id is not null and pinned_at is not null
  union all
  select 'event', at, happening_id::text, null, happening_id::text from happening where program_id = $1 and version is not null${
    withImported
      ? `
  union all
  select 'imported', placed_at, shop_id || ' ' || order_gid, shop_id, order_gid from past_order p where program_id = $1 and customer_gid is not null
    and not exists (select from order_facts o where o.program_id = p.program_id and o.shop_id = p.shop_id and o.order_gid = p.order_gid)`
      : ""
  }`;

export async function countPast(tx: Tx, withImported: boolean): Promise<number> {
  const row = await tx.one<{ n: number }>(`select count(*) as n from (${all(withImported)}) a`, [tx.scope.programId]);
  return row?.n ?? 0;
}

/**
 * All that happened in a programme, in the order of placing (of one instant, by key), a few at a time. Only keys are
 * sorted; while one bite is looked at the next is on its way.
 */
export async function* pastOccasions(
  tx: Tx,
  { withImported, atOnce }: { withImported: boolean; atOnce: number },
): AsyncGenerator<PastRow[]> {
  await tx.rows(
    `declare past_keys no scroll cursor for select kind, key, shop_id as "shopId", id from (${all(withImported)}) a order by placed_at, key collate "C"`,
    [tx.scope.programId],
  );
  const next = async () => readRows(tx, await tx.rows<Key>(`fetch ${atOnce} from past_keys`));
  let coming = next();
  try {
    for (let rows = await coming; rows.length > 0; rows = await coming) {
      coming = next();
      yield rows;
    }
  } finally {
    // Whoever stops listening leaves nothing under way.
    await coming.catch(() => undefined);
  }
  await tx.rows("close past_keys");
}

async function readRows(tx: Tx, keys: readonly Key[]): Promise<PastRow[]> {
  const of = (kind: PastRow["kind"]) => keys.filter((one) => one.kind === kind);
  const found = new Map<string, PastRow>();
  for (const rows of await Promise.all([readOrders(tx, of("order")), readEvents(tx, of("event")), readImported(tx, of("imported"))]))
    for (const row of rows) found.set(row.key, row);
  return keys.map(({ key }) => {
    const row = found.get(key);
    if (!row) throw new Error(`${key} is not there any more.`);
    return row;
  });
}

const wanted = (tx: Tx, keys: readonly Key[]) => [tx.scope.programId, keys.map((one) => one.shopId), keys.map((one) => one.id)];

const readOrders = async (tx: Tx, keys: readonly Key[]): Promise<PastRow[]> =>
  keys.length === 0
    ? []
    : tx.rows<PastRow>(
        `select 'order' as kind, shop_id || ' ' || order_gid as key, placed_at as "placedAt", member_id as "memberId", to_json(tags) as tags, shop_id as "shopId", facts, version, phase,
           member_state as "memberState", deleted_at as "deletedAt", pins, waiting_for as "waitingFor"
         from order_facts where program_id = $1 and (shop_id, order_gid) in (select * from unnest($2::uuid[], $3::text[]))`,
        wanted(tx, keys),
      );

const readEvents = async (tx: Tx, keys: readonly Key[]): Promise<PastRow[]> =>
  keys.length === 0
    ? []
    : tx.rows<PastRow>(
        `select 'event' as kind, happening_id::text as key, at as "placedAt", member_id as "memberId", to_json(tags) as tags, trigger, name, properties, version, phase,
           member_state as "memberState", pins
         from happening where program_id = $1 and happening_id = any ($2::uuid[])`,
        [tx.scope.programId, keys.map((one) => one.id)],
      );

// A customer who is no member yet is told apart by their id at Shopify.
const readImported = async (tx: Tx, keys: readonly Key[]): Promise<PastRow[]> =>
  keys.length === 0
    ? []
    : tx.rows<PastRow>(
        `select 'imported' as kind, p.shop_id || ' ' || p.order_gid as key, p.placed_at as "placedAt", coalesce(c.member_id::text, p.customer_gid) as "memberId",
           to_json(coalesce(c.tags, '{}')) as tags, p.shop_id as "shopId", p.facts
         from past_order p left join customer c on c.program_id = p.program_id and c.shop_id = p.shop_id and c.customer_gid = p.customer_gid
         where p.program_id = $1 and (p.shop_id, p.order_gid) in (select * from unnest($2::uuid[], $3::text[]))`,
        wanted(tx, keys),
      );

/** How many of the orders that Shopify had counted of a member are known here. */
export async function toldOrders(
  tx: Tx,
  counted: readonly { memberId: string; at: Date }[],
  withImported: boolean,
): Promise<Map<string, number>> {
  if (counted.length === 0) return new Map();
  const rows = await tx.rows<{ member_id: string; n: number }>(
    `with wanted as (select * from unnest($2::uuid[], $3::timestamptz[]) as w(member_id, at)),
       told as (
         select w.member_id, o.shop_id, o.order_gid from wanted w join order_facts o on o.program_id = $1 and o.member_id = w.member_id and o.placed_at <= w.at
           where o.pinned_at is not null
         ${
           withImported
             ? `union
         select w.member_id, p.shop_id, p.order_gid from wanted w join customer c on c.program_id = $1 and c.member_id = w.member_id
           join past_order p on p.program_id = $1 and p.shop_id = c.shop_id and p.customer_gid = c.customer_gid and p.placed_at <= w.at`
             : ""
         })
     select member_id, count(*) as n from told group by member_id`,
    [tx.scope.programId, counted.map((one) => one.memberId), counted.map((one) => one.at)],
  );
  return new Map(rows.map((row) => [row.member_id, row.n]));
}

/** What each member redeemed so far, less what came back. */
export async function redeemedByMember(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.rows<{ member_id: string; n: number }>(
    `select coalesce(from_member, to_member) as member_id, sum(case when to_account = 'redeemed' then amount else -amount end)::bigint as n from posting
     where program_id = $1 and unit = 'points' and 'redeemed' in (from_account, to_account) group by 1`,
    [tx.scope.programId],
  );
  return new Map(rows.map((row) => [row.member_id, row.n]));
}
