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
  const descending = wish.descending !== backwards;
  const rows = await (wish.sort === "points" ? byPoints : byMember)(tx, wish, descending);

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

const columns = `m.member_id as "memberId", m.name, m.email, m.state, m.joined_at as "joinedAt",
  coalesce(b.available, 0) as available, coalesce(b.pending, 0) as pending, coalesce(b.owed, 0) as owed,
  (select customer_gid from customer c where c.program_id = m.program_id and c.member_id = m.member_id order by c.customer_gid limit 1) as "customerGid"`;

const keys = { joined: "m.joined_at", name: "coalesce(lower(m.name), '')" };

async function byMember(tx: Tx, { search, sort, cursor, size }: MemberWish, descending: boolean): Promise<MemberRow[]> {
  const key = sort === "joined" ? keys.joined : keys.name;
  const way = descending ? "desc" : "asc";
  return tx.rows<MemberRow>(
    `select ${columns}, (${key})::text as key from member m left join balance b on b.program_id = m.program_id and b.member_id = m.member_id and b.unit = $2
     where m.program_id = $1 and m.state <> 'merged' and ${matches("$3")}
       and ($4::uuid is null or (${key}, m.member_id) ${descending ? "<" : ">"} ($5::${sort === "joined" ? "timestamptz" : "text"}, $4))
     order by ${key} ${way}, m.member_id ${way} limit $6`,
    [tx.scope.programId, POINTS, likeOf(search), cursor?.memberId ?? null, cursor?.key ?? null, size + 1],
  );
}

// Somebody who never had a point has no balance yet. They are fetched apart, so that the others come straight from their index.
async function byPoints(tx: Tx, wish: MemberWish, descending: boolean): Promise<MemberRow[]> {
  const { search, cursor, size } = wish;
  const way = descending ? "desc" : "asc";
  const key = Number(cursor?.key ?? 0);
  const [order, past] = descending ? ["desc", "<"] : ["asc", ">"];
  const have = await tx.rows<MemberRow>(
    `select ${columns}, b.available::text as key from balance b join member m on m.program_id = b.program_id and m.member_id = b.member_id
     where b.program_id = $1 and b.unit = $2 and m.state <> 'merged' and ${matches("$3")}
       and ($4::uuid is null or (b.available ${past}= $5 and (b.available ${past} $5 or b.member_id ${past} $4)))
     order by b.available ${order}, b.member_id ${order} limit $6`,
    [tx.scope.programId, POINTS, likeOf(search), cursor?.memberId ?? null, key, size + 1],
  );
  if (descending && have.length > size) return have;
  const none = await tx.rows<MemberRow>(
    `select ${columns}, '0' as key from member m left join balance b on b.program_id = m.program_id and b.member_id = m.member_id and b.unit = $2
     where m.program_id = $1 and b.member_id is null and m.state <> 'merged' and ${matches("$3")}
       and ($4::uuid is null or (0 ${past}= $5 and (0 ${past} $5 or m.member_id ${past} $4)))
     order by m.member_id ${way} limit $6`,
    [tx.scope.programId, POINTS, likeOf(search), cursor?.memberId ?? null, key, size + 1],
  );
  const sign = descending ? -1 : 1;
  const all = [...have, ...none].sort((a, b) => sign * (a.available - b.available || (a.memberId < b.memberId ? -1 : 1)));
  return all.slice(0, size + 1);
}

// Where names are not given to us, members are found by the number of their customer.
const matches = (term: string): string =>
  `(${term}::text is null or m.member_id in (select laurel.members_like(${term}))
    or m.member_id in (select c.member_id from shop s join customer c on c.program_id = s.program_id and c.shop_id = s.shop_id
      and c.customer_gid = 'gid://shopify/Customer/' || trim('%' from ${term}) where s.program_id = $1))`;

// What a person types is text, also a % or an underscore.
function likeOf(search: string): string | null {
  const term = search.trim().toLowerCase();
  return term === "" ? null : `%${term.replace(/[\\%_]/g, "\\$&")}%`;
}
