import { readFileSync } from "node:fs";
import type pg from "pg";
import type { Database } from "../app/db/database.ts";
import { receiveEvents } from "../app/flows/receiving/receive-event.ts";
import { newId } from "../app/ids.ts";
import { type Definition, simplePoints } from "../app/loyalty/program/definition.ts";

export type BenchShop = { programId: string; shopId: string; shop: string };

/** A live programme with one shop, ready for orders. */
export async function openProgramme(owner: pg.Pool, definition: Definition = simplePoints(100)): Promise<BenchShop> {
  const [programId, shopId] = [newId(), newId()];
  const shop = `bench-${programId.slice(-12)}.myshopify.com`;
  await owner.query("insert into program values ($1, 'Bench', 'USD', 'UTC', now())", [programId]);
  await owner.query("insert into shop_directory (shop, program_id, shop_id, installed_at) values ($1, $2, $3, now())", [
    shop,
    programId,
    shopId,
  ]);
  await owner.query(
    "insert into shop (program_id, shop_id, domain, name, currency, time_zone, created_at) values ($1, $2, $3, 'Bench', 'USD', 'UTC', now())",
    [programId, shopId, shop],
  );
  await owner.query("insert into program_version values ($1, 1, $2, 'epoch', now(), 'bench', null)", [
    programId,
    JSON.stringify(definition),
  ]);
  await owner.query("insert into program_phase values ($1, 1, 'live', 'epoch', null, now(), 'bench')", [programId]);
  return { programId, shopId, shop };
}

/** A body with every key that Shopify sends today, made from one recorded by the sandbox's own writer. */
const template = JSON.parse(readFileSync(new URL("./order.json", import.meta.url), "utf8")) as Record<string, unknown> & {
  line_items: object[];
  customer: object;
};

let serial = 5_000_000_000_000;

export function paidOrder(customers: number): string {
  const id = ++serial;
  const customer = 1 + (id % customers);
  const at = new Date(Date.now() - 86_400_000 + (serial % 80_000_000)).toISOString();
  return JSON.stringify({
    ...template,
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    created_at: at,
    updated_at: at,
    customer: { ...template.customer, id: customer, admin_graphql_api_id: `gid://shopify/Customer/${customer}` },
  });
}

/** Fills the inbox with paid orders of as many customers. */
export async function fillInbox(db: Database, at: BenchShop, orders: number, customers: number): Promise<void> {
  for (let left = orders; left > 0; left -= 500) {
    const deliveries = Array.from({ length: Math.min(500, left) }, () => {
      const body = paidOrder(customers);
      return {
        shop: at.shop,
        topic: "orders/paid",
        webhookId: newId(),
        eventId: null,
        apiVersion: "2026-10",
        triggeredAt: new Date(),
        body,
      };
    });
    await receiveEvents(db, deliveries, new Date());
  }
}
