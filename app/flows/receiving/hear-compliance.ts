import { guestGid } from "../../db/members.ts";
import { newId } from "../../ids.ts";
import { gidOf, object, text } from "../../shopify/read-json.ts";
import { forgetPerson } from "./hear-customer.ts";
import type { Event, HearTopic } from "./heard.ts";

/** A customer asks what we hold of them: gathered at once, for the merchant to hand over (Settings, Privacy). */
export const noteDataRequest: HearTopic = async (event) => {
  const customerGid = customerOf(event);
  if (!customerGid) return { state: "failed", reason: "The request names no customer." };
  const answer = await gather(event, customerGid);
  await record(event, "data request", customerGid, answer);
  return { state: "done" };
};

/** A customer is to be forgotten: names, addresses and the bodies that held them go; amounts stay, or the books would not balance. */
export const forgetCustomer: HearTopic = async (event) => {
  const { tx, shopId, body, now, fingerprint } = event;
  const customerGid = customerOf(event);
  if (!customerGid) return { state: "failed", reason: "The request names no customer." };
  const email = text(object(body.customer).email)?.trim().toLowerCase() ?? null;
  const theirs = email ? [customerGid, guestGid(fingerprint(`guest of ${tx.scope.programId}`, email))] : [customerGid];
  for (const gid of theirs) await forgetPerson(tx, shopId, gid, now());
  await redactBodies(event, customerGid, email);
  await tx.rows("update data_request set answer = null where program_id = $1 and customer_gid = $2", [tx.scope.programId, customerGid]);
  await redactImports(event, theirs, email);
  await record(event, "redaction", customerGid, null);
  return { state: "done" };
};

// Rows that were given and rows that were not, such as those with a problem. One that still waits has nobody to go to.
async function redactImports({ tx, shopId }: Event, theirs: readonly string[], email: string | null): Promise<void> {
  await tx.rows(
    `with hers as (select import_id, line, state, points from import_row where program_id = $1
         and (email = $4 or member_id in (select member_id from customer where program_id = $1 and shop_id = $2 and customer_gid = any ($3))) for update),
       cut as (update import_row r set email = null, state = case when r.state = 'waiting' then 'left out' else r.state end,
           problem = case when r.state = 'waiting' then 'The customer asked to be forgotten.' else r.problem end
         from hers h where r.program_id = $1 and r.import_id = h.import_id and r.line = h.line),
       fewer as (select import_id, count(*)::int as lines, sum(points) as points from hers where state = 'waiting' group by import_id)
     update import i set "rows" = i."rows" - f.lines, problems = i.problems + f.lines, points = i.points - f.points
     from fewer f where i.program_id = $1 and i.import_id = f.import_id`,
    [tx.scope.programId, shopId, theirs, email],
  );
}

// This request's own body too. Ids are looked for where ids stand, and whole: one may begin like another, or be a quantity.
async function redactBodies({ tx, row, body, now }: Event, customerGid: string, email: string | null): Promise<void> {
  const orders = Array.isArray(body.orders_to_redact) ? body.orders_to_redact.flatMap((one) => text(one) ?? []) : [];
  const ids = [customerGid.split("/").at(-1) ?? "", ...orders].filter((id) => /^\d+$/.test(id));
  await tx.rows(
    `update inbox set body = '{"redacted":true}', state = case when state = 'waiting' then 'ignored' else state end, reason = 'redacted', done_at = coalesce(done_at, $4)
     where shop = $1 and (body ~ $2 or lower(body) ~ $3)`,
    [
      row.shop,
      ids.length > 0 ? `("(id|customer_id|order_id)" *: *"?|gid://shopify/(Customer|Order)/)(${ids.join("|")})([^0-9]|$)` : null,
      email && wholeAddress(email),
      now(),
    ],
  );
}

// An address may be the end or the beginning of somebody else's. Before it JSON may have written a sign as an escape.
const wholeAddress = (email: string): string =>
  `(^|[^a-z0-9._%+-]|\\\\(u[0-9a-f]{4}|[bfnrt]))${email.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}([^a-z0-9.-]|[.-]+([^a-z0-9.-]|$)|$)`;

/**
 * The shop has left for good. With the last shop of a programme the whole programme goes; while others remain,
 * only what was this shop's alone.
 */
