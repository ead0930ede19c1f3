import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { fetchMissingOrder } from "../../app/flows/receiving/fetch-missing.ts";
import { issueDiscount } from "../../app/flows/redeeming/issue-discount.ts";
import { lookAtCode } from "../../app/flows/redeeming/look-at-code.ts";
import { redeemReward } from "../../app/flows/redeeming/redeem-reward.ts";
import { finishRelease, releaseReward, switchOff } from "../../app/flows/redeeming/release-reward.ts";
import { type Reserved, reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { overdueRedemptions } from "../../app/flows/settling/overdue.ts";
import { type Definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const ann = "gid://shopify/Customer/7";

/** Ann has points, in a shop where 500 of them are $5 off. */
async function annHas(
  points: number,
  wish: { definition?: Partial<Definition>; phase?: "live" | "paused" | "testing"; testTag?: string } = {},
) {
  const shopify = smallShopify();
  const story = await openStory(at, { ...wish, adminOf: async () => shopify.admin });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  if (points > 0)
    await adjustPoints(story.context, { memberId: await story.memberOf(7), points, reason: "Welcome", requestId: randomUUID() });
  return { story, shopify };
}

async function reserve(story: Story, requestId: string = randomUUID()): Promise<Reserved> {
  const reserved = await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId });
  if (isRefusal(reserved)) throw new Error(reserved.sentence);
  return reserved;
}

async function issue(story: Story): Promise<Reserved> {
  const reserved = await reserve(story);
  expect(await issueDiscount(story.context, reserved.redemptionId)).toEqual({ code: reserved.code });
  return reserved;
}

async function hear(story: Story, wish: OrderWish, topic = "orders/paid"): Promise<void> {
  await story.deliver(topic, orderBody(wish));
  await story.drain();
  expect(story.failures).toEqual([]);
}

const stateOf = async (redemptionId: string) => {
  const { rows } = await at.owner.query(
    "select state, charged::int, given_minor::int as given, order_gid from redemption where redemption_id = $1",
    [redemptionId],
  );
  return rows[0];
};
const stepsOf = async (redemptionId: string): Promise<string[]> =>
  (await at.owner.query(`select "to" from redemption_step where redemption_id = $1 order by seq`, [redemptionId])).rows.map(
    (row) => row.to,
  );

/** An order that earns nothing, so that only the reward moves points. */
const order = (code: string, amount: string, more: OrderWish = {}): OrderWish => ({
  id: 1,
  at: "2026-06-01T12:00:00Z",
  lines: [{ price: "0.50" }],
  codes: [{ code, amount }],
  ...more,
});

