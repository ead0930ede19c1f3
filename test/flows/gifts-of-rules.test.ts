import { afterEach, describe, expect, test } from "vitest";
import { badgesOf } from "../../app/db/gifts.ts";
import { settleGifts } from "../../app/flows/gifts/settle-gifts.ts";
import { issueDiscount } from "../../app/flows/redeeming/issue-discount.ts";
import { finishRelease, releaseReward } from "../../app/flows/redeeming/release-reward.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programme } from "../support/rules.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const first: OrderWish = { id: 1, at: "2026-06-01T09:00:00Z", lines: [{ price: "80.00" }] };
const returned: OrderWish = {
  ...first,
  updated: "2026-06-01T11:00:00Z",
  lines: [{ price: "80.00", current: 0 }],
  refunds: [{ id: 1, lines: [{ line: 1, quantity: 1, subtotal: "80.00" }], at: "2026-06-01T11:00:00Z" }],
};

/** A free reward and a badge for an order. */
async function openShop() {
  const shopify = smallShopify();
  const definition = programme({
    badges: [{ id: "regular", name: "Regular" }],
    earning: [
      { id: "treat", award: { kind: "reward", rewardId: "five-off" } },
      { id: "worn", award: { kind: "badge", badgeId: "regular" } },
    ],
  });
  return { shopify, story: await openStory(at, { definition, adminOf: async () => shopify.admin }) };
}

async function hear(story: Story, wish: OrderWish): Promise<void> {
  await story.deliver("orders/paid", orderBody(wish));
  await story.drain();
  expect(story.failures).toEqual([]);
}

async function hand(story: Story): Promise<void> {
  const jobs = await story.jobs("settle-gifts");
  await story.drop("settle-gifts");
  for (const { payload } of jobs) await settleGifts(story.context, String(payload.memberId));
}

const gifts = async (story: Story) =>
  (
    await at.owner.query("select kind, what, state, why, redemption_id as id from gift where program_id = $1 order by kind, created_at", [
      story.programId,
    ])
  ).rows;
const redemptions = async (story: Story) =>
  (
    await at.owner.query(
      "select redemption_id as id, state, code, points::int from redemption where program_id = $1 order by reserved_at, redemption_id",
      [story.programId],
    )
  ).rows;
const badges = async (story: Story) => {
  const memberId = await story.memberOf(7);
  return (await story.context.db.inProgramme(story.context.scope, (tx) => badgesOf(tx, [memberId]))).get(memberId) ?? [];
};

describe("what a rule gives that is no amount", () => {
  test("is handed out once, however often the order is told", async () => {
    const { story, shopify } = await openShop();
    await hear(story, first);
    await hear(story, { ...first, updated: "2026-06-01T10:00:00Z" });
    await hand(story);
    await hand(story);
    const [code, ...others] = await redemptions(story);
    expect(others).toEqual([]);
    expect(code).toMatchObject({ state: "reserved", points: 0 });
    await issueDiscount(story.context, code.id);
    expect(shopify.codes.size).toBe(1);
    expect(await badges(story)).toEqual(["regular"]);
    await hear(story, { ...first, updated: "2026-06-01T10:30:00Z" });
    expect(await story.jobs("settle-gifts")).toEqual([]);
  });

  test("is taken back when its order is returned: an unused code is switched off, and no points come of it", async () => {
    const { story, shopify } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    await hear(story, returned);
    await hand(story);
    await finishRelease(story.context, code.id);
    expect(await redemptions(story)).toMatchObject([{ state: "released" }]);
    expect([...shopify.codes.values()][0]?.status).toBe("EXPIRED");
    expect(await badges(story)).toEqual([]);
    expect(await story.balance(7)).toMatchObject({ available: 0, reserved: 0 });
    await hand(story);
    expect(await gifts(story)).toMatchObject([
      { kind: "badge", state: "withdrawn" },
      { kind: "reward", state: "withdrawn", why: "Taken back." },
    ]);
  });

  test("is taken back when its order has no customer any more", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    await hear(story, { ...first, updated: "2026-06-01T11:00:00Z", customer: null, email: null });
    await hand(story);
    await finishRelease(story.context, code.id);
    expect(await redemptions(story)).toMatchObject([{ state: "released" }]);
    expect(await badges(story)).toEqual([]);
  });

  test("stays with whoever used it before the order was returned, with a note for staff", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    await hear(story, { id: 2, at: "2026-06-01T10:00:00Z", lines: [{ price: "0.50" }], codes: [{ code: code.code, amount: "0.50" }] });
    expect((await redemptions(story)).find((one) => one.id === code.id)).toMatchObject({ state: "used" });
    await hear(story, returned);
    await hand(story);
    expect(await gifts(story)).toContainEqual(
      expect.objectContaining({ kind: "reward", state: "withdrawn", why: expect.stringContaining("keeps it") }),
    );
    expect((await redemptions(story)).find((one) => one.id === code.id)).toMatchObject({ state: "used" });
    const tasks = await at.owner.query("select title, state from staff_task where program_id = $1", [story.programId]);
    expect(tasks.rows).toEqual([{ title: "“Thank you” was used, and what it was given for was returned", state: "open" }]);
  });

  test("is another code when it is due again", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    await hear(story, returned);
    await hand(story);
    await finishRelease(story.context, code.id);
    await hear(story, { ...first, updated: "2026-06-01T12:00:00Z" });
    await hand(story);
    expect((await redemptions(story)).map((one) => one.state)).toEqual(["released", "reserved"]);
    expect(await badges(story)).toEqual(["regular"]);
  });

  test("outlives a process that dies before the code is switched off", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    await hear(story, returned);
    const dying = {
      ...story.context,
      passing: (point: string) => {
        if (point === "gifts are settled, withdrawn codes are still on") throw new Error("killed");
      },
    };
    const memberId = await story.memberOf(7);
    await expect(settleGifts(dying, memberId)).rejects.toThrow("killed");
    await settleGifts(story.context, memberId);
    await finishRelease(story.context, code.id);
    expect(await redemptions(story)).toMatchObject([{ state: "released" }]);
  });

  test("cannot be turned into points by handing it back", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    expect(await releaseReward(story.context, { redemptionId: code.id, why: "", by: "shopper" })).toMatchObject({ refused: "kept" });
  });

  test("of a cancelled order that used it comes to an end, and costs nothing", async () => {
    const { story } = await openShop();
    await hear(story, first);
    await hand(story);
    const [code] = await redemptions(story);
    await issueDiscount(story.context, code.id);
    const use: OrderWish = {
      id: 2,
      at: "2026-06-01T10:00:00Z",
      lines: [{ price: "9.00", discount: "5.00" }],
      codes: [{ code: code.code, amount: "5.00" }],
    };
    await hear(story, use);
    await hear(story, { ...use, cancelled: "2026-06-01T11:00:00Z", updated: "2026-06-01T11:00:00Z" });
    expect((await redemptions(story)).find((one) => one.id === code.id)).toMatchObject({ state: "released" });
    // The first order alone told again does not change whose the code was.
    await hear(story, { ...first, updated: "2026-06-01T11:30:00Z" });
    expect((await redemptions(story)).find((one) => one.id === code.id)).toMatchObject({ state: "released" });
  });
});
