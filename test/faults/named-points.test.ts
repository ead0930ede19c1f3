import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Customer } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";

/**
 * The process is killed at each point that the app names, in each process that passes it, and started again. What
 * was begun is then finished once: nothing is lost and nothing doubled.
 */
describe("killed at a named point", () => {
  const town = useTown();
  const juniper = () => town.shop("juniper");
  const tried = new Set<string>();
  let ann: Customer;

  beforeEach(async () => {
    ann = await juniper().customer();
  });
  afterEach(async () => {
    expect(await town.wrong()).toEqual([]);
    await eachCodeIsThereOnce();
  });
  afterAll(() => {
    const source = new URL("../../app", import.meta.url).pathname;
    const named = execFileSync("grep", ["-rhoE", 'passing\\("[^"]+"\\)', source], { encoding: "utf8" });
    const points = new Set([...named.matchAll(/"([^"]+)"/g)].map(([, point = ""]) => point));
    // Where Shopify and the web have no part, a flow's own test stops it at the point and lets it begin again.
    const flows = new URL("../flows", import.meta.url).pathname;
    const stopped = [...points].filter((point) => !tried.has(point) && isNamedIn(flows, point));
    expect([...tried, ...stopped].sort(), "every point that the app names was tried").toEqual([...points].sort());
  });

  async function eachCodeIsThereOnce() {
    const codes = juniper()
      .discounts()
      .flatMap((one) => one.codes.map((each) => each.code))
      .filter((code) => code.startsWith("LRL-"));
    expect(codes.length).toBe(new Set(codes).size);
    const known = new Set((await juniper().redemptions()).map((one) => one.code));
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  }

  /** Lets a process die at the point while the story is told, and starts it again, whole. */
  async function dies(which: "web" | "worker", point: string, story: () => Promise<unknown>) {
    tried.add(point);
    const start = which === "web" ? town.startWeb : town.startWorker;
    await town[which].stop();
    await start(point);
    await story();
    expect(await town[which].ended, `the ${which} process did not die at "${point}":\n${town[which].said().slice(-1500)}`).toEqual({
      code: null,
      signal: "SIGKILL",
    });
    await start();
  }

  const gave = async (points: number) => {
    await juniper().order(ann, { dollars: points });
    await town.settled();
  };

  for (const point of ["orders are heard, not settled", "orders are settled, not marked", "before the batch is committed"])
    test(`the worker, ${point}`, async () => {
      await dies("worker", point, async () => {
        const order = await juniper().order(ann, { dollars: 120 });
        await juniper().act(order, "refund", { amount: 2000 });
        await juniper().order(ann, { dollars: 50 });
      });
      await town.settled();
      expect(await juniper().held(ann)).toEqual({ pending: 0, available: 150, reserved: 0, owed: 0 });
    });

  test("the worker, cards published", async () => {
    await dies("worker", "cards published", () => juniper().order(ann, { dollars: 70 }));
    await town.settled();
    expect(juniper().card(ann)).toMatchObject({ points: 70 });
    const { rows } = await town.owner.query("select 1 from card_due");
    expect(rows).toEqual([]);
  });

  for (const point of [
    "the bulk query runs, we have not written it",
    "the bulk answer is read, not put together",
    "the mirror is filled, we have not said so",
  ])
    test(`the worker, ${point}`, async () => {
      await juniper().control("/products", { title: `Kept through "${point}"`, type: "Survivor", price: 1000 });
      await dies("worker", point, async () => {
        const asked = await juniper().asMerchant("/app/settings/mirror?_data=routes%2Fapp.settings.mirror", {});
        expect(asked.status).toBe(200);
      });
      await town.settled();
      const { rows } = await town.owner.query("select what, state, found from mirror_fill order by what desc");
      const { products, customers } = juniper().state();
      expect(rows).toEqual([
        { what: "products", state: "done", found: products.size },
        { what: "customers", state: "done", found: customers.size },
      ]);
      const mirrored = await town.owner.query(
        "select count(*)::int as here from product where deleted_at is null and collections_at is not null",
      );
      expect(mirrored.rows).toEqual([{ here: products.size }]);
      expect((await town.owner.query("select 1 from mirror_line")).rows).toEqual([]);
    });

  test("the web process, reward is reserved, not committed", async () => {
    await gave(600);
    const shopper = await juniper().shopper(ann);
    const request = randomUUID();
    await dies("web", "reward is reserved, not committed", async () => {
      expect((await shopper.tap(request)).status).toBe(502);
    });
    expect(await juniper().held(ann)).toMatchObject({ available: 600, reserved: 0 });
    const tapped = JSON.parse((await shopper.tap(request)).text) as { code: string };
    await town.settled();
    expect(await juniper().redemptions(ann)).toMatchObject([{ code: tapped.code, state: "issued" }]);
    expect(await juniper().held(ann)).toMatchObject({ available: 100, reserved: 500 });
  });

  for (const point of ["before Shopify is asked for the code", "Shopify made the code, we have not written it"]) {
    test(`the web process, ${point}, and the shopper taps again`, async () => {
      await gave(1100);
      const shopper = await juniper().shopper(ann);
      const request = randomUUID();
      await dies("web", point, async () => {
        expect((await shopper.tap(request)).status).toBe(502);
      });
      const again = await shopper.tap(request);
      expect(again.status).toBe(200);
      await town.settled();
      expect(await juniper().redemptions(ann)).toMatchObject([{ code: JSON.parse(again.text).code, state: "issued" }]);
      expect(await juniper().held(ann)).toMatchObject({ available: 600, reserved: 500 });
    });

    test(`the web process and then the worker, ${point}, and the shopper is gone`, async () => {
      await gave(600);
      const shopper = await juniper().shopper(ann);
      await dies("web", point, () => shopper.tap(randomUUID()));
      await dies("worker", point, () => town.makeDue("issue-discount"));
      await town.settled();
      expect(await juniper().redemptions(ann)).toMatchObject([{ state: "issued" }]);
      expect(await juniper().held(ann)).toMatchObject({ available: 100, reserved: 500 });
    });
  }

  for (const point of ["release is begun, the code is still on", "the code is off, the points are not back"])
    test(`the web process, ${point}`, async () => {
      await gave(500);
      const shopper = await juniper().shopper(ann);
      await shopper.redeem();
      const [redemption] = await juniper().redemptions(ann);
      await dies("web", point, () => shopper.handBack(redemption?.id ?? ""));
      await town.settled();
      expect(Date.parse(juniper().discountOf(redemption?.code ?? "")?.endsAt ?? "")).toBeLessThanOrEqual(Date.now());
      expect(await juniper().held(ann)).toMatchObject({ available: 0, reserved: 500 });
      expect(await town.makeDue("finish-release")).toBe(1);
      await town.settled();
      expect(await juniper().redemptions(ann)).toMatchObject([{ state: "released" }]);
      expect(await juniper().held(ann)).toEqual({ pending: 0, available: 500, reserved: 0, owed: 0 });
    });

  test("the web process and then the worker, the code is off, the points are not back", async () => {
    await gave(500);
    const shopper = await juniper().shopper(ann);
    await shopper.redeem();
    const [redemption] = await juniper().redemptions(ann);
    await dies("worker", "the code is off, the points are not back", () =>
      dies("web", "release is begun, the code is still on", () => shopper.handBack(redemption?.id ?? "")),
    );
    await town.settled();
    expect(await town.makeDue("finish-release")).toBe(1);
    await town.settled();
    expect(await juniper().held(ann)).toEqual({ pending: 0, available: 500, reserved: 0, owed: 0 });
  });
});

function isNamedIn(folder: string, point: string): boolean {
  try {
    execFileSync("grep", ["-rqF", `"${point}"`, folder]);
    return true;
  } catch {
    return false;
  }
}
