import { newId } from "../ids.ts";
import type { Tx } from "./database.ts";

export type MemberState = "active" | "blocked" | "left" | "merged";

/** A shop's customer, and the member they are. */
export type KnownCustomer = {
  shopId: string;
  customerGid: string;
  memberId: string;
  tags: string[];
  tagsKnownAt: Date | null;
  /** Their birthday and number of orders were asked for, or nobody will ever know them: they were deleted. */
  isAsked: boolean;
  state: MemberState;
  joinedAt: Date;
};

export type CustomerSeen = {
  shopId: string;
  customerGid: string;
  name: string | null;
  email: string | null;
  locale: string | null;
  hasAccount: boolean;
  seenAt: Date;
};

/** Guests have no customer record; they are kept by a hash of their e-mail until they claim their points. */
export const guestGid = (guestKey: string): string => `guest:${guestKey}`;

const keyOf = (one: { shopId: string; customerGid: string }): string => `${one.shopId} ${one.customerGid}`;

/** Finds the members of these customers and makes those that are missing. Keys are "<shop id> <customer gid>". */
export async function membersOf(tx: Tx, seen: readonly CustomerSeen[]): Promise<Map<string, KnownCustomer>> {
  const wanted = new Map(seen.map((one) => [keyOf(one), one]));
  let known = await find(tx, [...wanted.values()]);
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, one]) => one);
  if (missing.length > 0) {
    await make(tx, missing);
    known = await find(tx, [...wanted.values()]);
  }
  return known;
}

async function find(tx: Tx, wanted: readonly { shopId: string; customerGid: string }[]): Promise<Map<string, KnownCustomer>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.rows<{
    shop_id: string;
    customer_gid: string;
    member_id: string;
    tags: string[];
    tags_known_at: Date | null;
    is_asked: boolean;
    state: MemberState;
    joined_at: Date;
  }>(
    `select c.shop_id, c.customer_gid, c.member_id, c.tags, c.tags_known_at, c.counted_at is not null or c.deleted_at is not null as is_asked, m.state, m.joined_at
     from customer c join member m using (program_id, member_id)
     where c.program_id = $1 and (c.shop_id, c.customer_gid) in (select * from unnest($2::uuid[], $3::text[]))`,
    [tx.scope.programId, wanted.map((one) => one.shopId), wanted.map((one) => one.customerGid)],
  );
  return new Map(
    rows.map((row) => [
      `${row.shop_id} ${row.customer_gid}`,
      {
        shopId: row.shop_id,
        customerGid: row.customer_gid,
        memberId: row.member_id,
        tags: row.tags,
        tagsKnownAt: row.tags_known_at,
        isAsked: row.is_asked,
        state: row.state,
        joinedAt: row.joined_at,
      },
    ]),
  );
}

// The customer row decides who wins when two make the same one; only winners get their member row.
async function make(tx: Tx, missing: readonly CustomerSeen[]): Promise<void> {
  const rows = missing.map((one) => ({ ...one, memberId: newId() })).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const made = await tx.rows<{ member_id: string }>(
    `insert into customer (program_id, shop_id, customer_gid, member_id, tags, has_account)
     select $1, "shopId", "customerGid", "memberId", '{}', "hasAccount" from json_to_recordset($2) as c("shopId" uuid, "customerGid" text, "memberId" uuid, "hasAccount" boolean)
     on conflict do nothing returning member_id`,
    [tx.scope.programId, JSON.stringify(rows)],
  );
  const won = new Set(made.map((row) => row.member_id));
  await tx.rows(
    `insert into member (program_id, member_id, name, email, locale, joined_at, changed_at)
     select $1, "memberId", name, email, locale, "seenAt", "seenAt" from json_to_recordset($2) as m("memberId" uuid, name text, email text, locale text, "seenAt" timestamptz)`,
    [tx.scope.programId, JSON.stringify(rows.filter((row) => won.has(row.memberId)))],
  );
}

/**
 * Whoever bought before they joined, as far as was known, is a member since then. Their balances are locked, and others
 * lock those after the member: who is being written to by somebody else is left for another time.
 * @returns who is left
 */
export async function joinedBy(tx: Tx, bought: readonly { memberId: string; at: Date }[]): Promise<Set<string>> {
  const left = new Set(bought.map((one) => one.memberId));
  if (left.size === 0) return left;
  const moved = await tx.rows<{ member_id: string }>(
    `with bought as (select "memberId" as member_id, min(at) as at from json_to_recordset($2) as o("memberId" uuid, at timestamptz) group by 1),
       free as (select member_id from member where program_id = $1 and member_id in (select member_id from bought) for no key update skip locked)
     update member m set joined_at = least(m.joined_at, b.at) from bought b join free using (member_id)
     where m.program_id = $1 and m.member_id = b.member_id returning m.member_id`,
    [tx.scope.programId, JSON.stringify(bought)],
  );
  for (const { member_id } of moved) left.delete(member_id);
  return left;
}

/** When these members joined. */
export async function joinedAtOf(tx: Tx, memberIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await tx.rows<{ member_id: string; joined_at: Date }>(
    "select member_id, joined_at from member where program_id = $1 and member_id = any ($2)",
    [tx.scope.programId, memberIds],
  );
  return new Map(rows.map((row) => [row.member_id, row.joined_at]));
}

/** Whether a customer's tags were asked for since they last changed. */
export async function tagsKnown(tx: Tx, shopId: string, customerGid: string): Promise<boolean> {
  const row = await tx.one(
    "select 1 from customer where program_id = $1 and shop_id = $2 and customer_gid = $3 and tags_known_at is not null",
    [tx.scope.programId, shopId, customerGid],
  );
  return row !== undefined;
}

/** Whether it is known that a customer has an account of theirs. */
export async function hasAccount(tx: Tx, shopId: string, customerGid: string): Promise<boolean> {
  const row = await tx.one("select 1 from customer where program_id = $1 and shop_id = $2 and customer_gid = $3 and has_account", [
    tx.scope.programId,
    shopId,
    customerGid,
  ]);
  return row !== undefined;
}

/** Marks members whose published card no longer says the truth, and asks for it to be published. */
export async function markCards(tx: Tx, memberIds: Iterable<string>, now: Date): Promise<void> {
  const ids = [...new Set(memberIds)].sort();
  if (ids.length === 0) return;
  await tx.rows(
    "insert into card_due (program_id, member_id, marked_at) select $1, m, $3 from unnest($2::uuid[]) m order by m on conflict (program_id, member_id) do update set marked_at = excluded.marked_at",
    [tx.scope.programId, ids, now],
  );
  await tx.addJob("publish-cards", {}, { key: `publish-cards ${tx.scope.programId}` });
}
