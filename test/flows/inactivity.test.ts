import { afterEach, expect, test } from "vitest";
import { recordEvent } from "../../app/flows/receiving/record-event.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
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

async function buys(story: Story, id: number, day: string): Promise<void> {
  story.clock.at = new Date(`2026-${day}T12:00:00Z`);
  await story.deliver("orders/updated", orderBody({ id, at: `2026-${day}T12:00:00Z`, lines: [{ price: "10.00" }] }));
  await settled(story);
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
