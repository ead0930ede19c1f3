import { POINTS } from "./books.ts";
import type { Tx } from "./database.ts";

export const memberSorts = ["joined", "name", "points"] as const;
export type MemberSort = (typeof memberSorts)[number];

/** Which part of the list: after (or before) a member, by what was sorted on. The page is cut by keys, so it is as quick at the end as at the start. */
export type MemberWish = { search: string; sort: MemberSort; descending: boolean; cursor: Cursor | null; size: number };
export type Cursor = { key: string; memberId: string; backwards: boolean };

export type MemberRow = {
  memberId: string;
  name: string | null;
  email: string | null;
  state: string;
  joinedAt: Date;
  available: number;
  pending: number;
  owed: number;
  customerGid: string | null;
  /** What the list was sorted on, as PostgreSQL says it: no digit of it is lost on the way to the next page. */
  key: string;
};

export type MemberPage = { members: MemberRow[]; before: Cursor | null; after: Cursor | null };

/** One page of the members. */
export async function readMembers(tx: Tx, wish: MemberWish): Promise<MemberPage> {
  const backwards = wish.cursor?.backwards ?? false;
  const rows = await page(tx, { ...wish, descending: wish.descending !== backwards });

  const more = rows.length > wish.size;
  const shown = rows.slice(0, wish.size);
  if (backwards) shown.reverse();
  const [first, last] = [shown.at(0), shown.at(-1)];
  return {
    members: shown,
    before: first && (backwards ? more : wish.cursor) ? { key: first.key, memberId: first.memberId, backwards: true } : null,
    after: last && (backwards || more) ? { key: last.key, memberId: last.memberId, backwards: false } : null,
  };
}

export async function countMembers(tx: Tx): Promise<number> {
  const row = await tx.one<{ count: number }>("select count(*) from member where program_id = $1 and state <> 'merged'", [
    tx.scope.programId,
  ]);
  return row?.count ?? 0;
}

// Whatever was searched is found first and sorted then. Without a search each order comes straight from its index.
function page(tx: Tx, wish: MemberWish): Promise<MemberRow[]> {
  if (wish.search.trim()) return found(tx, wish);
  return { joined: byJoining, name: byName, points: byPoints }[wish.sort](tx, wish);
}

const columns = `m.member_id as "memberId", m.name, m.email, m.state, m.joined_at as "joinedAt",
  coalesce(b.available, 0) as available, coalesce(b.pending, 0) as pending, coalesce(b.owed, 0) as owed,
  (select customer_gid from customer c where c.program_id = m.program_id and c.member_id = m.member_id order by c.customer_gid limit 1) as "customerGid"`;
const withBalance = "left join balance b on b.program_id = m.program_id and b.member_id = m.member_id and b.unit = $2";

const keys = { joined: "m.joined_at", name: "coalesce(lower(m.name), '')", points: "coalesce(b.available, 0)" };
const types = { joined: "timestamptz", name: "text", points: "bigint" };

// Where names are not given to us, members are found by the number of their customer.
async function found(tx: Tx, { search, sort, descending, cursor, size }: MemberWish): Promise<MemberRow[]> {
  const [way, past] = descending ? ["desc", "<"] : ["asc", ">"];
  return tx.rows<MemberRow>(
    `with found as materialized (select laurel.members_like($3) as member_id
       union select c.member_id from shop s join customer c on c.program_id = s.program_id and c.shop_id = s.shop_id and c.customer_gid = $4 where s.program_id = $1),
     wanted as materialized (select m.member_id, ${keys[sort]} as key from found f join member m on m.program_id = $1 and m.member_id = f.member_id ${withBalance}
       where m.state <> 'merged' and ($5::uuid is null or (${keys[sort]}, m.member_id) ${past} ($6::${types[sort]}, $5)) order by 2 ${way}, 1 ${way} limit $7)
     select ${columns}, w.key::text as key from wanted w join member m on m.program_id = $1 and m.member_id = w.member_id ${withBalance}
     order by w.key ${way}, m.member_id ${way}`,
    [
      tx.scope.programId,
      POINTS,
      likeOf(search),
      `gid://shopify/Customer/${search.trim()}`,
      cursor?.memberId ?? null,
      cursor?.key ?? null,
      size + 1,
    ],
  );
}

async function byJoining(tx: Tx, { descending, cursor, size }: MemberWish): Promise<MemberRow[]> {
  const [way, past] = descending ? ["desc", "<"] : ["asc", ">"];
  return tx.rows<MemberRow>(
    `select ${columns}, m.joined_at::text as key from member m ${withBalance}
     where m.program_id = $1 and m.state <> 'merged' and ($3::uuid is null or (m.joined_at, m.member_id) ${past} ($4::timestamptz, $3))
     order by m.joined_at ${way}, m.member_id ${way} limit $5`,
    [tx.scope.programId, POINTS, cursor?.memberId ?? null, cursor?.key ?? null, size + 1],
  );
}

async function byName(tx: Tx, { descending, cursor, size }: MemberWish): Promise<MemberRow[]> {
  const way = descending ? "desc" : "asc";
  return tx.rows<MemberRow>(
    `select ${columns}, ${keys.name} as key from laurel.members_by_name($3, $4, $5, $6) f join member m on m.program_id = $1 and m.member_id = f ${withBalance}
     order by ${keys.name} ${way}, m.member_id ${way}`,
    [tx.scope.programId, POINTS, cursor?.key ?? null, cursor?.memberId ?? null, descending, size + 1],
  );
}

// Somebody who never had a point has no balance yet. They are fetched apart, so that the others come straight from their index.
async function byPoints(tx: Tx, { descending, cursor, size }: MemberWish): Promise<MemberRow[]> {
  const [way, past] = descending ? ["desc", "<"] : ["asc", ">"];
  const values = [tx.scope.programId, POINTS, cursor?.memberId ?? null, Number(cursor?.key ?? 0), size + 1];
  const have = await tx.rows<MemberRow>(
    `select ${columns}, b.available::text as key from balance b join member m on m.program_id = b.program_id and m.member_id = b.member_id
     where b.program_id = $1 and b.unit = $2 and m.state <> 'merged' and ($3::uuid is null or (b.available ${past}= $4 and (b.available ${past} $4 or b.member_id ${past} $3)))
     order by b.available ${way}, b.member_id ${way} limit $5`,
    values,
  );
  if (descending && have.length > size) return have;
  const none = await tx.rows<MemberRow>(
    `select ${columns}, '0' as key from member m ${withBalance}
     where m.program_id = $1 and b.member_id is null and m.state <> 'merged' and ($3::uuid is null or (0 ${past}= $4 and (0 ${past} $4 or m.member_id ${past} $3)))
     order by m.member_id ${way} limit $5`,
    values,
  );
  const sign = descending ? -1 : 1;
  const all = [...have, ...none].sort((a, b) => sign * (a.available - b.available || (a.memberId < b.memberId ? -1 : 1)));
  return all.slice(0, size + 1);
}

// What a person types is text, also a % or an underscore. One or two letters begin a name: in the middle of one
// they would fit nearly everybody.
function likeOf(search: string): string {
  const term = search.trim().toLowerCase();
  return `${term.length < 3 ? "" : "%"}${term.replace(/[\\%_]/g, "\\$&")}%`;
}
