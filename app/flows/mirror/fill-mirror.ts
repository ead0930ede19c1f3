import type { Tx } from "../../db/database.ts";
import { type Fill, type FillOf, nextFill, noteFill, wishFill } from "../../db/mirror-fills.ts";
import { type Admin, AdminRefused } from "../../shopify/admin.ts";
import { type BulkQuery, type BulkState, bulkUnderway, lookAtBulk, startBulk } from "../../shopify/mirror-bulk.ts";
import type { Context } from "../context.ts";
import { readBulkCustomers } from "./read-bulk-customers.ts";
import { readBulkOrders } from "./read-bulk-orders.ts";
import { readBulkProducts } from "./read-bulk-products.ts";

const soonMs = 500;
const patientMs = 30_000;
// While another bulk query of ours keeps Shopify busy.
const turnMs = 3000;

/** Asks for a shop's mirror to be filled from the beginning: at install, when it comes back, and when a merchant asks. */
export async function askForFill(
  tx: Tx,
  { shopId, at, what = ["products", "customers"] }: { shopId: string; at: Date; what?: FillOf[] },
): Promise<void> {
  await wishFill(tx, shopId, what, at);
  await goOn(tx, shopId, 0);
}

/**
 * Takes the next step of filling a shop's mirror by a bulk query: start it, look how far it is, read its answer; and
 * asks for the step after. A step that dies is taken again, and an answer that was read in part is read from its
 * beginning. Shopify is never waited for in a transaction.
 */
export async function fillMirror(context: Context, shopId: string): Promise<void> {
  const { db, scope } = context;
  const fill = await db.inProgramme(scope, (tx) => nextFill(tx, shopId));
  if (!fill) return;
  const admin = await context.adminOf(shopId);
  try {
    await takeStep(context, { shopId, fill, admin });
  } catch (error) {
    // Such as a scope that was not granted: asking again would not change it.
    if (!(error instanceof AdminRefused)) throw error;
    await db.inProgramme(scope, async (tx) => {
      await noteFill(tx, shopId, fill, { state: "failed", reason: error.message, finishedAt: context.now() });
      await goOn(tx, shopId, 0);
    });
  }
}

const readers = { products: readBulkProducts, customers: readBulkCustomers, orders: readBulkOrders };

export type Step = { shopId: string; fill: Fill; admin: Admin };

async function takeStep(context: Context, { shopId, fill, admin }: Step): Promise<void> {
  const { db, scope } = context;
  if (fill.operationGid === null) return begin(context, { shopId, fill, admin });
  const bulk = await lookAtBulk(admin, fill.operationGid);
  if (bulk.state === "complete") return read(context, { shopId, fill, admin }, bulk);

  await db.inProgramme(scope, async (tx) => {
    if (bulk.state === "underway") await noteFill(tx, shopId, fill, { expected: bulk.roots });
    else if (bulk.state === "gone") await noteFill(tx, shopId, fill, { state: "waiting", operationGid: null });
    else await noteFailure(tx, shopId, fill, bulk.reason, context.now());
    await goOn(tx, shopId, bulk.state === "underway" ? backOff(fill, context.now()) : 0);
  });
}

async function begin(context: Context, { shopId, fill, admin }: Step): Promise<void> {
  const { db, scope, now, passing } = context;
  const startedAt = now();
  const query: BulkQuery = fill.what === "customers" && fill.withNames ? "customers with names" : fill.what;
  const operationGid = (await bulkUnderway(admin)) ? null : await startBulk(admin, query);
  if (operationGid) passing("the bulk query runs, we have not written it");
  await db.inProgramme(scope, async (tx) => {
    if (operationGid) await noteFill(tx, shopId, fill, { state: "running", operationGid, startedAt, found: 0, expected: null });
    await goOn(tx, shopId, operationGid ? soonMs : turnMs);
  });
}

async function read(context: Context, step: Step, bulk: Extract<BulkState, { state: "complete" }>): Promise<void> {
  const { db, scope, now, passing } = context;
  const { shopId, fill } = step;
  if (!(await db.inProgramme(scope, (tx) => noteFill(tx, shopId, fill, { state: "reading", found: 0, expected: bulk.roots })))) return;
  const found = await readers[fill.what](context, step, bulk);
  passing("the mirror is filled, we have not said so");
  await db.inProgramme(scope, async (tx) => {
    await noteFill(tx, shopId, fill, { state: "done", found, expected: found, finishedAt: now() });
    await goOn(tx, shopId, 0);
  });
}

// Where protected data are not granted names make Shopify refuse the whole answer: then we do without them.
async function noteFailure(tx: Tx, shopId: string, fill: Fill, reason: string, at: Date): Promise<void> {
  const isForNames = fill.what === "customers" && fill.withNames && reason === "ACCESS_DENIED";
  if (isForNames) await noteFill(tx, shopId, fill, { state: "waiting", operationGid: null, withNames: false });
  else await noteFill(tx, shopId, fill, { state: "failed", reason, finishedAt: at });
}

// A quarter of the time that it has taken so far.
const backOff = (fill: Fill, now: Date): number =>
  Math.min(patientMs, Math.max(soonMs, (now.getTime() - (fill.startedAt ?? now).getTime()) / 4));

const goOn = (tx: Tx, shopId: string, inMs: number): Promise<void> =>
  tx.addJob("fill-mirror", { shopId }, { key: `fill-mirror ${shopId}`, runAt: new Date(Date.now() + inMs) });
