import { createHash } from "node:crypto";
import type { Tx } from "../../db/database.ts";
import { claimInbox, claimOne, type Done, type InboxRow, markDone, nextProgramme, orderVersionTopics, postpone } from "../../db/inbox.ts";
import { hearOrders, type OrderVersion } from "../../db/orders.ts";
import { holdVersions } from "../../db/programme.ts";
import { type Shop, shopByDomain } from "../../db/shops.ts";
import { parseJson } from "../../shopify/read-json.ts";
import { type Buyer, readOrder } from "../../shopify/read-order.ts";
import type { Context } from "../context.ts";
import { peopleOf, personOf } from "../settling/people-of.ts";
import { keyOf, settleOrders } from "../settling/settle-orders.ts";
import { askForMissing } from "./await-facts.ts";
import { hearTopic } from "./hear-topic.ts";

/** What the worker brings: no scope yet, for the inbox knows the programme. */
export type Drain = Pick<Context, "db" | "now" | "fingerprint" | "passing"> & {
  failed: (row: InboxRow, error: unknown) => void;
  settled: (orders: number) => void;
};

export const batchSize = 250;

/** Batches worked off side by side in one process: while one waits for PostgreSQL another reads and judges. */
export const lanes = 3;

/** Works off one batch of the programme whose delivery waits longest. @returns how many deliveries; 0 when none waits */
export async function drainOnce(drain: Drain): Promise<number> {
  const programId = await nextProgramme(drain.db, drain.now(), []);
  return programId ? drainProgramme(drain, programId) : 0;
}

/**
 * Works off one batch of one programme: claim, settle, mark, all in one transaction, so that a process that dies
 * in the middle leaves the rows waiting and nothing posted.
 */
export async function drainProgramme(drain: Drain, programId: string): Promise<number> {
  const scope = { programId, shopId: "*" as const };
  // Both kinds in turn: a flood of orders must not keep a customer's redaction waiting.
  return (await drainBatch(drain, scope, "order versions", batchSize)) + (await drainBatch(drain, scope, "others", 1));
}

async function drainBatch(
  drain: Drain,
  scope: { programId: string; shopId: "*" },
  which: "order versions" | "others",
  size: number,
): Promise<number> {
  const claimed: InboxRow[] = [];
  try {
    await drain.db.inProgramme(scope, async (tx) => {
      claimed.push(...(await claimInbox(tx, which, size, drain.now())));
      await work(tx, drain, claimed);
    });
  } catch (error) {
    // Something in the batch is bad: each alone, so that one cannot hold up the others.
    await oneByOne(drain, scope, claimed, error);
  }
  return claimed.length;
}

async function oneByOne(
  drain: Drain,
  scope: { programId: string; shopId: "*" },
  claimed: readonly InboxRow[],
  first: unknown,
): Promise<void> {
  if (claimed.length === 0) throw first;
  for (const { id } of claimed) {
    let row: InboxRow | undefined;
    try {
      await drain.db.inProgramme(scope, async (tx) => {
        row = await claimOne(tx, id);
        if (row) await work(tx, drain, [row]);
      });
    } catch (error) {
      if (!row) throw error;
      const bad = row;
      drain.failed(bad, error);
      await drain.db.inProgramme(scope, (tx) =>
        postpone(tx, bad, error instanceof Error ? `${error.name}: ${error.message}` : "unknown error", drain.now()),
      );
    }
  }
}

async function work(tx: Tx, drain: Drain, rows: readonly InboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await holdVersions(tx);
  const done: Done[] = [];
  const shops = new Map<string, Shop | undefined>();
  const versions: OrderVersion[] = [];
  const buyers = new Map<string, Buyer>();

  for (const row of rows) {
    if (!orderVersionTopics.includes(row.topic)) {
      done.push({ id: row.id, ...(await hearTopic(tx, drain, row)) });
      continue;
    }
    if (!shops.has(row.shop)) shops.set(row.shop, await shopByDomain(tx, row.shop));
    const read = readVersion(tx, drain, row, shops.get(row.shop));
    if ("unreadable" in read) {
      done.push({ id: row.id, state: "failed", reason: read.unreadable });
      continue;
    }
    versions.push(read.version);
    buyers.set(keyOf({ shopId: read.version.shopId, orderGid: read.version.facts.orderGid }), read.buyer);
    done.push({ id: row.id, state: "done" });
  }

  if (versions.length > 0) drain.settled(await settleVersions(tx, versions, buyers, drain));
  await markDone(tx, done, drain.now());
  drain.passing("before the batch is committed");
}

/** Hears versions of orders and settles those that changed by it. @returns how many were settled */
export async function settleVersions(
  tx: Tx,
  versions: readonly OrderVersion[],
  buyers: ReadonlyMap<string, Buyer>,
  { now, passing }: Pick<Context, "now" | "passing">,
): Promise<number> {
  const people = await peopleOf(tx, versions, buyers);
  const heard = await hearOrders(tx, versions, (version) => personOf(people, version)?.memberId ?? null);
  for (const order of heard.ties)
    await tx.addJob("fetch-order", { ...order, why: "two contents of one version" }, { key: `fetch-order ${keyOf(order)}` });
  passing("orders are heard, not settled");
  // An older version that told of a payment brings back an order that may be somebody else's by now.
  const others = await peopleOf(
    tx,
    heard.held.filter((order) => !personOf(people, order)),
  );
  const settlement = await settleOrders(tx, heard.held, new Map([...people, ...others]), now());
  await askForMissing(tx, settlement.waiting);
  passing("orders are settled, not marked");
  return settlement.settled;
}

type Read = { version: OrderVersion; buyer: Buyer } | { unreadable: string };

function readVersion(tx: Tx, drain: Pick<Context, "fingerprint">, row: InboxRow, shop: Shop | undefined): Read {
  if (!shop) return { unreadable: `The shop ${row.shop} is not part of this programme.` };
  try {
    const read = readOrder(parseJson(row.body), { guestKey: (email) => drain.fingerprint(`guest of ${tx.scope.programId}`, email) });
    if ("unreadable" in read) return read;
    const { currency } = read.facts;
    if (currency !== shop.currency) return { unreadable: `The order is in ${currency} and the programme counts in ${shop.currency}.` };
    return { version: versionOf(shop.shopId, read.facts, row.triggeredAt), buyer: read.buyer };
  } catch (error) {
    if (error instanceof SyntaxError) return { unreadable: "The body is not JSON." };
    throw error;
  }
}

export function versionOf(shopId: string, facts: OrderVersion["facts"], triggeredAt: Date): OrderVersion {
  const { versionAt: _, ...contents } = facts;
  return { shopId, facts, factsHash: createHash("sha256").update(JSON.stringify(contents)).digest("base64url"), triggeredAt };
}
