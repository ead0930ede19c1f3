import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { Database, Tx } from "../../app/db/database.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { decidePhase } from "../../app/flows/programme/decide-phase.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { type Drain, drainOnce, drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { finishRelease, releaseReward } from "../../app/flows/redeeming/release-reward.ts";
import { type Reserved, reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { settleDue } from "../../app/flows/settling/settle-due.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const ann = "gid://shopify/Customer/7";

async function annHas(points: number): Promise<Story> {
  const shopify = smallShopify();
  const story = await openStory(at, { adminOf: async () => shopify.admin });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  if (points > 0)
    await adjustPoints(story.context, { memberId: await story.memberOf(7), points, reason: "Welcome", requestId: randomUUID() });
  return story;
}

const drainOf = (story: Story, failures: string[]): Drain => ({
  ...story.context,
  settled: () => undefined,
  failed: (_, error) => failures.push(error instanceof Error ? (error.stack ?? error.message) : "unknown"),
});

const wish = (requestId = randomUUID() as string) => ({ customerGid: ann, rewardId: "five-off", requestId });

/** A database that stops one transaction at a statement until it is let go: so that a race is run, not hoped for. */
function stopping(db: Database, statement: RegExp) {
  let arrived: () => void = () => undefined;
  let go: () => void = () => undefined;
  const reached = new Promise<void>((done) => (arrived = done));
  const released = new Promise<void>((done) => (go = done));
  let once = true;
  const inProgramme: Database["inProgramme"] = (scope, work) =>
    db.inProgramme(scope, (tx) => {
      const rows: Tx["rows"] = async (sql, values) => {
        if (once && statement.test(sql)) {
          once = false;
          arrived();
          await released;
        }
        return tx.rows(sql, values);
      };
      return work({ ...tx, rows, one: async (sql, values) => (await rows(sql, values)).at(0) as never });
    });
  return { db: { ...db, inProgramme }, reached, go: () => go() };
}

test("of two reservations at once, with points for one, one is refused", async () => {
  const story = await annHas(700);
  const answers = await Promise.all(Array.from({ length: 6 }, () => reserveReward(story.context, wish())));
  expect(answers.filter((one) => !isRefusal(one))).toHaveLength(1);
  expect(answers.filter(isRefusal).map((one) => one.refused)).toEqual(Array.from({ length: 5 }, () => "too few points"));
  expect(await story.balance(7)).toEqual({ ...none, available: 200, reserved: 500 });
});

test("one request sent many times at once makes one redemption with one code", async () => {
  const story = await annHas(5000);
  const answers = (await Promise.all(Array.from({ length: 8 }, () => reserveReward(story.context, wish("the same"))))) as Reserved[];
  expect(new Set(answers.map((one) => one.code)).size).toBe(1);
  expect(answers.filter((one) => !one.reused)).toHaveLength(1);
  expect(await story.balance(7)).toEqual({ ...none, available: 4500, reserved: 500 });
});

test("a first visit of a new customer in many tabs at once makes one member", async () => {
  const story = await annHas(0);
  const other = "gid://shopify/Customer/8";
  await Promise.all(Array.from({ length: 8 }, () => claimMember(story.context, { customerGid: other })));
  const { rows } = await at.owner.query("select count(*)::int as members from member where program_id = $1", [story.programId]);
  expect(rows).toEqual([{ members: 2 }]);
});

test("a reservation and the refund of its points, at once, end alike whoever is first", async () => {
  const ends = new Set<string>();
  for (let round = 0; round < 12; round += 1) {
    const story = await annHas(0);
    await story.deliver("orders/paid", orderBody({ id: 1, lines: [{ price: "500.00" }] }));
    await story.drain();
    await story.deliver(
      "orders/updated",
      orderBody({ id: 1, lines: [{ price: "500.00" }], status: "refunded", updated: "2026-05-02T10:00:00Z" }),
    );
    const [reserved] = await Promise.all([reserveReward(story.context, wish()), story.drain()]);
    const balance = await story.balance(7);
    ends.add(JSON.stringify(balance));
    expect(balance).toEqual(isRefusal(reserved) ? none : { ...none, reserved: 500, owed: 500 });
    expect(story.failures).toEqual([]);
  }
  console.info(`reserve against refund ended in ${[...ends].join(" and ")}`);
});

test("ten workers that drain one inbox at once lose and double nothing", { timeout: 120_000 }, async () => {
  const story = await annHas(0);
  const failures: string[] = [];
  const bodies = [];
  for (let id = 1; id <= 120; id += 1) {
    const customer = 100 + (id % 9);
    const made = { id, customer, lines: [{ price: "10.00" }] };
    bodies.push(orderBody({ ...made, status: "pending" }));
    bodies.push(orderBody({ ...made, updated: "2026-05-01T11:00:00Z" }));
    if (id % 3 === 0) bodies.push(orderBody({ ...made, status: "refunded", updated: "2026-05-02T10:00:00Z" }));
    if (id % 4 === 0) bodies.push(orderBody({ ...made, customer: 100 + ((id + 1) % 9), updated: "2026-05-03T10:00:00Z" }));
  }
  // Spread out, so that one order's versions fall into different hands.
  for (const [index] of bodies.entries())
    await story.deliver("orders/updated", bodies[(index * 37) % bodies.length] ?? {}, { webhookId: String(index) });
  const workers = Array.from({ length: 10 }, async () => {
    while ((await drainProgramme(drainOf(story, failures), story.programId)) > 0);
  });
  await Promise.all(workers);
  await story.drain();
  expect(failures).toEqual([]);

  const expected = new Map<number, number>();
  for (let id = 1; id <= 120; id += 1) {
    // The last version wins: an order given to somebody else on 3 May was paid again by what that version says.
    const owner = id % 4 === 0 ? 100 + ((id + 1) % 9) : 100 + (id % 9);
    const points = id % 3 === 0 && id % 4 !== 0 ? 0 : 10;
    expected.set(owner, (expected.get(owner) ?? 0) + points);
  }
  for (const [customer, available] of expected)
    expect({ customer, ...(await story.balance(customer)) }).toEqual({ customer, ...none, available });
  const { rows } = await at.owner.query(
    "select state, count(*)::int from inbox where program_id = $1 and topic = 'orders/updated' group by 1",
    [story.programId],
  );
  expect(rows).toEqual([{ state: "done", count: bodies.length }]);
});

test("workers of several programmes take turns and mix nothing", async () => {
  const stories = await Promise.all([annHas(0), annHas(0), annHas(0)]);
  const failures: string[] = [];
  for (const [index, story] of stories.entries())
    for (let id = 1; id <= 20; id += 1) await story.deliver("orders/paid", orderBody({ id, lines: [{ price: `${index + 1}.00` }] }));
  const [any] = stories as [Story, Story, Story];
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      while ((await drainOnce(drainOf(any, failures))) > 0);
    }),
  );
  for (const story of stories) await story.drain();
  expect(failures).toEqual([]);
  for (const [index, story] of stories.entries()) expect(await story.balance(7)).toEqual({ ...none, available: 20 * (index + 1) });
});

