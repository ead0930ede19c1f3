import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { giveBackReserved } from "../../app/flows/redeeming/release-reward.ts";
import { type Reserved, reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { settleDue } from "../../app/flows/settling/settle-due.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import type { Expiry } from "../../app/loyalty/ledger/expiry.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { settled } from "../support/settled.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
// A failure is told again by SEED=… npx vitest run test/flows/when-points-end.test.ts
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
console.info(`seed ${seed}`);

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const ann = "gid://shopify/Customer/7";
const day = 86_400_000;
const after = (days: number): Expiry => ({ kind: "after earning", days });
const idle: Expiry = { kind: "inactivity", months: 6 };
const inSilver = (expiry: Expiry) => [
  { id: "base", name: "Base" },
  { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 10_000 }], expiry },
];

/** A point for every dollar, spendable after 60 days; Silver from $100 on. It is the first of June and stays it. */
async function aShop(expiry: Expiry, silver?: Expiry): Promise<Story> {
  const simple = simplePoints(100);
  const story = await openStory(at, {
    definition: definition.parse({
      ...simple,
      policies: { ...simple.policies, holdDays: 60, expiry },
      ...(silver ? { tiers: { levels: inSilver(silver) } } : {}),
    }),
  });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  return story;
}

async function hear(story: Story, ...orders: OrderWish[]): Promise<void> {
  for (const wish of orders) await story.deliver("orders/updated", orderBody(wish));
  await settled(story);
}

const order = (id: number, on: string, price: string, more: OrderWish = {}): OrderWish => ({
  id,
  at: `2026-05-${on}T12:00:00Z`,
  updated: `2026-05-${on}T12:00:00Z`,
  lines: [{ price }],
  ...more,
});

/** What is left of what orders earned: of which order, how many, from when on and until when. */
async function points(story: Story): Promise<string[]> {
  const { rows } = await at.owner.query(
    `select split_part(order_gid, '/', 5) as id, available_from as from, expires_at as to, sum("left")::int as points from lot
     where program_id = $1 and "left" > 0 and order_gid is not null group by 1, 2, 3 order by 1, 2, 3`,
    [story.programId],
  );
  const on = (date: Date | null) => date?.toISOString().slice(0, 10) ?? "-";
  return rows.map(({ id, points, from, to }) => `${id}: ${points} from ${on(from)} to ${on(to)}`);
}

test("points of an order that an older one puts into another tier live as long as they do in that tier", async () => {
  const story = await aShop(after(100), after(200));
  await hear(story, order(2, "02", "10.00"));
  await hear(story, order(1, "01", "100.00"));
  expect((await points(story))[1]).toBe("2: 10 from 2026-07-01 to 2026-11-18");
});

test("points of an order that is told after its member reached a tier live as long as those that were there", async () => {
  const story = await aShop(after(100), after(200));
  await hear(story, order(2, "02", "100.00"));
  await reviewTiers(story.context);
  await hear(story, order(1, "01", "10.00"));
  await reviewTiers(story.context);
  expect(await points(story)).toEqual(["1: 10 from 2026-06-30 to 2026-11-17", "2: 100 from 2026-07-01 to 2026-11-18"]);
});

test("points that an edit adds end with the others of their order", async () => {
  const story = await aShop(after(100), after(200));
  await hear(story, order(1, "01", "100.00"));
  await reviewTiers(story.context);
  await hear(story, order(1, "01", "120.00", { updated: "2026-05-02T12:00:00Z" }));
  expect(await points(story)).toEqual(["1: 120 from 2026-06-30 to 2026-11-17"]);
});

test("points of an order that is told late live on with what its member did since, although no rule asks for histories", async () => {
  const story = await aShop(idle);
  await hear(story, order(2, "09", "10.00"));
  await hear(story, order(1, "01", "10.00"));
  expect(await points(story)).toEqual(["1: 10 from 2026-06-30 to 2026-11-09", "2: 10 from 2026-07-08 to 2026-11-09"]);
});

test("an older order that is looked at again keeps nothing alive that was earned later, in a tier where points end sooner", async () => {
  const story = await aShop(idle, after(20));
  await hear(story, order(1, "20", "100.00"));
  await hear(story, order(2, "21", "10.00"));
  await hear(story, order(1, "20", "110.00", { updated: "2026-05-22T12:00:00Z" }));
  expect((await points(story))[1]).toBe("2: 10 from 2026-07-20 to 2026-06-10");
});

