import { afterEach, describe, expect, test } from "vitest";
import { issueCertificates } from "../../app/flows/gifts/issue-certificates.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { issueDiscount } from "../../app/flows/redeeming/issue-discount.ts";
import { finishRelease, releaseReward } from "../../app/flows/redeeming/release-reward.ts";
import { reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { settleDue } from "../../app/flows/settling/settle-due.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
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

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const ann = "gid://shopify/Customer/7";
let requests = 0;

/** 1 point per $1, and of every 1,000 a $10 note. */
const notes = (unusedIsLost: boolean, policies: Partial<Definition["policies"]> = {}): Definition =>
  programme({
    earning: [
      { id: "spend", award: { kind: "per amount", points: 1, per: 100, unit: "points" } },
      { id: "note", award: { kind: "certificate", points: 1000, unit: "points", rewardId: "ten-note" } },
    ],
    rewards: [
      {
        id: "ten-note",
        name: "$10 note",
        active: true,
        points: 1000,
        unit: "points",
        worth: { kind: "amount off", amount: 1000, minimum: null },
        offered: false,
        codeDays: 30,
        unusedIsLost,
      },
    ],
    policies,
  });

async function annWith(points: number, definition = notes(true)) {
  const shopify = smallShopify();
  const story = await openStory(at, { definition, adminOf: async () => shopify.admin });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  const memberId = await story.memberOf(7);
  await give(story, memberId, points);
  return { story, shopify, memberId };
}

async function give(story: Story, memberId: string, points: number) {
  requests += 1;
  await adjustPoints(story.context, { memberId, points, reason: "A gift", requestId: `request ${requests}` });
}

async function hear(story: Story, wish: OrderWish): Promise<void> {
  await story.deliver("orders/paid", orderBody(wish));
  await story.drain();
  expect(story.failures).toEqual([]);
}

/** Works the jobs off that make certificates. @returns how many were made */
async function run(story: Story): Promise<number> {
  const jobs = await story.jobs("issue-certificates");
  await story.drop("issue-certificates");
  let made = 0;
  for (const { payload } of jobs) made += await issueCertificates(story.context, String(payload.memberId));
  return made;
}

const codes = async (story: Story) =>
  (
    await at.owner.query(
      `select redemption_id as id, state, points::int, request_id as request, expires_at from redemption where program_id = $1 order by request_id`,
      [story.programId],
    )
  ).rows;

async function expire(story: Story, id: string) {
  await releaseReward(story.context, { redemptionId: id, why: "the code was not used in time", by: "laurel" });
  await finishRelease(story.context, id);
}

describe("a certificate", () => {
  test.each([
    [999, 0, 999],
    [1000, 1, 0],
    [1001, 1, 1],
    [1999, 1, 999],
    [2000, 2, 0],
    [60_500, 60, 500],
  ])("is made at every 1,000 points: of %i there are %i", async (points, many, left) => {
    const { story } = await annWith(points);
    let made = 0;
    for (let more = await run(story); more > 0; more = await run(story)) made += more;
    expect(made).toBe(many);
    expect(await story.balance(7)).toEqual({ ...none, available: left, reserved: many * 1000 });
    expect(await codes(story)).toHaveLength(many);
  });

  test("is made once, however often and by however many at once its job runs", async () => {
    const { story, memberId } = await annWith(2500);
    const made = await Promise.all(Array.from({ length: 5 }, () => issueCertificates(story.context, memberId)));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(await issueCertificates(story.context, memberId)).toBe(0);
    expect(await codes(story)).toHaveLength(2);
  });

  test("is made by an order that reaches it, and has a code for so many days as it says", async () => {
    const { story, shopify } = await annWith(950);
    await hear(story, { lines: [{ price: "50.00" }], at: "2026-06-01T10:00:00Z" });
    expect(await run(story)).toBe(1);
    const [one] = await codes(story);
    expect(one).toMatchObject({ state: "reserved", points: 1000, expires_at: new Date(story.clock.at.getTime() + 30 * 86_400_000) });
    await issueDiscount(story.context, one.id);
    expect(shopify.codes.size).toBe(1);
    expect(await story.balance(7)).toEqual({ ...none, reserved: 1000 });
  });

  test("waits until the points are spendable", async () => {
    const { story } = await annWith(0 + 1, notes(true, { holdDays: 14 }));
    await hear(story, { lines: [{ price: "1000.00" }], at: "2026-06-01T10:00:00Z" });
    expect(await run(story)).toBe(0);
    expect(await story.balance(7)).toEqual({ ...none, pending: 1000, available: 1 });
    story.clock.at = new Date("2026-06-15T10:00:00Z");
    await settleDue(story.context);
    expect(await run(story)).toBe(1);
    expect(await story.balance(7)).toEqual({ ...none, available: 1, reserved: 1000 });
  });

  test("that was not used is lost where the reward says so, and is not made again", async () => {
    const { story, memberId } = await annWith(1000);
    await run(story);
    const [one] = await codes(story);
    await issueDiscount(story.context, one.id);
    story.clock.at = new Date("2026-07-01T12:00:01Z");
    await expire(story, one.id);
    expect(await story.balance(7)).toEqual(none);
    expect(await story.jobs("issue-certificates")).toEqual([]);
    expect(await issueCertificates(story.context, memberId)).toBe(0);
    const { rows } = await at.owner.query(
      "select kind, explanation->>'expired' as expired from transaction where program_id = $1 and redemption_id = $2 order by transaction_id",
      [story.programId, one.id],
    );
    expect(rows).toEqual([
      { kind: "reserve", expired: null },
      { kind: "expire", expired: "1000" },
    ]);
  });

  test("that is lost and then used after all by an order that comes late is paid from what was lost", async () => {
    const { story } = await annWith(1300);
    await run(story);
    const [one] = await codes(story);
    await issueDiscount(story.context, one.id);
    story.clock.at = new Date("2026-07-01T12:00:01Z");
    await expire(story, one.id);
    expect(await story.balance(7)).toEqual({ ...none, available: 300 });
    const { rows } = await at.owner.query("select code from redemption where redemption_id = $1", [one.id]);
    const order: OrderWish = {
      id: 9,
      at: "2026-06-20T10:00:00Z",
      lines: [{ price: "0.50" }],
      codes: [{ code: rows[0].code, amount: "10.00" }],
    };
    await hear(story, order);
    expect(await story.balance(7)).toEqual({ ...none, available: 300 });
    expect(await codes(story)).toMatchObject([{ state: "used" }]);
    await hear(story, { ...order, cancelled: "2026-07-02T10:00:00Z", updated: "2026-07-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 1300 });
  });

  test("that was not used gives its points back where the reward says nothing, and is made again when more is earned", async () => {
    const { story, memberId } = await annWith(1000, notes(false));
    await run(story);
    const [one] = await codes(story);
    await issueDiscount(story.context, one.id);
    story.clock.at = new Date("2026-07-01T12:00:01Z");
    await expire(story, one.id);
    expect(await story.balance(7)).toEqual({ ...none, available: 1000 });
    expect(await story.jobs("issue-certificates")).toEqual([]);
    await give(story, memberId, 1);
    expect(await run(story)).toBe(1);
    expect(await story.balance(7)).toEqual({ ...none, available: 1, reserved: 1000 });
  });

  test("cannot be handed back by the shopper where it would be lost, and staff can give it back", async () => {
    const { story } = await annWith(1000);
    await run(story);
    const [one] = await codes(story);
    await issueDiscount(story.context, one.id);
    expect(await releaseReward(story.context, { redemptionId: one.id, why: "not wanted", by: "shopper" })).toMatchObject({
      refused: "kept",
    });
    await releaseReward(story.context, { redemptionId: one.id, why: "a mistake", by: "staff" });
    await finishRelease(story.context, one.id);
    expect(await story.balance(7)).toEqual({ ...none, available: 1000 });
  });

  test("cannot be asked for by a shopper", async () => {
    const { story } = await annWith(5000);
    const answer = await reserveReward(story.context, { customerGid: ann, rewardId: "ten-note", requestId: "1" });
    expect(answer).toMatchObject({ refused: "no such reward" });
  });

  test("is not made for somebody who is blocked, and not while the programme is paused", async () => {
    const blocked = await annWith(1000);
    await at.owner.query("update member set state = 'blocked' where program_id = $1", [blocked.story.programId]);
    expect(await run(blocked.story)).toBe(0);
    const paused = await annWith(1000);
    await at.owner.query(
      `insert into program_phase (program_id, seq, phase, "from", decided_at, decided_by) values ($1, 2, 'paused', '2026-05-01', now(), 'test')`,
      [paused.story.programId],
    );
    expect(await run(paused.story)).toBe(0);
  });

  test("outlives a process that dies before it is committed", async () => {
    const { story, memberId } = await annWith(1000);
    const dying = {
      ...story.context,
      passing: (point: string) => {
        if (point === "certificates are reserved, not committed") throw new Error("killed");
      },
    };
    await expect(issueCertificates(dying, memberId)).rejects.toThrow("killed");
    expect(await story.balance(7)).toEqual({ ...none, available: 1000 });
    expect(await run(story)).toBe(1);
  });
});

describe("a unit other than points", () => {
  const card = programme({
    units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, holdDays: 0, expiry: { kind: "never" } }],
    earning: [{ id: "coffee", award: { kind: "fixed", points: 5, unit: "stamps" } }],
    rewards: [
      {
        id: "free-coffee",
        name: "A coffee",
        active: true,
        points: 9,
        unit: "stamps",
        worth: { kind: "amount off", amount: 400, minimum: null },
        offered: true,
        codeDays: null,
        unusedIsLost: false,
      },
    ],
  });
  const stampsOf = async (story: Story, memberId: string) =>
    (
      await at.owner.query(
        "select available::int, reserved::int from balance where program_id = $1 and member_id = $2 and unit = 'stamps'",
        [story.programId, memberId],
      )
    ).rows[0];

  test("is redeemed, used, given back; points are never touched", async () => {
    const { story, memberId } = await annWith(700, card);
    await hear(story, { id: 1, at: "2026-06-01T09:00:00Z" });
    const wish = { customerGid: ann, rewardId: "free-coffee", requestId: "1" };
    expect(await reserveReward(story.context, wish)).toMatchObject({
      refused: "too few points",
      sentence: "A coffee costs 9 stamps; you have 5 stamps.",
    });
    await hear(story, { id: 2, at: "2026-06-01T10:00:00Z" });
    const reserved = await reserveReward(story.context, wish);
    if ("refused" in reserved) throw new Error(reserved.sentence);
    await issueDiscount(story.context, reserved.redemptionId);
    expect(await stampsOf(story, memberId)).toEqual({ available: 1, reserved: 9 });
    expect(await story.jobs()).not.toEqual([]);

    await releaseReward(story.context, { redemptionId: reserved.redemptionId, why: "not wanted", by: "shopper" });
    await finishRelease(story.context, reserved.redemptionId);
    expect(await stampsOf(story, memberId)).toEqual({ available: 10, reserved: 0 });
    // The order that used it comes late.
    await hear(story, {
      id: 3,
      at: "2026-06-01T11:00:00Z",
      lines: [{ price: "4.00", discount: "4.00" }],
      codes: [{ code: reserved.code, amount: "4.00" }],
    });
    expect(await stampsOf(story, memberId)).toEqual({ available: 1, reserved: 0 });
    expect(
      (await at.owner.query("select available::int from balance where program_id = $1 and unit = 'points'", [story.programId])).rows,
    ).toEqual([{ available: 700 }]);
  });
});
