import type { Trigger } from "../loyalty/earning/occasion.ts";
import type { TrailEntry } from "../loyalty/earning/trail.ts";
import type { Book } from "../loyalty/ledger/book.ts";
import type { Lot } from "../loyalty/ledger/lots.ts";
import type { Points } from "../loyalty/points.ts";
import type { Phase } from "../loyalty/program/phase.ts";
import type { Tx } from "./database.ts";
import type { Pins } from "./trails.ts";

export type Properties = Record<string, string | number | boolean>;

/** Something that happened and is no order: somebody joined, has their birthday, or did what a merchant calls an event. */
export type Happening = {
  happeningId: string;
  memberId: string;
  shopId: string | null;
  trigger: Exclude<Trigger, "order">;
  name: string | null;
  at: Date;
  properties: Properties;
  /** Where it was told: the same source is the same event. */
  source: string;
  /** What was pinned when it was first settled; a null version is one that waits. */
  version: number | null;
  phase: Phase | null;
  memberState: "active" | "blocked" | "left" | null;
  tags: string[];
  pins: Pins | null;
  trail: TrailEntry[] | null;
  settlements: number;
  settledAt: Date | null;
};

const columns = `happening_id as "happeningId", member_id as "memberId", shop_id as "shopId", trigger, name, at, properties, source, version, phase,
  member_state as "memberState", tags, pins, trail, settlements, settled_at as "settledAt"`;

export type Told = Pick<Happening, "happeningId" | "memberId" | "shopId" | "trigger" | "name" | "at" | "properties" | "source">;

/** Writes events down, each once for its source. @returns the ids of those that are new */
export async function addHappenings(tx: Tx, told: readonly Told[], now: Date): Promise<string[]> {
  if (told.length === 0) return [];
  const rows = await tx.rows<{ happening_id: string }>(
    `insert into happening (program_id, happening_id, member_id, shop_id, trigger, name, at, properties, source, recorded_at)
     select $1, "happeningId", "memberId", "shopId", trigger, name, at, properties, source, $3
     from json_to_recordset($2) as h("happeningId" uuid, "memberId" uuid, "shopId" uuid, trigger text, name text, at timestamptz, properties jsonb, source text)
     on conflict (program_id, source) do nothing returning happening_id`,
    [tx.scope.programId, JSON.stringify(told), now],
  );
  return rows.map((row) => row.happening_id);
}

export const happeningBySource = (tx: Tx, source: string): Promise<Happening | undefined> =>
  tx.one<Happening>(`select ${columns} from happening where program_id = $1 and source = $2`, [tx.scope.programId, source]);

/** Locks events, to settle them as they stand. Before members, as orders are. */
export const holdHappenings = (tx: Tx, ids: readonly string[]): Promise<Happening[]> =>
  tx.rows<Happening>(
    `select ${columns} from happening where program_id = $1 and happening_id = any ($2) order by happening_id for update`,
    [tx.scope.programId, ids],
  );

/** A member's events from an instant on that were settled before. */
export async function happeningsSince(tx: Tx, memberId: string, since: Date): Promise<string[]> {
  const rows = await tx.rows<{ happening_id: string }>(
    "select happening_id from happening where program_id = $1 and member_id = $2 and at >= $3 and version is not null order by happening_id",
    [tx.scope.programId, memberId, since],
  );
  return rows.map((row) => row.happening_id);
}

export async function saveHappenings(tx: Tx, happenings: readonly Happening[], now: Date): Promise<void> {
  if (happenings.length === 0) return;
  await tx.rows(
    `update happening h set version = s.version, phase = s.phase, member_state = s."memberState", tags = array(select jsonb_array_elements_text(s.tags)),
       pins = s.pins, trail = s.trail, settlements = s.settlements, settled_at = $3
     from json_to_recordset($2) as s("happeningId" uuid, version int, phase text, "memberState" text, tags jsonb, pins jsonb, trail jsonb, settlements int)
     where h.program_id = $1 and h.happening_id = s."happeningId"`,
    [tx.scope.programId, JSON.stringify(happenings), now],
  );
}

const sourcesOf = (happenings: readonly Pick<Happening, "happeningId" | "settlements">[]): string[] =>
  happenings.flatMap(({ happeningId, settlements }) => Array.from({ length: settlements }, (_, n) => `${happeningId} ${n + 1}`));

