import { describe, expect, test } from "vitest";
import { useTown } from "../support/town.ts";
import { until } from "../support/until.ts";

describe("an order earns points, points become a reward, the reward is used at checkout", () => {
  const town = useTown({ shops: { juniper: { notInstalled: true } } });

  test("from the installation to five dollars off, with a reason for every movement", async () => {
    const juniper = town.shop("juniper");
    await juniper.install();
    const live = await juniper.asMerchant("/app?index", { what: "phase", phase: "live", testTag: "", later: false, day: "", time: "" });
    expect(live.status).toBe(200);
    const { rows } = await town.owner.query<{ from: Date }>(`select "from" from program_phase`);
    // Shopify tells the time of an order in whole seconds.
    await until(
      "the second in which the programme went live is over",
      () => Date.now() > Math.ceil((rows[0]?.from.getTime() ?? 0) / 1000) * 1000,
    );

    const ann = await juniper.customer();
    const first = await juniper.order(ann, { dollars: 612.34 });
    await town.settled();
    expect(await juniper.held(ann)).toEqual({ pending: 0, available: 612, reserved: 0, owed: 0 });

    const shopper = await juniper.shopper(ann);
    expect((await shopper.visit("/pages/rewards")).text).toMatch(/laurel__balance">\s*612 points/);

    const sent = await shopper.redeem();
    expect(sent.status).toBe(303);
    const [redemption] = await juniper.redemptions(ann);
    expect(redemption).toMatchObject({ state: "issued", points: 500 });
    expect(sent.location).toBe(`/discount/${redemption?.code}?redirect=%2Fcart`);
    await town.settled();
    expect((await shopper.visit("/pages/rewards")).text).toMatch(/laurel__balance">\s*112 points/);
    expect((await shopper.visit("/pages/rewards")).text).toContain(redemption?.code);

    await shopper.send("/cart/add", { id: juniper.variant(), quantity: "1" });
    const cart = await shopper.visit(sent.location ?? "");
    expect(cart.path).toBe("/cart");
    expect(cart.text).toContain("$27.00");
    await shopper.send("/checkout", { payment: "now" });
    const bought = [...juniper.state().orders.values()].at(-1);
    expect(bought?.id).not.toBe(first.id);

    await town.settled();
    expect((await juniper.redemptions(ann))[0]).toMatchObject({
      state: "used",
      charged: 500,
      given: 500,
      orderGid: `gid://shopify/Order/${bought?.id}`,
    });
    // The tote costs 32 dollars, and 27 of them were paid.
    expect(await juniper.held(ann)).toEqual({ pending: 0, available: 139, reserved: 0, owed: 0 });
    expect((await juniper.movements(ann)).map(({ kind, change }) => ({ kind, ...change }))).toEqual([
      { kind: "order", available: 612 },
      { kind: "reserve", available: -500, reserved: 500 },
      { kind: "redeem", reserved: -500 },
      { kind: "order", available: 27 },
    ]);
    const page = await shopper.visit("/apps/laurel");
    for (const reason of [first.name, bought?.name ?? "", "+612 points", "+27 points", "139 points"]) expect(page.text).toContain(reason);
    expect(await town.wrong()).toEqual([]);
  });
});
