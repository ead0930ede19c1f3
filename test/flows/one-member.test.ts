import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { noteCounts } from "../../app/db/mirrored-customers.ts";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { settleAgain } from "../../app/flows/receiving/await-facts.ts";
import { tellHappening } from "../../app/flows/receiving/hear-happening.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import type { definition } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
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
const nth = (number: number) =>
  ({
    id: "nth",
    name: "Nth order",
    active: true,
    when: { kind: "nth order", which: "exactly", number },
    award: { kind: "fixed", points: 500 },
    minimum: null,
  }) as Rule;
const silver: Wish = {
  earning: [shopping],
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 10_000 }], times: 20_000 },
    ],
  },
};

const open = (wish: Wish) => openStory(at, { definition: programmeOf(wish) });

async function settled(story: Story): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await story.drain();
    expect(story.failures).toEqual([]);
    const jobs = await story.jobs("settle-again");
    if (jobs.length === 0) return;
    await story.drop("settle-again");
    for (const { payload } of jobs)
      await settleAgain(story.context, { memberId: String(payload.memberId), since: new Date(String(payload.since)) });
  }
  throw new Error("It never ends.");
}

async function bought(story: Story, id: number, day: string, price: string, more: Partial<OrderWish> = {}): Promise<void> {
  await story.deliver("orders/updated", orderBody({ id, at: `2026-05-${day}T10:00:00Z`, lines: [{ id: id * 10, price }], ...more }));
}

const guest = { customer: null, email: "ann@example.com" };
const claim = (story: Story) => claimMember(story.context, { customerGid: "gid://shopify/Customer/7", email: "ann@example.com" });

async function points(story: Story): Promise<Record<string, number>> {
  const { rows } = await at.owner.query<{ gid: string; n: string }>(
    `select order_gid as gid, sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) as n
     from transaction join posting using (program_id, transaction_id) where program_id = $1 and kind = 'order' group by 1`,
    [story.programId],
  );
  return Object.fromEntries(rows.filter((row) => Number(row.n) !== 0).map((row) => [row.gid.split("/").at(-1), Number(row.n)]));
}

async function tiers(story: Story): Promise<Record<string, string | null>> {
  await reviewTiers(story.context);
  const { rows } = await at.owner.query(
    `select c.customer_gid as gid, t.tier_id from member_tier t join customer c using (program_id, member_id) where t.program_id = $1`,
    [story.programId],
  );
  return Object.fromEntries(rows.map((row) => [row.gid.split("/").at(-1), row.tier_id]));
}

describe("a guest who claims what they bought", () => {
  test("has their member's orders judged again, the guest's own too", async () => {
    const story = await open(silver);
    await bought(story, 1, "01", "100.00", guest);
    await bought(story, 2, "02", "30.00");
    await bought(story, 3, "03", "50.00", guest);
    await settled(story);
    expect(await points(story)).toEqual({ 1: 100, 2: 30, 3: 100 });
    await claim(story);
    await settled(story);
    // The second finds a Silver member now.
    expect(await points(story)).toEqual({ 1: 100, 2: 60, 3: 100 });
    expect((await story.balance(7)).available).toBe(260);
  });
});

describe("an order that moves to another customer", () => {
  test("takes the tier along that it gave", async () => {
    const story = await open(silver);
    await bought(story, 1, "01", "100.00");
    await settled(story);
    expect(await tiers(story)).toEqual({ 7: "silver" });
    await bought(story, 1, "01", "100.00", { customer: 8, updated: "2026-05-02T10:00:00Z" });
    await settled(story);
    expect(await tiers(story)).toEqual({ 7: "member", 8: "silver" });
  });
});

describe("orders that Shopify counted before Laurel heard of them", () => {
  const counts = async (story: Story, orderCount: number, lastOrderAt: string | null) =>
    story.context.db.inProgramme(story.context.scope, (tx) =>
      noteCounts(tx, { shopId: story.shopId, askedAt: story.clock.at }, [
        { customerGid: "gid://shopify/Customer/7", birthday: null, orderCount, lastOrderAt },
      ]),
    );

  test("are not counted twice: a first order is the first", async () => {
    const story = await open({ earning: [nth(1)] });
    await story.deliver("customers/create", { id: 7, state: "enabled" });
    await story.drain();
    await counts(story, 1, "2026-05-01T10:00:00Z");
    await bought(story, 1, "01", "10.00");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 500 });
  });

  test.each([[[1, 2, 3]], [[3, 2, 1]], [[2, 3, 1]]])("each in its place, told as %j", async (order) => {
    for (const together of [true, false]) {
      const story = await open({ earning: [nth(6)] });
      await story.deliver("customers/create", { id: 7, state: "enabled" });
      await story.drain();
      // Three of eight are told.
      await counts(story, 8, "2026-05-03T10:00:00Z");
      for (const id of order) {
        await bought(story, id, `0${id}`, "10.00");
        if (!together) await settled(story);
      }
      await settled(story);
      expect(await points(story)).toEqual({ 1: 500 });
    }
  });
});

