import { forgetLines, keptAfter, noteFill } from "../../db/mirror-fills.ts";
import { keepPastOrders } from "../../db/past-orders.ts";
import type { OrderFacts } from "../../loyalty/facts.ts";
import { readBulkOrder } from "../../shopify/bulk-orders.ts";
import { fetchOrder } from "../../shopify/fetch-order.ts";
import type { JsonObject } from "../../shopify/read-json.ts";
import type { Context } from "../context.ts";
import type { Step } from "./fill-mirror.ts";
import { type BulkAnswer, putAside } from "./put-aside.ts";

const ordersAtOnce = 100;

/**
 * Reads orders from before Laurel, for backtests: their facts and nothing else. They never earn, for nothing that
 * settles knows of them. @returns how many there are
 */
export async function readBulkOrders(context: Context, step: Step, answer: BulkAnswer): Promise<number> {
  const { db, scope, passing } = context;
  const { shopId } = step;
  await db.inProgramme(scope, (tx) => forgetLines(tx, shopId));
  const { run, roots } = await putAside(context, step, answer, (expected) => ({ expected }));
  passing("past orders are read, not put together");
  const orders = await putTogether(context, step, run);
  // Somebody else reading the same shop would have thrown our lines away.
  if (orders !== roots) throw new Error(`${roots} orders were read and ${orders} put together.`);
  await db.inProgramme(scope, (tx) => forgetLines(tx, shopId));
  return orders;
}

async function putTogether({ db, scope, now }: Context, { shopId, fill, admin }: Step, run: string): Promise<number> {
  let orders = 0;
  let after = "";
  for (;;) {
    const kept = await db.inProgramme(scope, (tx) => keptAfter(tx, { shopId, run, after, limit: ordersAtOnce }));
    const last = kept.at(-1);
    if (!last) return orders;
    const facts: OrderFacts[] = [];
    for (const { rootGid, lines } of kept) {
      const root = lines.find((one) => one.gid === rootGid);
      // Children without their parent are found out by the count.
      if (!root) continue;
      orders += 1;
      const children = lines.filter((one) => one !== root).map(({ gid, line }) => ({ gid, line: line as JsonObject }));
      const read = readBulkOrder(root.line as JsonObject, children) ?? (await fetchOrder(admin, rootGid))?.facts;
      if (read) facts.push(read);
    }
    await db.inProgramme(scope, async (tx) => {
      await keepPastOrders(tx, shopId, facts, now());
      await noteFill(tx, shopId, fill, { found: orders });
    });
    after = last.rootGid;
  }
}