test("a guest's order that settles while the guest claims ends up with whom the guest became", async () => {
  const story = await annHas(0);
  await story.deliver("orders/paid", orderBody({ id: 1, customer: null, email: "ann@example.com", lines: [{ price: "10.00" }] }));
  await story.drain();
  await story.deliver("orders/paid", orderBody({ id: 2, customer: null, email: "ann@example.com", lines: [{ price: "25.00" }] }));
  // The worker knows whose order it is, and is about to lock the balance; the claim comes first.
  const failures: string[] = [];
  const slow = stopping(at.db, /from balance .* for update/);
  const drained = drainProgramme({ ...drainOf(story, failures), db: slow.db }, story.programId);
  await slow.reached;
  await claimMember(story.context, { customerGid: ann, email: "ann@example.com" });
  slow.go();
  await drained;
  await story.drain();
  expect(failures).toEqual([]);
  expect(await story.balance(7)).toEqual({ ...none, available: 35 });
});

test("staff who give a guest points while the guest claims give them to whom the guest became, or are told", async () => {
  const story = await annHas(0);
  await story.deliver("orders/paid", orderBody({ id: 1, customer: null, email: "ann@example.com", lines: [{ price: "10.00" }] }));
  await story.drain();
  const { rows } = await at.owner.query("select member_id from customer where program_id = $1 and customer_gid like 'guest:%'", [
    story.programId,
  ]);
  const slow = stopping(at.db, /from balance .* for update/);
  const given = adjustPoints(
    { ...story.context, db: slow.db },
    { memberId: rows[0].member_id, points: 50, reason: "Sorry", requestId: "1" },
  );
  await slow.reached;
  await claimMember(story.context, { customerGid: ann, email: "ann@example.com" });
  slow.go();
  expect(await given).toMatchObject({ refused: "no such member" });
  expect(await story.balance(7)).toEqual({ ...none, available: 10 });
});

test("claims, orders, refunds and reservations of one member at once never leave the books wrong", { timeout: 120_000 }, async () => {
  const failures: string[] = [];
  for (let round = 0; round < 6; round += 1) {
    const story = await annHas(1000);
    const guest = { customer: null, email: "ann@example.com" };
    for (let id = 1; id <= 12; id += 1)
      await story.deliver("orders/paid", orderBody({ id, ...(id % 2 ? guest : {}), lines: [{ price: "100.00" }] }));
    await drainProgramme(drainOf(story, failures), story.programId);
    for (let id = 1; id <= 12; id += 3)
      await story.deliver(
        "orders/updated",
        orderBody({ id, ...(id % 2 ? guest : {}), lines: [{ price: "100.00" }], status: "refunded", updated: "2026-05-02T10:00:00Z" }),
      );
    await story.deliver("orders/paid", orderBody({ id: 20, ...guest, lines: [{ price: "7.00" }] }));
    const happened = await Promise.all([
      claimMember(story.context, { customerGid: ann, email: "ann@example.com" }),
      reserveReward(story.context, wish()),
      reserveReward(story.context, wish()),
      ...Array.from({ length: 3 }, () => drainProgramme(drainOf(story, failures), story.programId)),
    ]);
    await story.drain();
    const reserved = happened.slice(1, 3).filter((one) => !isRefusal(one)).length * 500;
    // 12 orders of 100 of which 4 came back, one of 7, and the 1000 of the beginning.
    expect(await story.balance(7)).toEqual({ ...none, available: 1807 - reserved, reserved });
  }
  expect(failures).toEqual([]);
});

