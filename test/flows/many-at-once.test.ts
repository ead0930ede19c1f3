import { afterEach, expect, test } from "vitest";
import type { z } from "zod";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { type Drain, drainProgramme } from "../../app/flows/receiving/drain-inbox.ts";
import { tellHappening } from "../../app/flows/receiving/hear-happening.ts";
import type { definition } from "../../app/loyalty/program/definition.ts";
import { tasks } from "../../app/worker/tasks/index.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
// A failure is told again by SEED=… npx vitest run test/flows/many-at-once.test.ts
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

type Wish = Partial<z.input<typeof definition>>;
const rule = (id: string, more: object) => ({ id, name: id, active: true, minimum: null, ...more });

// Everything at once: tiers by spend and by points, limits, stamps, badges and tiers as awards, budgets, events.
const everything = (budget: object | null): Wish =>
  ({
    earning: [
      rule("shopping", { award: { kind: "per amount", points: 1, per: 100 }, limits: [{ most: 400, of: "points", per: "week" }] }),
      rule("third", {
        award: { kind: "fixed", points: 50 },
        when: { kind: "nth order", which: "exactly", number: 3 },
        budget: "acquisition",
      }),
      rule("stamps", {
        award: { kind: "stamp", stamps: 1, per: "order", unit: "stamps" },
        limits: [{ most: 4, of: "times", per: "month" }],
      }),
      rule("big", { award: { kind: "badge", badgeId: "big" }, minimum: 10_000 }),
      rule("huge", { award: { kind: "tier", tierId: "gold", months: 1 }, minimum: 14_000 }),
      rule("review", {
        on: { kind: "event", name: "review.written" },
        award: { kind: "fixed", points: 40 },
        limits: [{ most: 1, of: "times", per: "day" }],
      }),
    ],
    units: [{ id: "stamps", name: { one: "stamp", other: "stamps" } }],
    badges: [{ id: "big", name: "Big" }],
    tiers: {
      levels: [
        { id: "member", name: "Member" },
        { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 20_000 }], times: 15_000 },
        { id: "gold", name: "Gold", reach: [{ kind: "points earned", least: 600 }], times: 20_000 },
      ],
    },
    budgets: { retention: budget, acquisition: budget },
  }) as unknown as Wish;

type Doing = { body: object } | { review: { customer: number; source: string; at: Date } };

function random(from: number): () => number {
  let state = from;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

const customers = [7, 8, 9];
const guestOf = (customer: number) => `guest${customer}@example.com`;

/** Orders of three people, some as guests, with refunds, cancellations and moves to another; and reviews. */
function happened(chance: () => number, orders: number): Doing[] {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(chance() * of.length)] as T;
  const doings: Doing[] = [];
  for (let id = 1; id <= orders; id += 1) {
    const placed = Date.UTC(2026, 4, 1) + Math.floor(chance() * 20 * 24) * 3_600_000;
    const customer = pick(customers);
    const asGuest = chance() < 0.3;
    const who = asGuest ? { customer: null, email: guestOf(customer) } : { customer };
    const price = `${5 + Math.floor(chance() * 150)}.00`;
    const first = {
      id,
      at: new Date(placed).toISOString(),
      updated: new Date(placed).toISOString(),
      lines: [{ id: id * 10, price }],
      ...who,
    };
    doings.push({ body: orderBody(first) });
    const updated = new Date(placed + Math.floor(1 + chance() * 72) * 3_600_000).toISOString();
    const fate = chance();
    if (fate < 0.2) doings.push({ body: orderBody({ ...first, updated, cancelled: updated }) });
    else if (fate < 0.4)
      doings.push({
        body: orderBody({
          ...first,
          updated,
          status: "refunded",
          lines: [{ id: id * 10, price, current: 0 }],
          refunds: [{ id: id * 100, at: updated, lines: [{ line: id * 10, quantity: 1, subtotal: price }] }],
        }),
      });
    else if (fate < 0.5 && !asGuest) doings.push({ body: orderBody({ ...first, updated, customer: pick(customers) }) });
  }
  for (let n = 0; n < orders / 3; n += 1)
    doings.push({
      review: {
        customer: pick(customers),
        source: String(n),
        // Of two that happened in one instant the one that was told first is the first: here no two did.
        at: new Date(Date.UTC(2026, 4, 1) + Math.floor(chance() * 20 * 24) * 3_600_000 + 60_000 + n),
      },
    });
  return doings;
}

