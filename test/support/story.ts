import { createHmac, randomUUID } from "node:crypto";
import type { Context } from "../../app/flows/context.ts";
import { type Drain, drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { receiveEvents } from "../../app/flows/receiving/receive-event.ts";
import { newId } from "../../app/ids.ts";
import type { Balance } from "../../app/loyalty/ledger/accounts.ts";
import { type Definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import type { Phase } from "../../app/loyalty/program/phase.ts";
import type { TestDatabase } from "./database.ts";

export type Story = {
  programId: string;
  shopId: string;
  shop: string;
  context: Context;
  clock: { at: Date };
  /** Puts a delivery into the inbox. The same webhook id is kept once. */
  deliver: (topic: string, body: object | string, options?: { webhookId?: string; triggeredAt?: string }) => Promise<void>;
  /** Works the inbox off. */
  drain: () => Promise<void>;
  balance: (customer: string | number, unit?: string) => Promise<Balance>;
  memberOf: (customer: string | number) => Promise<string>;
  /** Jobs of this programme that wait, each as its task and what it is about; taken ones are gone. */
  jobs: (task?: string) => Promise<Job[]>;
  drop: (task: string) => Promise<void>;
  failures: string[];
};

export type Job = { task: string; payload: Record<string, unknown>; key: string | null; runAt: Date };

type Wish = { definition?: Partial<Definition>; phase?: Phase; testTag?: string; currency?: string; adminOf?: Context["adminOf"] };

export const storyBegins = "2026-01-01T00:00:00Z";

/** A programme and a shop of its own in the database, live from the beginning of 2026 unless said otherwise. */
export async function openStory(at: TestDatabase, wish: Wish = {}): Promise<Story> {
  const [programId, shopId] = [newId(), newId()];
  const shop = `shop-${programId.slice(-12)}.myshopify.com`;
  const definition = { ...simplePoints(100), ...wish.definition };
  const clock = { at: new Date("2026-06-01T12:00:00Z") };
  const currency = wish.currency ?? "USD";
  const run = (sql: string, values: unknown[]) => at.owner.query(sql, values);
  await run("insert into program values ($1, 'Story', $2, 'America/New_York', $3)", [programId, currency, storyBegins]);
  await run("insert into shop_directory (shop, program_id, shop_id, installed_at) values ($1, $2, $3, $4)", [
    shop,
    programId,
    shopId,
    storyBegins,
  ]);
  await run(
    "insert into shop (program_id, shop_id, domain, name, currency, time_zone, created_at) values ($1, $2, $3, 'Story', $4, 'America/New_York', $5)",
    [programId, shopId, shop, currency, storyBegins],
  );
  await run("insert into program_version values ($1, 1, $2, 'epoch', $3, 'test', null)", [
    programId,
    JSON.stringify(definition),
    storyBegins,
  ]);
  await run("insert into program_phase values ($1, 1, $2, $3, $4, $3, 'test')", [
    programId,
    wish.phase ?? "live",
    storyBegins,
    wish.testTag ?? null,
  ]);

  const failures: string[] = [];
  const context: Context = {
    db: at.db,
    scope: { programId, shopId },
    now: () => clock.at,
    actor: "test",
    adminOf:
      wish.adminOf ??
      (async () => {
        throw new Error("This story has no Shopify.");
      }),
    fingerprint: (purpose, text) => createHmac("sha256", "story").update(`${purpose} ${text}`).digest("base64url"),
    passing: () => undefined,
  };
  const drain: Drain = {
    ...context,
    settled: () => undefined,
    failed: (_, error) => failures.push(error instanceof Error ? (error.stack ?? error.message) : "unknown"),
  };
  return {
    programId,
    shopId,
    shop,
    context,
    clock,
    failures,
    deliver: async (topic, body, options = {}) => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const triggeredAt = new Date(
        options.triggeredAt ?? (typeof body === "object" && "updated_at" in body ? String(body.updated_at) : clock.at.toISOString()),
      );
      await receiveEvents(
        at.db,
        [{ shop, topic, webhookId: options.webhookId ?? randomUUID(), eventId: null, apiVersion: "2026-10", triggeredAt, body: text }],
        clock.at,
      );
    },
    drain: async () => {
      while ((await drainProgramme(drain, programId)) > 0);
    },
    memberOf: async (customer) => {
      const { rows } = await at.owner.query("select member_id from customer where program_id = $1 and customer_gid = $2", [
        programId,
        gidOf(customer),
      ]);
      return rows[0]?.member_id;
    },
    jobs: async (task) => {
      const { rows } = await at.owner.query(
        `select t.identifier as task, j.payload, j.key, j.run_at as "runAt" from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where j.payload->>'programId' = $1 and ($2::text is null or t.identifier = $2) order by j.id`,
        [programId, task ?? null],
      );
      return rows;
    },
    drop: async (task) => {
      await at.owner.query(
        "delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = $2 and j.payload->>'programId' = $1",
        [programId, task],
      );
    },
    balance: async (customer, unit = "points") => {
      const { rows } = await at.owner.query(
        `select b.pending, b.available, b.reserved, b.owed from balance b join customer c using (program_id, member_id) where c.program_id = $1 and c.customer_gid = $2 and b.unit = $3`,
        [programId, gidOf(customer), unit],
      );
      const [row] = rows;
      return row
        ? { pending: Number(row.pending), available: Number(row.available), reserved: Number(row.reserved), owed: Number(row.owed) }
        : { pending: 0, available: 0, reserved: 0, owed: 0 };
    },
  };
}

const gidOf = (customer: string | number): string =>
  /^(gid|guest):/.test(String(customer)) ? String(customer) : `gid://shopify/Customer/${customer}`;
