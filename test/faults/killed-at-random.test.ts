import { createHmac, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seeded } from "../../sandbox/random.ts";
import type { Customer, Order } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";
import { until } from "../support/until.ts";

describe("killed at any moment", () => {
  const town = useTown();
  const juniper = () => town.shop("juniper");
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
  const random = seeded(seed);

  test(`a worker that is killed ten times while 300 orders wait settles each of them once (seed ${seed})`, async () => {
    const people: Customer[] = [];
    for (let each = 0; each < 12; each++) people.push(await juniper().customer());
    await town.settled();
    await town.worker.stop();
    const earned = new Map<string, number>();
    const moments: string[] = [];
    for (let kill = 0; kill < 10; kill++) {
      for (let each = 0; each < 30; each++) {
        const customer = people[each % people.length] as Customer;
        const dollars = 1 + Math.floor(random() * 40);
        await juniper().order(customer, { dollars });
        earned.set(customer.id, (earned.get(customer.id) ?? 0) + dollars);
      }
      const { settled } = await town.sandbox.settle(60_000);
      expect(settled).toBe(true);

      const starting = town.startWorker();
      const held = await until("the worker has begun to drain", heldInInbox);
      const after = Math.floor(random() * 250);
      await new Promise((go) => setTimeout(go, after));
      expect((await town.worker.kill()).signal).toBe("SIGKILL");
      await starting;
      const { rows } = await town.owner.query<{ left: number }>("select count(*)::int as left from inbox where state = 'waiting'");
      moments.push(`${after} ms after it held ${held.claimed} of ${held.waiting}, of which ${rows[0]?.left} were left`);
    }
    console.log(`  killed\n  ${moments.join("\n  ")}`);
    await town.startWorker();
    await town.settled();
    for (const customer of people)
      expect((await juniper().held(customer)).available, `${customer.id}; killed ${moments.join("; ")}`).toBe(earned.get(customer.id));
    const { rows } = await town.owner.query("select order_gid from transaction where kind = 'order' group by 1 having count(*) > 1");
    expect(rows).toEqual([]);
    expect(await town.wrong()).toEqual([]);
  });

  test("a web process that is killed among 200 webhooks has kept each that it acknowledged", async () => {
    const ann = await juniper().customer();
    const order = await juniper().order(ann, { dollars: 5 });
    await town.settled();
    const pattern = patternOf(order);
    const acknowledged: string[] = [];
    const enough = 1 + Math.floor(random() * 120);
    let soon = (): void => undefined;
    const some = new Promise<void>((go) => (soon = go));
    // Twenty senders, so that some are answered while others are being written.
    const deliverAll = () =>
      Promise.all(
        Array.from({ length: 20 }, async (_, sender) => {
          for (let each = 0; each < 10; each++) {
            const { status, webhookId } = await deliver(pattern, sender * 10 + each);
            if (status === 200) acknowledged.push(webhookId);
            if (acknowledged.length >= enough) soon();
          }
        }),
      );
    const all = deliverAll();
    await some;
    await town.web.kill();
    await all;

    const { rows } = await town.owner.query<{ kept: string }>("select webhook_id as kept from inbox where webhook_id = any ($1)", [
      acknowledged,
    ]);
    expect(rows).toHaveLength(acknowledged.length);
    console.log(`  ${acknowledged.length} of 200 were acknowledged before the web process was killed`);

    // Shopify sends again what was not acknowledged; here the whole lot, and each order counts once.
    await town.startWeb();
    await deliverAll();
    await town.settled();
    expect((await juniper().held(ann)).available).toBe(5 + 200 * 5);
    expect(await town.wrong()).toEqual([]);
  });

  test("no webhook is acknowledged before the database has it", async () => {
    const ann = await juniper().customer();
    const order = await juniper().order(ann, { dollars: 5 });
    await town.settled();
    const pattern = patternOf(order);
    const statuses: (number | undefined)[] = [];
    const holder = await town.owner.connect();
    const isWriting =
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%laurel.receive%' and datname = current_database()";
    let sent: Promise<unknown>[] = [];
    try {
      await holder.query("begin");
      await holder.query("lock table inbox in exclusive mode");
      sent = Array.from({ length: 20 }, (_, each) => deliver(pattern, 500 + each).then(({ status }) => statuses.push(status)));
      await until("the deliveries are being written", async () => (await town.owner.query(isWriting)).rowCount);
      expect(statuses).toEqual([]);
      await town.web.kill();
    } finally {
      await holder.query("rollback");
      holder.release();
    }
    await Promise.all(sent);
    expect(statuses.filter((status) => status !== undefined)).toEqual([]);
    await town.startWeb();
    await town.settled();
    expect(await town.wrong()).toEqual([]);
  });

  async function deliver(pattern: Record<string, unknown>, each: number): Promise<{ webhookId: string; status: number | undefined }> {
    const webhookId = randomUUID();
    const id = 8_500_000_000_000 + each * 10;
    const body = JSON.stringify({ ...pattern, id, admin_graphql_api_id: `gid://shopify/Order/${id}`, name: `#P${each}` });
    const answer = await fetch(`${town.app}/webhooks/orders`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-shopify-topic": "orders/paid",
        "x-shopify-shop-domain": juniper().domain,
        "x-shopify-webhook-id": webhookId,
        "x-shopify-api-version": "2026-10",
        "x-shopify-triggered-at": new Date().toISOString(),
        "x-shopify-hmac-sha256": createHmac("sha256", juniper().app.secret).update(body).digest("base64"),
      },
      body,
    }).catch(() => undefined);
    return { webhookId, status: answer?.status };
  }

  /** How many deliveries a drain holds at this moment, once it does, or that there are none left to hold. */
  async function heldInInbox(): Promise<{ claimed: number; waiting: number } | undefined> {
    const { rows } = await town.owner.query<{ waiting: number; free: number }>(
      `with free as (select id from inbox where state = 'waiting' and program_id is not null for update skip locked)
       select (select count(*) from inbox where state = 'waiting' and program_id is not null)::int as waiting, (select count(*) from free)::int as free`,
    );
    const { waiting = 0, free = 0 } = rows[0] ?? {};
    return waiting === 0 || free < waiting ? { claimed: waiting - free, waiting } : undefined;
  }

  function patternOf(order: Order): Record<string, unknown> {
    const sent = [...juniper().state().deliveries.values()].find(
      (one) => one.topic === "orders/create" && one.body.includes(`"id":${order.id},`),
    );
    if (!sent) throw new Error(`${order.name} was not delivered.`);
    return JSON.parse(sent.body) as Record<string, unknown>;
  }
});
