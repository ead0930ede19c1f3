import type { Tx } from "./database.ts";
import { membersOf } from "./members.ts";
import { markStandings } from "./tiers.ts";

export type CustomerMirrored = {
  customerGid: string;
  hasAccount: boolean;
  createdAt: string | null;
  tags: string[];
  birthday: string | null;
  orderCount: number;
  lastOrderAt: string | null;
  name: string | null;
  email: string | null;
  locale: string | null;
};

/**
 * Writes what Shopify said of customers when it was asked. Whoever has an account is a member since the account was
 * made; of others nothing is kept until they buy. Tags that were changed meanwhile are left to whoever asks for them.
 */
export async function seeCustomers(
  tx: Tx,
  { shopId, askedAt }: { shopId: string; askedAt: Date },
  customers: readonly CustomerMirrored[],
): Promise<void> {
  const known = await tx.rows<{ customer_gid: string }>(
    "select customer_gid from customer where program_id = $1 and shop_id = $2 and customer_gid = any ($3)",
    [tx.scope.programId, shopId, customers.map((one) => one.customerGid)],
  );
  const knew = new Set(known.map((row) => row.customer_gid));
  const accounts = customers.filter((one) => one.hasAccount && !isFresh(one, askedAt));
  await membersOf(
    tx,
    accounts.map(({ customerGid, name, email, locale, createdAt }) => {
      return { shopId, customerGid, name, email, locale, hasAccount: true, seenAt: createdAt ? new Date(createdAt) : askedAt };
    }),
  );
  await tx.rows(
    `update customer c set tags = s.tags, tags_known_at = $3 from json_to_recordset($4) as s("customerGid" text, tags text[], fresh boolean)
     where c.program_id = $1 and c.shop_id = $2 and c.customer_gid = s."customerGid" and c.deleted_at is null and (s.fresh or c.tags_known_at <= $3)`,
    [
      tx.scope.programId,
      shopId,
      askedAt,
      JSON.stringify(customers.map(({ customerGid, tags }) => ({ customerGid, tags, fresh: !knew.has(customerGid) }))),
    ],
  );
  await noteCounts(tx, { shopId, askedAt }, customers);
}

// An account of the last minutes is told of by its own webhook, which welcomes it: it must not be known before.
const freshMs = 15 * 60_000;
const isFresh = ({ createdAt }: CustomerMirrored, askedAt: Date): boolean =>
  createdAt !== null && Date.parse(createdAt) > askedAt.getTime() - freshMs;

/**
 * Writes the birthdays and order counts of customers that Laurel knows, as they were when Shopify was asked. The
 * count is of all orders there were then, those that Laurel knows among them.
 */
export async function noteCounts(
  tx: Tx,
  { shopId, askedAt }: { shopId: string; askedAt: Date },
  customers: readonly Pick<CustomerMirrored, "customerGid" | "birthday" | "orderCount" | "lastOrderAt">[],
): Promise<void> {
  await markMovedBirthdays(tx, { shopId, askedAt }, customers);
  await tx.rows(
    `update customer c set birthday = s.birthday, birthday_known_at = $3, order_count = s."orderCount", last_order_at = s."lastOrderAt", counted_at = $3
     from json_to_recordset($4) as s("customerGid" text, birthday text, "orderCount" int, "lastOrderAt" timestamptz)
     where c.program_id = $1 and c.shop_id = $2 and c.customer_gid = s."customerGid" and c.deleted_at is null and (c.counted_at is null or c.counted_at <= $3)`,
    [
      tx.scope.programId,
      shopId,
      askedAt,
      JSON.stringify(
        customers.map(({ customerGid, birthday, orderCount, lastOrderAt }) => ({ customerGid, birthday, orderCount, lastOrderAt })),
      ),
    ],
  );
}

/** Shopify was asked for a customer and does not know them: whoever waits for their facts waits no longer. */
export async function customerUnknown(
  tx: Tx,
  { shopId, customerGid, askedAt }: { shopId: string; customerGid: string; askedAt: Date },
): Promise<void> {
  await tx.rows(
    `update customer set counted_at = coalesce(counted_at, $4), birthday_known_at = coalesce(birthday_known_at, $4)
     where program_id = $1 and shop_id = $2 and customer_gid = $3 and deleted_at is null`,
    [tx.scope.programId, shopId, customerGid, askedAt],
  );
}

// A tier may give something on a birthday: whose day is new or another one, is looked at again.
async function markMovedBirthdays(
  tx: Tx,
  { shopId, askedAt }: { shopId: string; askedAt: Date },
  customers: readonly Pick<CustomerMirrored, "customerGid" | "birthday">[],
): Promise<void> {
  const moved = await tx.rows<{ member_id: string }>(
    `select c.member_id from customer c join json_to_recordset($3) as s("customerGid" text, birthday text) on c.customer_gid = s."customerGid"
       join member_tier t on t.program_id = c.program_id and t.member_id = c.member_id
     where c.program_id = $1 and c.shop_id = $2 and s.birthday is not null and c.birthday is distinct from s.birthday`,
    [tx.scope.programId, shopId, JSON.stringify(customers.map(({ customerGid, birthday }) => ({ customerGid, birthday })))],
  );
  await markStandings(
    tx,
    moved.map((row) => row.member_id),
    askedAt,
  );
}
