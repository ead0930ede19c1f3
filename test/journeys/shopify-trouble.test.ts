import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { Customer } from "../../sandbox/world.ts";
import { useTown } from "../support/town.ts";
import { until } from "../support/until.ts";

describe("when Shopify has trouble", () => {
  const town = useTown();
  const juniper = () => town.shop("juniper");
  const fail = (how: string, next = 1, operation = "discountCodeBasicCreate") => juniper().control("/fail", { next, how, operation });

  const withPoints = async (count = 1, dollars = 1000): Promise<Customer[]> => {
    const people: Customer[] = [];
    for (let each = 0; each < count; each++) people.push(await juniper().customer());
    for (const one of people) await juniper().order(one, { dollars });
    await town.settled();
    return people;
  };
  const onePerson = async () => (await withPoints())[0] as Customer;

  afterEach(async () => {
    await juniper().control("/fail", { next: 0, how: "500" });
    await juniper().control("/latency", { ms: 0 });
    await town.settled();
    const made = juniper()
      .discounts()
      .flatMap((one) => one.codes.map(({ code }) => code))
      .filter((code) => code.startsWith("LRL-"));
    const wanted = (await juniper().redemptions()).filter(({ state }) => state !== "refused").map(({ code }) => code);
    expect(made.sort()).toEqual(wanted.sort());
    expect(await town.wrong()).toEqual([]);
  });

  for (const [how, next] of [
    ["throttled", 3],
    ["500", 1],
    ["429", 1],
    ["401", 1],
    ["unknown", 1],
  ] as const)
    test(`${how}: one code is made, and the points are reserved once`, async () => {
      const ann = await onePerson();
      await fail(how, next);
      const shopper = await juniper().shopper(ann);
      const sent = await shopper.redeem();
      expect(sent.status).toBe(303);
      const [redemption] = await juniper().redemptions(ann);
      expect(redemption).toMatchObject({ state: "issued" });
      expect(sent.location).toContain(redemption?.code);
      expect(await juniper().held(ann)).toMatchObject({ available: 500, reserved: 500 });
    });

  test("no answer for longer than a shopper waits: the code is made meanwhile, and the same tap gets it", async () => {
    const ann = await onePerson();
    await fail("timeout");
    const shopper = await juniper().shopper(ann);
    const request = randomUUID();
    expect((await shopper.tap(request)).status).toBe(503);
    expect(await juniper().held(ann)).toMatchObject({ available: 500, reserved: 500 });
    await until("the code is made", async () => (await juniper().redemptions(ann))[0]?.state === "issued");
    const tapped = JSON.parse((await shopper.tap(request)).text) as { code: string };
    expect(await juniper().redemptions(ann)).toMatchObject([{ code: tapped.code, state: "issued" }]);
  });

  test("a long outage: the points wait with the reward, and the code comes when Shopify is back", async () => {
    const ann = await onePerson();
    // Both the creating and the looking fail.
    await fail("500", 50);
    await fail("500", 50, "RewardCode");
    const shopper = await juniper().shopper(ann);
    const request = randomUUID();
    expect((await shopper.tap(request)).status).toBe(503);
    await juniper().control("/fail", { next: 0, how: "500" });
    await town.makeDue("issue-discount");
    await until("the code is made", async () => (await juniper().redemptions(ann))[0]?.state === "issued");
    expect(JSON.parse((await shopper.tap(request)).text).code).toBe((await juniper().redemptions(ann))[0]?.code);
    expect(await juniper().held(ann)).toMatchObject({ available: 500, reserved: 500 });
  });

  test("ten taps of one request at once, with the first answer lost, give one code", async () => {
    const ann = await onePerson();
    await fail("unknown");
    const shopper = await juniper().shopper(ann);
    const request = randomUUID();
    const taps = await Promise.all(Array.from({ length: 10 }, () => shopper.tap(request)));
    const codes = new Set(taps.map((one) => (JSON.parse(one.text) as { code?: string }).code));
    expect(taps.map((one) => one.status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(codes.size).toBe(1);
    expect(await juniper().redemptions(ann)).toHaveLength(1);
    expect(await juniper().held(ann)).toMatchObject({ available: 500, reserved: 500 });
  });

  test("an expired token is renewed once, though twenty need it at the same time", async () => {
    const people = await withPoints(20, 500);
    const shoppers = await Promise.all(people.map((one) => juniper().shopper(one)));
    const { tokens } = juniper().state();
    for (const token of tokens.values()) token.expiresAtMs = Date.now() - 1;
    const before = tokens.size;
    const taps = await Promise.all(shoppers.map((one) => one.tap(randomUUID())));
    expect(taps.map((one) => one.status)).toEqual(people.map(() => 200));
    await town.settled();
    expect(tokens.size - before).toBe(1);
  });

  test("redeeming takes little longer than Shopify does", async () => {
    const people = await withPoints(40, 500);
    const shoppers = await Promise.all(people.map((one) => juniper().shopper(one)));
    await juniper().control("/latency", { ms: 300 });
    const taken: number[] = [];
    const queue = [...shoppers];
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let shopper = queue.pop(); shopper; shopper = queue.pop()) {
          const { status, millis } = await shopper.redeem();
          expect(status).toBe(303);
          taken.push(millis);
        }
      }),
    );
    taken.sort((a, b) => a - b);
    const share = (part: number) => Math.round(taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? 0);
    console.log(
      `  40 redemptions by form with 300 ms of Admin latency: median ${share(0.5)} ms, p95 ${share(0.95)} ms, longest ${share(1)} ms`,
    );
    expect(taken).toHaveLength(40);
  });
});
