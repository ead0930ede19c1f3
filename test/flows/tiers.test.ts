import { afterEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { noteCounts } from "../../app/db/mirrored-customers.ts";
import { settleGifts } from "../../app/flows/gifts/settle-gifts.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { reviewTiers } from "../../app/flows/tiers/review-tiers.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import type { ladder } from "../../app/loyalty/tiers/ladder.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programmeOf } from "../support/order-facts.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

type Rules = z.input<typeof ladder>;
type Levels = Rules["levels"];

const bronze = { id: "bronze", name: "Bronze" };
const gold = (more: Partial<Levels[number]> = {}): Levels[number] => ({
  id: "gold",
  name: "Gold",
  reach: [{ kind: "spend", least: 50_000 }],
  ...more,
});

async function aStory(levels: Levels, more: Omit<Rules, "levels"> = {}): Promise<Story> {
  return openStory(at, { definition: programmeOf({ tiers: { levels, ...more } }) });
}

async function buys(story: Story, id: number, day: string, price: string, more: object = {}): Promise<void> {
  const body = orderBody({ id, customer: 7, at: `${day}T12:00:00Z`, lines: [{ price }], ...more });
  await story.deliver("orders/updated", body);
  await story.drain();
  expect(story.failures).toEqual([]);
}

const tierOf = async (story: Story) => {
  const { rows } = await at.owner.query("select tier_id from member_tier where program_id = $1", [story.programId]);
  return rows.map((row) => row.tier_id);
};
const steps = async (story: Story) => {
  const { rows } = await at.owner.query("select from_tier, to_tier from tier_step where program_id = $1 order by seq", [story.programId]);
  return rows.map((row) => `${row.from_tier} → ${row.to_tier}`);
};
const on = (story: Story, day: string) => {
  story.clock.at = new Date(`${day}T12:00:00Z`);
};

describe("a review", () => {
  test("writes where a member stands and the steps that led there, once", async () => {
    const story = await aStory([bronze, gold()]);
    await buys(story, 1, "2026-05-20", "300.00");
    expect(await reviewTiers(story.context)).toBe(1);
    expect([await tierOf(story), await steps(story)]).toEqual([["bronze"], ["null → bronze"]]);

    await buys(story, 2, "2026-05-25", "200.00");
    expect(await story.jobs("review-tiers")).toHaveLength(1);
    await reviewTiers(story.context);
    expect(await reviewTiers(story.context)).toBe(0);
    expect([await tierOf(story), await steps(story)]).toEqual([["gold"], ["null → bronze", "bronze → gold"]]);
  });

  test("comes by itself when time takes a tier away", async () => {
    const story = await aStory([bronze, gold()], { window: { kind: "rolling", months: 3 }, term: { kind: "while it holds" } });
    await buys(story, 1, "2026-05-20", "500.00");
    await reviewTiers(story.context);
    on(story, "2026-08-20");
    story.clock.at = new Date(story.clock.at.getTime() - 1);
    expect(await reviewTiers(story.context)).toBe(0);
    on(story, "2026-08-20");
    const due = await at.db.global<{ program: string }>("select laurel.programs_with('tiers', $1) as program", [story.clock.at]);
    expect(due.map((row) => row.program)).toContain(story.programId);
    expect(await reviewTiers(story.context)).toBe(1);
    expect((await steps(story)).at(-1)).toBe("gold → bronze");
    expect(await tierOf(story)).toEqual(["bronze"]);
  });

  test("a process that dies in it leaves nothing behind, and the next one does it all", async () => {
    const story = await aStory([bronze, gold({ entry: [{ kind: "points", points: 250 }] })]);
    await buys(story, 1, "2026-05-20", "500.00");
    const before = await story.balance(7);
    const dying = {
      ...story.context,
      passing: (point: string) => {
        if (point === "standings are reviewed, not committed") throw new Error("killed");
      },
    };
    await expect(reviewTiers(dying)).rejects.toThrow("killed");
    expect([await steps(story), await story.balance(7)]).toEqual([[], before]);
    await reviewTiers(story.context);
    expect((await story.balance(7)).available).toBe(before.available + 250);
  });
});

describe("reaching a tier", () => {
  test("gives its points once in a year, however often it is lost and reached again", async () => {
    const story = await aStory([bronze, gold({ entry: [{ kind: "points", points: 250 }] })], { term: { kind: "while it holds" } });
    await buys(story, 1, "2026-05-20", "500.00");
    await reviewTiers(story.context);
    expect((await story.balance(7)).available).toBe(750);

    const back = {
      refunds: [{ id: 9, at: "2026-05-21T12:00:00Z", lines: [{ line: 1, quantity: 1, subtotal: "500.00" }] }],
      updated: "2026-05-21T12:00:00Z",
      lines: [{ id: 1, price: "500.00", current: 0 }],
    };
    await buys(story, 1, "2026-05-20", "500.00", back);
    await reviewTiers(story.context);
    expect(await tierOf(story)).toEqual(["bronze"]);
    await buys(story, 2, "2026-05-22", "500.00");
    await reviewTiers(story.context);
    expect([await tierOf(story), (await story.balance(7)).available]).toEqual([["gold"], 750]);
  });

  test("gives nothing twice where its gifts are listed otherwise by the time that it is reached again", async () => {
    const points = (amount: number) => ({ kind: "points" as const, points: amount });
    const fiveOff = { kind: "reward" as const, reward: "five-off" };
    const story = await aStory([bronze, gold({ entry: [points(250)] })], { term: { kind: "while it holds" } });
    await buys(story, 1, "2026-05-20", "500.00");
    await reviewTiers(story.context);
    const given = async () =>
      (
        await at.owner.query(
          "select (explanation->>'points') as what from transaction where program_id = $1 and kind = 'gift' union all select what from gift where program_id = $1 order by 1",
          [story.programId],
        )
      ).rows.map((row) => row.what);
    expect(await given()).toEqual(["250"]);
    const tiers = definition.shape.tiers.parse({
      levels: [bronze, gold({ entry: [fiveOff, points(300)] })],
      term: { kind: "while it holds" },
    });
    await publishProgramme(story.context, { definition: programmeOf({ tiers: tiers as never }), basedOn: 1 });
    on(story, "2026-06-03");
    await buys(story, 1, "2026-05-20", "500.00", { updated: "2026-06-02T12:00:00Z", cancelled: "2026-06-02T12:00:00Z" });
    await reviewTiers(story.context);
    expect(await tierOf(story)).toEqual(["bronze"]);
    await buys(story, 2, "2026-06-03", "500.00");
    on(story, "2026-06-04");
    await reviewTiers(story.context);
    expect([await tierOf(story), await given()]).toEqual([["gold"], ["250", "five-off"]]);
  });

  test("gives points that live as long as the tier lets them, and so do staff and every month", async () => {
    const gift = { kind: "points" as const, points: 100 };
    const forEver = gold({ expiry: { kind: "never" }, entry: [gift], grants: [{ id: "monthly", every: "month", gift }] });
    const definition = programmeOf({ tiers: { levels: [bronze, forEver] } });
    definition.policies.expiry = { kind: "after earning", days: 365 };
    const story = await openStory(at, { definition });
    const memberOf = async () => story.memberOf(7);
    await buys(story, 1, "2026-05-20", "500.00");
    await reviewTiers(story.context);
    on(story, "2026-07-01");
    await reviewTiers(story.context);
    await adjustPoints(story.context, { memberId: await memberOf(), points: 7, reason: "Sorry", requestId: "one" });
    const { rows } = await at.owner.query("select amount::int, expires_at from lot where program_id = $1 order by amount, lot_id", [
      story.programId,
    ]);
    expect(rows.map((row) => [row.amount, row.expires_at])).toEqual([7, 100, 100, 100, 500].map((amount) => [amount, null]));
  });

  test("notes a reward that is made a code when there is an account for it, and asks staff for what a person does", async () => {
    const [reward] = simplePoints(100).rewards;
    const perks = [
      { id: "shopper", name: "Personal shopper", note: "Call within a week", task: true },
      { id: "delivery", name: "Free delivery", note: null, task: false },
    ];
    const story = await aStory([bronze, gold({ entry: [{ kind: "reward", reward: reward?.id ?? "" }], perks })]);
    await buys(story, 1, "2026-05-20", "500.00");
    await reviewTiers(story.context);
    const memberId = await story.memberOf(7);
    await settleGifts(story.context, memberId);
    const { rows } = await at.owner.query("select points::int, state, reward->>'id' as reward from redemption where program_id = $1", [
      story.programId,
    ]);
    expect(rows).toEqual([{ points: 0, state: "reserved", reward: reward?.id }]);
    const tasks = await at.owner.query("select title, note, state from staff_task where program_id = $1", [story.programId]);
    expect(tasks.rows).toEqual([{ title: "Personal shopper", note: "Call within a week", state: "open" }]);
  });

  test("makes points live longer, and losing it never shortens them", async () => {
    const definition = programmeOf({
      tiers: {
        levels: [bronze, gold({ expiry: { kind: "never" } })],
        window: { kind: "rolling", months: 3 },
        term: { kind: "while it holds" },
      },
    });
    definition.policies.expiry = { kind: "after earning", days: 365 };
    const story = await openStory(at, { definition });
    const expiries = async () =>
      (await at.owner.query("select expires_at from lot where program_id = $1 order by earned_at", [story.programId])).rows.map(
        (row) => row.expires_at?.toISOString() ?? null,
      );
    await buys(story, 1, "2026-05-20", "300.00");
    expect(await expiries()).toEqual(["2027-05-20T12:00:00.000Z"]);
    await buys(story, 2, "2026-05-25", "200.00");
    await reviewTiers(story.context);
    expect(await expiries()).toEqual([null, null]);
    on(story, "2026-10-01");
    await reviewTiers(story.context);
    expect([await tierOf(story), await expiries()]).toEqual([["bronze"], [null, null]]);
  });
});

describe("recurring gifts", () => {
  test("come once in each month to whoever holds the tier, and end with it", async () => {
    const grants = [{ id: "monthly", every: "month" as const, gift: { kind: "points" as const, points: 100 }, endsWithPeriod: true }];
    const story = await aStory([bronze, gold({ grants })]);
    await buys(story, 1, "2026-05-20", "500.00");
    for (const day of ["2026-06-01", "2026-06-15", "2026-07-02", "2026-08-01"]) {
      on(story, day);
      await reviewTiers(story.context);
    }
    const { rows } = await at.owner.query(
      `select t.source, l.expires_at from lot l join transaction t using (program_id, transaction_id) where l.program_id = $1 and t.kind = 'gift' order by t.occurred_at`,
      [story.programId],
    );
    expect(rows.map((row) => [row.source.split(" ").at(-1), row.expires_at.toISOString()])).toEqual([
      ["2026-06", "2026-07-01T04:00:00.000Z"],
      ["2026-07", "2026-08-01T04:00:00.000Z"],
      ["2026-08", "2026-09-01T04:00:00.000Z"],
    ]);
  });

  test("end with their month also where the member rises within it, or does something that lets points live on", async () => {
    const grants = [{ id: "monthly", every: "month" as const, gift: { kind: "points" as const, points: 100 }, endsWithPeriod: true }];
    const silver = { id: "silver", name: "Silver", reach: [{ kind: "spend" as const, least: 10_000 }], grants };
    const definition = programmeOf({ tiers: { levels: [bronze, silver, gold()] } });
    definition.policies.expiry = { kind: "inactivity", months: 12 };
    const story = await openStory(at, { definition });
    await buys(story, 1, "2026-05-20", "100.00");
    on(story, "2026-06-01");
    await reviewTiers(story.context);
    await buys(story, 2, "2026-06-10", "400.00");
    on(story, "2026-06-10");
    await reviewTiers(story.context);
    expect(await tierOf(story)).toEqual(["gold"]);
    const { rows } = await at.owner.query("select origin, expires_at from lot where program_id = $1 order by earned_at", [story.programId]);
    const ends = (day: string) => new Date(`${day}T12:00:00Z`);
    expect(rows).toEqual([
      { origin: "sale", expires_at: ends("2027-06-10") },
      { origin: "gift", expires_at: new Date("2026-07-01T04:00:00Z") },
      { origin: "sale", expires_at: ends("2027-06-10") },
    ]);
  });

  test("are the higher tier's in the month in which a member rises, and nobody's twice", async () => {
    const monthly = (points: number) => ({ id: "monthly", every: "month" as const, gift: { kind: "points" as const, points } });
    const extra = { id: "extra", every: "month" as const, gift: { kind: "reward" as const, reward: "five-off" } };
    const levels = [
      bronze,
      { id: "silver", name: "Silver", reach: [{ kind: "spend" as const, least: 10_000 }], grants: [monthly(100), extra] },
      gold({ grants: [monthly(300), extra] }),
    ];
    const story = await aStory(levels, { term: { kind: "while it holds" } });
    const given = async () =>
      (
        await at.owner.query(
          `select source as cause, (explanation->>'points')::int as what, explanation->>'why' as why from transaction where program_id = $1 and kind = 'gift'
           union all select cause, 0, what from gift where program_id = $1 order by cause, what`,
          [story.programId],
        )
      ).rows.map(({ cause, what, why }) => [cause.split(" ").slice(2).join(" "), what || why, ...(what ? [why] : [])]);
    await buys(story, 1, "2026-05-20", "100.00");
    on(story, "2026-06-01");
    await reviewTiers(story.context);
    await buys(story, 2, "2026-06-10", "400.00");
    on(story, "2026-06-11");
    await reviewTiers(story.context);
    await reviewTiers(story.context);
    expect(await tierOf(story)).toEqual(["gold"]);
    const june = [
      ["gold monthly 2026-06", 200, "For Gold members, 2026-06, less what you had for it"],
      ["silver extra 2026-06", "five-off"],
      ["silver monthly 2026-06", 100, "For Silver members, 2026-06"],
    ];
    expect(await given()).toEqual(june);
    // Who falls keeps it, and gets nothing more before the month is over.
    await buys(story, 2, "2026-06-10", "400.00", { updated: "2026-06-15T12:00:00Z", cancelled: "2026-06-15T12:00:00Z" });
    on(story, "2026-06-16");
    await reviewTiers(story.context);
    expect([await tierOf(story), await given()]).toEqual([["silver"], june]);
    on(story, "2026-07-01");
    await reviewTiers(story.context);
    expect((await given()).filter(([cause]) => cause.endsWith("2026-07"))).toEqual([
      ["silver extra 2026-07", "five-off"],
      ["silver monthly 2026-07", 100, "For Silver members, 2026-07"],
    ]);
  });
});

describe("a tier that is bought", () => {
  const plus = {
    id: "plus",
    name: "Plus",
    bought: { products: ["gid://shopify/Product/500"], months: 1 },
    grants: [{ id: "monthly", every: "month" as const, gift: { kind: "points" as const, points: 100 } }],
  };
  const placed = { lines: [{ id: 11, price: "5.00" }], status: "pending" };
  const told = async (story: Story, more: object = {}) => {
    await buys(story, 1, "2026-06-01", "5.00", { ...placed, ...more });
    await reviewTiers(story.context);
    return [...(await tierOf(story)), (await story.balance(7)).available];
  };
  const aShop = async () => {
    const story = await aStory([bronze, plus]);
    on(story, "2026-06-10");
    return story;
  };

  test("is had once it is paid, from the placing of its order on", async () => {
    const story = await aShop();
    expect(await told(story)).toEqual(["bronze", 0]);
    expect(await told(story, { status: "paid", updated: "2026-06-05T12:00:00Z" })).toEqual(["plus", 105]);
    const { rows } = await at.owner.query("select until from member_tier where program_id = $1", [story.programId]);
    expect(rows).toEqual([{ until: new Date("2026-07-02T04:00:00Z") }]);
    expect(await told(story, { status: "paid", updated: "2026-06-06T12:00:00Z", cancelled: "2026-06-06T12:00:00Z" })).toEqual([
      "bronze",
      100,
    ]);
  });

  test("is never had by who never pays", async () => {
    const story = await aShop();
    await told(story);
    expect(await told(story, { status: "voided", updated: "2026-06-05T12:00:00Z" })).toEqual(["bronze", 0]);
  });

  test("goes with its money where that comes back without its line, and not with a part of it", async () => {
    const story = await aShop();
    const back = (amount: string, day: string, id: number) => ({ id, at: `2026-06-0${day}T12:00:00Z`, discrepancy: `-${amount}` });
    const paid = { status: "partially_refunded", updated: "2026-06-05T12:00:00Z", refunds: [back("2.00", "5", 1)] };
    expect((await told(story, paid))[0]).toBe("plus");
    const all = { status: "refunded", updated: "2026-06-06T12:00:00Z", refunds: [back("2.00", "5", 1), back("3.00", "6", 2)] };
    expect((await told(story, all))[0]).toBe("bronze");
    expect((await steps(story)).at(-1)).toBe("plus → bronze");
  });
});

test("a birthday gift comes on the day to whoever holds the tier, also when the day is learned later, and once a year", async () => {
  const grants = [{ id: "cake", every: "birthday" as const, gift: { kind: "points" as const, points: 200 } }];
  const story = await aStory([bronze, gold({ grants })]);
  await buys(story, 1, "2026-05-20", "500.00");
  await reviewTiers(story.context);
  const learn = (birthday: string) =>
    story.context.db.inProgramme(story.context.scope, (tx) =>
      noteCounts(tx, { shopId: story.shopId, askedAt: story.clock.at }, [
        { customerGid: "gid://shopify/Customer/7", birthday, orderCount: 1, lastOrderAt: null },
      ]),
    );
  await learn("06-10");
  const available = [];
  for (const day of ["2026-06-01", "2026-06-09", "2026-06-10", "2026-06-11", "2027-06-10"]) {
    on(story, day);
    await reviewTiers(story.context);
    available.push((await story.balance(7)).available);
  }
  expect(available).toEqual([500, 500, 700, 700, 900]);
});

test("an order is judged in the tier that the member had when it was placed", async () => {
  const story = await aStory([bronze, gold({ times: 20_000 })]);
  await buys(story, 1, "2026-05-20", "500.00");
  await buys(story, 2, "2026-05-21", "100.00");
  expect((await story.balance(7)).available).toBe(700);
});
