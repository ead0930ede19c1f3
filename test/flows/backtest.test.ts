import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { readBacktest } from "../../app/db/backtests.ts";
import { challengeDays } from "../../app/db/challenger.ts";
import { askForBacktest, cancelBacktest } from "../../app/flows/insight/ask-for-backtest.ts";
import { lookAtChallenger, startChallenger, stopChallenger, workChallenger } from "../../app/flows/insight/challenge.ts";
import { whatRulesCost } from "../../app/flows/insight/rule-costs.ts";
import { runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { showBacktest } from "../../app/flows/insight/show-backtest.ts";
import { workBacktest } from "../../app/flows/insight/work-backtest.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { saveDraft } from "../../app/flows/programme/save-draft.ts";
import { newId } from "../../app/ids.ts";
import type { Definition, definition } from "../../app/loyalty/program/definition.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

type Wish = Partial<z.input<typeof definition>>;

const perDollar = { kind: "per amount" as const, points: 1, per: 100 };
const shopping = { id: "shopping", name: "Shopping", active: true, award: perDollar, minimum: null };

// Silver from $100 on earns double, what comes back counts no more; limits by day and month; a second order brings more; a
// budget that stops; stamps beside the points, by themselves and together with them.
const rich: Wish = {
  units: [{ id: "stamps", name: { one: "stamp", other: "stamps" } }],
  earning: [
    { ...shopping, limits: [{ most: 150, of: "points", per: "day" }] },
    {
      ...shopping,
      id: "second",
      name: "Second order",
      when: { kind: "nth order", which: "exactly", number: 2 },
      award: { kind: "fixed", points: 50 },
    },
    {
      ...shopping,
      id: "monthly",
      name: "Once a month",
      award: { kind: "fixed", points: 20 },
      limits: [{ most: 1, of: "times", per: "month" }],
      budget: "acquisition",
    },
    { ...shopping, id: "stamp", name: "Stamp", award: { kind: "stamp", stamps: 1, per: "order", unit: "stamps" } as never },
    {
      ...shopping,
      id: "both",
      name: "Points and stamps",
      award: {
        kind: "several units",
        rows: [
          { points: 1, unit: "points", per: 1_000 },
          { points: 2, unit: "stamps", per: 1_000 },
        ],
      },
      limits: [{ most: 20, of: "points", per: "week" }],
    },
  ],
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 10_000 }], times: 20_000 },
    ],
    window: { kind: "rolling", months: 2 },
    term: { kind: "while it holds" },
  },
  budgets: { acquisition: { points: 50, per: "month" } },
};

// Tiers by what was earned, and earning by what a budget had left: what was refunded since had its share of both.
const byPoints: Wish = {
  ...rich,
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "points earned", least: 120 }], times: 20_000 },
    ],
  },
  budgets: { acquisition: { points: 50, per: "month" }, retention: { points: 250, per: "month" } },
};

type Fate = { customer: number; hour: number; price: number; fate: string; later: number };

function bodiesOf(id: number, { customer, hour, price, fate, later }: Fate): object[] {
  const instant = (hours: number) => new Date(Date.UTC(2026, 2, 28, hours)).toISOString();
  const first: OrderWish = { id, customer, at: instant(hour), updated: instant(hour), lines: [{ id: id * 10, price: `${price}.00` }] };
  if (fate === "kept") return [orderBody(first)];
  const updated = instant(hour + later);
  if (fate === "cancelled") return [orderBody(first), orderBody({ ...first, updated, cancelled: updated })];
  const half = fate === "half" ? (price / 2).toFixed(2) : `${price}.00`;
  return [
    orderBody(first),
    orderBody({
      ...first,
      updated,
      status: fate === "half" ? "partially_refunded" : "refunded",
      lines: [{ id: id * 10, price: `${price}.00`, ...(fate === "half" ? {} : { current: 0 }) }],
      refunds:
        fate === "half"
          ? [{ id: id * 100, at: updated, discrepancy: `-${half}` }]
          : [{ id: id * 100, at: updated, lines: [{ line: id * 10, quantity: 1, subtotal: half }] }],
    }),
  ];
}

