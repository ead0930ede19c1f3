import { remember } from "@epic-web/remember";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";
import { asApp, type Database, type Happened, openDatabase } from "./db/database.ts";
import { env } from "./env.server.ts";
import { counted } from "./metrics.server.ts";

/** The app's database. One pool for the process, also where the bundler made two copies of this file. */
export const database = (): Database =>
  remember("database", () => openDatabase({ url: env().DATABASE_URL, connections: env().DATABASE_POOL, options: asApp, happened: count }));

/** Prisma as the app role, for the session table: the one global table that a library reads. */
export const prisma = (): PrismaClient =>
  remember("prisma", () => new PrismaClient({ adapter: new PrismaPg({ connectionString: env().DATABASE_URL, options: asApp, max: 4 }) }));

/** A pool as the owner, for the job queue and migrations only. */
export const ownerPool = (): pg.Pool =>
  remember("owner pool", () => {
    const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 6 });
    // An idle connection that breaks is replaced; without a listener node would end the process.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    return pool;
  });

export async function closeDatabase(): Promise<void> {
  await Promise.all([database().close(), prisma().$disconnect()]);
}

const count = (what: Happened): void => (what.what === "posted" ? counted.posted(what.kind, what.points) : counted.redemption(what.step));
