import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import type { definition } from "../../app/loyalty/program/definition.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { settled } from "../support/settled.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

type Wish = Partial<z.input<typeof definition>>;

// Silver from $100 on earns double; at most 150 points a day; the second order brings 50 more.
const crossing: Wish = {
  earning: [
    {
      id: "shopping",
      name: "Shopping",
      active: true,
      award: { kind: "per amount", points: 1, per: 100 },
      minimum: null,
      limits: [{ most: 150, of: "points", per: "day" }],
    },
    {
      id: "second",
      name: "Second order",
      active: true,
      when: { kind: "nth order", which: "exactly", number: 2 },
      award: { kind: "fixed", points: 50 },
      minimum: null,
    },
  ],
  tiers: {
    levels: [
      { id: "member", name: "Member" },
      { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 10_000 }], times: 20_000 },
    ],
  },
};

// A point and two miles for every dollar, at most 250 of each a day.
const twoUnits: Wish = {
  units: [{ id: "miles", name: { one: "mile", other: "miles" } }],
  earning: [
    {
      id: "shopping",
      name: "Shopping",
      active: true,
      award: {
        kind: "several units",
        rows: [
          { points: 1, unit: "points", per: 100 },
          { points: 2, unit: "miles", per: 100 },
        ],
      },
      minimum: null,
      limits: [{ most: 250, of: "points", per: "day" }],
    },
  ],
};

/** @param orders how many Shopify counts of the member, whether or not they were told yet */
async function open(wish: Wish, orders = 0): Promise<Story> {
  const shopify = smallShopify();
  shopify.people.set("gid://shopify/Customer/7", { orders });
  return openStory(at, { definition: programmeOf(wish), adminOf: async () => shopify.admin });
}

const order = (id: number, day: string, price: string, more: Partial<OrderWish> = {}): ["orders/updated", OrderWish] => [
  "orders/updated",
  { id, at: `2026-05-${day}Z`, updated: `2026-05-${day}Z`, lines: [{ id: id * 10, price }], ...more },
];

async function pointsBy(story: Story, unit = "points"): Promise<Record<string, number>> {
  const rows = await at.owner.query<{ order_gid: string; points: string }>(
    `select order_gid, sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) as points
     from transaction join posting using (program_id, transaction_id) where program_id = $1 and kind = 'order' and unit = $2 group by 1
       having sum(case when from_account = 'issued' then amount when to_account = 'issued' then -amount else 0 end) <> 0 order by 1`,
    [story.programId, unit],
  );
  return Object.fromEntries(rows.rows.map((row) => [row.order_gid.split("/").at(-1), Number(row.points)]));
}

/** What the statement will say of why: the orders that were settled again although nothing of them came back. */
async function lookedAgain(story: Story): Promise<string[]> {
  const rows = await at.owner.query<{ order_gid: string }>(
    `select distinct order_gid from transaction where program_id = $1 and kind = 'order' and explanation ->> 'asSold' = 'true' order by 1`,
    [story.programId],
  );
  return rows.rows.map((row) => row.order_gid.split("/").at(-1) ?? "");
}

