import { afterAll, beforeAll, expect, test } from "vitest";
import { asApp, type Database, type Happened, openDatabase } from "../../app/db/database.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
const told: Happened[] = [];
let db: Database;

beforeAll(() => {
  db = openDatabase({ url: at.url, connections: 2, options: asApp, happened: (what) => told.push(what) });
});
afterAll(() => db.close());

const scope = { programId: "01900000-0000-7000-8000-000000000001", shopId: "*" } as const;

test("what happened is told when it has been committed, and not before", async () => {
  await db.inProgramme(scope, async (tx) => {
    tx.happened({ what: "posted", kind: "order", points: 5 });
    expect(told).toEqual([]);
  });
  expect(told).toEqual([{ what: "posted", kind: "order", points: 5 }]);
});

test("nothing is told of what was rolled back", async () => {
  told.length = 0;
  const failing = db.inProgramme(scope, async (tx) => {
    tx.happened({ what: "redemption", step: "used" });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(told).toEqual([]);
});