test("points that are set aside for a code live on with what their member does, and come back with that", async () => {
  const story = await aShop(idle);
  await hear(story, order(1, "01", "500.00"));
  story.clock.at = new Date("2026-07-05T12:00:00Z");
  await reviewTiers(story.context);
  const reserved = (await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })) as Reserved;
  await hear(story, { id: 2, at: "2026-08-01T12:00:00Z", lines: [{ price: "10.00" }] });
  await giveBackReserved(story.context, reserved.redemptionId, "released", "handed back");
  expect((await points(story))[0]).toBe("1: 500 from 2026-06-30 to 2027-02-01");
});

test("a member's own year begins with their first order, also when it is told last", async () => {
  const story = await aShop({ kind: "membership year" });
  await hear(story, order(2, "20", "10.00"));
  await hear(story, order(1, "01", "10.00"));
  await hear(story, order(3, "25", "10.00"));
  expect(await points(story)).toEqual([
    "1: 10 from 2026-06-30 to 2027-05-01",
    "2: 10 from 2026-07-19 to 2027-05-20",
    "3: 10 from 2026-07-24 to 2027-05-01",
  ]);
});

/** Redeems on a day, and hands back on another. */
async function redeemsAndHandsBack(story: Story, from: string, to: string): Promise<void> {
  story.clock.at = new Date(`${from}T12:00:00Z`);
  const wish = { customerGid: ann, rewardId: "five-off", requestId: from };
  const { redemptionId } = (await reserveReward(story.context, wish)) as Reserved;
  story.clock.at = new Date(`${to}T12:00:00Z`);
  await giveBackReserved(story.context, redemptionId, "released", "handed back");
}

test("points that are redeemed and handed back again and again have their days of grace once", async () => {
  const story = await aShop(after(70));
  await hear(story, order(1, "01", "500.00"));
  await redeemsAndHandsBack(story, "2026-07-05", "2026-07-20");
  expect(await points(story)).toEqual(["1: 500 from 2026-06-30 to 2026-08-19"]);
  await redeemsAndHandsBack(story, "2026-08-01", "2026-08-18");
  expect(await points(story)).toEqual(["1: 500 from 2026-06-30 to 2026-08-19"]);
});

test("two codes of one order's points that end at different times each give theirs back with days of grace", async () => {
  const story = await aShop(after(70));
  await hear(story, order(1, "01", "1000.00"));
  story.clock.at = new Date("2026-07-05T12:00:00Z");
  const codes: Reserved[] = [];
  for (const requestId of ["1", "2"])
    codes.push((await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId })) as Reserved);
  for (const [n, to] of [
    [0, "2026-07-20"],
    [1, "2026-09-20"],
  ] as const) {
    story.clock.at = new Date(`${to}T12:00:00Z`);
    await settleDue(story.context);
    await giveBackReserved(story.context, codes[n]?.redemptionId ?? "", "released", "not used in time");
  }
  expect(await points(story)).toEqual(["1: 500 from 2026-06-30 to 2026-10-20"]);
});

test("points of an order that is somebody else's now do not live longer by that one's tier while they are set aside", async () => {
  const story = await aShop(after(100), { kind: "never" });
  await story.deliver("customers/create", { id: 8, admin_graphql_api_id: "gid://shopify/Customer/8", state: "enabled" });
  await hear(story, order(1, "02", "500.00"), order(2, "01", "100.00", { customer: 8 }));
  story.clock.at = new Date("2026-07-05T12:00:00Z");
  const reserved = (await reserveReward(story.context, { customerGid: ann, rewardId: "five-off", requestId: "1" })) as Reserved;
  await hear(story, order(1, "02", "500.00", { updated: "2026-07-05T12:00:00Z", customer: 8 }));
  await giveBackReserved(story.context, reserved.redemptionId, "released", "handed back");
  const { rows } = await at.owner.query("select expires_at from lot where program_id = $1 and member_id = $2", [
    story.programId,
    await story.memberOf(7),
  ]);
  expect(rows).toEqual([{ expires_at: new Date("2026-08-10T12:00:00Z") }]);
  expect(await story.balance(7)).toEqual({ pending: 0, available: 0, reserved: 0, owed: 0 });
});

