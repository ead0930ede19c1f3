import { afterEach, describe, expect, test } from "vitest";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { decideMemberState } from "../../app/flows/members/decide-member-state.ts";
import { decidePhase } from "../../app/flows/programme/decide-phase.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { fetchMissingOrder, fetchTags } from "../../app/flows/receiving/fetch-missing.ts";
import { settleDue } from "../../app/flows/settling/settle-due.ts";
import { type Definition, earningRule, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect((await wrongInTheBooks(at.owner)).filter((wrong) => !wrong.startsWith("no delivery failed"))).toEqual([]);
});

const policies = (changes: Partial<Definition["policies"]>): Partial<Definition> => ({
  policies: { ...simplePoints(100).policies, ...changes },
});

async function hear(story: Story, topic: string, wish: OrderWish): Promise<void> {
  await story.deliver(topic, orderBody(wish));
  await story.drain();
  expect(story.failures).toEqual([]);
}

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const inbox = async (story: Story) =>
  (await at.owner.query("select topic, state, reason, attempts from inbox where program_id = $1 order by id", [story.programId])).rows;

describe("when points can be spent", () => {
  test("points of a paid order are held for the days that the programme says, counted from payment", async () => {
    const story = await openStory(at, { definition: policies({ holdDays: 14 }) });
    await hear(story, "orders/create", { status: "pending", at: "2026-05-01T10:00:00Z" });
    await hear(story, "orders/paid", { at: "2026-05-01T10:00:00Z", updated: "2026-05-20T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, pending: 100 });
    story.clock.at = new Date("2026-06-03T09:59:59Z");
    await settleDue(story.context);
    expect(await story.balance(7)).toEqual({ ...none, pending: 100 });
    story.clock.at = new Date("2026-06-03T10:00:00Z");
    expect(await settleDue(story.context)).toBe(1);
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    expect(await settleDue(story.context)).toBe(0);
  });

  test("points of an unpaid order have no day, until the order is paid", async () => {
    const story = await openStory(at, { definition: policies({ holdDays: 1 }) });
    await hear(story, "orders/create", { status: "pending", at: "2026-03-01T10:00:00Z" });
    expect(await settleDue(story.context)).toBe(0);
    expect(await story.balance(7)).toEqual({ ...none, pending: 100 });
    await hear(story, "orders/paid", { at: "2026-03-01T10:00:00Z", updated: "2026-05-01T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("the hold is counted from the payment that was heard of late, not from the version that came first", async () => {
    const story = await openStory(at, { definition: policies({ holdDays: 14 }) });
    // A change on 28 May comes first, the payment of 1 May after it.
    await hear(story, "orders/updated", { at: "2026-05-01T10:00:00Z", updated: "2026-05-28T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, pending: 100 });
    await hear(story, "orders/paid", { at: "2026-05-01T10:00:00Z", updated: "2026-05-01T10:00:05Z" });
    await settleDue(story.context);
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("a refund during the hold takes from what is pending", async () => {
    const story = await openStory(at, { definition: policies({ holdDays: 30 }) });
    const order = {
      at: "2026-05-20T10:00:00Z",
      lines: [
        { id: 1, price: "60.00" },
        { id: 2, price: "40.00" },
      ],
    };
    await hear(story, "orders/paid", order);
    await hear(story, "orders/updated", {
      ...order,
      updated: "2026-05-22T10:00:00Z",
      lines: [
        { id: 1, price: "60.00", current: 0 },
        { id: 2, price: "40.00" },
      ],
      refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "60.00" }] }],
      status: "partially_refunded",
    });
    expect(await story.balance(7)).toEqual({ ...none, pending: 40 });
  });
});

describe("whose order it is", () => {
  test("an order that was given to another customer takes its points along", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { customer: 7 });
    await hear(story, "orders/updated", { customer: 8, updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
    expect(await story.balance(8)).toEqual({ ...none, available: 100 });
    await hear(story, "orders/updated", { customer: 7, updated: "2026-05-03T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    expect(await story.balance(8)).toEqual(none);
  });

  test("a payment that is heard of after the order was given to another customer takes nothing from them", async () => {
    const story = await openStory(at);
    await hear(story, "orders/updated", { customer: 8, updated: "2026-05-02T10:00:00Z" });
    await hear(story, "orders/paid", { customer: 7 });
    expect(await story.balance(8)).toEqual({ ...none, available: 100 });
    expect(await story.balance(7)).toEqual(none);
  });

  test("an order that lost its customer earns nobody anything, until it has one again", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { customer: 7 });
    await hear(story, "orders/updated", { customer: null, updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
    await hear(story, "orders/updated", { customer: 7, updated: "2026-05-03T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("a guest's points wait, and come along when the guest logs in", async () => {
    const story = await openStory(at, { definition: policies({ expiry: { kind: "after earning", days: 365 } }) });
    await hear(story, "orders/paid", { id: 1, customer: null, email: "Ann@Example.com " });
    await hear(story, "orders/paid", { id: 2, customer: 7, lines: [{ price: "50.00" }] });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 150 });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 150 });
    // The guest's order goes on to be settled, for whom the guest became.
    await hear(story, "orders/cancelled", {
      id: 1,
      customer: null,
      email: "ann@example.com",
      cancelled: "2026-05-04T10:00:00Z",
      updated: "2026-05-04T10:00:00Z",
    });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    await hear(story, "orders/paid", {
      id: 3,
      customer: null,
      email: "ann@example.com",
      at: "2026-05-05T10:00:00Z",
      lines: [{ price: "8.00" }],
    });
    expect(await story.balance(7)).toEqual({ ...none, available: 58 });
  });

  test("somebody else's address brings nothing", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1, customer: null, email: "bob@example.com" });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual(none);
  });

  test("a guest's points that come to somebody who owes repay the debt", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1, customer: 7 });
    await adjustPoints(story.context, { memberId: await story.memberOf(7), points: -80, reason: "Spent in store", requestId: "1" });
    await hear(story, "orders/cancelled", { id: 1, customer: 7, cancelled: "2026-05-02T10:00:00Z", updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, owed: 80 });
    await hear(story, "orders/paid", { id: 2, customer: null, email: "ann@example.com" });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 20 });
  });

  test("what a guest owes is owed by whom the guest becomes", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1, customer: null, email: "ann@example.com" });
    const { rows } = await at.owner.query("select member_id from customer where program_id = $1", [story.programId]);
    await adjustPoints(story.context, { memberId: rows[0].member_id, points: -100, reason: "A mistake", requestId: "1" });
    await hear(story, "orders/cancelled", {
      id: 1,
      customer: null,
      email: "ann@example.com",
      cancelled: "2026-05-02T10:00:00Z",
      updated: "2026-05-02T10:00:00Z",
    });
    await hear(story, "orders/paid", { id: 2, customer: 7, lines: [{ price: "130.00" }] });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 30 });
  });

  test("an order's contact address is not taken for the customer's own", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1, customer: null, email: "victim@example.com" });
    // The customer's record says ann@example.com; at checkout another address was typed.
    await hear(story, "orders/paid", { id: 2, customer: 7, email: "victim@example.com", lines: [{ price: "1.00" }] });
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7" });
    expect(await story.balance(7)).toEqual({ ...none, available: 1 });
  });
});

