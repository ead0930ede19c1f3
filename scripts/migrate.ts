import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runMigrations } from "graphile-worker";

const prismaCli = fileURLToPath(new URL("../node_modules/prisma/build/index.js", import.meta.url));

/** Brings a database up to date: Laurel's tables by Prisma's own history, then the job queue's by its library. */
export async function migrate(databaseUrl: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [prismaCli, "migrate", "deploy"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, DATABASE_URL: databaseUrl, PRISMA_HIDE_UPDATE_MESSAGE: "1", NO_COLOR: "1" },
  });
  await runMigrations({ connectionString: databaseUrl });
  return stdout;
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error("Set DATABASE_URL to the PostgreSQL database to migrate, as its owner.");
    process.exit(1);
  }
  console.log((await migrate(url)).trim().split("\n").slice(-3).join("\n"));
}