describe("what depends on a member's other orders follows the order of placing", () => {
  const events = [
    order(1, "01T10:00:00", "60.00"),
    order(2, "02T10:00:00", "60.00"),
    order(3, "03T10:00:00", "40.00"),
    order(4, "03T11:00:00", "90.00"),
    order(5, "03T12:00:00", "10.00"),
  ] as const;

  test("in the order of placing", async () => {
    const story = await open(crossing);
    for (const [topic, wish] of events) await story.deliver(topic, orderBody(wish));
    await settled(story);
    // The third is the first that finds a Silver member; the day's limit cuts the fourth and leaves the fifth nothing.
    expect(await pointsBy(story)).toEqual({ 1: 60, 2: 110, 3: 80, 4: 70 });
    expect(await story.balance(7)).toMatchObject({ available: 320 });
  });

  test("an order that comes last and was placed first changes the younger ones", async () => {
    const story = await open(crossing);
    for (const [topic, wish] of events.slice(1)) {
      await story.deliver(topic, orderBody(wish));
      await settled(story);
    }
    expect(await pointsBy(story)).toEqual({ 2: 60, 3: 90, 4: 110 });
    await story.deliver(...([events[0][0], orderBody(events[0][1])] as const));
    await settled(story);
    expect(await pointsBy(story)).toEqual({ 1: 60, 2: 110, 3: 80, 4: 70 });
    // And nobody is told that they were changed or returned.
    expect(await lookedAgain(story)).toEqual(["2", "3", "4"]);
  });

  test("a refund frees headroom from then on, and does not reach back", async () => {
    const story = await open(crossing);
    for (const [topic, wish] of events) await story.deliver(topic, orderBody(wish));
    const [, fourth] = order(4, "03T11:00:00", "90.00", {
      updated: "2026-05-03T13:00:00Z",
      status: "refunded",
      lines: [{ id: 40, price: "90.00", current: 0 }],
      refunds: [{ id: 1, at: "2026-05-03T13:00:00Z", lines: [{ line: 40, quantity: 1, subtotal: "90.00" }] }],
    });
    await story.deliver("orders/updated", orderBody(fourth));
    const [, late] = order(6, "03T14:00:00", "20.00");
    await story.deliver("orders/updated", orderBody(late));
    await settled(story);
    // The fifth was placed before the refund: its limit was used up then. The sixth was placed after it.
    expect(await pointsBy(story)).toEqual({ 1: 60, 2: 110, 3: 80, 6: 40 });
    expect(await lookedAgain(story)).toEqual([]);
  });

  describe("a limit of a rule that gives points and miles holds for each on its own", () => {
    const bodies = [
      order(1, "01T08:00:00", "100.00"),
      order(2, "01T12:00:00", "100.00"),
      // Three quarters of the first come back before the third is placed.
      order(1, "01T08:00:00", "100.00", {
        updated: "2026-05-01T14:00:00Z",
        status: "partially_refunded",
        refunds: [{ id: 1, at: "2026-05-01T14:00:00Z", discrepancy: "-75.00" }],
      }),
      order(3, "01T16:00:00", "100.00"),
    ].map(([, wish]) => orderBody(wish));

    test.each([
      ["told in their order", [0, 1, 2, 3]],
      ["the refund last", [0, 1, 3, 2]],
      ["the youngest first", [3, 2, 1, 0]],
      ["the second last, and the first twice", [2, 0, 3, 0, 1]],
    ])("%s", async (_, arrival) => {
      const story = await open(twoUnits);
      for (const n of arrival) {
        await story.deliver("orders/updated", bodies[n] as object);
        await settled(story);
      }
      // The second found 200 of 250 miles used, and the third 50 + 50: the refund freed 150 miles and 75 points for it.
      expect({ points: await pointsBy(story), miles: await pointsBy(story, "miles") }).toEqual({
        points: { 1: 25, 2: 100, 3: 100 },
        miles: { 1: 50, 2: 50, 3: 150 },
      });
      expect(await story.balance(7)).toMatchObject({ available: 225 });
      expect(await story.balance(7, "miles")).toMatchObject({ available: 250 });
    });
  });

  test.each([
    ["tiers and limits", crossing],
    ["two units", twoUnits],
  ])("in any order of arrival, repeated, refunded and cancelled, the postings end the same: %s", async (_, programme) => {
    const arb = fc.record({
      orders: fc.array(
        fc.record({
          hour: fc.integer({ min: 0, max: 71 }),
          price: fc.integer({ min: 1, max: 150 }),
          fate: fc.constantFrom("kept", "refunded", "cancelled"),
          later: fc.integer({ min: 1, max: 50 }),
        }),
        { minLength: 2, maxLength: 6 },
      ),
      shuffle: fc.infiniteStream(fc.nat(1000)),
      together: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(arb, async ({ orders, shuffle, together }) => {
        const bodies = orders.flatMap((one, n) => bodiesOf(n + 1, one));
        const [straight, shuffled] = [await open(programme, orders.length), await open(programme, orders.length)];
        for (const body of bodies) await straight.deliver("orders/updated", body);
        await settled(straight);
        const keys = shuffle.take(bodies.length * 2);
        const twice = [...bodies, ...bodies].map((body) => ({ body, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key);
        for (const { body } of twice) {
          await shuffled.deliver("orders/updated", body);
          if (!together) await settled(shuffled);
        }
        await settled(shuffled);
        for (const unit of ["points", "miles"]) {
          expect(await pointsBy(shuffled, unit)).toEqual(await pointsBy(straight, unit));
          expect(await shuffled.balance(7, unit)).toEqual(await straight.balance(7, unit));
        }
      }),
      { numRuns: 15 },
    );
  });
});

type Fate = { hour: number; price: number; fate: string; later: number };

function bodiesOf(id: number, { hour, price, fate, later }: Fate): object[] {
  const instant = (hours: number) => new Date(Date.UTC(2026, 4, 1, hours)).toISOString();
  const first = { id, at: instant(hour), updated: instant(hour), lines: [{ id: id * 10, price: `${price}.00` }] };
  if (fate === "kept") return [orderBody(first)];
  const updated = instant(hour + later);
  const turned =
    fate === "cancelled"
      ? { ...first, updated, cancelled: updated }
      : {
          ...first,
          updated,
          status: "refunded",
          lines: [{ id: id * 10, price: `${price}.00`, current: 0 }],
          refunds: [{ id: id * 100, at: updated, lines: [{ line: id * 10, quantity: 1, subtotal: `${price}.00` }] }],
        };
  return [orderBody(first), orderBody(turned)];
}
