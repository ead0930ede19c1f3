import { hasAccount as hadAccount, membersOf } from "../../db/members.ts";
import { gidOf, text } from "../../shopify/read-json.ts";
import type { HearTopic } from "./heard.ts";
import { welcome } from "./welcome.ts";

/** A customer's name and address, as far as the shop tells them. Whoever has an account is a member from then on. */
export const hearCustomer: HearTopic = async ({ tx, shopId, body, now }) => {
  const customerGid = gidOf("Customer", body);
  if (!customerGid) return { state: "failed", reason: "The body has no customer id." };
  const name = [text(body.first_name), text(body.last_name)].filter(Boolean).join(" ") || null;
  const email = text(body.email);
  const hasAccount = text(body.state) === "enabled";
  const before = await hadAccount(tx, shopId, customerGid);
  const members = hasAccount
    ? await membersOf(tx, [{ shopId, customerGid, name, email, locale: null, hasAccount, seenAt: now() }])
    : undefined;
  await tx.rows(
    "update customer set has_account = $4 where program_id = $1 and shop_id = $2 and customer_gid = $3 and deleted_at is null",
    [tx.scope.programId, shopId, customerGid, hasAccount],
  );
  await tx.rows(
    `update member m set name = coalesce($4, m.name), email = coalesce($5, m.email), changed_at = $6 from customer c
     where c.program_id = $1 and c.shop_id = $2 and c.customer_gid = $3 and c.deleted_at is null and m.program_id = c.program_id and m.member_id = c.member_id and m.redacted_at is null`,
    [tx.scope.programId, shopId, customerGid, name, email, now()],
  );
  const member = members?.get(`${shopId} ${customerGid}`);
  if (member) await welcome(tx, { memberId: member.memberId, shopId, hadAccount: before, now: now() });
  return { state: "done" };
};

/** Points stay in the ledger; who they belonged to is forgotten. */
export const hearCustomerDeleted: HearTopic = async ({ tx, shopId, body, now }) => {
  const customerGid = gidOf("Customer", body);
  if (!customerGid) return { state: "failed", reason: "The body has no customer id." };
  await forgetPerson(tx, shopId, customerGid, now());
  return { state: "done" };
};

export async function forgetPerson(tx: Parameters<HearTopic>[0]["tx"], shopId: string, customerGid: string, now: Date): Promise<void> {
  await tx.rows(
    "update customer set deleted_at = coalesce(deleted_at, $4), tags = '{}', birthday = null, birthday_known_at = null, order_count = null, last_order_at = null, counted_at = null where program_id = $1 and shop_id = $2 and customer_gid = $3",
    [tx.scope.programId, shopId, customerGid, now],
  );
  // In a programme of several shops the person may still be another shop's customer.
  await tx.rows(
    `update member m set name = null, email = null, locale = null, redacted_at = $4, changed_at = $4 from customer c
     where c.program_id = $1 and c.shop_id = $2 and c.customer_gid = $3 and m.program_id = c.program_id and m.member_id = c.member_id
       and not exists (select from customer o where o.program_id = c.program_id and o.member_id = c.member_id and o.deleted_at is null and (o.shop_id, o.customer_gid) <> (c.shop_id, c.customer_gid))`,
    [tx.scope.programId, shopId, customerGid, now],
  );
}

// Tag events can arrive in any order, so they only say that what we knew is old; what is true is asked for.
export const hearTags: HearTopic = async ({ tx, shopId, body }) => {
  const customerGid = text(body.customerId) ?? text(body.customer_id);
  if (!customerGid) return { state: "failed", reason: "The body names no customer." };
  const gid = customerGid.startsWith("gid://") ? customerGid : `gid://shopify/Customer/${customerGid}`;
  const known = await tx.rows(
    "update customer set tags_known_at = null where program_id = $1 and shop_id = $2 and customer_gid = $3 and deleted_at is null returning 1",
    [tx.scope.programId, shopId, gid],
  );
  if (known.length > 0) await tx.addJob("fetch-tags", { shopId, customerGid: gid }, { key: `fetch-tags ${shopId} ${gid}` });
  return { state: "done" };
};