test("points that come back after others repaid what they owed end as those that are given now", async () => {
  const story = await aShop(after(100));
  await hear(story, order(1, "01", "500.00"));
  story.clock.at = new Date("2026-07-05T12:00:00Z");
  const { redemptionId, code } = (await reserveReward(story.context, {
    customerGid: ann,
    rewardId: "five-off",
    requestId: "1",
  })) as Reserved;
  await giveBackReserved(story.context, redemptionId, "released", "handed back");
  const memberId = await story.memberOf(7);
  await adjustPoints(story.context, { memberId, points: -500, reason: "a mistake", requestId: "2" });
  const used: OrderWish = { id: 2, at: "2026-07-05T10:00:00Z", lines: [{ price: "5.00" }], codes: [{ code, amount: "5.00" }] };
  await hear(story, used);
  expect(await story.balance(7)).toMatchObject({ owed: 500 });
  await adjustPoints(story.context, { memberId, points: 600, reason: "to make up for it", requestId: "3" });
  await hear(story, { ...used, updated: "2026-07-05T11:00:00Z", cancelled: "2026-07-05T11:00:00Z" });
  expect(await story.balance(7)).toMatchObject({ available: 600, owed: 0 });
  const ends = await at.owner.query(`select "left"::int, expires_at from lot where program_id = $1 and "left" > 0 order by 1`, [
    story.programId,
  ]);
  const inTime = new Date("2026-10-13T12:00:00Z");
  expect(ends.rows).toEqual([
    { left: 100, expires_at: inTime },
    { left: 500, expires_at: inTime },
  ]);
});

// A member's orders, each with what an edit adds to it, when it is paid, and how many of three pieces come back at last.
const anyOrder = fc.record({
  price: fc.integer({ min: 5, max: 60 }),
  added: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
  paid: fc.nat({ max: 2 }),
  back: fc.constantFrom(0, 0, 0, 1, 3),
});
type Told = { price: number; added: number[]; paid: number; back: number };

function versionsOf({ price, added, paid, back }: Told, n: number): OrderWish[] {
  const placed = Date.parse("2026-05-01T10:00:00Z") + n * 3 * day;
  const moment = (version: number) => new Date(placed + version * 8 * 3_600_000).toISOString();
  const version = (number: number, more: number, returned: number): OrderWish => ({
    id: n + 1,
    at: moment(0),
    updated: moment(number),
    status: number >= paid ? "paid" : "pending",
    lines: [
      { id: 1, price: `${price}.00`, quantity: 3, current: 3 - returned },
      { id: 2, price: "10.00", quantity: more + 1 },
    ],
    refunds: returned
      ? [{ id: n + 1, at: moment(number), lines: [{ line: 1, quantity: returned, subtotal: `${returned * price}.00` }] }]
      : [],
  });
  const upTo = (number: number) => added.slice(0, number).reduce((sum, by) => sum + by, 0);
  const edits = [0, ...added].map((_, number) => version(number, upTo(number), 0));
  return back ? [...edits, version(edits.length, upTo(added.length), back)] : edits;
}

// Seen to fail when a late order's points lived no longer than at first, when an edit's ended before the others of their
// order, and when those of a late order did not live on with what came after it.
test.each([
  ["that end after earning", after(200), undefined],
  ["that end by inactivity", idle, undefined],
  ["that live longer in a tier", after(100), after(200)],
  ["that end by inactivity, and never in a tier", idle, { kind: "never" } as const],
])(
  "points %s never end sooner for having been heard of in another order, twice, in any batches",
  async (_, expiry, silver) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder, { minLength: 2, maxLength: 4 }), fc.infiniteStream(fc.nat()), async (told, chance) => {
        const next = () => chance.next().value ?? 0;
        const all = told.flatMap(versionsOf);
        const inOrder = await aShop(expiry, silver);
        for (const one of all) {
          await hear(inOrder, one);
          await reviewTiers(inOrder.context);
        }
        const shuffled = await aShop(expiry, silver);
        const heard = [...all, ...all.filter(() => next() % 3 === 0)].map((one) => ({ one, key: next() })).sort((a, b) => a.key - b.key);
        for (const { one } of heard) {
          await shuffled.deliver("orders/updated", orderBody(one));
          if (next() % 2 === 0) await settled(shuffled);
          if (next() % 3 === 0) await reviewTiers(shuffled.context);
        }
        await settled(shuffled);
        await reviewTiers(shuffled.context);

        const [expected, reached] = [await points(inOrder), await points(shuffled)];
        const said = { heard: heard.map(({ one }) => `${one.id} ${one.updated}`), expected, reached };
        const isBack = told.some((one) => one.back > 0);
        // Who was thought to be in a tier until the refund was heard of keeps what was promised meanwhile.
        const shown = (lines: string[]) => (isBack && silver ? lines.map((line) => line.replace(/ to .*/, "")) : lines);
        expect({ ...said, same: shown(reached) }).toEqual({ ...said, same: shown(expected) });
        expect({ ...said, sooner: reached.filter((line, n) => endOf(line) < endOf(expected[n])) }).toEqual({ ...said, sooner: [] });
      }),
      { seed, numRuns: Number(process.env.RUNS ?? 4) },
    );
  },
  120_000,
);

// Never is later than any day.
const endOf = (line = ""): string => line.split(" to ")[1]?.replace(/^-$/, "~") ?? "";
