import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EmbeddedPostgres, startPostgres } from "../../scripts/embedded-postgres.ts";
import { migrate } from "../../scripts/migrate.ts";
import { closeTown, openTown, type Town } from "../support/town.ts";

describe("when PostgreSQL goes away and comes back", () => {
  const town = {} as Town;
  let directory: string;
  let postgres: EmbeddedPostgres;
  let owner: pg.Pool;

  beforeAll(async () => {
    directory = mkdtempSync(join("/var/tmp", "laurel-restart-"));
    postgres = await startPostgres({ directory: join(directory, "postgres") });
    await migrate(postgres.url);
    owner = new pg.Pool({ connectionString: postgres.url, max: 2 });
    owner.on("error", () => undefined);
    await openTown({}, { url: postgres.url, owner }, town);
  });
  afterAll(async () => {
    await closeTown(town);
    await owner?.end();
    await postgres?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  test("web and worker go on by themselves, and nothing that happened meanwhile is lost", async () => {
    const juniper = town.shop("juniper");
    const [ann, ben] = [await juniper.customer(), await juniper.customer({ firstName: "Ben" })];
    await juniper.order(ann, { dollars: 600 });
    await town.settled();
    const shopper = await juniper.shopper(ann);
    const request = randomUUID();

    // In the middle of work: orders are on their way when the database stops.
    const during = Array.from({ length: 30 }, () => juniper.order(ben, { dollars: 10 }));
    await postgres.stop();
    await Promise.all(during);
    await juniper.order(ben, { dollars: 7 });
    expect((await shopper.tap(request)).status).toBeGreaterThanOrEqual(500);
    expect((await fetch(`${town.app}/healthz`)).status).toBe(200);
    expect((await fetch(`${town.app}/readyz`)).status).toBe(503);

    const [web, worker] = [town.web.pid, town.worker.pid];
    postgres = await startPostgres({ directory: join(directory, "postgres") });
    await Promise.all([town.web.ready(), town.worker.ready()]);
    await town.settled();
    expect(await juniper.held(ben)).toMatchObject({ available: 307 });
    expect((await shopper.tap(request)).status).toBe(200);
    await juniper.order(ann, { dollars: 33 });
    await town.settled();
    expect(await juniper.held(ann)).toMatchObject({ available: 133, reserved: 500 });
    // Cards are published by jobs: the queue works again too.
    expect(juniper.card(ann)).toMatchObject({ points: 133 });
    expect([town.web.pid, town.worker.pid], "the processes of before").toEqual([web, worker]);
    expect(await town.wrong()).toEqual([]);
  });
});
