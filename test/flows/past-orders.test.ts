import { expect, test } from "vitest";
import { countPastOrders } from "../../app/db/past-orders.ts";
import { runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { askForFill } from "../../app/flows/mirror/fill-mirror.ts";
import type { OrderFacts } from "../../app/loyalty/facts.ts";
import { fetchOrder } from "../../app/shopify/fetch-order.ts";
import { createCustomer } from "../../sandbox/customers.ts";
import { type Checkout, placeOrder, refundOrder } from "../../sandbox/orders.ts";
import { gid, type Order } from "../../sandbox/world.ts";
import { useDatabase } from "../support/database.ts";
import { fill, fillsNow, goOnFilling } from "../support/fill.ts";
import { orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { sandboxShop } from "../support/sandbox-shop.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();

test("orders from before Laurel are read for backtests, those with refunds one by one, and none of them earns", async () => {
  const shopify = sandboxShop();
  const { world, state } = shopify;
  const customer = createCustomer(world, state, { firstName: "Ann", email: "ann@example.com" });
  const variantId = shopify.products()[0]?.variants[0]?.id ?? "";
  const bought = (who: Partial<Checkout>, daysAgo: number): Order => {
    const createdAt = new Date(world.clock.now().getTime() - daysAgo * 86_400_000).toISOString();
    const found = placeOrder(world, state, { ...who, lines: [{ variantId, quantity: 2 }], createdAt });
    if ("refused" in found) throw new Error("The sandbox refused an order.");
    return found;
  };
  const ann = { customerId: customer.id };
  // The oldest is further back than Shopify shows to an app without read_all_orders.
  const [, first, second] = [bought(ann, 90), bought(ann, 30), bought(ann, 20), bought({ email: "guest@example.com" }, 10)];
  refundOrder(world, state, second, { lines: [{ line: second.lines[0]?.id ?? "", quantity: 1 }] });
  const story = await openStory(at, { adminOf: async () => shopify.admin, definition: programmeOf() });
  story.clock.at = world.clock.now();

  await fill(story, ["orders"]);
  expect(await fillsNow(story)).toMatchObject([{ what: "orders", reason: null, state: "done", found: 3, expected: 3 }]);
  const kept = await at.owner.query<{ order_gid: string; facts: OrderFacts }>(
    "select order_gid, facts from past_order where program_id = $1 order by order_gid",
    [story.programId],
  );
  // The bulk answer says of every order what asking for it alone says.
  for (const { order_gid, facts } of kept.rows)
    expect(facts).toEqual({ ...(await fetchOrder(shopify.admin, order_gid))?.facts, codes: facts.codes });
  expect(kept.rows.map((row) => row.facts.refunds.length).sort()).toEqual([0, 0, 1]);
  expect(JSON.stringify(kept.rows)).not.toMatch(/ann@|guest@|Ann/);
  expect(shopify.calls.filter((name) => name === "SettleOrder")).toHaveLength(1 + 3);

  const earned = await at.owner.query("select count(*)::int as n from transaction where program_id = $1", [story.programId]);
  expect(earned.rows[0].n).toBe(0);
  const asked = {
    definition: programmeOf({ earning: [{ ...programmeOf().earning[0], award: { kind: "per amount", points: 2, per: 100 } } as never] }),
  };
  expect((await runBacktest(story.context, asked)).counted).toMatchObject({ orders: 0, imported: 0 });
  const report = await runBacktest(story.context, { ...asked, withImported: true });
  expect(report).toMatchObject({ basis: "simulated", counted: { imported: 3, members: 2 } });
  expect(report.live.points).toBeGreaterThan(0);
  expect(report.draft.points).toBe(2 * report.live.points);
  expect(report.gains[0]?.memberId).toBe(gid("Customer", customer.id));

  // An order that was settled meanwhile counts once.
  await story.deliver("orders/paid", { ...orderBody({ id: first.id, customer: customer.id }), created_at: first.createdAt });
  await story.drain();
  expect((await runBacktest(story.context, { ...asked, withImported: true })).counted).toMatchObject({ orders: 1, imported: 2 });

  // Asked again, and killed in the middle, they are the same orders.
  const { context } = story;
  const passing = (point: string) => {
    if (point === "past orders are read, not put together") throw new Error("killed");
  };
  await context.db.inProgramme(context.scope, (tx) => askForFill(tx, { shopId: story.shopId, at: context.now(), what: ["orders"] }));
  await expect(goOnFilling(story, { ...context, passing })).rejects.toThrow("killed");
  await goOnFilling(story);
  expect(await story.context.db.inProgramme(story.context.scope, countPastOrders)).toBe(3);
});