describe("reserving", () => {
  test("points are set aside at once, and one request makes one redemption however often it is sent", async () => {
    const { story } = await annHas(1200);
    const first = await reserve(story, "wish 1");
    expect(first).toMatchObject({ state: "reserved", reused: false });
    expect(first.code).toMatch(/^LRL-[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(await reserve(story, "wish 1")).toEqual({ ...first, reused: true });
    expect(await story.balance(7)).toEqual({ ...none, available: 700, reserved: 500 });
    expect(await reserve(story, "wish 2")).toMatchObject({ reused: false });
    expect(await story.balance(7)).toEqual({ ...none, available: 200, reserved: 1000 });
  });

  test.each([
    ["too few points", 499, {}, "five-off"],
    ["no such reward", 500, {}, "ten-off"],
    ["not live", 500, { phase: "paused" as const }, "five-off"],
    ["not live", 500, { phase: "testing" as const, testTag: "tester" }, "five-off"],
  ])("what cannot be had is refused with a reason: %s", async (refused, points, wish, rewardId) => {
    const { story } = await annHas(points, wish);
    const answer = await reserveReward(story.context, { customerGid: ann, rewardId, requestId: "1" });
    expect(answer).toMatchObject({ refused });
    expect(await story.balance(7)).toEqual({ ...none, available: points });
  });

  test("a reward that is switched off, or a member who is blocked or excluded, gets nothing", async () => {
    const simple = simplePoints(100);
    const off = await annHas(500, { definition: { rewards: simple.rewards.map((reward) => ({ ...reward, active: false })) } });
    expect(await reserveReward(off.story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })).toMatchObject({
      refused: "no such reward",
    });
    const blocked = await annHas(500);
    await at.owner.query("update member set state = 'blocked' where program_id = $1", [blocked.story.programId]);
    expect(await reserveReward(blocked.story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })).toMatchObject({
      refused: "not a member",
    });
    const excluded = await annHas(500, { definition: { policies: { ...simple.policies, excludeTag: "staff" } } });
    await at.owner.query("update customer set tags = '{Staff}' where program_id = $1", [excluded.story.programId]);
    expect(await reserveReward(excluded.story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })).toMatchObject({
      refused: "excluded",
    });
  });

  test("points that expired but were not swept yet cannot be spent, and are posted as expired", async () => {
    const { story } = await annHas(500, {
      definition: { policies: { ...simplePoints(100).policies, expiry: { kind: "after earning", days: 10 } } },
    });
    story.clock.at = new Date("2026-06-11T12:00:00Z");
    expect(await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })).toMatchObject({
      refused: "too few points",
    });
    expect(await story.balance(7)).toEqual(none);
  });
});

describe("making the code", () => {
  test("Shopify is asked for a code that only this customer can use, once", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    expect(shopify.codes.get(code)?.input).toMatchObject({
      usageLimit: 1,
      appliesOncePerCustomer: true,
      context: { customers: { add: [ann] } },
      customerGets: { value: { discountAmount: { amount: "5.00", appliesOnEachItem: false } } },
    });
    expect(await issueDiscount(story.context, redemptionId)).toEqual({ code });
    expect(shopify.calls.filter((call) => call === "IssueReward")).toHaveLength(1);
    expect(await stateOf(redemptionId)).toMatchObject({ state: "issued", charged: 0 });
  });

  test.each(["lost after", "lost before"] as const)(
    "an answer that was lost (%s it was carried out) makes no second code",
    async (lost) => {
      const { story, shopify } = await annHas(500);
      shopify.trouble("IssueReward", lost);
      const { code } = await issue(story);
      expect([...shopify.codes.keys()]).toEqual([code]);
      expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    },
  );

  test("a code that exists and cannot be found yet keeps its points: the job finds it later", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await reserve(story);
    shopify.trouble("IssueReward", "lost after");
    shopify.trouble("RewardCode", () => ({ codeDiscountNodeByCode: null }));
    await expect(issueDiscount(story.context, redemptionId)).rejects.toThrow(/cannot be found/);
    expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    expect(await issueDiscount(story.context, redemptionId)).toEqual({ code });
    expect(await stateOf(redemptionId)).toMatchObject({ state: "issued" });
  });

  test("a code that Shopify will not make gives its points back", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId } = await reserve(story);
    shopify.trouble("IssueReward", () => ({
      discountCodeBasicCreate: {
        codeDiscountNode: null,
        userErrors: [{ field: null, message: "Customer does not exist.", code: "INVALID" }],
      },
    }));
    expect(await issueDiscount(story.context, redemptionId)).toMatchObject({ refused: "shopify refused" });
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
    expect(await issueDiscount(story.context, redemptionId)).toMatchObject({ refused: "released" });
  });

  test("while Shopify cannot be asked the points stay reserved, and the job tries again", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await reserve(story);
    shopify.trouble("IssueReward", new Error("HTTP 503"));
    await expect(issueDiscount(story.context, redemptionId)).rejects.toThrow("HTTP 503");
    expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    expect(await story.jobs("issue-discount")).toMatchObject([{ payload: { redemptionId } }]);
    expect(await issueDiscount(story.context, redemptionId)).toEqual({ code });
  });
});

