import { afterEach, expect, test } from "vitest";
import { recordEvent } from "../../app/flows/receiving/record-event.ts";
import { reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { type OrderWish, orderBody } from "../support/order-body.ts";
import { settled } from "../support/settled.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const inactivity = { kind: "inactivity", months: 6 };
const rule = (id: string, award: object, more: object = {}) => ({ id, name: id, active: true, award, minimum: null, ...more });

/** Points end by inactivity in the tier of everybody, and stamps do by themselves; in Gold and in the programme they never end. */
async function aShop(): Promise<Story> {
  const simple = simplePoints(100);
  const programme = definition.parse({
    ...simple,
    units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, expiry: inactivity }],
    earning: [
      ...simple.earning,
      rule("stamp", { kind: "stamp", stamps: 1, per: "order", unit: "stamps" }),
      rule("review", { kind: "fixed", points: 7 }, { on: { kind: "event", name: "review.written" } }),
    ],
    tiers: {
      levels: [
        { id: "base", name: "Base", expiry: inactivity },
        { id: "gold", name: "Gold", reach: [{ kind: "spend", least: 1_000_000 }] },
      ],
    },
  });
  return openStory(at, { definition: programme });
}

async function buys(story: Story, id: number, day: string, wish: OrderWish = {}): Promise<void> {
  story.clock.at = new Date(`2026-${day}T12:00:00Z`);
  await story.deliver("orders/updated", orderBody({ id, at: `2026-${day}T12:00:00Z`, lines: [{ price: "10.00" }], ...wish }));
  await settled(story);
}

/** Buys on a day and sends all of it back two days later. With `late` the shop hears of both at once. */
async function buysAndCancels(story: Story, id: number, on: number, late: boolean): Promise<void> {
  const day = (number: number) => `05-${String(number).padStart(2, "0")}`;
  if (!late) await buys(story, id, day(on));
  const [placed, cancelled] = [on, on + 2].map((number) => `2026-${day(number)}T12:00:00Z`);
  await buys(story, id, day(on + 2), { at: placed, updated: cancelled, cancelled });
}

const ends = async (story: Story) =>
  (
    await at.owner.query("select unit, amount::int, expires_at from lot where program_id = $1 order by unit, earned_at, lot_id", [
      story.programId,
    ])
  ).rows.map((row) => `${row.unit} ${row.amount} ${row.expires_at?.toISOString().slice(0, 10) ?? null}`);

test("what ends by inactivity, in a tier or of a unit of its own, lives on with every order", async () => {
  const story = await aShop();
  await buys(story, 1, "02-01");
  expect(await ends(story)).toEqual(["points 10 2026-08-01", "stamps 1 2026-08-01"]);
  await buys(story, 2, "05-01");
  expect(await ends(story)).toEqual(["points 10 2026-11-01", "points 10 2026-11-01", "stamps 1 2026-11-01", "stamps 1 2026-11-01"]);
});

test("and with everything else that earns some", async () => {
  const story = await aShop();
  await buys(story, 1, "02-01");
  story.clock.at = new Date("2026-05-01T12:00:00Z");
  const memberId = await story.memberOf(7);
  await recordEvent(story.context, { memberId, name: "review.written", properties: "", requestId: "one" });
  await settled(story);
  expect(await ends(story)).toEqual(["points 10 2026-11-01", "points 7 2026-11-01", "stamps 1 2026-08-01"]);
});

test("what has ended is not called back by what happens later, although nobody has taken it yet", async () => {
  const story = await aShop();
  await buys(story, 1, "02-01");
  await buys(story, 2, "09-01");
  expect(await ends(story)).toEqual(["points 10 2026-08-01", "points 10 2027-03-01", "stamps 1 2026-08-01", "stamps 1 2027-03-01"]);
});

test.each([false, true])("an order that was cancelled was a purchase, whether the shop heard of it before or not (%s)", async (late) => {
  const story = await aShop();
  await buys(story, 1, "02-01");
  await buysAndCancels(story, 2, 4, late);
  expect((await ends(story))[0]).toBe("points 10 2026-11-04");
});

test.each([false, true])("an order that was cancelled lets nothing live by the terms of another tier (late: %s)", async (late) => {
  const simple = simplePoints(100);
  const story = await openStory(at, {
    definition: definition.parse({
      ...simple,
      policies: { ...simple.policies, expiry: inactivity },
      tiers: {
        levels: [
          { id: "base", name: "Base" },
          { id: "silver", name: "Silver", reach: [{ kind: "spend", least: 500 }], expiry: { kind: "after earning", days: 200 } },
        ],
      },
    }),
  });
  await buys(story, 1, "02-01");
  await buys(story, 2, "02-02");
  const before = await ends(story);
  await buysAndCancels(story, 3, 4, late);
  expect((await ends(story)).slice(0, 2)).toEqual(before);
});

test("a test order keeps nothing alive", async () => {
  const story = await aShop();
  await buys(story, 1, "02-01");
  await buys(story, 2, "05-01", { test: true });
  expect(await ends(story)).toEqual(["points 10 2026-08-01", "stamps 1 2026-08-01"]);
});

test("who redeems does something: what is left lives on", async () => {
  const story = await aShop();
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: "gid://shopify/Customer/7", state: "enabled" });
  await buys(story, 1, "02-01", { lines: [{ price: "600.00" }] });
  await reviewTiers(story.context);
  story.clock.at = new Date("2026-07-15T12:00:00Z");
  const wish = { customerGid: "gid://shopify/Customer/7", rewardId: "five-off", requestId: "one" };
  expect(await reserveReward(story.context, wish)).toMatchObject({ state: "reserved" });
  expect(await ends(story)).toEqual(["points 600 2027-01-15", "stamps 1 2026-08-01"]);
});