const orders = fc.array(
  fc.record({
    customer: fc.integer({ min: 7, max: 9 }),
    hour: fc.integer({ min: 0, max: 24 * 80 }),
    price: fc.integer({ min: 1, max: 150 }),
    fate: fc.constantFrom("kept", "kept", "refunded", "half", "cancelled"),
    later: fc.integer({ min: 1, max: 900 }),
  }),
  { minLength: 2, maxLength: 12 },
);

async function published(story: Story, wish: Definition, effectiveFrom: string): Promise<void> {
  const found = await publishProgramme(story.context, { definition: wish, basedOn: 1, effectiveFrom: new Date(effectiveFrom) } as never);
  if (isRefusal(found)) throw new Error(found.sentence);
}

describe("the live side of a backtest", () => {
  test.each([
    ["tiers by spend", rich],
    ["tiers by points that a budget cuts", byPoints],
  ])("is what the ledger holds, order by order: limits, budgets, refunds, several versions, and %s", async (_, wish) => {
    let [compared, refunded] = [0, 0];
    await fc.assert(
      fc.asyncProperty(orders, fc.infiniteStream(fc.nat(1000)), async (wished, shuffle) => {
        const shopify = smallShopify();
        for (const { customer } of wished)
          shopify.people.set(`gid://shopify/Customer/${customer}`, { orders: wished.filter((one) => one.customer === customer).length });
        const story = await openStory(at, { definition: programmeOf(wish), adminOf: async () => shopify.admin });
        story.clock.at = new Date("2026-04-20T00:00:00Z");
        await published(
          story,
          programmeOf({
            ...wish,
            earning: [
              { ...shopping, award: { ...perDollar, points: 3 }, limits: [{ most: 200, of: "points", per: "rolling", days: 20 }] },
              ...(wish.earning ?? []).slice(1),
            ],
          }),
          "2026-04-20T00:00:00Z",
        );
        story.clock.at = new Date("2026-08-01T00:00:00Z");
        const keys = shuffle.take(100);
        const bodies = wished.flatMap((one, n) => bodiesOf(n + 1, one)).map((body) => ({ body, key: keys.next().value ?? 0 }));
        for (const { body } of bodies.sort((a, b) => a.key - b.key)) await story.deliver("orders/updated", body);
        await settled(story);
        expect(story.failures).toEqual([]);
        const report = await runBacktest(story.context, { definition: programmeOf(wish), checkLedger: true });
        expect(report.ledger).toEqual({ equal: wished.length, different: 0, examples: [] });
        compared += report.live.points;
        refunded += wished.filter((one) => one.fate !== "kept").length;
      }),
      { numRuns: 20 },
    );
    expect(compared).toBeGreaterThan(1000);
    expect(refunded).toBeGreaterThan(10);
  });
});

const order = (id: number, day: string, price: string, more: Partial<OrderWish> = {}) =>
  orderBody({ id, at: `2026-05-${day}T10:00:00Z`, updated: `2026-05-${day}T10:00:00Z`, lines: [{ id: id * 10, price }], ...more });

/** Three orders of Ann and one of Ben, under one point for every dollar. */
async function aSmallPast(wish: Wish = {}): Promise<Story> {
  const story = await openStory(at, { definition: programmeOf({ earning: [shopping], ...wish }) });
  await story.deliver("orders/paid", order(1, "01", "60.00"));
  await story.deliver("orders/paid", order(2, "02", "60.00"));
  await story.deliver("orders/paid", order(3, "03", "40.00"));
  await story.deliver("orders/paid", order(4, "04", "500.00", { customer: 8 }));
  await settled(story);
  return story;
}

