import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { explainOrder } from "../../app/flows/explaining/explain-order.ts";
import { runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { settleAgain } from "../../app/flows/receiving/await-facts.ts";
import { fetchTags } from "../../app/flows/receiving/fetch-missing.ts";
import { tellHappening } from "../../app/flows/receiving/hear-happening.ts";
import type { definition } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

type Wish = Partial<z.input<typeof definition>>;
type Rule = NonNullable<Wish["earning"]>[number];

const shopping = {
  id: "shopping",
  name: "Shopping",
  active: true,
  award: { kind: "per amount", points: 1, per: 100 },
  minimum: null,
} as Rule;
const also = (when: object, more: object = {}): Wish => ({
  earning: [shopping, { ...shopping, id: "also", name: "Also", when, award: { kind: "fixed", points: 500 }, ...more } as Rule],
});
const nearBirthday = also({ kind: "birthday window", before: 7, after: 7 });
const firstOrder = also({ kind: "first order" });

const ann = "gid://shopify/Customer/7";

/** A shop whose Shopify knows Ann: born on 4 May, and whatever else is said of her. */
async function open(wish: Wish, person: { orders?: number; lastOrderAt?: string | null; birthDate?: string | null } | null = {}) {
  const shopify = smallShopify();
  if (person) shopify.people.set(ann, { birthDate: "1990-05-04", ...person });
  const story = await openStory(at, { definition: programmeOf(wish), adminOf: async () => shopify.admin });
  return { shopify, story };
}

const bought = (story: Story, id: number, day: string, more: Partial<OrderWish> = {}) =>
  story.deliver("orders/updated", orderBody({ id, at: `2026-05-${day}T16:00:00Z`, lines: [{ id: id * 10, price: "100.00" }], ...more }));

/** Twenty of an order's hundred dollars come back. */
const refunded = (story: Story, id: number, day: string, more: Partial<OrderWish> = {}) =>
  bought(story, id, day, {
    updated: "2026-05-28T10:00:00Z",
    status: "partially_refunded",
    refunds: [{ id: id * 100, at: "2026-05-28T10:00:00Z", discrepancy: "-20.00" }],
    ...more,
  });

async function points(story: Story): Promise<Record<string, number>> {
  const { rows } = await at.owner.query<{ gid: string; n: string }>(
    `select order_gid as gid, sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) as n
     from transaction join posting using (program_id, transaction_id) where program_id = $1 and kind = 'order' group by 1`,
    [story.programId],
  );
  return Object.fromEntries(rows.filter((row) => Number(row.n) !== 0).map((row) => [row.gid.split("/").at(-1), Number(row.n)]));
}

const isLedger = async (story: Story, wish: Wish) =>
  (await runBacktest(story.context, { definition: programmeOf(wish), checkLedger: true })).ledger;

// What Shopify is asked for again, as after a tag was changed.
const hearAgain = (story: Story) => fetchTags(story.context, { shopId: story.shopId, customerGid: ann });

const pinsOf = async (story: Story): Promise<Record<string, unknown>> => {
  const { rows } = await at.owner.query("select order_gid, pins from order_facts where program_id = $1", [story.programId]);
  return Object.fromEntries(rows.map((row) => [row.order_gid.split("/").at(-1), row.pins]));
};

describe("what an order earned for a birthday", () => {
  async function aBirthdayOrder() {
    const { story, shopify } = await open(nearBirthday);
    await bought(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 600 });
    return { story, shopify };
  }

  test("stays when the birthday is another one later: a refund takes back its part and no more", async () => {
    const { story, shopify } = await aBirthdayOrder();
    shopify.people.set(ann, { birthDate: "1990-11-04" });
    await hearAgain(story);
    await refunded(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 580 });
    expect(await isLedger(story, nearBirthday)).toEqual({ equal: 1, different: 0, examples: [] });
    // The next order asks anew.
    await bought(story, 2, "02");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 580, 2: 100 });
    expect(await isLedger(story, nearBirthday)).toEqual({ equal: 2, different: 0, examples: [] });
  });

  test("stays when they ask to be forgotten, and nothing tells their birthday any more", async () => {
    const { story } = await aBirthdayOrder();
    await story.deliver("customers/redact", { customer: { id: 7, email: "ann@example.com" } });
    await settled(story);
    await refunded(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 580 });
    expect(await isLedger(story, nearBirthday)).toEqual({ equal: 1, different: 0, examples: [] });
    expect(await pinsOf(story)).toEqual({ 1: { windows: { "7 7": true } } });
  });

  test("is not given later, when no birthday was known then", async () => {
    const { story, shopify } = await open(nearBirthday, { birthDate: null });
    await bought(story, 1, "01");
    await settled(story);
    shopify.people.set(ann, { birthDate: "1990-05-04" });
    await hearAgain(story);
    await refunded(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 80 });
    expect(await isLedger(story, nearBirthday)).toEqual({ equal: 1, different: 0, examples: [] });
  });

  test("is what a draft and an explanation go by; other questions are answered by the birthday of now", async () => {
    const { story, shopify } = await aBirthdayOrder();
    shopify.people.set(ann, { birthDate: "1990-04-20" });
    await hearAgain(story);
    const tried = async (wish: Wish) => (await runBacktest(story.context, { definition: programmeOf(wish) })).draft.points;
    expect(await tried(nearBirthday)).toBe(600);
    expect(await tried(also({ kind: "birthday window", before: 7, after: 6 }))).toBe(100);
    expect(await tried(also({ kind: "birthday window", before: 0, after: 14 }))).toBe(600);
    const explained = await explainOrder(story.context, { orderGid: "gid://shopify/Order/1", by: "its own" });
    expect(explained?.chosen?.judgement.due).toBe(600);
    const { holdsConstant } = await runBacktest(story.context, { definition: programmeOf(nearBirthday) });
    expect(holdsConstant.join(" ")).toContain("Whether a birthday was near, as it was answered when the order was first seen");
  });

  test("is asked of whoever has the order: one that moves to another customer is asked about anew", async () => {
    const { story, shopify } = await aBirthdayOrder();
    shopify.people.set("gid://shopify/Customer/8", { birthDate: "1990-11-04" });
    await bought(story, 1, "01", { customer: 8, updated: "2026-05-02T10:00:00Z" });
    await settled(story);
    expect(await points(story)).toEqual({ 1: 100 });
    expect(await pinsOf(story)).toEqual({ 1: { windows: { "7 7": false } } });
  });
});