/** What events have earned so far, by event, member and unit, from the ledger itself. Merged members count as who they became. */
export async function recordedForHappenings(
  tx: Tx,
  happenings: readonly Pick<Happening, "happeningId" | "settlements">[],
): Promise<Map<string, Map<string, Record<string, Points>>>> {
  const sources = sourcesOf(happenings);
  const recorded = new Map<string, Map<string, Record<string, Points>>>();
  if (sources.length === 0) return recorded;
  const rows = await tx.rows<{ id: string; member_id: string; unit: string; points: number }>(
    `select split_part(t.source, ' ', 1) as id, coalesce(m.merged_into, t.member_id) as member_id, p.unit,
       sum(case when p.from_account = 'issued' then p.amount when p.to_account = 'issued' then -p.amount else 0 end)::bigint as points
     from transaction t join posting p using (program_id, transaction_id) join member m on m.program_id = t.program_id and m.member_id = t.member_id
     where t.program_id = $1 and t.kind = 'event' and t.source = any ($2) group by 1, 2, 3`,
    [tx.scope.programId, sources],
  );
  for (const row of rows) {
    const byMember = recorded.get(row.id) ?? new Map<string, Record<string, Points>>();
    byMember.set(row.member_id, { ...byMember.get(row.member_id), [row.unit]: row.points });
    recorded.set(row.id, byMember);
  }
  return recorded;
}

/** Puts the lots of events into the books, spent ones too. @returns for each event the ids of its lots */
export async function bringHappeningLots(
  tx: Tx,
  books: ReadonlyMap<string, Book>,
  unit: string,
  happenings: readonly Pick<Happening, "happeningId" | "settlements">[],
): Promise<Map<string, Set<string>>> {
  const own = new Map<string, Set<string>>();
  const sources = sourcesOf(happenings);
  if (sources.length === 0) return own;
  const rows = await tx.rows<Lot & { id: string }>(
    `select split_part(t.source, ' ', 1) as id, l.lot_id as "lotId", l.member_id as "memberId", l.unit, l.transaction_id as "transactionId", l.origin, l.shop_id as "shopId",
       l.order_gid as "orderGid", l.amount, l."left", l.matured, l.available_from as "availableFrom", l.expires_at as "expiresAt", l.net_sale_minor as "netSaleMinor",
       l.currency, l.earned_at as "earnedAt"
     from transaction t join lot l using (program_id, transaction_id)
     where t.program_id = $1 and t.kind = 'event' and t.source = any ($2) and l.unit = $3`,
    [tx.scope.programId, sources, unit],
  );
  for (const { id, ...lot } of rows) {
    own.set(id, (own.get(id) ?? new Set()).add(lot.lotId));
    const book = books.get(lot.memberId);
    if (book && !book.lots.some((one) => one.lotId === lot.lotId)) book.lots.push(lot);
  }
  return own;
}

/** Where an event's member is known, and what is known of them there: in the shop it was told from, else where they bought last. */
export type Person = {
  memberId: string;
  state: "active" | "blocked" | "left" | "merged";
  account: { shopId: string; customerGid: string; tags: string[]; tagsKnown: boolean; isAsked: boolean } | null;
};

export async function personsOf(tx: Tx, wanted: readonly { memberId: string; shopId: string | null }[]): Promise<Map<string, Person>> {
  const rows = await tx.rows<Omit<Person, "account"> & Person["account"] & { shopId: string | null }>(
    `select distinct on (m.member_id) m.member_id as "memberId", m.state, c.shop_id as "shopId", c.customer_gid as "customerGid", c.tags, c.tags_known_at is not null as "tagsKnown", c.counted_at is not null as "isAsked"
     from (select distinct * from unnest($2::uuid[], $3::uuid[]) as w(member_id, shop_id)) w join member m on m.program_id = $1 and m.member_id = w.member_id
       left join customer c on c.program_id = $1 and c.member_id = m.member_id and c.deleted_at is null and c.customer_gid like 'gid://%'
     order by m.member_id, c.shop_id = w.shop_id desc nulls last, c.last_order_at desc nulls last, c.shop_id, c.customer_gid`,
    [tx.scope.programId, wanted.map((one) => one.memberId), wanted.map((one) => one.shopId)],
  );
  return new Map(
    rows.map(({ memberId, state, shopId, customerGid, tags, tagsKnown, isAsked }) => [
      memberId,
      { memberId, state, account: shopId ? { shopId, customerGid, tags, tagsKnown, isAsked } : null },
    ]),
  );
}