describe("the draft", () => {
  test("is judged with the standing that it would have made, in the order of placing", async () => {
    const story = await aSmallPast();
    // Silver from $100 on doubles; at most 100 points a month. Ann: 60, 40 of 60 (the month is full), none, as Silver.
    const draft = programmeOf({
      earning: [{ ...shopping, limits: [{ most: 100, of: "points", per: "month" }] }],
      tiers: rich.tiers,
    });
    const report = await runBacktest(story.context, { definition: draft, checkLedger: true });
    expect(report.counted).toEqual({ orders: 4, events: 0, imported: 0, members: 2, waiting: 0, changed: 3 });
    expect(report.live).toMatchObject({ points: 660, orders: 4, tiers: { "": 2 } });
    expect(report.draft).toMatchObject({ points: 60 + 40 + 0 + 100, orders: 3, tiers: { silver: 2 } });
    expect(report.months).toEqual([
      { month: "2026-05", tierId: null, live: 660, draft: 0 },
      { month: "2026-05", tierId: "member", live: 0, draft: 200 },
    ]);
    const [ann, ben] = [await story.memberOf(7), await story.memberOf(8)];
    expect(report.loses).toEqual([
      { memberId: ben, live: 500, draft: 100 },
      { memberId: ann, live: 160, draft: 100 },
    ]);
    expect(report.gains).toEqual([]);
    expect(report.moves).toEqual([{ from: null, to: "silver", members: 2 }]);
    expect(report.changedOrders.map(({ name, live, draft: would }) => [name, live, would])).toEqual([
      ["#4", 500, 100],
      ["#3", 40, 0],
      ["#2", 60, 40],
    ]);
    expect(report.changedOrders[1]?.traces.draft.member).toMatchObject({ tierId: "silver" });
    expect(report.ledger).toEqual({ equal: 4, different: 0, examples: [] });
    // Half of 60 + 60 + 500, and of 80 for the doubled third: 30 + 30 + 100 + 0 as the limits had left.
    expect(report.sensitivity.find((one) => one.rate === 50)?.points).toBe(30 + 30 + 100 + 0);
  });

  test("spends its budgets in the order of placing, and what it costs is said in money", async () => {
    const story = await aSmallPast();
    const draft = programmeOf({
      earning: [{ ...shopping, award: { ...perDollar, points: 2 } }],
      budgets: { retention: { points: 300, per: "month" } },
    });
    const report = await runBacktest(story.context, { definition: draft });
    expect(report.draft.budgets).toEqual([{ budget: "retention", period: "2026-05", most: 300, used: 300 }]);
    // 120, 120, and 60 of 80; Ben, who came last, finds it empty.
    expect(report.draft.points).toBe(300);
    // $5 for 500 points: a cent a point, all of it taken to be redeemed while nobody has.
    expect(report.draft).toMatchObject({
      cost: 300,
      open: 300,
      liability: 300,
      worth: { rate: { minor: 500, points: 500 }, redeemed: 10_000 },
    });
    expect(report.live).toMatchObject({ points: 660, cost: 660 });
  });

  test("counts what came before the first day for standing only, and leaves out what came after the last", async () => {
    const story = await aSmallPast();
    const third = { ...shopping, id: "third", when: { kind: "nth order" as const, which: "exactly" as const, number: 3 } };
    const report = await runBacktest(story.context, {
      definition: programmeOf({ earning: [third] }),
      from: new Date("2026-05-03T00:00:00Z"),
      until: new Date("2026-05-04T00:00:00Z"),
    });
    expect(report.counted).toMatchObject({ orders: 1 });
    expect(report).toMatchObject({ live: { points: 40 }, draft: { points: 40 } });
  });

  test("finds the same each time, and sees nothing of another programme", async () => {
    const [mine, theirs] = [await aSmallPast(), await openStory(at)];
    const asked = { definition: programmeOf(rich) };
    const [first, second] = [await runBacktest(mine.context, asked), await runBacktest(mine.context, asked)];
    expect(second).toEqual(first);
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    const empty = await runBacktest(theirs.context, asked);
    expect(empty.counted).toEqual({ orders: 0, events: 0, imported: 0, members: 0, waiting: 0, changed: 0 });
    expect(empty).toMatchObject({ live: { points: 0, open: 0 }, draft: { points: 0 }, changedOrders: [], moves: [] });
  });

  test("posts nothing and changes nothing", async () => {
    const story = await aSmallPast();
    const state = async () =>
      (
        await at.owner.query(
          `select (select count(*) from transaction where program_id = $1) as transactions, (select json_agg(o order by order_gid) from order_facts o where program_id = $1) as orders,
             (select json_agg(b order by member_id) from balance b where program_id = $1) as balances`,
          [story.programId],
        )
      ).rows;
    const before = await state();
    await runBacktest(story.context, { definition: programmeOf(rich) });
    expect(await state()).toEqual(before);
  });
});