describe("what an order earned for being the first", () => {
  test("stays when Shopify counts more orders later, and when they ask to be forgotten", async () => {
    const { story, shopify } = await open(firstOrder, { orders: 1, lastOrderAt: "2026-05-01T16:00:00Z" });
    await bought(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 600 });
    // Two customers became one in Shopify: it counts four more.
    shopify.people.set(ann, { orders: 5, lastOrderAt: "2026-05-01T16:00:00Z" });
    await hearAgain(story);
    await refunded(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 580 });
    expect(await isLedger(story, firstOrder)).toEqual({ equal: 1, different: 0, examples: [] });

    await story.deliver("customers/redact", { customer: { id: 7, email: null } });
    await settled(story);
    await refunded(story, 1, "01", { updated: "2026-05-29T10:00:00Z" });
    await settled(story);
    expect(await points(story)).toEqual({ 1: 580 });
    expect(await isLedger(story, firstOrder)).toEqual({ equal: 1, different: 0, examples: [] });
  });

  test("is not given later, when Shopify counts none any more", async () => {
    const { story } = await open(firstOrder, { orders: 4, lastOrderAt: "2026-05-01T16:00:00Z" });
    await bought(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 100 });
    await story.deliver("customers/redact", { customer: { id: 7, email: null } });
    await settled(story);
    await refunded(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 80 });
    expect(await isLedger(story, firstOrder)).toEqual({ equal: 1, different: 0, examples: [] });
  });

  test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]]])(
    "counts those before Laurel once, with orders told as %j and counts that grow",
    async (arrival) => {
      // Three were before Laurel: each time one more is told, Shopify is asked again, and has counted all that were placed.
      const fifth = also({ kind: "nth order", which: "exactly", number: 5 });
      const { story, shopify } = await open(fifth, { orders: 6, lastOrderAt: "2026-05-03T16:00:00Z" });
      for (const id of arrival) {
        await bought(story, id, `0${id}`);
        await settled(story);
        story.clock.at = new Date(story.clock.at.getTime() + 60_000);
        await hearAgain(story);
      }
      expect(await points(story)).toEqual({ 1: 100, 2: 600, 3: 100 });
      expect(await isLedger(story, fifth)).toEqual({ equal: 3, different: 0, examples: [] });
      expect(shopify.calls.filter((one) => one === "CustomerTags").length).toBeGreaterThan(3);
    },
  );

  test("is looked at again when what they bought as a guest is claimed: of those that were counted one more is known", async () => {
    const { story } = await open(firstOrder, { orders: 2, lastOrderAt: "2026-05-02T16:00:00Z" });
    await bought(story, 1, "01");
    await bought(story, 2, "02", { customer: null, email: "ann@example.com" });
    await settled(story);
    // One of two is known of Ann, and the guest's is a stranger's first.
    expect(await points(story)).toEqual({ 1: 100, 2: 600 });
    await claimMember(story.context, { customerGid: ann, email: "ann@example.com" });
    await settled(story);
    expect(await points(story)).toEqual({ 1: 600, 2: 100 });
    expect(await isLedger(story, firstOrder)).toEqual({ equal: 2, different: 0, examples: [] });
  });
});

