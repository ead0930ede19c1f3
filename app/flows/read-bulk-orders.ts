import { type BulkLine, forgetLines, keepLines, keptAfter, noteFill } from "../db/mirror-fills.ts";
import { keepPastOrders } from "../db/past-orders.ts";
import { newId } from "../ids.ts";
import type { OrderFacts } from "../loyalty/facts.ts";
import { readBulkOrder } from "../shopify/bulk-orders.ts";
import { fetchOrder } from "../shopify/fetch-order.ts";
import { bulkLines } from "../shopify/mirror-bulk.ts";
import { type JsonObject, text } from "../shopify/read-json.ts";
import type { Context } from "./context.ts";
import type { Step } from "./fill-mirror.ts";

const linesAtOnce = 500;
const ordersAtOnce = 100;

type Answer = { url: string | null; lines: number };

/**
 * Reads orders from before Laurel, for backtests: their facts and nothing else. They never earn, for nothing that
 * settles knows of them. @returns how many there are
 */
export async function readBulkOrders(context: Context, step: Step, answer: Answer): Promise<number> {
  const { db, scope, passing } = context;
  const { shopId } = step;
  const run = newId();
  await db.inProgramme(scope, (tx) => forgetLines(tx, shopId));
  const roots = answer.url ? await putAside(context, step, { url: answer.url, run, lines: answer.lines }) : 0;
  passing("past orders are read, not put together");
  const orders = await putTogether(context, step, run);
  // Somebody else reading the same shop would have thrown our lines away.
  if (orders !== roots) throw new Error(`${roots} orders were read and ${orders} put together.`);
  await db.inProgramme(scope, (tx) => forgetLines(tx, shopId));
  return orders;
}

async function putAside(
  { db, scope }: Context,
  { shopId, fill }: Step,
  { url, run, lines }: { url: string; run: string; lines: number },
): Promise<number> {
  let [seq, roots] = [0, 0];
  let batch: BulkLine[] = [];
  const keep = async () => {
    const kept = batch;
    batch = [];
    await db.inProgramme(scope, async (tx) => {
      await keepLines(tx, { shopId, run }, kept);
      await noteFill(tx, shopId, fill, { expected: roots });
    });
  };
  for await (const line of bulkLines(url)) {
    const gid = text(line.id);
    if (!gid) throw new Error("A line of the bulk answer has no id.");
    const parent = text(line.__parentId);
    if (!parent) roots += 1;
    batch.push({ seq: ++seq, gid, rootGid: parent ?? gid, line });
    if (batch.length === linesAtOnce) await keep();
  }
  await keep();
  if (seq !== lines) throw new Error(`The bulk answer has ${lines} lines and ${seq} came.`);
  return roots;
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
