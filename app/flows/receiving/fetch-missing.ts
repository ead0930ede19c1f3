import { customerUnknown, noteCounts } from "../../db/mirrored-customers.ts";
import { holdOrders } from "../../db/orders.ts";
import { customerTags } from "../../shopify/customer-tags.ts";
import { fetchOrder } from "../../shopify/fetch-order.ts";
import type { Context } from "../context.ts";
import { settleHeld } from "./await-facts.ts";
import { settleVersions, versionOf } from "./drain-inbox.ts";

type Wish = { shopId: string; orderGid: string; unlessRefund?: string; unlessVersionSince?: string };

/** Fetches an order whose newest version has not come, or came with two contents, and settles it. */
export async function fetchMissingOrder(context: Context, wish: Wish): Promise<void> {
  const { db, scope } = context;
  if (await db.inProgramme(scope, (tx) => hasCome(tx, wish))) return;
  const fetched = await fetchOrder(await context.adminOf(wish.shopId), wish.orderGid);
  if (!fetched) return;
  const { buyer } = fetched;
  await db.inProgramme(scope, async (tx) => {
    const facts = { ...fetched.facts, guestKey: fetched.facts.customerGid ? null : await guestKeyOf(tx, wish) };
    // What Shopify answers now is younger than every delivery of the same version.
    const version = versionOf(wish.shopId, facts, new Date(Math.max(context.now().getTime(), Date.now())));
    await settleVersions(tx, [version], new Map([[`${wish.shopId} ${facts.orderGid}`, buyer]]), context);
  });
}

// The API tells no e-mail where protected data are not granted; whoever the guest was, they stay.
async function guestKeyOf(tx: Parameters<typeof holdOrders>[0], wish: Wish): Promise<string | null> {
  const row = await tx.one<{ key: string | null }>(
    "select facts->>'guestKey' as key from order_facts where program_id = $1 and shop_id = $2 and order_gid = $3",
    [tx.scope.programId, wish.shopId, wish.orderGid],
  );
  return row?.key ?? null;
}

async function hasCome(tx: Parameters<typeof holdOrders>[0], wish: Wish): Promise<boolean> {
  if (!wish.unlessRefund && !wish.unlessVersionSince) return false;
  const row = await tx.one(
    "select 1 from order_facts where program_id = $1 and shop_id = $2 and order_gid = $3 and ($4::text is null or facts->'refundIds' ? $4) and ($5::timestamptz is null or version_at >= $5)",
    [tx.scope.programId, wish.shopId, wish.orderGid, wish.unlessRefund ?? null, wish.unlessVersionSince ?? null],
  );
  return row !== undefined;
}

/** Asks for what rules ask about a customer, their tags above all, and settles the orders that waited for it. */
export async function fetchTags(context: Context, wish: { shopId: string; customerGid: string }): Promise<void> {
  const { db, scope, now } = context;
  const askedAt = now();
  const known = await customerTags(await context.adminOf(wish.shopId), wish.customerGid);
  await db.inProgramme(scope, async (tx) => {
    const waiting = await tx.rows<{ order_gid: string }>(
      "select order_gid from order_facts where program_id = $1 and shop_id = $2 and customer_gid = $3 and waiting_for in ('tags', 'customer')",
      [tx.scope.programId, wish.shopId, wish.customerGid],
    );
    const held = await holdOrders(
      tx,
      waiting.map((row) => ({ shopId: wish.shopId, orderGid: row.order_gid })),
    );
    await tx.rows(
      "update customer set tags = $4, tags_known_at = $5, has_account = coalesce($6, has_account) where program_id = $1 and shop_id = $2 and customer_gid = $3",
      [tx.scope.programId, wish.shopId, wish.customerGid, known?.tags ?? [], now(), known?.hasAccount ?? null],
    );
    if (known) await noteCounts(tx, { shopId: wish.shopId, askedAt }, [known]);
    else await customerUnknown(tx, { ...wish, askedAt });
    await settleHeld(tx, held, now());
  });
}