describe("using it", () => {
  test.each([
    ["wholly", "5.00", 500, 0],
    ["$3 of $5", "3.00", 300, 200],
    ["one cent: what is left is rounded for the shop", "0.01", 1, 499],
    ["a third", "1.67", 167, 333],
  ])("an order that used it %s costs what it took off", async (_, given, charged, back) => {
    const { story } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await hear(story, order(code, given));
    expect(await story.balance(7)).toEqual({ ...none, available: back });
    expect(await stateOf(redemptionId)).toMatchObject({ state: "used", charged, order_gid: "gid://shopify/Order/1" });
    // Heard again, in another version, it costs the same.
    await hear(story, order(code.toLowerCase(), given, { updated: "2026-06-02T10:00:00Z" }), "orders/updated");
    expect(await story.balance(7)).toEqual({ ...none, available: back });
    expect(await stateOf(redemptionId)).toMatchObject({ state: "used", charged });
  });

  test("where the programme keeps what was not used, a part costs all", async () => {
    const { story } = await annHas(500, { definition: { policies: { ...simplePoints(100).policies, unusedComesBack: false } } });
    const { code } = await issue(story);
    await hear(story, order(code, "3.00"));
    expect(await story.balance(7)).toEqual(none);
  });

  test("a used reward whose order is cancelled comes back, wholly or the part that was used", async () => {
    for (const given of ["5.00", "3.00"]) {
      const { story } = await annHas(500);
      const { redemptionId, code } = await issue(story);
      await hear(story, order(code, given));
      await hear(story, order(code, given, { updated: "2026-06-02T10:00:00Z", cancelled: "2026-06-02T10:00:00Z" }), "orders/cancelled");
      expect(await story.balance(7)).toEqual({ ...none, available: 500 });
      expect(await stateOf(redemptionId)).toMatchObject({ state: "released", charged: 0 });
    }
  });

  test("an order that was cancelled before it was heard of costs nothing", async () => {
    const { story } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await hear(story, order(code, "5.00", { cancelled: "2026-06-02T10:00:00Z" }), "orders/cancelled");
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
    expect(await stateOf(redemptionId)).toMatchObject({ state: "released", charged: 0 });
  });

  test("a refund of the order leaves the reward used", async () => {
    const { story } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await hear(story, order(code, "5.00"));
    await hear(story, order(code, "5.00", { updated: "2026-06-02T10:00:00Z", status: "refunded" }), "orders/updated");
    expect(await story.balance(7)).toEqual(none);
    expect(await stateOf(redemptionId)).toMatchObject({ state: "used", charged: 500 });
  });

  test("an order that an edit took the code from costs nothing any more", async () => {
    const { story } = await annHas(500);
    const { code } = await issue(story);
    await hear(story, order(code, "5.00"));
    await hear(story, order(code, "5.00", { updated: "2026-06-02T10:00:00Z", codes: [] }), "orders/updated");
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
  });

  test("an order with the code that arrives before we know that the code was made is its use", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await reserve(story);
    await hear(story, order(code, "5.00"));
    expect(await stateOf(redemptionId)).toMatchObject({ state: "used", charged: 500 });
    expect(await issueDiscount(story.context, redemptionId)).toMatchObject({ refused: "used" });
    expect(shopify.calls).toEqual([]);
  });

  test("an order that earns and redeems does both", async () => {
    const { story } = await annHas(500);
    const { code } = await issue(story);
    await hear(story, order(code, "5.00", { lines: [{ price: "45.00", discount: "5.00" }] }));
    expect(await story.balance(7)).toEqual({ ...none, available: 40 });
  });

  test("somebody else's order with the code costs its owner's points, not theirs", async () => {
    const { story } = await annHas(500);
    const { code } = await issue(story);
    await hear(story, order(code, "5.00", { customer: 8, lines: [{ price: "10.00" }] }));
    expect(await story.balance(7)).toEqual(none);
    expect(await story.balance(8)).toEqual({ ...none, available: 10 });
  });

  test("a deleted order gives the reward back", async () => {
    const { story } = await annHas(500);
    const { code } = await issue(story);
    await hear(story, order(code, "5.00"));
    await story.deliver("orders/delete", { id: 1 });
    await story.drain();
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
  });
});