describe("the job", () => {
  async function asked(story: Story): Promise<string> {
    const found = await askForBacktest(story.context, {});
    if (isRefusal(found)) throw new Error(found.sentence);
    return found.backtestId;
  }
  const now = (story: Story, backtestId: string) => story.context.db.inProgramme(story.context.scope, (tx) => readBacktest(tx, backtestId));

  test("tries the draft as it was when it was asked for, and the page shows it", async () => {
    const story = await aSmallPast();
    await saveDraft(story.context, { definition: programmeOf({ earning: [{ ...shopping, award: { ...perDollar, points: 3 } }] }) });
    const backtestId = await asked(story);
    expect(await askForBacktest(story.context, {})).toMatchObject({ refused: "under way" });
    await saveDraft(story.context, { definition: programmeOf({ earning: [] }) });
    await workBacktest(story.context, backtestId);
    expect(await now(story, backtestId)).toMatchObject({ state: "done", reason: null });
    const shown = await showBacktest(story.context, backtestId);
    expect(shown?.report).toMatchObject({ live: { points: 660 }, draft: { points: 1980 }, ordersElsewhere: 0 });
    expect(shown?.report?.changedOrders[0]).toMatchObject({ name: "#4", live: 500, draft: 1500 });
    expect(shown?.report?.changedOrders[0]?.told.draft.join(" ")).toContain("3 points");
    const elsewhere = await showBacktest({ ...story.context, scope: { ...story.context.scope, shopId: newId() } }, backtestId);
    expect(elsewhere?.report).toMatchObject({ changedOrders: [], ordersElsewhere: 4 });
    const other = await openStory(at);
    expect(await showBacktest(other.context, backtestId)).toBeUndefined();
  });

  test("is cancelled before anybody works on it, and while somebody does", async () => {
    const story = await aSmallPast();
    const first = await asked(story);
    expect(isRefusal(await cancelBacktest(story.context, first))).toBe(false);
    await workBacktest(story.context, first);
    expect(await now(story, first)).toMatchObject({ state: "cancelled" });
    expect(await cancelBacktest(story.context, first)).toMatchObject({ refused: "over" });

    const second = await asked(story);
    // Between two bites somebody asks for it to end: what it had found is not kept.
    const db = { ...story.context.db };
    const inSnapshot: typeof db.inSnapshot = async (scope, work) => {
      await cancelBacktest(story.context, second);
      return story.context.db.inSnapshot(scope, work);
    };
    await workBacktest({ ...story.context, db: { ...db, inSnapshot } }, second);
    expect(await now(story, second)).toMatchObject({ state: "cancelled", cancelAsked: true });
    expect(await showBacktest(story.context, second)).toMatchObject({ report: null });
  });

  test("is begun again where it died, and comes to the same", async () => {
    const story = await aSmallPast();
    const backtestId = await asked(story);
    const passing = (point: string) => {
      if (point === "a backtest is under way") throw new Error("killed");
    };
    await expect(workBacktest({ ...story.context, passing }, backtestId)).rejects.toThrow("killed");
    expect(await now(story, backtestId)).toMatchObject({ state: "failed", reason: "killed" });
    await workBacktest(story.context, backtestId);
    expect(await now(story, backtestId)).toMatchObject({ state: "done", reason: null });
    await workBacktest({ ...story.context, passing }, backtestId);
    expect(await now(story, backtestId)).toMatchObject({ state: "done" });
  });

  test("stops between two bites when the signal says so", async () => {
    const story = await aSmallPast();
    const stop = new AbortController();
    const running = runBacktest(story.context, {
      definition: programmeOf(rich),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(running).rejects.toThrow("aborted");
  });
});

describe("a challenger", () => {
  test("begins with what members have, gives nothing, and is told day by day", async () => {
    const story = await aSmallPast({ tiers: rich.tiers });
    expect(await startChallenger(story.context)).toMatchObject({ refused: "no draft" });
    await saveDraft(story.context, {
      definition: programmeOf({ earning: [{ ...shopping, award: { ...perDollar, points: 5 } }], tiers: rich.tiers }),
    });
    story.clock.at = new Date("2026-05-10T00:00:00Z");
    expect(isRefusal(await startChallenger(story.context))).toBe(false);
    // Ann is Silver by what she bought before; both sides double for her.
    await story.deliver("orders/paid", order(5, "11", "10.00"));
    await story.deliver("orders/paid", order(6, "12", "20.00", { customer: 9 }));
    await settled(story);
    story.clock.at = new Date("2026-05-13T00:00:00Z");
    await lookAtChallenger(story.context);
    expect(await story.jobs("run-challenger")).toHaveLength(1);
    await workChallenger(story.context);
    const days = () => story.context.db.inProgramme(story.context.scope, challengeDays);
    expect(await days()).toEqual([
      { day: "2026-05-12", live: 20, draft: 100, orders: 1, changed: 1 },
      { day: "2026-05-11", live: 20, draft: 100, orders: 1, changed: 1 },
    ]);
    expect(await story.balance(7)).toMatchObject({ available: 60 + 60 + 80, pending: 20 });

    // A refund changes a day that was told already.
    await story.deliver(
      "orders/updated",
      order(5, "11", "10.00", {
        updated: "2026-05-13T00:00:00Z",
        status: "refunded",
        lines: [{ id: 50, price: "10.00", current: 0 }],
        refunds: [{ id: 1, at: "2026-05-12T20:00:00Z", lines: [{ line: 50, quantity: 1, subtotal: "10.00" }] }],
      }),
    );
    story.clock.at = new Date("2026-05-14T00:00:00Z");
    await settled(story);
    await story.drop("run-challenger");
    await lookAtChallenger(story.context);
    expect(await story.jobs("run-challenger")).toHaveLength(1);
    await workChallenger(story.context);
    expect((await days()).at(-1)).toEqual({ day: "2026-05-11", live: 0, draft: 0, orders: 1, changed: 0 });
    expect(isRefusal(await stopChallenger(story.context))).toBe(false);
    expect(await stopChallenger(story.context)).toMatchObject({ refused: "none" });
  });
});

test("what each rule costs is in the newest trace of every order; rules that never gave are told", async () => {
  const group = { group: "best" };
  const story = await aSmallPast({
    earning: [
      { ...shopping, limits: [{ most: 100, of: "points", per: "order" }] },
      { ...shopping, id: "winner", ...group, award: { kind: "fixed", points: 10 } },
      { ...shopping, id: "loser", ...group, award: { kind: "fixed", points: 5 } },
      { ...shopping, id: "never", when: { kind: "order amount", least: 1_000_000 } as never, award: { kind: "fixed", points: 5 } },
    ],
  });
  await story.deliver("orders/updated", order(3, "03", "40.00", { updated: "2026-05-09T00:00:00Z", cancelled: "2026-05-09T00:00:00Z" }));
  await settled(story);
  const time = { from: new Date("2026-05-01T00:00:00Z"), until: new Date("2026-06-01T00:00:00Z") };
  const costs = await whatRulesCost(story.context, time);
  expect(costs.rules.map(({ ruleId, points, gave, cut, money }) => ({ ruleId, points, gave, cut, money }))).toEqual([
    { ruleId: "shopping", points: 60 + 60 + 100, gave: 3, cut: 400, money: 220 },
    { ruleId: "winner", points: 30, gave: 3, cut: 0, money: 30 },
  ]);
  expect(costs.silent).toEqual([
    { ruleId: "loser", name: "Shopping", beaten: 3 },
    { ruleId: "never", name: "Shopping", beaten: 0 },
  ]);
  expect((await whatRulesCost(story.context, { ...time, from: new Date("2026-05-04T00:00:00Z") })).rules.map((one) => one.points)).toEqual([
    100, 10,
  ]);
  const other = await openStory(at);
  expect((await whatRulesCost(other.context, time)).rules).toEqual([]);
});
