import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type pg from "pg";

/** Names of the migrations that this version brings and the database has not. Asked as the owner: the app's role sees no history. */
export async function missingMigrations(owner: Pick<pg.Pool, "query">): Promise<string[]> {
  const folder = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
  const shipped = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const { rows } = await owner.query<{ there: boolean }>("select to_regclass('public._prisma_migrations') is not null as there");
  const applied = rows[0]?.there
    ? await owner.query<{ name: string }>(
        "select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null",
      )
    : { rows: [] };
  const names = new Set(applied.rows.map((row) => row.name));
  return shipped.map((entry) => entry.name).filter((name) => !names.has(name));
}
