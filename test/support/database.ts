import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { asApp, type Database, openDatabase } from "../../app/db/database.ts";

export type TestDatabase = { url: string; db: Database /** As the owner, past every policy: for looking. */; owner: pg.Pool };

/** A database of its own for this test file, gone when it ends. */
export function useDatabase(): TestDatabase {
  const opened = {} as TestDatabase;

  beforeAll(async () => {
    const name = `test_${randomBytes(6).toString("hex")}`;
    const template = inject("template");
    await onServer(template, `create database ${name} template template`);
    opened.url = template.replace(/\/template$/, `/${name}`);
    opened.owner = new pg.Pool({ connectionString: opened.url, max: 3 });
    // Dropping the database can meet a connection that is just closing; that is no error of a test.
    opened.owner.on("error", () => undefined);
    opened.db = openDatabase({ url: opened.url, connections: 8, options: asApp });
  });

  afterAll(async () => {
    await opened.db.close();
    await opened.owner.end();
    await onServer(inject("template"), `drop database ${new URL(opened.url).pathname.slice(1)} with (force)`);
  });

  return opened;
}

async function onServer(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: template.replace(/\/template$/, "/postgres") });
  await client.connect();
  await client.query(statement);
  await client.end();
}
