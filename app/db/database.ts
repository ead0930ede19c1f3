import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@prisma/client";
import type pg from "pg";
import { type Address, beginReading, type Happened, openPool, type Row, type Scope, type Tx, transaction } from "./transaction.ts";

export type { Address, Happened, JobOptions, Row, Scope, Tx } from "./transaction.ts";

export type Database = {
  /** Read, decide, write: one transaction, seeing one programme. */
  inProgramme: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Reads, however long it takes, what stood at one instant: nothing is written and nobody waits for it. */
  inSnapshot: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Plain reads through Prisma, in one transaction that sees one programme. */
  reading: <T>(scope: Scope, work: (prisma: Prisma.TransactionClient) => Promise<T>) => Promise<T>;
  /** Statements on global tables and the owner's functions; tenant tables show nothing here. */
  global: <R extends object = Row>(sql: string, values?: readonly unknown[]) => Promise<R[]>;
  /** For another thread, which opens connections of its own. */
  address: Address;
  /** A connection that listens. */
  connect: () => Promise<pg.PoolClient>;
  close: () => Promise<void>;
};

type Opening = Address & { connections: number; happened?: (what: Happened) => void };

/**
 * Every connection of the app works as laurel_app, which owns nothing and is bound by row-level security. What it
 * reads it reads by keys, from memory or flash: the planner's default is for spinning disks.
 */
export const asApp = "-c role=laurel_app -c random_page_cost=1.1";

export function openDatabase(at: Opening): Database {
  const { url, options } = at;
  const pool = openPool(at, at.connections);
  const reader = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, options, max: Math.max(2, Math.ceil(at.connections / 2)) }),
  });

  return {
    inProgramme: (scope, work) => transaction(pool, scope, work, { tell: at.happened }),
    inSnapshot: (scope, work) => transaction(pool, scope, work, { begin: beginReading }),
    reading: (scope, work) =>
      reader.$transaction(
        async (prisma) => {
          await prisma.$executeRaw(
            Prisma.sql`select set_config('laurel.program', ${scope.programId}, true), set_config('laurel.shop', ${scope.shopId}, true)`,
          );
          return work(prisma);
        },
        { maxWait: 10_000, timeout: 30_000 },
      ),
    global: async <R extends object>(sql: string, values: readonly unknown[] = []) =>
      (await pool.query(sql, values as unknown[])).rows as R[],
    address: { url, ...(options === undefined ? {} : { options }) },
    connect: () => pool.connect(),
    close: async () => {
      await Promise.all([pool.end(), reader.$disconnect()]);
    },
  };
}