test("an order that was counted and is somebody else's now counts as one from before Laurel, at once and for all orders", async () => {
  const { story } = await open(firstOrder, { orders: 2 });
  await bought(story, 1, "01");
  await bought(story, 2, "02");
  await settled(story);
  expect(await points(story)).toEqual({ 1: 600, 2: 100 });
  await bought(story, 2, "02", { customer: 8, updated: "2026-05-03T10:00:00Z" });
  await settled(story);
  expect(await points(story)).toEqual({ 1: 100, 2: 600 });
  expect(await isLedger(story, firstOrder)).toEqual({ equal: 2, different: 0, examples: [] });
});

describe("an order whose rules ask for what only Shopify knows of a customer", () => {
  const waiting = async (story: Story) =>
    (await at.owner.query("select waiting_for, trail from order_facts where program_id = $1", [story.programId])).rows;

  test("waits until it was asked, and is settled then", async () => {
    const { story, shopify } = await open(firstOrder, { orders: 3 });
    await bought(story, 1, "01");
    await story.drain();
    expect(await waiting(story)).toEqual([{ waiting_for: "customer", trail: null }]);
    expect(await points(story)).toEqual({});
    const explained = await explainOrder(story.context, { orderGid: "gid://shopify/Order/1", by: "its own" });
    expect(explained).toMatchObject({ order: { waitingFor: "customer" }, recorded: null });
    await settled(story);
    expect(await waiting(story)).toMatchObject([{ waiting_for: null }]);
    expect(await points(story)).toEqual({ 1: 100 });
    // What is known is not asked for with every order.
    await bought(story, 2, "02");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 100, 2: 100 });
    expect(shopify.calls).toEqual(["CustomerTags"]);
  });

  test("does not wait for ever for one whom Shopify does not know any more", async () => {
    const { story, shopify } = await open(firstOrder, null);
    await bought(story, 1, "01");
    await settled(story);
    await bought(story, 2, "02");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 600, 2: 100 });
    expect(shopify.calls).toEqual(["CustomerTags"]);
    expect(await pinsOf(story)).toMatchObject({ 1: { counted: null }, 2: { counted: null } });
  });

  test("does not wait for one who was forgotten, nor for a guest", async () => {
    const { story, shopify } = await open(firstOrder, { orders: 3 });
    await story.deliver("customers/create", { id: 7, state: "enabled" });
    await story.deliver("customers/redact", { customer: { id: 7, email: null } });
    await story.drain();
    await bought(story, 1, "01");
    await bought(story, 2, "02", { customer: null, email: "ben@example.com" });
    await settled(story);
    expect(await points(story)).toEqual({ 1: 600, 2: 600 });
    expect(shopify.calls).toEqual([]);
  });

  test("does not wait where no rule for orders asks", async () => {
    const { story, shopify } = await open(also({ kind: "birthday window", before: 7, after: 7 }, { on: { kind: "joined" } }));
    await bought(story, 1, "01");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 100 });
    expect(shopify.calls).toEqual([]);
    expect(await pinsOf(story)).toEqual({ 1: null });
  });
});

test("an event is pinned as an order is, without the date of the birthday", async () => {
  const review = { on: { kind: "event", name: "review.written" } };
  const { story, shopify } = await open(
    {
      earning: [
        {
          ...shopping,
          ...review,
          id: "near",
          when: { kind: "birthday window", before: 7, after: 7 },
          award: { kind: "fixed", points: 50 },
        } as Rule,
        {
          ...shopping,
          ...review,
          id: "again",
          when: { kind: "days since last order", most: 30 },
          award: { kind: "fixed", points: 5 },
        } as Rule,
      ],
    },
    { orders: 2, lastOrderAt: "2026-04-20T16:00:00Z" },
  );
  await story.deliver("customers/create", { id: 7, state: "enabled" });
  await story.drain();
  await tellHappening(story.context, {
    member: { shopId: story.shopId, customerGid: ann },
    trigger: "event",
    name: "review.written",
    source: "1",
    at: new Date("2026-05-02T10:00:00Z"),
  });
  expect((await story.balance(7)).available).toBe(0);
  await settled(story);
  expect((await story.balance(7)).available).toBe(55);

  shopify.people.set(ann, { orders: 0, birthDate: "1990-11-04" });
  await hearAgain(story);
  await story.deliver("customers/redact", { customer: { id: 7, email: null } });
  await story.drain();
  await settleAgain(story.context, { memberId: await story.memberOf(7), since: new Date("2026-01-01T00:00:00Z") });
  expect((await story.balance(7)).available).toBe(55);
  const { rows } = await at.owner.query("select pins from happening where program_id = $1", [story.programId]);
  expect(rows).toMatchObject([{ pins: { windows: { "7 7": true }, counted: { orders: 2 } } }]);
  expect(JSON.stringify(rows)).not.toMatch(/"\d\d-\d\d"/);
});