describe("handing it back", () => {
  test("an unused code is switched off first, and its points come back after the window", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    expect(await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" })).toEqual({ state: "releasing" });
    expect(shopify.codes.get(code)?.status).toBe("EXPIRED");
    expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    const [job] = await story.jobs("finish-release");
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
    expect(await stepsOf(redemptionId)).toEqual(["reserved", "issued", "releasing", "released"]);
  });

  test("a code that was used just before it was switched off is used, not handed back", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" });
    const made = shopify.codes.get(code);
    if (made) made.used = 1;
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "releasing" });
    expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    await hear(story, order(code, "5.00"));
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "used" });
    expect(await story.balance(7)).toEqual(none);
  });

  test("a release that waits for an order is not begun anew every minute, so that it comes to its end", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" });
    const made = shopify.codes.get(code);
    if (made) made.used = 1;
    await story.drop("finish-release");
    await finishRelease(story.context, redemptionId);
    const before = (await story.jobs("finish-release")).map((job) => job.runAt);
    expect(before).toHaveLength(1);
    for (let minute = 3; minute < 6; minute += 1) {
      story.clock.at = new Date(Date.parse("2026-06-01T12:00:00Z") + minute * 60_000);
      await overdueRedemptions(story.context);
    }
    expect((await story.jobs("finish-release")).map((job) => job.runAt)).toEqual(before);
    expect(await story.jobs("release-reward")).toEqual([]);
    // The use was Shopify's error and is gone: the points are back.
    if (made) made.used = 0;
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
  });

  test("a release whose process died before the code was off is finished by what looks after the overdue", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    shopify.trouble("WithdrawReward", new Error("the process died"));
    expect(await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" })).toEqual({ state: "releasing" });
    await story.drop("release-reward");
    story.clock.at = new Date("2026-06-01T12:03:00Z");
    await overdueRedemptions(story.context);
    const [job] = (await story.jobs()).filter((one) => one.payload.redemptionId === redemptionId && one.task !== "issue-discount");
    expect(job?.task).toBe("finish-release");
    // Still on: it is switched off now, and the window begins.
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "releasing" });
    expect(shopify.codes.get(code)?.status).toBe("EXPIRED");
    expect(await story.balance(7)).toEqual({ ...none, reserved: 500 });
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
  });

  test("a code that was made while it was being handed back is found and switched off before the points return", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await reserve(story);
    shopify.trouble("IssueReward", async (variables) => {
      await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" });
      shopify.codes.set(code, { gid: "gid://shopify/DiscountCodeNode/99", code, status: "ACTIVE", used: 0, input: variables });
      return { discountCodeBasicCreate: { codeDiscountNode: { id: "gid://shopify/DiscountCodeNode/99" }, userErrors: [] } };
    });
    expect(await issueDiscount(story.context, redemptionId)).toMatchObject({ refused: "released" });
    expect(shopify.codes.get(code)?.status).toBe("ACTIVE");
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "releasing" });
    expect(shopify.codes.get(code)?.status).toBe("EXPIRED");
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
  });

  test("a code used after its points were given back takes them again, and a debt where they were spent", async () => {
    const { story } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" });
    await finishRelease(story.context, redemptionId);
    await adjustPoints(story.context, { memberId: await story.memberOf(7), points: -400, reason: "Spent in store", requestId: "1" });
    await hear(story, order(code, "5.00"));
    expect(await story.balance(7)).toEqual({ ...none, owed: 400 });
    expect(await stateOf(redemptionId)).toMatchObject({ state: "used", charged: 500 });
    await hear(story, order(code, "5.00", { updated: "2026-06-02T10:00:00Z", cancelled: "2026-06-02T10:00:00Z" }), "orders/cancelled");
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("a code that Shopify refused and that an order has all the same is used, and costs nothing when that order is cancelled", async () => {
    for (const cancelledAtOnce of [false, true]) {
      const { story, shopify } = await annHas(500);
      const { redemptionId, code } = await reserve(story);
      shopify.trouble("IssueReward", () => ({
        discountCodeBasicCreate: { codeDiscountNode: null, userErrors: [{ field: null, message: "No.", code: "INVALID" }] },
      }));
      await issueDiscount(story.context, redemptionId);
      const cancelled = { updated: "2026-06-02T10:00:00Z", cancelled: "2026-06-02T10:00:00Z" };
      await hear(story, order(code, "5.00", cancelledAtOnce ? cancelled : {}));
      expect(await story.balance(7)).toEqual({ ...none, available: cancelledAtOnce ? 500 : 0 });
      await hear(story, order(code, "5.00", { ...cancelled, updated: "2026-06-03T10:00:00Z" }), "orders/cancelled");
      expect(await story.balance(7)).toEqual({ ...none, available: 500 });
    }
  });

  test("a code whose day has passed is handed back, one that an order used is not", async () => {
    const { story } = await annHas(1000);
    const [unused, used] = [await issue(story), await issue(story)];
    await hear(story, order(used.code, "5.00"));
    story.clock.at = new Date("2026-08-30T12:00:00Z");
    await overdueRedemptions(story.context);
    expect((await story.jobs("expire-reward")).map((job) => job.payload.redemptionId)).toEqual([unused.redemptionId]);
    expect(await releaseReward(story.context, { redemptionId: used.redemptionId, why: "expired", by: "laurel" })).toMatchObject({
      refused: "used",
    });
  });

  test("a code that the merchant switched off or deleted gives its points back", async () => {
    const { story, shopify } = await annHas(500);
    const { redemptionId, code } = await issue(story);
    await story.deliver("discounts/update", { admin_graphql_api_id: shopify.codes.get(code)?.gid });
    await story.drain();
    expect(await story.jobs("look-at-code")).toMatchObject([{ payload: { redemptionId } }]);
    await lookAtCode(story.context, redemptionId);
    expect(await stateOf(redemptionId)).toMatchObject({ state: "issued" });
    shopify.codes.delete(code);
    await lookAtCode(story.context, redemptionId);
    await switchOff(story.context, redemptionId);
    expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
  });

  test("points that come back after they would have expired get days of grace", async () => {
    const { story } = await annHas(500, {
      definition: { policies: { ...simplePoints(100).policies, expiry: { kind: "after earning", days: 30 }, codeDays: 60, graceDays: 10 } },
    });
    const { redemptionId } = await issue(story);
    story.clock.at = new Date("2026-07-31T12:00:00Z");
    await releaseReward(story.context, { redemptionId, why: "expired", by: "laurel" });
    await finishRelease(story.context, redemptionId);
    expect(await story.balance(7)).toEqual({ ...none, available: 500 });
    const { rows } = await at.owner.query("select expires_at from lot where program_id = $1", [story.programId]);
    expect(rows).toEqual([{ expires_at: new Date("2026-08-10T12:00:00Z") }]);
  });
});