describe("orders that are deleted", () => {
  test("a deleted order gives its points back", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1 });
    await story.deliver("orders/delete", { id: 1 });
    await story.drain();
    expect(await story.balance(7)).toEqual(none);
    await hear(story, "orders/updated", { id: 1, updated: "2026-05-09T10:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
  });

  test("an order whose deletion was heard of first never earns", async () => {
    const story = await openStory(at);
    await story.deliver("orders/delete", { id: 1 });
    await story.drain();
    await hear(story, "orders/paid", { id: 1 });
    expect(await story.balance(7)).toEqual(none);
    const { rows } = await at.owner.query(
      "select placed_at, name, deleted_at is not null as deleted, member_id from order_facts where program_id = $1",
      [story.programId],
    );
    expect(rows).toMatchObject([
      { placed_at: new Date("2026-05-01T10:00:00Z"), name: "#1", deleted: true, member_id: await story.memberOf(7) },
    ]);
  });
});

describe("who takes part", () => {
  const excluding = policies({ excludeTag: "wholesale" });

  test("where a tag excludes, an order waits for its customer's tags and settles when they are known", async () => {
    const shopify = smallShopify();
    const story = await openStory(at, { definition: excluding, adminOf: async () => shopify.admin });
    await hear(story, "orders/paid", { id: 1, customer: 7 });
    await hear(story, "orders/paid", { id: 2, customer: 8 });
    expect(await story.balance(7)).toEqual(none);
    shopify.tags.set("gid://shopify/Customer/7", ["VIP"]);
    shopify.tags.set("gid://shopify/Customer/8", ["WholeSale"]);
    const waiting = await story.jobs("fetch-tags");
    expect(waiting.map((job) => job.payload.customerGid).sort()).toEqual(["gid://shopify/Customer/7", "gid://shopify/Customer/8"]);
    for (const job of waiting) await fetchTags(story.context, job.payload as { shopId: string; customerGid: string });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    expect(await story.balance(8)).toEqual(none);

    // What is pinned stays: the tag that comes later does not reach back, and the one that goes does not either.
    shopify.tags.set("gid://shopify/Customer/7", ["wholesale"]);
    shopify.tags.set("gid://shopify/Customer/8", []);
    for (const id of [7, 8]) await fetchTags(story.context, { shopId: story.shopId, customerGid: `gid://shopify/Customer/${id}` });
    for (const id of [1, 2]) await hear(story, "orders/updated", { id, customer: id + 6, updated: "2026-05-09T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    expect(await story.balance(8)).toEqual(none);
    await hear(story, "orders/paid", { id: 3, customer: 7, at: "2026-05-10T10:00:00Z" });
    await hear(story, "orders/paid", { id: 4, customer: 8, at: "2026-05-10T10:00:00Z" });
    expect([(await story.balance(7)).available, (await story.balance(8)).available]).toEqual([100, 100]);
  });

  test("a customer who is gone in Shopify has no tags, and the order does not wait for ever", async () => {
    const story = await openStory(at, { definition: excluding, adminOf: async () => smallShopify().admin });
    await hear(story, "orders/paid", { id: 1, customer: 7 });
    await fetchTags(story.context, { shopId: story.shopId, customerGid: "gid://shopify/Customer/7" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("after a tag event what was known of the tags is old, and the next order waits again", async () => {
    const shopify = smallShopify();
    shopify.tags.set("gid://shopify/Customer/7", []);
    const story = await openStory(at, { definition: excluding, adminOf: async () => shopify.admin });
    await hear(story, "orders/paid", { id: 1 });
    await fetchTags(story.context, { shopId: story.shopId, customerGid: "gid://shopify/Customer/7" });
    shopify.tags.set("gid://shopify/Customer/7", ["wholesale"]);
    await story.deliver("customer.tags_added", {
      customerId: "gid://shopify/Customer/7",
      tags: ["wholesale"],
      occurredAt: "2026-05-02T10:00:00Z",
    });
    await story.drain();
    await hear(story, "orders/paid", { id: 2, at: "2026-05-03T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    await fetchTags(story.context, { shopId: story.shopId, customerGid: "gid://shopify/Customer/7" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("a guest has no tags to wait for", async () => {
    const story = await openStory(at, { definition: excluding });
    await hear(story, "orders/paid", { customer: null, email: "ann@example.com" });
    expect(await story.jobs("fetch-tags")).toEqual([]);
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("while a programme is tested only customers with the test tag earn", async () => {
    const shopify = smallShopify();
    shopify.tags.set("gid://shopify/Customer/7", ["Tester"]);
    shopify.tags.set("gid://shopify/Customer/8", []);
    const story = await openStory(at, { phase: "testing", testTag: "tester", adminOf: async () => shopify.admin });
    for (const customer of [7, 8]) {
      await hear(story, "orders/paid", { id: customer, customer });
      await fetchTags(story.context, { shopId: story.shopId, customerGid: `gid://shopify/Customer/${customer}` });
    }
    expect([(await story.balance(7)).available, (await story.balance(8)).available]).toEqual([100, 0]);
  });

  test("an order is judged by the phase in which it was placed, whenever it is heard of", async () => {
    const story = await openStory(at, { phase: "off" });
    story.clock.at = new Date("2026-06-01T00:00:00Z");
    await decidePhase(story.context, { phase: "live", from: null, testTag: null });
    story.clock.at = new Date("2026-06-10T00:00:00Z");
    await decidePhase(story.context, { phase: "paused", from: null, testTag: null });
    story.clock.at = new Date("2026-06-20T00:00:00Z");
    await hear(story, "orders/paid", { id: 1, at: "2026-05-31T23:59:59Z", lines: [{ price: "1.00" }] });
    await hear(story, "orders/paid", { id: 2, at: "2026-06-01T00:00:00Z", lines: [{ price: "20.00" }] });
    await hear(story, "orders/paid", { id: 3, at: "2026-06-09T23:59:59Z", lines: [{ price: "300.00" }] });
    await hear(story, "orders/paid", { id: 4, at: "2026-06-10T00:00:00Z", lines: [{ price: "4000.00" }] });
    expect(await story.balance(7)).toEqual({ ...none, available: 320 });
  });

  test("a blocked member's orders earn nothing, those seen before keep theirs and can still be refunded", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1 });
    const memberId = await story.memberOf(7);
    await decideMemberState(story.context, { memberId, state: "blocked", reason: "Sells points" });
    await hear(story, "orders/paid", { id: 2 });
    await hear(story, "orders/updated", { id: 1, updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    await decideMemberState(story.context, { memberId, state: "active", reason: "" });
    await hear(story, "orders/updated", { id: 2, updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    await decideMemberState(story.context, { memberId, state: "blocked", reason: "Again" });
    await hear(story, "orders/cancelled", { id: 1, cancelled: "2026-05-03T10:00:00Z", updated: "2026-05-03T10:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
  });
});

describe("what an order is judged by", () => {
  test("a refund is judged by the version of the order's day, whatever was published since", async () => {
    const story = await openStory(at);
    const order = {
      id: 1,
      at: "2026-05-20T10:00:00Z",
      lines: [
        { id: 1, price: "50.00" },
        { id: 2, price: "50.00" },
      ],
    };
    await hear(story, "orders/paid", order);
    const twice = simplePoints(100);
    twice.earning = [
      earningRule.parse({ id: "more", name: "More", active: true, award: { kind: "per amount", points: 2, per: 100 }, minimum: null }),
    ];
    await publishProgramme(story.context, { definition: twice, basedOn: 1 });
    story.clock.at = new Date("2026-06-05T10:00:00Z");
    await hear(story, "orders/updated", {
      ...order,
      updated: "2026-06-02T10:00:00Z",
      lines: [
        { id: 1, price: "50.00", current: 0 },
        { id: 2, price: "50.00" },
      ],
      refunds: [{ id: 9, lines: [{ line: 1, quantity: 1, subtotal: "50.00" }] }],
    });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    await hear(story, "orders/paid", { id: 2, at: "2026-06-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 250 });
    // An older order that arrives late is still the first version's.
    await hear(story, "orders/paid", { id: 3, at: "2026-05-21T10:00:00Z", lines: [{ price: "1.00" }] });
    expect(await story.balance(7)).toEqual({ ...none, available: 251 });
  });

  test("test orders, void ones and cancelled ones earn nothing", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1, test: true });
    await hear(story, "orders/updated", { id: 2, status: "voided" });
    await hear(story, "orders/cancelled", { id: 3, cancelled: "2026-05-01T11:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
  });

  test("an order that is paid again after it was void earns again", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1 });
    await hear(story, "orders/updated", { id: 1, status: "voided", updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual(none);
    await hear(story, "orders/updated", { id: 1, status: "paid", updated: "2026-05-03T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("points spent and then refunded are owed, and the next order repays them", async () => {
    const story = await openStory(at);
    await hear(story, "orders/paid", { id: 1 });
    await adjustPoints(story.context, { memberId: await story.memberOf(7), points: -70, reason: "Spent in store", requestId: "1" });
    await hear(story, "orders/updated", { id: 1, status: "refunded", updated: "2026-05-02T10:00:00Z" });
    expect(await story.balance(7)).toEqual({ ...none, owed: 70 });
    await hear(story, "orders/paid", { id: 2, lines: [{ price: "30.00" }] });
    expect(await story.balance(7)).toEqual({ ...none, owed: 40 });
    await hear(story, "orders/paid", { id: 3, lines: [{ price: "90.00" }] });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("a batch of one member's refunds and orders reaches the same as one by one", async () => {
    const bodies: [string, OrderWish][] = [
      ["orders/paid", { id: 1 }],
      ["orders/paid", { id: 2, lines: [{ price: "30.00" }] }],
      ["orders/updated", { id: 1, status: "refunded", updated: "2026-05-02T10:00:00Z" }],
      ["orders/paid", { id: 3, lines: [{ price: "5.00" }] }],
      ["orders/cancelled", { id: 3, lines: [{ price: "5.00" }], cancelled: "2026-05-02T10:00:00Z", updated: "2026-05-02T10:00:00Z" }],
    ];
    const [together, single] = [await openStory(at), await openStory(at)];
    for (const [topic, wish] of bodies) {
      await together.deliver(topic, orderBody(wish));
      await hear(single, topic, wish);
    }
    await together.drain();
    expect(await single.balance(7)).toEqual({ ...none, available: 30 });
    expect(await together.balance(7)).toEqual({ ...none, available: 30 });
  });
});

describe("what was not said, or said twice", () => {
  test("two contents of one version are a tie, and the order is fetched", async () => {
    const shopify = smallShopify();
    const story = await openStory(at, { adminOf: async () => shopify.admin });
    const triggeredAt = "2026-05-01T10:00:01Z";
    await story.deliver("orders/paid", orderBody({ id: 1, lines: [{ price: "10.00" }] }), { triggeredAt });
    await story.drain();
    await story.deliver("orders/updated", orderBody({ id: 1, lines: [{ price: "25.00" }] }), { triggeredAt });
    await story.drain();
    expect(await story.balance(7)).toEqual({ ...none, available: 10 });
    const [job] = await story.jobs("fetch-order");
    expect(job?.payload).toMatchObject({ shopId: story.shopId, orderGid: "gid://shopify/Order/1" });
    shopify.orders.set("gid://shopify/Order/1", orderNode({ id: 1, price: "25.00" }));
    await fetchMissingOrder(story.context, job?.payload as { shopId: string; orderGid: string });
    expect(await story.balance(7)).toEqual({ ...none, available: 25 });
    // The loser of the tie, delivered once more, changes nothing.
    await story.deliver("orders/paid", orderBody({ id: 1, lines: [{ price: "10.00" }] }), { triggeredAt });
    await story.drain();
    expect(await story.balance(7)).toEqual({ ...none, available: 25 });
  });

  test("a tie within one batch is fetched too", async () => {
    const story = await openStory(at);
    for (const price of ["10.00", "25.00"])
      await story.deliver("orders/paid", orderBody({ id: 1, lines: [{ price }] }), { triggeredAt: "2026-05-01T10:00:01Z" });
    await story.drain();
    expect(await story.jobs("fetch-order")).toHaveLength(1);
  });

  test("two topics of one event with the same contents are no tie", async () => {
    const story = await openStory(at);
    for (const topic of ["orders/create", "orders/paid", "orders/updated"]) await story.deliver(topic, orderBody({ id: 1 }));
    await story.drain();
    expect(await story.jobs("fetch-order")).toEqual([]);
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
  });

  test("a refund that was heard of waits a minute for its version, then the order is fetched; a version that came is enough", async () => {
    const shopify = smallShopify();
    const story = await openStory(at, { adminOf: async () => shopify.admin });
    await hear(story, "orders/paid", { id: 1 });
    await story.deliver("refunds/create", { id: 9, order_id: 1, refund_line_items: [], order_adjustments: [] });
    await story.drain();
    const [job] = await story.jobs("fetch-order");
    expect(job?.payload).toMatchObject({ unlessRefund: "gid://shopify/Refund/9" });
    expect((job?.runAt.getTime() ?? 0) - Date.now()).toBeGreaterThan(50_000);
    await hear(story, "orders/updated", {
      id: 1,
      status: "partially_refunded",
      updated: "2026-05-02T10:00:00Z",
      refunds: [{ id: 9, discrepancy: "-40.00" }],
    });
    await fetchMissingOrder(story.context, job?.payload as { shopId: string; orderGid: string });
    expect(shopify.calls).toEqual([]);
    expect(await story.balance(7)).toEqual({ ...none, available: 60 });
  });
});

describe("what cannot be read", () => {
  test.each([
    ["not JSON", "{", "The body is not JSON."],
    ["no lines", { id: 1, created_at: "2026-05-01T10:00:00Z", currency: "USD" }, "The order has no line_items."],
    ["no currency", { id: 1, created_at: "2026-05-01T10:00:00Z", line_items: [] }, "The order has no currency."],
    ["no amount", orderBody({ lines: [{ price: "ten" }] }), '"ten" is not an amount of money.'],
    ["nothing at all", "null", "The body has no order id."],
  ])("a body that cannot be read (%s) stays, failed, with its reason, and holds nothing up", async (_, body, reason) => {
    const story = await openStory(at);
    await story.deliver("orders/paid", body);
    await story.deliver("orders/paid", orderBody({ id: 2 }));
    await story.drain();
    expect(await story.balance(7)).toEqual({ ...none, available: 100 });
    expect(await inbox(story)).toMatchObject([{ state: "failed", reason }, { state: "done" }]);
  });

  test("one delivery that no database can take spoils none of the fifty around it", async () => {
    const story = await openStory(at);
    for (let id = 1; id <= 50; id += 1) {
      await story.deliver("orders/paid", orderBody({ id, customer: 100 + id, lines: [{ price: "3.00" }] }));
      // A NUL in a text is legal JSON, and what PostgreSQL refuses.
      if (id === 25)
        await story.deliver("orders/paid", orderBody({ id: 999, customer: 999, lines: [{ price: "3.00", title: "a\u0000b" }] }));
    }
    await story.drain();
    const points = await Promise.all(Array.from({ length: 50 }, (_, index) => story.balance(101 + index)));
    expect(points.map((one) => one.available)).toEqual(Array.from({ length: 50 }, () => 3));
    const left = (await inbox(story)).filter((row) => row.state !== "done");
    expect(left).toMatchObject([{ state: "waiting", attempts: 1 }]);
    expect(left[0].reason).toMatch(/\\u0000|unicode/i);
    expect(story.failures).toHaveLength(1);
  });

  test("a delivery that throws comes again, later each time, and is given up after twelve tries", async () => {
    const story = await openStory(at);
    await story.deliver("orders/paid", orderBody({ id: 999, lines: [{ price: "3.00", title: "a\u0000b" }] }));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await story.drain();
      const { rows } = await at.owner.query("select not_before, state from inbox where program_id = $1", [story.programId]);
      waits.push(rows[0].not_before.getTime() - story.clock.at.getTime());
      story.clock.at = new Date(rows[0].not_before);
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(await inbox(story)).toMatchObject([{ state: "failed", attempts: 12 }]);
    await story.drain();
    expect(story.failures).toHaveLength(12);
  });
});

function orderNode({ id, price }: { id: number; price: string }) {
  const money = (amount: string) => ({ shopMoney: { amount } });
  const created = "2026-05-01T10:00:00Z";
  return {
    id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    createdAt: created,
    updatedAt: created,
    cancelledAt: null,
    test: false,
    sourceName: "web",
    currencyCode: "USD",
    taxesIncluded: false,
    displayFinancialStatus: "PAID",
    paymentGatewayNames: ["bogus"],
    customer: { id: "gid://shopify/Customer/7", state: "ENABLED", locale: "en" },
    totalTipReceivedSet: money("0.00"),
    lineItems: {
      nodes: [
        {
          id: "gid://shopify/LineItem/1",
          title: "Thing 1",
          quantity: 1,
          currentQuantity: 1,
          isGiftCard: false,
          sku: null,
          vendor: null,
          product: { id: "gid://shopify/Product/500" },
          variant: { id: "gid://shopify/ProductVariant/600" },
          sellingPlan: null,
          originalTotalSet: money(price),
          originalUnitPriceSet: money(price),
          discountAllocations: [],
          taxLines: [],
        },
      ],
      pageInfo: { hasNextPage: false, endCursor: null },
    },
    shippingLines: { nodes: [] },
    discountApplications: { nodes: [] },
    discountCodes: [],
    refunds: [],
    allocations: { nodes: [{ discountAllocations: [] }] },
  };
}
