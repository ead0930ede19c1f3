import { describe, expect, test } from "vitest";
import type { Customer } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";

const minutes = 60_000;

describe("a programme begins, rests and ends", () => {
  const town = useTown({ shops: { juniper: {}, phases: { notInstalled: true }, other: {} } });

  test("orders count by the phase in which they were placed, whenever they are heard of", async () => {
    const shop = town.shop("phases");
    await shop.install();
    const { decidePhase } = await import("../../app/flows/programme/decide-phase.ts");
    // Shopify tells the time of an order in whole seconds.
    const begins = Math.floor(Date.now() / 1000) * 1000 - 600 * minutes;
    const at = (minute: number) => new Date(begins + minute * minutes);
    const tester = await shop.customer({ firstName: "Tess", tags: ["Loyalty-Test"] });
    const ann = await shop.customer();
    const decide = async (minute: number, phase: "testing" | "live" | "paused" | "off") => {
      const decided = await decidePhase(await shop.context(() => at(minute)), {
        phase,
        from: null,
        testTag: phase === "testing" ? "loyalty-test" : null,
      });
      if ("refused" in decided) throw new Error(decided.sentence);
    };
    await decide(100, "testing");
    await decide(200, "live");
    await decide(300, "paused");
    await decide(400, "live");
    await decide(500, "off");

    // One order of each in every phase, and on both sides of each instant; the youngest is heard of first.
    const placed = [50, 99, 100, 150, 199, 200, 250, 299, 300, 350, 399, 400, 450, 499, 500, 550];
    await shop.control("/deliveries/hold", { hold: true });
    for (const [index, minute] of [...placed].reverse().entries())
      for (const who of [tester, ann])
        await shop.order(who, { dollars: 2 ** (placed.length - 1 - index), createdAt: at(minute).toISOString() });
    await shop.control("/deliveries/hold", { hold: false });
    await shop.control("/deliveries/release", {});
    await town.settled();

    const counted = async (who: Customer) => {
      const { available } = await shop.held(who);
      return placed.filter((_, index) => (available & (2 ** index)) !== 0);
    };
    expect(await counted(ann)).toEqual([200, 250, 299, 400, 450, 499]);
    expect(await counted(tester)).toEqual([100, 150, 199, 200, 250, 299, 400, 450, 499]);
  });

  test("a programme that will be live counts from that instant, and a paused one keeps what there is", async () => {
    const shop = town.shop("other");
    const { decidePhase } = await import("../../app/flows/programme/decide-phase.ts");
    const ann = await shop.customer();
    await shop.order(ann, { dollars: 600 });
    await town.settled();
    await decidePhase(await shop.context(), { phase: "paused", from: null, testTag: null });
    await decidePhase(await shop.context(), { phase: "live", from: new Date(Date.now() + 60 * minutes), testTag: null });
    await town.settled();
    const shopper = await shop.shopper(ann);
    expect((await shopper.visit("/apps/laurel/redeem?reward=five-off")).status).toBe(409);
    expect((await shopper.tap("6f7cf30e-9b43-4a62-8d63-8d3c1ef6b3a1")).status).toBe(409);
    expect((await shopper.visit("/pages/rewards")).text).not.toContain("laurel--balance");

    // A later second than the one in which it was paused.
    await town.clock({ advance: "PT1M" });
    await shop.order(ann, { dollars: 50 });
    await town.clock({ advance: "PT2H" });
    await shop.order(ann, { dollars: 7 });
    expect(await town.makeDue("all-cards-due")).toBeGreaterThan(0);
    await town.settled();
    expect(await shop.held(ann)).toMatchObject({ available: 607 });
    expect((await shopper.visit("/pages/rewards")).text).toMatch(/laurel__balance">\s*607 points/);
    expect((await shopper.redeem()).status).toBe(303);
    // What was heard of in two hours' time would wait for two hours.
    await town.settled();
    await town.clock({ reset: true });
  });

  test("an app that is uninstalled ends quietly, comes back within 48 hours as it was, and is forgotten when Shopify says so", async () => {
    const shop = town.shop("juniper");
    const ann = await shop.customer();
    await shop.order(ann, { dollars: 640 });
    await town.settled();
    const { programId } = await shop.place();
    const shopper = await shop.shopper(ann);
    const before = shop.state().tokens.size;
    expect(before).toBeGreaterThan(0);

    // Work is under way when the app goes: it ends, and nobody tries for ever.
    await town.worker.stop();
    await shop.order(ann, { dollars: 60 });
    await town.sandbox.settle();
    await shop.control("/uninstall", {});
    await town.startWorker();
    await town.settled();
    expect(await shop.held(ann)).toMatchObject({ available: 700 });
    expect((await town.owner.query("select 1 from session where shop = $1", [shop.domain])).rows).toEqual([]);
    expect((await shopper.ask("/apps/laurel")).status).toBe(404);
    const failed = await town.owner.query("select task_identifier, last_error from graphile_worker.jobs where last_error is not null");
    expect(failed.rows).toEqual([]);

    // Back again: the same programme, the same points, the same page.
    await shop.control("/install", { app: shop.app.apiKey });
    await shop.install();
    await town.settled();
    expect((await shop.place()).programId).toBe(programId);
    await shop.order(ann, { dollars: 5 });
    await town.settled();
    expect(await shop.held(ann)).toMatchObject({ available: 705 });
    expect((await shopper.visit("/pages/rewards")).text).toMatch(/laurel__balance">\s*705 points/);

    // A redaction that is late finds the shop installed and takes nothing.
    await shop.control("/redact", {});
    await town.settled();
    expect(await shop.held(ann)).toMatchObject({ available: 705 });

    await shop.control("/uninstall", {});
    await town.settled();
    await shop.control("/redact", {});
    await town.settled();
    for (const table of ["member", "customer", "transaction", "posting", "lot", "order_facts", "redemption", "inbox", "program"]) {
      const { rows } = await town.owner.query(`select 1 from ${table} where program_id = $1`, [programId]);
      expect(rows, table).toEqual([]);
    }
    expect((await town.owner.query("select shop from erasure where program_id = $1", [programId])).rows).toEqual([{ shop: shop.domain }]);
    // The other shop has lost nothing.
    expect((await town.owner.query("select count(*)::int as left from program")).rows).toEqual([{ left: 2 }]);
    expect(await town.wrong()).toEqual([]);
  });
});