test("an order that arrives while its reward is being given back settles it, whoever is first", async () => {
  for (let round = 0; round < 8; round += 1) {
    const story = await annHas(500);
    const reserved = (await reserveReward(story.context, wish())) as Reserved;
    await releaseReward(story.context, { redemptionId: reserved.redemptionId, why: "handed back", by: "shopper" });
    await story.deliver(
      "orders/paid",
      orderBody({ id: 1, at: "2026-06-01T12:00:00Z", lines: [{ price: "0.50" }], codes: [{ code: reserved.code, amount: "5.00" }] }),
    );
    await Promise.all([finishRelease(story.context, reserved.redemptionId), story.drain()]);
    expect(story.failures).toEqual([]);
    expect(await story.balance(7)).toEqual(none);
  }
});

test("what is due is settled once, however many look at the clock", async () => {
  const story = await openStory(at, { definition: { policies: { ...simplePoints(100).policies, holdDays: 10 } } });
  for (let customer = 1; customer <= 30; customer += 1)
    await story.deliver("orders/paid", orderBody({ id: customer, customer, at: "2026-05-30T10:00:00Z" }));
  await story.drain();
  story.clock.at = new Date("2026-06-20T10:00:00Z");
  await Promise.all(Array.from({ length: 5 }, () => settleDue(story.context)));
  const { rows } = await at.owner.query("select kind, count(*)::int from transaction where program_id = $1 group by 1 order by 1", [
    story.programId,
  ]);
  expect(rows).toEqual([
    { kind: "mature", count: 30 },
    { kind: "order", count: 30 },
  ]);
});

const doubled = {
  ...simplePoints(100),
  earning: simplePoints(100).earning.map((rule) => ({ ...rule, award: { ...rule.award, points: 200 } })),
};
const withinAMoment = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => true), new Promise<boolean>((done) => setTimeout(done, 400, false))]);
const versionOf = async (story: Story, id: number) =>
  (
    await at.owner.query("select version from order_facts where program_id = $1 and order_gid = $2", [
      story.programId,
      `gid://shopify/Order/${id}`,
    ])
  ).rows.map((row) => row.version);

test("an order that is placed while a version is being published is not judged before it is", async () => {
  const story = await annHas(0);
  const slow = stopping(at.db, /into audit/);
  const published = publishProgramme({ ...story.context, db: slow.db }, { definition: doubled as never, basedOn: 1 });
  await slow.reached;
  // The version is in force from now on, and nobody can see it yet.
  await story.deliver("orders/create", orderBody({ id: 71, customer: 7, at: new Date(story.clock.at.getTime() + 1000).toISOString() }));
  const drained = story.drain();
  expect(await withinAMoment(drained)).toBe(false);
  slow.go();
  expect(await published).toEqual({ version: 2 });
  await drained;
  expect(await versionOf(story, 71)).toEqual([2]);
});

test("a version that is published while orders are judged begins after them", async () => {
  const story = await annHas(0);
  const slow = stopping(at.db, /into transaction|into posting/);
  await story.deliver("orders/create", orderBody({ id: 72, customer: 7, at: story.clock.at.toISOString() }));
  const drained = drainProgramme({ ...drainOf(story, []), db: slow.db }, story.programId);
  await slow.reached;
  const published = publishProgramme(story.context, { definition: doubled as never, basedOn: 1 });
  expect(await withinAMoment(published)).toBe(false);
  story.clock.at = new Date(story.clock.at.getTime() + 20_000);
  slow.go();
  await Promise.all([drained, published]);
  expect(await versionOf(story, 72)).toEqual([1]);
  const { rows } = await at.owner.query("select effective_from as at from program_version where program_id = $1 and version = 2", [
    story.programId,
  ]);
  expect(rows).toEqual([{ at: story.clock.at }]);
});

test("a pause that is decided while orders are judged holds for what is placed after it", async () => {
  const story = await annHas(0);
  const slow = stopping(at.db, /into audit/);
  const decided = decidePhase({ ...story.context, db: slow.db }, { phase: "paused", from: null, testTag: null });
  await slow.reached;
  await story.deliver("orders/create", orderBody({ id: 73, customer: 7, at: new Date(story.clock.at.getTime() + 1000).toISOString() }));
  const drained = story.drain();
  expect(await withinAMoment(drained)).toBe(false);
  slow.go();
  await Promise.all([decided, drained]);
  expect((await story.balance(7)).available).toBe(0);
});