test("an order with a code, fetched instead of delivered, settles alike", async () => {
  const { story, shopify } = await annHas(500);
  const { code } = await issue(story);
  const money = (amount: string) => ({ shopMoney: { amount } });
  const line = {
    id: "gid://shopify/LineItem/1",
    title: "Thing",
    quantity: 1,
    currentQuantity: 1,
    isGiftCard: false,
    sku: "",
    vendor: "",
    product: null,
    variant: null,
    sellingPlan: null,
    originalTotalSet: money("3.50"),
    originalUnitPriceSet: money("3.50"),
    discountAllocations: [{ allocatedAmountSet: money("3.00") }],
    taxLines: [],
  };
  shopify.orders.set("gid://shopify/Order/1", {
    id: "gid://shopify/Order/1",
    name: "#1",
    createdAt: "2026-06-01T12:30:00Z",
    updatedAt: "2026-06-01T12:30:00Z",
    cancelledAt: null,
    test: false,
    sourceName: null,
    currencyCode: "USD",
    taxesIncluded: false,
    displayFinancialStatus: "PAID",
    paymentGatewayNames: [],
    customer: { id: ann, state: "ENABLED", locale: "en" },
    totalTipReceivedSet: money("0.00"),
    lineItems: { nodes: [line], pageInfo: { hasNextPage: false, endCursor: null } },
    shippingLines: { nodes: [] },
    discountApplications: { nodes: [{ __typename: "DiscountCodeApplication", index: 0, code }] },
    discountCodes: [code],
    refunds: [],
    allocations: { nodes: [{ discountAllocations: [{ allocatedAmountSet: money("3.00"), discountApplication: { index: 0 } }] }] },
  });
  await fetchMissingOrder(story.context, { shopId: story.shopId, orderGid: "gid://shopify/Order/1" });
  expect(await story.balance(7)).toEqual({ ...none, available: 200 });
});