async function open(budget: object | null): Promise<Story> {
  const shopify = smallShopify();
  // As many as about a third of what happens, so that some of them seem to be from before Laurel until all are told.
  for (const id of customers) shopify.people.set(`gid://shopify/Customer/${id}`, { orders: 8 });
  const story = await openStory(at, { definition: programmeOf(everything(budget)), adminOf: async () => shopify.admin });
  for (const id of customers) await story.deliver("customers/create", { id, state: "enabled" });
  await story.drain();
  return story;
}

async function does(story: Story, doing: Doing): Promise<void> {
  if ("body" in doing) return story.deliver("orders/updated", doing.body);
  const { customer, source, at } = doing.review;
  await tellHappening(story.context, {
    member: { shopId: story.shopId, customerGid: `gid://shopify/Customer/${customer}` },
    trigger: "event",
    name: "review.written",
    source,
    at,
  });
}

const claim = (story: Story, customer: number) =>
  claimMember(story.context, { customerGid: `gid://shopify/Customer/${customer}`, email: guestOf(customer) });

/** What a worker would do, but for what a shop is to be shown. */
const here = ["fetch-tags", "settle-again", "review-tiers", "settle-gifts", "settle-event", "issue-certificates"];

/** Takes one job that waits and does it; one that fails comes again, as with a worker. @returns whether there was one */
async function workOne(story: Story, met: (error: unknown) => void): Promise<boolean> {
  const { rows } = await at.owner.query(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and j.id = (
       select i.id from graphile_worker._private_jobs i join graphile_worker._private_tasks u on u.id = i.task_id
       where i.payload->>'programId' = $1 and u.identifier = any ($2) limit 1 for update of i skip locked)
     returning t.identifier as task, j.payload`,
    [story.programId, here],
  );
  const [job] = rows;
  if (!job) return false;
  const context = { ...story.context, scope: { programId: story.programId, shopId: "*" as const } };
  for (let tried = 1; ; tried += 1)
    try {
      await tasks[job.task]?.(context, job.payload);
      return true;
    } catch (error) {
      met(error);
      if (tried === 25) throw error;
    }
}

async function end(story: Story, met: (error: unknown) => void = () => undefined) {
  let jobs = 0;
  do {
    await story.drain();
    for (; await workOne(story, met); jobs += 1) if (jobs > 2_000) throw new Error("It never ends.");
  } while ((await drainProgramme(drainOf(story), story.programId)) > 0);
  expect(story.failures).toEqual([]);
  const read = async (sql: string) => (await at.owner.query(sql, [story.programId])).rows;
  return {
    orders: await read(
      `select order_gid, unit, sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end)::int as n
       from transaction join posting using (program_id, transaction_id) where program_id = $1 and kind = 'order' group by 1, 2
       having sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) <> 0 order by 1, 2`,
    ),
    events: await read(
      `select h.source, sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end)::int as n
       from transaction t join posting using (program_id, transaction_id) join happening h on h.program_id = t.program_id and h.happening_id::text = split_part(t.source, ' ', 1)
       where t.program_id = $1 and t.kind = 'event' group by 1
       having sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) <> 0 order by 1`,
    ),
    members: await read(
      `select c.customer_gid, b.unit, b.pending + b.available - b.owed as n, t.tier_id from customer c join balance b using (program_id, member_id) left join member_tier t using (program_id, member_id)
       where program_id = $1 and customer_gid like 'gid://%' and (b.unit = 'points' or b.pending + b.available - b.owed <> 0) order by 1, 2`,
    ),
    gifts: await read("select cause, rule_id, what from gift where program_id = $1 and state in ('due', 'given') order by 1, 2, 3").then(
      (rows) => rows.map((row) => `${String(row.cause).split("/").at(-1)} ${row.rule_id} ${row.what}`).sort(),
    ),
  };
}

const drainOf = (story: Story): Drain => ({
  ...story.context,
  settled: () => undefined,
  failed: (_, error) => void story.failures.push(String(error)),
});

const deadlocks = async () => {
  const { rows } = await at.owner.query(
    "select pg_stat_force_next_flush(), deadlocks::int as n from pg_stat_database where datname = current_database()",
  );
  return rows[0].n;
};

/** All of it by several at once: lanes that drain, workers, shoppers who claim and reviews that are told. */
async function atOnce(story: Story, doings: readonly Doing[], chance: () => number): Promise<unknown[]> {
  const errors: unknown[] = [];
  const met = (error: unknown) => void errors.push(error);
  const left = doings.map((doing) => ({ doing, key: chance() })).sort((a, b) => a.key - b.key);
  let telling = true;
  const tell = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      try {
        await does(story, next.doing);
      } catch (error) {
        met(error);
        left.push(next);
      }
    }
  };
  const lane = async () => {
    while (telling) {
      if ((await drainProgramme(drainOf(story), story.programId)) === 0) await new Promise((wake) => setTimeout(wake, 2));
    }
  };
  const worker = async () => {
    while (telling) if (!(await workOne(story, met))) await new Promise((wake) => setTimeout(wake, 2));
  };
  const claims = async () => {
    for (const customer of customers) {
      await new Promise((wake) => setTimeout(wake, 20 + chance() * 300));
      await claim(story, customer).catch(met);
    }
  };
  const working = [lane(), lane(), worker(), worker()];
  await Promise.all([tell(), tell(), claims()]);
  telling = false;
  await Promise.all(working);
  return errors;
}

test("lanes, workers, claims and events at once end as one after the other, without a deadlock", { timeout: 240_000 }, async () => {
  for (let round = 0; round < Number(process.env.RUNS ?? 2); round += 1) {
    const chance = random(seed + round);
    const doings = happened(chance, 24);

    const straight = await open({ points: 1, per: "month", stops: false });
    for (const customer of customers) await claim(straight, customer);
    for (const doing of doings) {
      await does(straight, doing);
      await straight.drain();
    }
    for (const customer of customers) await claim(straight, customer);
    const expected = await end(straight);

    const before = await deadlocks();
    const many = await open({ points: 1, per: "month", stops: false });
    const errors = await atOnce(many, doings, chance);
    // A guest can be claimed once they have been heard of.
    await many.drain();
    for (const customer of customers) await claim(many, customer);
    const found = await end(many);
    expect({
      round,
      deadlocks: (await deadlocks()) - before,
      errors: errors.map(String).filter((one) => one.includes("deadlock")),
    }).toEqual({
      round,
      deadlocks: 0,
      errors: [],
    });
    expect({ round, ...found }).toEqual({ round, ...expected });
  }
});

test("a budget is never exceeded by many at once, and counts what was posted", { timeout: 120_000 }, async () => {
  const chance = random(seed + 1_000);
  const story = await open({ points: 300, per: "month", stops: true });
  await atOnce(story, happened(chance, 30), chance);
  for (const customer of customers) await claim(story, customer);
  await end(story);
  const { rows } = await at.owner.query(
    `select b.budget, sum(b.used)::int as used, max(b.used)::int as most, coalesce((select sum((pins->'spent'->>b.budget)::int) from order_facts where program_id = $1), 0)::int
       + coalesce((select sum((pins->'spent'->>b.budget)::int) from happening where program_id = $1), 0)::int as spent from budget_use b where program_id = $1 group by 1 order by 1`,
    [story.programId],
  );
  const posted = await at.owner.query(
    `select sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end)::int as n
     from transaction join posting using (program_id, transaction_id) where program_id = $1 and unit = 'points'`,
    [story.programId],
  );
  expect(rows.reduce((sum, row) => sum + row.used, 0)).toBe(posted.rows[0].n);
  for (const { budget, used, most, spent } of rows) expect([budget, most <= 300, used]).toEqual([budget, true, spent]);
});
