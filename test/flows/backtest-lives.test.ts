import fc from "fast-check";
import { expect, test } from "vitest";
import type { z } from "zod";
import { issueCertificates } from "../../app/flows/issue-certificates.ts";
import { finishRelease, releaseReward } from "../../app/flows/release-reward.ts";
import { reviewTiers } from "../../app/flows/review-tiers.ts";
import { runBacktest } from "../../app/flows/run-backtest.ts";
import { settleDue } from "../../app/flows/settle-due.ts";
import { type definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
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

const start = Date.parse("2026-01-10T12:00:00Z");
const iso = (instant: number): string => new Date(instant).toISOString();

type Fate = { customer: number; day: number; price: number; fate: string; later: number; late: number };

/** What is delivered of an order, and when: a refund comes as another version, and any of it may come days late. */
function deliveries(id: number, { customer, day: placed, price, fate, later, late }: Fate): { at: number; body: object }[] {
  const first = start + placed * day + id * 60_000;
  const order: OrderWish = { id, customer, at: iso(first), updated: iso(first), lines: [{ id: id * 10, price: `${price}.00` }] };
  const came = [{ at: first + late * day, body: orderBody(order) }];
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
  return [...came, { at: Math.max(then, first + late * day) + 1_000, body }];
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
    "select redemption_id as id from redemption where program_id = $1 and state in ('reserved', 'issued') and expires_at <= $2 and request_id like 'certificate %'",
    [story.programId, story.clock.at],
  );
  for (const { id } of rows) {
    await releaseReward(story.context, { redemptionId: id, why: "the code was not used in time", by: "laurel" });
    await finishRelease(story.context, id);
  }
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
  const coming = wished.flatMap((one, n) => deliveries(n + 1, one)).sort((a, b) => a.at - b.at);
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

const fates = fc.array(
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
  ["are lost when they are not used", true],
  ["give their points back when they are not used", false],
])("the live side gives each member the certificates, grants and gifts of the ledger: notes %s", async (_, unusedIsLost) => {
  let [compared, certificates] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fates, async (wished) => {
      const wish = notes(unusedIsLost);
      const story = await aPast(wished, wish);
      const report = await runBacktest(story.context, { definition: programmeOf(wish), checkLedger: true });
      expect(report.ledger).toMatchObject({ different: 0, beside: { different: 0, examples: [] } });
      const { ledger: mine, holdsConstant, live, draft, ...rest } = report;
      expect({ ...draft, rules: [] }).toEqual({ ...live, rules: [] });
      expect(rest).toMatchObject({ gains: [], loses: [] });
      compared += report.ledger?.beside?.equal ?? 0;
      certificates += live.certificates[0]?.made ?? 0;
    }),
    { numRuns: 3, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(6);
  expect(certificates).toBeGreaterThan(10);
});
