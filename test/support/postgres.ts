import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { type EmbeddedPostgres, removePostgres, startPostgres } from "../../scripts/embedded-postgres.ts";
import { migrate } from "../../scripts/migrate.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A migrated database that is only copied from, and the server it is on. */
    template: string;
  }
}

let server: EmbeddedPostgres;
let directory: string;

/** One real PostgreSQL for all database tests; each test file copies the migrated template. */
export async function setup(project: TestProject): Promise<void> {
  directory = mkdtempSync(join("/var/tmp", "laurel-test-"));
  server = await startPostgres({
    directory: join(directory, "postgres"),
    database: "template",
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  await migrate(server.url);
  project.provide("template", server.url);
}

export async function teardown(): Promise<void> {
  await server.stop();
  await removePostgres(join(directory, "postgres"));
  rmSync(directory, { recursive: true, force: true });
}
