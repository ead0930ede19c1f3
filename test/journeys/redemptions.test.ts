import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { useTown } from "../support/town.ts";
import type { TownShop } from "../support/town-shop.ts";

describe("a reward on its way, and back", () => {
  const town = useTown();
  const juniper = () => town.shop("juniper");

  /** A shopper with so many points, and a code of the reward for 500 of them. */
  async function withCode(points = 500) {
    const ann = await juniper().customer();
    await juniper().order(ann, { dollars: points });
    await town.settled();
    const shopper = await juniper().shopper(ann);
    expect((await shopper.redeem()).status).toBe(303);
    const [redemption] = await juniper().redemptions(ann);
    if (!redemption) throw new Error("Nothing was redeemed.");
    return { ann, shopper, redemption, code: redemption.code };
  }

  test("five dollars off a three dollar order cost the points of three", async () => {
    const { ann, code } = await withCode();
    await juniper().order(ann, { dollars: 3, codes: [code] });
    await town.settled();
    expect(await juniper().redemptions(ann)).toMatchObject([{ state: "used", given: 300, charged: 300 }]);
    expect(await juniper().held(ann)).toEqual({ pending: 0, available: 200, reserved: 0, owed: 0 });
  });

  test("a code that is handed back is dead at once, and its points come back after the window", async () => {
    const { ann, shopper, redemption, code } = await withCode();
    await shopper.handBack(redemption.id);
    expect(Date.parse(juniper().discountOf(code)?.endsAt ?? "")).toBeLessThanOrEqual(Date.now());
    await expect(juniper().order(ann, { dollars: 50, codes: [code] })).rejects.toThrow(/expired/);
    expect(await juniper().held(ann)).toMatchObject({ available: 0, reserved: 500 });

    expect(await town.makeDue("finish-release")).toBe(1);
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 500, reserved: 0 });
    expect(await juniper().redemptions(ann)).toMatchObject([{ state: "released", charged: 0 }]);
    expect((await shopper.visit("/apps/laurel")).text).not.toContain(code);
  });

  test("an order placed while its code was handed back keeps the reward, however late it is heard of", async () => {
    const { ann, shopper, redemption, code } = await withCode();
    await juniper().control("/deliveries/hold", { hold: true });
    await juniper().order(ann, { dollars: 80, codes: [code] });
    await shopper.handBack(redemption.id);
    await town.makeDue("finish-release");
    await town.settled();
    // Shopify counts a use, so the points are not given back before the order is known.
    expect(await juniper().redemptions(ann)).toMatchObject([{ state: "releasing" }]);

    await juniper().control("/deliveries/hold", { hold: false });
    await juniper().control("/deliveries/release", {});
    await town.settled();
    expect(await juniper().redemptions(ann)).toMatchObject([{ state: "used", charged: 500 }]);
    expect(await juniper().held(ann)).toMatchObject({ available: 75, reserved: 0, owed: 0 });
  });

  test("an order that still arrives with a released code is owed", async () => {
    const { ann, shopper, redemption, code } = await withCode();
    await shopper.handBack(redemption.id);
    await town.makeDue("finish-release");
    await town.settled();
    // The points are spent a second time, on another code.
    expect((await shopper.redeem()).status).toBe(303);
    await lateOrder(juniper(), ann.id, code);
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 0, reserved: 500, owed: 490 });
    const kinds = (await juniper().movements(ann)).map(({ kind, change }) => ({ kind, ...change }));
    expect(kinds.at(-2)).toEqual({ kind: "redeem", owed: 500 });
    // The ten points of the late order itself pay some of it back.
    expect(kinds.at(-1)).toMatchObject({ kind: "order", owed: -10 });
  });

  test("a cancelled order gives back the points of its reward and takes its own", async () => {
    const { ann, code } = await withCode(600);
    const order = await juniper().order(ann, { dollars: 80, codes: [code] });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 175, reserved: 0 });
    await juniper().act(order, "cancel", { refund: true });
    await town.settled();
    expect(await juniper().held(ann)).toEqual({ pending: 0, available: 600, reserved: 0, owed: 0 });
    expect(await juniper().redemptions(ann)).toMatchObject([{ state: "released", charged: 0 }]);
  });

  test("points of an order that is cancelled after they were spent are owed, and the next order pays them", async () => {
    const ann = await juniper().customer();
    const first = await juniper().order(ann, { dollars: 500 });
    await town.settled();
    await (await juniper().shopper(ann)).redeem();
    await juniper().act(first, "cancel", { refund: true });
    await town.settled();
    expect(await juniper().held(ann)).toEqual({ pending: 0, available: 0, reserved: 500, owed: 500 });
    await juniper().order(ann, { dollars: 620 });
    await town.settled();
    expect(await juniper().held(ann)).toEqual({ pending: 0, available: 120, reserved: 500, owed: 0 });
  });

  test("refunds by line, of an amount and of shipping take what they are worth and no more", async () => {
    const ann = await juniper().customer();
    const order = await juniper().order(ann, { prices: [100, 60], shipping: 500 });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 160 });

    await juniper().act(order, "refund", { shipping: 500 });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 160 });

    await juniper().act(order, "refund", { lines: [{ line: order.lines[1]?.id, quantity: 1 }] });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 100 });

    await juniper().act(order, "refund", { amount: 2550 });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 74 });

    await juniper().act(order, "refund", { all: true });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 0, owed: 0 });
  });

  test("an edit counts what it adds and what it removes", async () => {
    const ann = await juniper().customer();
    const order = await juniper().order(ann, { prices: [100, 60] });
    await town.settled();
    await juniper().act(order, "edit", { add: [{ variant: juniper().variant(), quantity: 2 }] });
    await town.settled();
    // What was added is not paid yet.
    expect(await juniper().held(ann)).toMatchObject({ available: 160, pending: 64 });
    await juniper().act(order, "pay");
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 224, pending: 0 });
    await juniper().act(order, "edit", { remove: [{ line: order.lines[1]?.id, quantity: 1 }] });
    await town.settled();
    expect(await juniper().held(ann)).toMatchObject({ available: 164 });
  });

  test("an order given to another customer takes its points along", async () => {
    const [ann, ben] = [await juniper().customer(), await juniper().customer({ firstName: "Ben" })];
    const order = await juniper().order(ann, { dollars: 90 });
    await town.settled();
    await juniper().act(order, "customer", { customer: ben.id });
    await town.settled();
    expect([await juniper().held(ann), await juniper().held(ben)]).toMatchObject([{ available: 0 }, { available: 90 }]);
  });

  test("the books are right after all of this", async () => {
    expect(await town.wrong()).toEqual([]);
  });
});

/** An order that Shopify accepted with the code before it was switched off, and of which it counted no use. */
async function lateOrder(shop: TownShop, customerId: string, code: string): Promise<void> {
  const pattern = [...shop.state().deliveries.values()].find(
    (one) => one.topic === "orders/create" && one.body.includes(`"id":${customerId}`),
  );
  if (!pattern) throw new Error("There is no order to go by.");
  const body = JSON.parse(pattern.body) as Record<string, unknown> & { line_items: Record<string, unknown>[] };
  const id = 8_000_000_000_001;
  const now = new Date().toISOString();
  const line = { ...body.line_items[0], id: id + 1, price: "10.00", price_set: undefined, discount_allocations: [] };
  await shop.control("/deliver", {
    topic: "orders/paid",
    webhookId: randomUUID(),
    body: {
      ...body,
      id,
      admin_graphql_api_id: `gid://shopify/Order/${id}`,
      name: "#late",
      created_at: now,
      updated_at: now,
      line_items: [line],
      discount_codes: [{ code, amount: "5.00", type: "fixed_amount" }],
    },
  });
}
