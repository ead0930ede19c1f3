import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { issueCertificates } from "../../app/flows/gifts/issue-certificates.ts";
import { runBacktest } from "../../app/flows/insight/run-backtest.ts";
import { finishRelease, releaseReward } from "../../app/flows/redeeming/release-reward.ts";
import { settleDue } from "../../app/flows/settling/settle-due.ts";
import { decideTier } from "../../app/flows/tiers/decide-tier.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import type { expiry } from "../../app/loyalty/ledger/expiry.ts";
import { type definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);
const day = 86_400_000;
const customers = [7, 8, 9];

type Wish = Partial<z.input<typeof definition>>;
type Reward = NonNullable<Wish["rewards"]>[number];

const note = (unusedIsLost: boolean): Reward => ({
  id: "note",
  name: "$10 note",
  active: true,
  points: 150,
  unit: "points",
  worth: { kind: "amount off", amount: 1_000, minimum: null },
  offered: false,
  codeDays: 20,
  unusedIsLost,
});
const coffee: Reward = { ...note(true), id: "coffee", name: "A coffee", worth: { kind: "amount off", amount: 400, minimum: null } };

// Two points for every dollar become a note at every 150; Silver is given points on entry, Gold more again and again.
const notes = (unusedIsLost: boolean, holdDays = 3): Wish => ({
  earning: [
    { id: "shopping", name: "Shopping", active: true, award: { kind: "per amount", points: 2, per: 100 }, minimum: null },
    { id: "notes", name: "Notes", active: true, award: { kind: "certificate", points: 150, rewardId: "note" }, minimum: null },
  ],
  rewards: [note(unusedIsLost), coffee],
  tiers: {
    levels: [
      { id: "member", name: "Member", entry: [{ kind: "points", points: 5 }] },
      {
        id: "silver",
        name: "Silver",
        reach: [{ kind: "spend", least: 10_000 }],
        times: 15_000,
        entry: [
          { kind: "points", points: 40 },
          { kind: "reward", reward: "coffee" },
        ],
        grants: [{ id: "monthly", every: "month", gift: { kind: "points", points: 20 }, endsWithPeriod: true }],
      },
      {
        id: "gold",
        name: "Gold",
        reach: [{ kind: "points earned", least: 600 }],
        times: 20_000,
        entry: [{ kind: "points", points: 100 }],
        grants: [
          { id: "monthly", every: "month", gift: { kind: "points", points: 60 } },
          { id: "yearly", every: "year", gift: { kind: "reward", reward: "coffee" } },
        ],
      },
    ],
    window: { kind: "rolling", months: 2 },
    term: { kind: "while it holds" },
  },
  policies: { ...simplePoints(100).policies, holdDays, expiry: { kind: "after earning", days: 50 } },
});

// Points end a month after the last order, of Gold members two months after it, and Silver's live for fifty days.
function livingOn(): Wish {
  const { tiers, policies, ...rest } = notes(false);
  const expiries: Record<string, z.input<typeof expiry>> = {
    silver: { kind: "after earning", days: 50 },
    gold: { kind: "inactivity", months: 2 },
  };
  const levels = tiers?.levels.map((level) => ({ ...level, expiry: expiries[level.id] ?? null })) ?? [];
  return {
    ...rest,
    tiers: { ...tiers, levels },
    policies: { ...simplePoints(100).policies, ...policies, expiry: { kind: "inactivity", months: 1 } },
  };
}

const start = Date.parse("2026-01-10T12:00:00Z");
const iso = (instant: number): string => new Date(instant).toISOString();

type Fate = { customer: number; day: number; price: number; fate: string; later: number; late: number };
type Placed = Fate & { id: number; first: number; heard: number };

// One customer's orders are late all together: an order that an older one raises later on counts here as if it had always
// had what it has in the end (decision 0020).
function placed(wished: readonly Fate[]): Placed[] {
  const all = wished.map((one, n) => ({ ...one, id: n + 1, first: start + one.day * day + (n + 1) * 60_000, heard: 0 }));
  const heardLast = new Map<number, number>();
  for (const one of all.sort((a, b) => a.first - b.first)) {
    one.heard = Math.max(one.first + one.late * day, (heardLast.get(one.customer) ?? 0) + 2_000);
    heardLast.set(one.customer, one.heard);
  }
  return all;
}