export const redactShop: HearTopic = async ({ tx, shopId, row, now }) => {
  const others = await tx.one<{ others: number }>("select count(*) as others from shop_directory where program_id = $1 and shop <> $2", [
    tx.scope.programId,
    row.shop,
  ]);
  const here = await tx.one<{ installed: boolean }>("select uninstalled_at is null as installed from shop_directory where shop = $1", [
    row.shop,
  ]);
  if (here?.installed) return { state: "ignored", reason: "The shop has the app installed again." };
  if ((others?.others ?? 0) === 0) {
    await tx.rows("select laurel.erase_program($1, $2)", [tx.scope.programId, row.shop]);
    return { state: "done" };
  }
  const customers = await tx.rows<{ customer_gid: string }>(
    "select customer_gid from customer where program_id = $1 and shop_id = $2 and deleted_at is null",
    [tx.scope.programId, shopId],
  );
  for (const customer of customers) await forgetPerson(tx, shopId, customer.customer_gid, now());
  for (const table of ["product", "collection", "mirror_fill", "mirror_line"])
    await tx.rows(`delete from ${table} where program_id = $1 and shop_id = $2`, [tx.scope.programId, shopId]);
  await tx.rows(`update inbox set body = '{"redacted":true}' where shop = $1 and id <> $2`, [row.shop, row.id]);
  await tx.rows("update data_request set answer = null where program_id = $1 and shop_id = $2", [tx.scope.programId, shopId]);
  // Its place is empty: the last shop to leave is the last, and this one would begin anew if it came back.
  await tx.rows("update shop_directory set program_id = null, shop_id = null where shop = $1", [row.shop]);
  await tx.rows("update shop set domain = $3 where program_id = $1 and shop_id = $2", [tx.scope.programId, shopId, `${shopId}.redacted`]);
  return { state: "done" };
};

const customerOf = ({ body }: Event): string | null => gidOf("Customer", object(body.customer));

async function record({ tx, shopId, now }: Event, kind: string, customerGid: string, answer: object | null): Promise<void> {
  await tx.rows(
    "insert into data_request (program_id, request_id, shop_id, kind, customer_gid, asked_at, answered_at, answer) values ($1, $2, $3, $4, $5, $6, $6, $7)",
    [tx.scope.programId, newId(), shopId, kind, customerGid, now(), answer && JSON.stringify(answer)],
  );
}

type Known = { tags: string[]; has_account: boolean; birthday: string | null; ordersBefore: number | null; lastOrderAt: Date | null };

async function gather({ tx, shopId }: Event, customerGid: string): Promise<object> {
  const values = [tx.scope.programId, shopId, customerGid];
  const who = "from customer c where c.program_id = $1 and c.shop_id = $2 and c.customer_gid = $3";
  const [member] = await tx.rows(
    `select m.name, m.email, m.locale, m.state, m.joined_at, m.claimed_at from member m where (m.program_id, m.member_id) in (select c.program_id, c.member_id ${who})`,
    values,
  );
  const known = await tx.one<Known>(
    `select c.tags, c.has_account, c.birthday, c.order_count as "ordersBefore", c.last_order_at as "lastOrderAt" ${who}`,
    values,
  );
  const balances = await tx.rows(
    `select unit, pending, available, reserved, owed from balance where (program_id, member_id) in (select c.program_id, c.member_id ${who})`,
    values,
  );
  const movements = await tx.rows(
    `select kind, explanation, occurred_at, recorded_at from transaction where (program_id, member_id) in (select c.program_id, c.member_id ${who}) order by transaction_id`,
    values,
  );
  const orders = await tx.rows(
    "select name, placed_at, facts from order_facts where program_id = $1 and shop_id = $2 and customer_gid = $3 order by placed_at",
    values,
  );
  const redemptions = await tx.rows(
    "select reward, points, state, code, reserved_at, ended_at from redemption where program_id = $1 and shop_id = $2 and customer_gid = $3 order by reserved_at",
    values,
  );
  const { tags = [], has_account = false, birthday = null, ordersBefore = null, lastOrderAt = null } = known ?? {};
  const told = { tags, hasAccount: has_account, birthday, ordersBefore, lastOrderAt };
  return { customer: customerGid, member: member ?? null, ...told, balances, movements, orders, redemptions };
}