describe("a version that asks for history after one that did not", () => {
  const later = async (story: Story, wish: Wish) => {
    story.clock.at = new Date("2026-06-02T12:00:00Z");
    expect(await publishProgramme(story.context, { definition: programmeOf(wish), basedOn: 1 })).toEqual({ version: 2 });
    story.clock.at = new Date("2026-06-10T12:00:00Z");
  };
  const byPoints: Wish["tiers"] = {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "points earned", least: 150 }], times: 20_000 },
    ],
  };

  test("counts of an older order what it was given, and no budget gave", async () => {
    const story = await open({ earning: [shopping], budgets: { retention: { points: 120, per: "year", stops: true } } } as Wish);
    await bought(story, 1, "01", "400.00");
    await settled(story);
    expect(await points(story)).toEqual({ 1: 120 });
    await later(story, { earning: [shopping], tiers: byPoints });
    await story.deliver("orders/updated", orderBody({ id: 2, at: "2026-06-05T10:00:00Z", lines: [{ id: 20, price: "10.00" }] }));
    await settled(story);
    expect(await points(story)).toEqual({ 1: 120, 2: 10 });
  });

  test("looks at younger orders again when an event of its time comes late", async () => {
    const event = {
      id: "review",
      name: "Review",
      active: true,
      on: { kind: "event", name: "review.written" },
      award: { kind: "fixed", points: 200 },
      minimum: null,
    } as Rule;
    const story = await open({ earning: [shopping, event] });
    await story.deliver("customers/create", { id: 7, state: "enabled" });
    await later(story, { earning: [shopping, event], tiers: byPoints });
    await story.deliver("orders/updated", orderBody({ id: 2, at: "2026-06-05T10:00:00Z", lines: [{ id: 20, price: "10.00" }] }));
    await settled(story);
    expect(await points(story)).toEqual({ 2: 10 });
    const told = await tellHappening(story.context, {
      member: { shopId: story.shopId, customerGid: "gid://shopify/Customer/7" },
      trigger: "event",
      name: "review.written",
      source: "1",
      at: new Date("2026-05-20T10:00:00Z"),
    });
    expect(told).toMatchObject({ before: false });
    await settled(story);
    expect(await points(story)).toEqual({ 2: 20 });
  });
});

describe("an order that comes late, before very many", () => {
  test("has them judged again in turns; a process that dies between two is made up for", async () => {
    const story = await open({
      ...silver,
      tiers: {
        levels: [
          { id: "member", name: "Member" },
          { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 20_000 }], times: 20_000 },
        ],
      },
    });
    const at = (n: number) => new Date(Date.UTC(2026, 4, 1, n)).toISOString();
    for (let n = 1; n <= 230; n += 1)
      await story.deliver("orders/updated", orderBody({ id: n, at: at(n), lines: [{ id: n, price: "1.00" }] }));
    await settled(story);
    await story.deliver("orders/updated", orderBody({ id: 999, at: at(0), lines: [{ id: 999, price: "200.00" }] }));
    await story.drain();
    const [job, ...others] = await story.jobs("settle-again");
    expect(others).toEqual([]);
    const sum = async () => Object.values(await points(story)).reduce((all, one) => all + one, 0);
    // Silver behind the two-hundredth by themselves; with the late one, all of them.
    const before = await sum();
    const wish = { memberId: String(job?.payload.memberId), since: new Date(String(job?.payload.since)) };
    const dying = {
      ...story.context,
      passing: (point: string) => {
        if (point === "some of a member's orders are judged again, not all") throw new Error("killed");
      },
    };
    await story.drop("settle-again");
    await expect(settleAgain(dying, wish)).rejects.toThrow("killed");
    const halfway = await sum();
    await settleAgain(story.context, wish);
    expect([before, halfway, await sum()]).toEqual([460, 560, 660]);
    // Nobody asks for a third time.
    expect(await story.jobs("settle-again")).toEqual([]);
  });
});