/** What is delivered of an order, and when: a refund comes as another version, and any of it may come days late. */
function deliveries({ id, first, heard, customer, price, fate, later }: Placed): { at: number; body: object }[] {
  const order: OrderWish = { id, customer, at: iso(first), updated: iso(first), lines: [{ id: id * 10, price: `${price}.00` }] };
  const came = [{ at: heard, body: orderBody(order) }];
  if (fate === "kept") return came;
  const then = first + (later + 1) * day;
  const body =
    fate === "cancelled"
      ? orderBody({ ...order, updated: iso(then), cancelled: iso(then) })
      : orderBody({
          ...order,
          updated: iso(then),
          status: "refunded",
          lines: [{ id: id * 10, price: `${price}.00`, current: 0 }],
          refunds: [{ id: id * 100, at: iso(then), lines: [{ line: id * 10, quantity: 1, subtotal: `${price}.00` }] }],
        });
  return [...came, { at: Math.max(then, heard) + 1_000, body }];
}

/** All that runs by itself: certificates are asked for, standings are reviewed, points mature and end, codes end. */
async function runs(story: Story): Promise<void> {
  await settled(story);
  await settleDue(story.context);
  await reviewTiers(story.context);
  const jobs = await story.jobs("issue-certificates");
  await story.drop("issue-certificates");
  for (const { payload } of jobs) await issueCertificates(story.context, String(payload.memberId));
  const { rows } = await at.owner.query(
    "select redemption_id as id from redemption where program_id = $1 and state in ('reserved', 'issued') and expires_at <= $2 and request_id like 'certificate %' order by redemption_id",
    [story.programId, story.clock.at],
  );
  for (const { id } of rows) {
    await releaseReward(story.context, { redemptionId: id, why: "the code was not used in time", by: "laurel" });
    await finishRelease(story.context, id);
  }
}

/** What members could still turn into something, by the balances of the ledger. */
async function openIn({ programId }: Story): Promise<number> {
  const { rows } = await at.owner.query(
    "select coalesce(sum(greatest(0, pending + available - owed)), 0)::int as open from balance where program_id = $1 and unit = 'points'",
    [programId],
  );
  return rows[0].open;
}

/** When time alone brings anything: it is looked at then, as the worker does every minute. */
async function nextDue({ programId, clock }: Story): Promise<number> {
  const { rows } = await at.owner.query(
    `select min(at) as at from (
       select available_from as at from lot where program_id = $1 and "left" > 0 and not matured union all
       select expires_at from lot where program_id = $1 and "left" > 0 union all
       select review_at from member_tier where program_id = $1 union all
       select expires_at from redemption where program_id = $1 and state in ('reserved', 'issued') and request_id like 'certificate %') d where at > $2`,
    [programId, clock.at],
  );
  return rows[0].at?.getTime() ?? Number.POSITIVE_INFINITY;
}

async function aPast(wished: readonly Fate[], wish: Wish): Promise<Story> {
  const shopify = smallShopify();
  const story = await openStory(at, { definition: programmeOf(wish), adminOf: async () => shopify.admin });
  story.clock.at = new Date(start);
  for (const customer of customers) {
    const gid = `gid://shopify/Customer/${customer}`;
    shopify.people.set(gid, { orders: 0 });
    await story.deliver("customers/create", { id: customer, admin_graphql_api_id: gid, state: "enabled" });
  }
  const coming = placed(wished)
    .flatMap(deliveries)
    .sort((a, b) => a.at - b.at);
  const end = start + 120 * day;
  for (;;) {
    const due = await nextDue(story);
    const next = Math.min(due, coming[0]?.at ?? end);
    if (next >= end) break;
    story.clock.at = new Date(Math.max(next, story.clock.at.getTime()));
    while (coming[0] && coming[0].at <= next) await story.deliver("orders/updated", coming.shift()?.body ?? {});
    await runs(story);
  }
  story.clock.at = new Date(end);
  expect(story.failures).toEqual([]);
  return story;
}

const anyFates = fc.array(
  fc.record({
    customer: fc.constantFrom(...customers),
    day: fc.integer({ min: 0, max: 90 }),
    price: fc.integer({ min: 5, max: 120 }),
    fate: fc.constantFrom("kept", "kept", "kept", "refunded", "cancelled"),
    later: fc.integer({ min: 0, max: 25 }),
    late: fc.constantFrom(0, 0, 0, 0, 2, 9),
  }),
  { minLength: 6, maxLength: 14 },
);

