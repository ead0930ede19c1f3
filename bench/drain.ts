import pg from "pg";
import { asApp, openDatabase } from "../app/db/database.ts";
import { batchSize, type Drain, drainProgramme, lanes } from "../app/flows/receiving/drain-inbox.ts";
import { fillInbox, openProgramme } from "./programme.ts";

const customers = 5_000;

/**
 * Inbox to posted ledger: orders a second from waiting deliveries (real bodies of 10 KB) to committed postings,
 * by one process with its lanes, as the worker does it.
 */
export async function drainRate(url: string, orders: number): Promise<number> {
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  const db = openDatabase({ url, connections: 6, options: asApp });
  try {
    const at = await openProgramme(owner);
    const failed: unknown[] = [];
    const drain: Drain = {
      db,
      now: () => new Date(),
      fingerprint: (_, text) => text,
      passing: () => undefined,
      settled: () => undefined,
      failed: (_, error) => failed.push(error),
    };
    await fillInbox(db, at, orders + batchSize, customers);
    // As the worker does after its first batches: what is measured is the long run, not the first second.
    await drainProgramme(drain, at.programId);
    await db.global("select laurel.refresh_statistics()");
    await owner.query("checkpoint");

    const began = performance.now();
    const lane = async () => {
      let worked = 0;
      for (let one = -1; one !== 0; worked += one) one = await drainProgramme(drain, at.programId);
      return worked;
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    const seconds = (performance.now() - began) / 1000;

    const { rows: posted } = await owner.query("select count(*)::int as n from transaction where program_id = $1 and kind = 'order'", [
      at.programId,
    ]);
    if (failed.length > 0 || posted[0].n !== orders + batchSize)
      throw new Error(`${posted[0].n} of ${orders} orders were posted, ${failed.length} failed: ${String(failed[0])}`);
    return orders / seconds;
  } finally {
    await db.close();
    await owner.end();
  }
}