describe("tags that let in or keep out are known before anybody redeems", () => {
  const tap = () => ({ customerGid: ann, rewardId: "five-off", requestId: randomUUID(), expired: false });

  test("an excluded customer gets no code, also when their tags were never asked for", async () => {
    const policies = { ...simplePoints(100).policies, excludeTag: "staff" };
    const { story, shopify } = await annHas(500, { definition: { policies } });
    shopify.tags.set(ann, ["Staff"]);
    expect(await redeemReward(story.context, tap())).toMatchObject({ refused: "excluded" });
    expect(shopify.codes.size).toBe(0);
  });

  test("a tester gets theirs, and is asked about once", async () => {
    const { story, shopify } = await annHas(1000, { phase: "testing", testTag: "tester" });
    shopify.tags.set(ann, ["tester"]);
    expect(await redeemReward(story.context, tap())).toHaveProperty("code");
    expect(await redeemReward(story.context, tap())).toHaveProperty("code");
    expect(shopify.calls.filter((call) => call.includes("CustomerTags"))).toHaveLength(1);
  });
});

test("a use that Shopify counts and no order tells of is waited for three days, and then the points are back", async () => {
  const { story, shopify } = await annHas(500);
  const { redemptionId, code } = await issue(story);
  await releaseReward(story.context, { redemptionId, why: "handed back", by: "shopper" });
  const made = shopify.codes.get(code);
  if (made) made.used = 1;
  expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "releasing" });
  story.clock.at = new Date(story.clock.at.getTime() + 3 * 86_400_000);
  expect(await finishRelease(story.context, redemptionId)).toEqual({ state: "released" });
  // The order that comes after all takes them again.
  await hear(story, { id: 1, codes: [{ code, amount: "5.00" }], lines: [{ price: "5.00", discount: "5.00" }] });
  expect(await story.balance(7)).toEqual(none);
});

test("a code whose first order was cancelled and that a second order has is paid for by the second", async () => {
  const { story } = await annHas(500);
  const { code } = await issue(story);
  const used = { codes: [{ code, amount: "5.00" }], lines: [{ price: "5.00", discount: "5.00" }] };
  await hear(story, { ...used, id: 1, updated: "2026-05-01T11:00:00Z", cancelled: "2026-05-01T11:00:00Z" }, "orders/cancelled");
  expect(await story.balance(7)).toEqual({ ...none, available: 500 });
  await hear(story, { ...used, id: 2, at: "2026-05-02T10:00:00Z" });
  expect(await story.balance(7)).toEqual(none);
});