test.each([
  ["notes are lost when they are not used", notes(true)],
  ["notes give their points back when they are not used", notes(false)],
  ["points live on with what is done", livingOn()],
])(
  "the live side gives each member the certificates, grants and gifts of the ledger: %s",
  async (_, wish) => {
    let [compared, certificates] = [0, 0];
    await fc.assert(
      fc.asyncProperty(anyFates, async (wished) => {
        const story = await aPast(wished, wish);
        const report = await runBacktest(story.context, { definition: programmeOf(wish), checkLedger: true });
        expect(report.ledger).toMatchObject({ different: 0, beside: { different: 0, examples: [] } });
        const { ledger: mine, holdsConstant, live, draft, ...rest } = report;
        expect({ ...draft, rules: [] }).toEqual({ ...live, rules: [] });
        expect(rest).toMatchObject({ gains: [], loses: [] });
        expect(live.open).toBe(await openIn(story));
        compared += report.ledger?.beside?.equal ?? 0;
        certificates += live.certificates[0]?.made ?? 0;
      }),
      { seed, numRuns: Number(process.env.RUNS ?? 3), endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(6);
    expect(certificates).toBeGreaterThan(10);
  },
  60_000 * Number(process.env.RUNS ?? 3),
);

const monthly = { id: "monthly", every: "month" as const, gift: { kind: "points" as const, points: 10 }, endsWithPeriod: true };

/** Ann buys for $120 on 1 May and $90 on 3 June, and sends the first back on 20 June; Ben buys for $40 on 2 May. */
async function aSmallPast(): Promise<Story> {
  const plain = { ...notes(true, 0), tiers: null, earning: notes(true).earning?.slice(0, 1) as never };
  const story = await openStory(at, { definition: programmeOf(plain), adminOf: async () => smallShopify().admin });
  const first: OrderWish = { id: 1, at: "2026-05-01T10:00:00Z", updated: "2026-05-01T10:00:00Z", lines: [{ id: 10, price: "120.00" }] };
  const came: [string, OrderWish][] = [
    ["2026-05-01T10:00:00Z", first],
    ["2026-05-02T10:00:00Z", { id: 2, customer: 8, lines: [{ id: 20, price: "40.00" }] }],
    ["2026-06-03T10:00:00Z", { id: 3, lines: [{ id: 30, price: "90.00" }] }],
    [
      "2026-06-20T10:00:00Z",
      {
        ...first,
        status: "refunded",
        lines: [{ id: 10, price: "120.00", current: 0 }],
        refunds: [{ id: 1, at: "2026-06-20T10:00:00Z", lines: [{ line: 10, quantity: 1, subtotal: "120.00" }] }],
      },
    ],
  ];
  for (const [moment, wish] of came) {
    story.clock.at = new Date(moment);
    await story.deliver("orders/updated", orderBody({ at: moment, ...wish, updated: moment }));
    await settled(story);
  }
  story.clock.at = new Date("2026-06-20T20:00:00Z");
  return story;
}

test("a draft is told with what its tiers would have given and what would have become notes, in points, cost and liability", async () => {
  const story = await aSmallPast();
  const draft = programmeOf({
    ...notes(true, 0),
    tiers: {
      levels: [
        { id: "member", name: "Member" },
        {
          id: "silver",
          name: "Silver",
          reach: [{ kind: "spend", least: 10_000 }],
          entry: [
            { kind: "points", points: 40 },
            { kind: "reward", reward: "coffee" },
          ],
          grants: [monthly],
        },
      ],
      window: { kind: "rolling", months: 12 },
      term: { kind: "while it holds" },
    },
    policies: { ...simplePoints(100).policies, expiry: { kind: "never" } },
  });
  const { live, draft: would, months, gains, ledger } = await runBacktest(story.context, { definition: draft, checkLedger: true });
  // The first order is gone in the end, so 180 of Ann and 80 of Ben are left of what orders earned.
  expect(live).toMatchObject({ points: 260, certificates: [], tierGifts: [], giftCost: 0, open: 260 });
  // Silver from 1 May to 20 June: 40 and a coffee on reaching it, 10 for May and 10 for June.
  expect(would.tierGifts).toEqual([
    { tierId: "silver", on: "entry", kind: "points", what: "points", times: 1, points: 40 },
    { tierId: "silver", on: "entry", kind: "reward", what: "coffee", times: 1, points: 0 },
    { tierId: "silver", on: "month", kind: "points", what: "points", times: 2, points: 20 },
  ]);
  expect(would).toMatchObject({ points: 320, giftCost: 400, orders: 2 });
  expect(months.filter((one) => one.draft > 0)).toEqual([
    { month: "2026-05", tierId: "member", live: 0, draft: 80 },
    { month: "2026-05", tierId: "silver", live: 0, draft: 50 },
    { month: "2026-06", tierId: "silver", live: 0, draft: 190 },
  ]);
  expect(gains).toEqual([{ memberId: await story.memberOf(7), live: 180, draft: 240 }]);
  // 240 + 50 on 1 May are a note, May's 10 first; 140 and June's 10 another, and 150 of 180 on 3 June the third. The first
  // has ended. Of what comes back on 20 June 30 are left and the rest is owed.
  expect(would.certificates).toEqual([
    { ruleId: "notes", name: "Notes", rewardId: "note", unit: "points", made: 3, points: 450, face: 3_000, open: 2, openFace: 2_000 },
  ]);
  expect(would.rules.find((one) => one.ruleId === "notes")).toMatchObject({ name: "Notes", points: 0, gave: 0, gifts: 3 });
  // More became notes than was given in the end. Of points only Ben's 80 are open: $10 for 150 of them.
  expect(would).toMatchObject({ cost: 3_000, open: 80, liability: 2_000 + Math.ceil((80 * 1_000) / 150) });
  expect(ledger).toEqual({ equal: 3, different: 0, examples: [], beside: { equal: 2, different: 0, examples: [] } });
});

test("members whose lives are lived through can be dealt out to any number of threads", async () => {
  const wished = fc.sample(anyFates, { seed: 7, numRuns: 1 })[0] ?? [];
  const story = await aPast(wished, notes(false));
  const draft = programmeOf({ ...notes(true), tiers: { ...notes(true).tiers, levels: notes(true).tiers?.levels ?? [] } });
  const asked = { definition: draft, checkLedger: true, inOneShare: 1 };
  const alone = await runBacktest(story.context, { ...asked, threads: 0 });
  expect(alone.draft.certificates[0]?.made).toBeGreaterThan(0);
  expect(alone.draft.tierGifts.length).toBeGreaterThan(1);
  for (const threads of [1, 2, 3])
    expect(JSON.stringify(await runBacktest(story.context, { ...asked, threads }))).toBe(JSON.stringify(alone));
}, 180_000);

test.each([
  ["by staff", null],
  ["by a rule, for an order that is heard of later", { kind: "tier" as const, tierId: "gold", months: 1 }],
])("a member who had a tier before anything of theirs was known is lived through: %s", { timeout: 20_000 }, async (_, status) => {
  const wish = notes(false);
  const rule = { id: "status", name: "Status", active: true, award: status as never, minimum: null };
  const earning = [...(wish.earning ?? []), ...(status ? [rule] : [])];
  const story = await openStory(at, { definition: programmeOf({ ...wish, earning }), adminOf: async () => smallShopify().admin });
  story.clock.at = new Date("2026-05-01T10:00:00Z");
  await story.deliver("customers/create", { id: 7, state: "enabled" });
  await story.drain();
  const memberId = await story.memberOf(7);
  if (!status) await decideTier(story.context, { memberId, kind: "hold", tierId: "gold", until: null, reason: "A friend of the house" });
  story.clock.at = new Date("2026-05-10T10:00:00Z");
  await story.deliver("orders/paid", orderBody({ at: "2026-05-09T10:00:00Z", lines: [{ price: "10.00" }] }));
  await settled(story);
  await runs(story);

  // In a thread, which can be given up where it never ends.
  const report = await runBacktest(story.context, { definition: programmeOf({ ...wish, earning }), checkLedger: true, threads: 1 });
  expect(report.ledger).toMatchObject({ equal: 1, different: 0 });
  expect(report.live.tiers).toEqual({ gold: 1 });
  expect(report.live.tierGifts).toEqual(report.draft.tierGifts);
  expect(report.live.tierGifts.map(({ tierId }) => tierId)).toContain("gold");
});

test("what no side gives is not told of: a programme without tiers that give and without certificates lives no lives", async () => {
  const story = await aSmallPast();
  const { ledger, holdsConstant, draft } = await runBacktest(story.context, { definition: simplePoints(100), checkLedger: true });
  expect(ledger).toEqual({ equal: 3, different: 0, examples: [] });
  expect(draft).toMatchObject({ certificates: [], tierGifts: [] });
  expect(holdsConstant.join(" ")).not.toMatch(/certificate|grants/);
});
