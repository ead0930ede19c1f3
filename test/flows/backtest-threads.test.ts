import { expect, test } from "vitest";
import { type BacktestAsked, runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { settleAgain } from "../../app/flows/receiving/await-facts.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

const perDollar = (points: number) => ({ kind: "per amount" as const, points, per: 100 });
const shopping = { id: "shopping", name: "Shopping", active: true, award: perDollar(1), minimum: null };

// Tiers by points, limits, and a budget that gives out in every month: what one member gets hangs on all that came before.
const rules = (points: number, monthly: number): Definition =>
  programmeOf({
    earning: [
      { ...shopping, award: perDollar(points), limits: [{ most: 300, of: "points", per: "month" }] },
      { ...shopping, id: "once", name: "Once", award: { kind: "fixed", points: 25 }, limits: [{ most: 2, of: "times", per: "lifetime" }] },
    ],
    tiers: {
      levels: [
        { id: "member", name: "Member" },
        { id: "silver", name: "Silver", reach: [{ kind: "points earned", least: 150 }], times: 20_000 },
      ],
    },
    budgets: { retention: { points: monthly, per: "month" } },
  } as never);

const customers = 9;

/** Sixty orders of nine customers in five months; every seventh goes back, every eleventh is cancelled. */
async function aPast(): Promise<Story> {
  const story = await openStory(at, { definition: rules(1, 900) });
  story.clock.at = new Date("2026-08-01T00:00:00Z");
  for (let n = 1; n <= 60; n += 1) {
    const day = new Date(Date.UTC(2026, 0, 5 + ((n * 37) % 150), n % 24)).toISOString();
    const later = new Date(Date.parse(day) + 9 * 86_400_000).toISOString();
    const price = `${20 + ((n * 53) % 130)}.00`;
    const order = { id: n, customer: 1 + ((n * 5) % customers), at: day, updated: day, lines: [{ id: n * 10, price }] };
    const refund = { id: n, at: later, lines: [{ line: n * 10, quantity: 1, subtotal: price }] };
    await story.deliver("orders/paid", orderBody(order));
    if (n % 11 === 0) await story.deliver("orders/updated", orderBody({ ...order, updated: later, cancelled: later }));
    else if (n % 7 === 0) {
      const lines = [{ id: n * 10, price, current: 0 }];
      await story.deliver("orders/updated", orderBody({ ...order, updated: later, status: "refunded", lines, refunds: [refund] }));
    }
  }
  for (let round = 0; round < 20; round += 1) {
    await story.drain();
    const jobs = await story.jobs("settle-again");
    if (jobs.length === 0) break;
    await story.drop("settle-again");
    for (const { payload } of jobs)
      await settleAgain(story.context, { memberId: String(payload.memberId), since: new Date(String(payload.since)) });
  }
  expect(story.failures).toEqual([]);
  return story;
}

const connections = async (): Promise<number> =>
  (
    await at.owner.query(
      "select count(*)::int as n from pg_stat_activity where application_name = 'laurel backtest' and datname = current_database()",
    )
  ).rows[0].n;

// A server process ends a moment after its connection did.
async function untilNobodyIsConnected(): Promise<void> {
  for (let round = 0; round < 100 && (await connections()) > 0; round += 1) await new Promise((go) => setTimeout(go, 50));
  expect(await connections()).toBe(0);
}

test("however many threads judge the past, they find the same, also where budgets give out", async () => {
  const story = await aPast();
  await aPast();
  const asked: BacktestAsked = { definition: rules(3, 500), checkLedger: true, inOneShare: 5 };
  const alone = await runBacktest(story.context, { ...asked, threads: 0 });
  expect(alone.counted).toMatchObject({ orders: 60, members: customers });
  expect(alone.draft.budgets.filter((one) => one.used === one.most).length).toBeGreaterThan(2);
  expect(alone.moves.length).toBeGreaterThan(1);
  expect(alone.draft.rules.some((one) => one.cut > 0)).toBe(true);
  expect(alone.ledger).toEqual({ equal: 60, different: 0, examples: [] });
  for (const threads of [1, 2, 3]) {
    const done: number[] = [];
    const report = await runBacktest(story.context, { ...asked, threads, onProgress: (so) => void done.push(so.done) });
    expect(report).toEqual(alone);
    expect(JSON.stringify(report)).toBe(JSON.stringify(alone));
    expect(done.length).toBeGreaterThan(5);
    expect(Math.max(...done)).toBe(60);
  }
  const simulated: BacktestAsked = { definition: rules(3, 500), withImported: true, inOneShare: 5 };
  const one = await runBacktest(story.context, { ...simulated, threads: 0 });
  expect(one.basis).toBe("simulated");
  expect(await runBacktest(story.context, { ...simulated, threads: 2 })).toEqual(one);
  await untilNobodyIsConnected();
});

test("all threads see the past as it was when they were asked, and only this programme's", async () => {
  const story = await aPast();
  const asked: BacktestAsked = { definition: rules(2, 5_000), inOneShare: 1 };
  const before = await runBacktest(story.context, { ...asked, threads: 0 });
  let told = false;
  const onProgress = async (): Promise<void> => {
    if (told) return;
    told = true;
    for (let customer = 1; customer <= customers; customer += 1) {
      const order = {
        customer,
        at: "2026-07-01T00:00:00Z",
        updated: "2026-07-01T00:00:00Z",
        lines: [{ id: 5_000 + customer, price: "77.00" }],
      };
      await story.deliver("orders/paid", orderBody({ id: 1_000 + customer, ...order }));
    }
    await story.drain();
  };
  expect(await runBacktest(story.context, { ...asked, threads: 2, onProgress })).toEqual(before);
  expect((await runBacktest(story.context, { ...asked, threads: 2 })).counted.orders).toBe(60 + customers);
});

test("a thread that dies fails the backtest and says why, and no other is left behind", async () => {
  const story = await aPast();
  const asked: BacktestAsked = { definition: rules(2, 5_000), inOneShare: 1, threads: 2 };
  const onProgress = async (): Promise<void> => {
    await at.owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'laurel backtest' and datname = current_database() limit 1",
    );
  };
  await expect(runBacktest(story.context, { ...asked, onProgress })).rejects.toThrow(
    // Which of them is known first, that it was told to end or that nobody is there any more, is a matter of luck.
    /^A thread that judged the past ended by itself: .*(terminat|ECONNRESET|EPIPE)/,
  );
  await untilNobodyIsConnected();

  const stop = new AbortController();
  await expect(runBacktest(story.context, { ...asked, signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow("aborted");
  await untilNobodyIsConnected();
  // A draft that no version of Laurel can read is told by the thread that cannot.
  const unreadable = { ...asked.definition, earning: [{ ...shopping, on: { kind: "order" }, award: { kind: "unheard of" } }] } as never;
  await expect(runBacktest(story.context, { ...asked, definition: unreadable })).rejects.toThrow(/unheard of|award|undefined/i);
  await untilNobodyIsConnected();
});
