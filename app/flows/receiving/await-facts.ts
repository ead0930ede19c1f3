import type { Tx } from "../../db/database.ts";
import { type HeldOrder, holdOrders } from "../../db/orders.ts";
import { compiledVersion, publishedVersions } from "../../db/programme.ts";
import { ordersSince } from "../../db/trails.ts";
import { segmentsAsked } from "../../loyalty/earning/needs.ts";
import { versionAt } from "../../loyalty/program/phase.ts";
import { customerSegments } from "../../shopify/segments.ts";
import type { Context } from "../context.ts";
import { fetchProducts } from "../mirror/fetch-products.ts";
import { peopleOf } from "../settling/people-of.ts";
import { settleHappeningsSince } from "../settling/settle-happenings.ts";
import { type Soon, settleOrders, type Waiting } from "../settling/settle-orders.ts";

/** An order that lacks what its rules ask for has it fetched; until then it waits, and nothing of it is lost. */
export async function askForMissing(tx: Tx, waiting: readonly Waiting[]): Promise<void> {
  for (const { missing, shopId, orderGid, customerGid, productGids } of waiting) {
    if (missing === "tags" || missing === "customer")
      await tx.addJob("fetch-tags", { shopId, customerGid }, { key: `fetch-tags ${shopId} ${customerGid}` });
    if (missing === "products")
      await tx.addJob("fetch-order-products", { shopId, productGids }, { key: `fetch-order-products ${shopId} ${orderGid}` });
    if (missing === "segments")
      await tx.addJob("fetch-segments", { shopId, orderGid, customerGid }, { key: `fetch-segments ${shopId} ${orderGid}` });
  }
}

/** Settles orders that are held as they stand, and asks for what some of them still lack. @returns how many were settled */
export async function settleHeld(tx: Tx, held: readonly HeldOrder[], now: Date, soon?: Soon): Promise<number> {
  const settlement = await settleOrders(tx, held, await peopleOf(tx, held), now, soon);
  await askForMissing(tx, settlement.waiting);
  return settlement.settled;
}

/** Asks Shopify for products that orders wait for, and settles those orders. */
export async function fetchOrderProducts(
  context: Context,
  { shopId, productGids }: { shopId: string; productGids: string[] },
): Promise<void> {
  await fetchProducts(context, { shopId, productGids }, () =>
    context.db.inProgramme(context.scope, async (tx) => {
      const waiting = await tx.rows<{ shopId: string; orderGid: string }>(
        `select shop_id as "shopId", order_gid as "orderGid" from order_facts o where program_id = $1 and shop_id = $2 and waiting_for = 'products'
           and exists (select from jsonb_array_elements(o.facts->'lines') l where l->>'productGid' = any ($3))`,
        [tx.scope.programId, shopId, productGids],
      );
      await settleHeld(tx, await holdOrders(tx, waiting), context.now());
    }),
  );
}

/** Asks Shopify in which of the segments that rules name a customer is, pins it with the order, and settles it. */
export async function fetchSegments(context: Context, wish: { shopId: string; orderGid: string; customerGid: string }): Promise<void> {
  const { db, scope } = context;
  const asked = await db.inProgramme(scope, async (tx) => {
    const order = await tx.one<{ placed_at: Date }>(
      "select placed_at from order_facts where program_id = $1 and shop_id = $2 and order_gid = $3 and waiting_for = 'segments'",
      [tx.scope.programId, wish.shopId, wish.orderGid],
    );
    const version = order && versionAt(await publishedVersions(tx), order.placed_at);
    return version && segmentsAsked((await compiledVersion(tx, version.version)).definition);
  });
  if (!asked) return;
  const segments = await customerSegments(await context.adminOf(wish.shopId), wish.customerGid, asked);
  await db.inProgramme(scope, async (tx) => {
    const held = await holdOrders(tx, [wish]);
    await settleHeld(
      tx,
      held.map((order) => ({ ...order, pins: { ...order.pins, segments } })),
      context.now(),
    );
  });
}

/** How many of a member's orders are held at once when they are judged again. */
const bite = 100;

/**
 * Judges a member's orders and events again from an instant on: an older one came late, or changed what the younger
 * ones look at. Repeating it changes nothing.
 */
export async function settleAgain(context: Context, { memberId, since }: { memberId: string; since: Date }): Promise<void> {
  let from: Parameters<typeof ordersSince>[2] = { since };
  // Oldest first, in transactions of their own: locks are taken in one order, and others of this member have their turn.
  for (;;) {
    const orders = await context.db.inProgramme(context.scope, (tx) => ordersSince(tx, memberId, from, bite + 1));
    const [now, next] = [orders.slice(0, bite), orders[bite]];
    // What these change for younger ones is seen in the next turn, which finds those that came meanwhile too.
    const soon = next && { memberId, since: next.placedAt.getTime() };
    if (now.length > 0)
      await context.db.inProgramme(context.scope, async (tx) => settleHeld(tx, await holdOrders(tx, now), context.now(), soon));
    context.passing("some of a member's orders are judged again, not all");
    const last = now.at(-1);
    if (!next || !last) break;
    from = { behind: last };
  }
  await context.db.inProgramme(context.scope, (tx) => settleHappeningsSince(tx, memberId, since, context.now()));
}
