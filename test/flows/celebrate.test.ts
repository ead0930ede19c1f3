import { afterEach, describe, expect, test } from "vitest";
import { celebrate } from "../../app/flows/settling/celebrate.ts";
import { daysToCelebrate } from "../../app/loyalty/earning/days-to-celebrate.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { programme } from "../support/rules.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const party = programme({
  earning: [
    { id: "cake", on: { kind: "birthday" }, award: { kind: "fixed", points: 100, unit: "points" } },
    { id: "years", on: { kind: "anniversary" }, award: { kind: "fixed", points: 10, unit: "points" } },
  ],
});

async function membersBorn(birthdays: Record<number, string | null>, joined = "2026-04-01T12:00:00Z") {
  const story = await openStory(at, { definition: party });
  for (const [id, birthday] of Object.entries(birthdays)) {
    await story.deliver("customers/create", { id: Number(id), admin_graphql_api_id: `gid://shopify/Customer/${id}`, state: "enabled" });
    await story.drain();
    await born(story, Number(id), birthday);
  }
  await at.owner.query("update member set joined_at = $2 where program_id = $1", [story.programId, joined]);
  return story;
}

const born = (story: Story, customer: number, birthday: string | null) =>
  at.owner.query("update customer set birthday = $3, birthday_known_at = now() where program_id = $1 and customer_gid = $2", [
    story.programId,
    `gid://shopify/Customer/${customer}`,
    birthday,
  ]);

const on = (story: Story, instant: string) => {
  story.clock.at = new Date(instant);
  return celebrate(story.context);
};

const points = async (story: Story, customer: number) => (await story.balance(customer)).available;

describe("a birthday", () => {
  test("begins at midnight of the programme's zone, and comes once however often one looks", async () => {
    const story = await membersBorn({ 1: "06-15", 2: "06-16", 3: null });
    // Midnight in New York is four in the morning here.
    expect(await on(story, "2026-06-15T03:59:59Z")).toBe(0);
    expect(await on(story, "2026-06-15T04:00:00Z")).toBe(1);
    expect(await on(story, "2026-06-15T23:00:00Z")).toBe(0);
    expect([await points(story, 1), await points(story, 2), await points(story, 3)]).toEqual([100, 0, 0]);
    expect(await on(story, "2027-06-15T12:00:00Z")).toBe(1);
    expect(await points(story, 1)).toBe(200);
  });

  test("that was missed for days is caught up with, at its own day", async () => {
    const story = await membersBorn({ 1: "06-15", 2: "06-18" });
    expect(await on(story, "2026-06-25T12:00:00Z")).toBe(2);
    const { rows } = await at.owner.query("select at from happening where program_id = $1 order by at", [story.programId]);
    expect(rows.map((row) => row.at.toISOString())).toEqual(["2026-06-15T04:00:00.000Z", "2026-06-18T04:00:00.000Z"]);
  });

  test("that is moved does not come twice within ten months, and does in the year after", async () => {
    const story = await membersBorn({ 1: "06-15" });
    expect(await on(story, "2026-06-15T12:00:00Z")).toBe(1);
    await born(story, 1, "12-30");
    expect(await on(story, "2026-12-30T12:00:00Z")).toBe(0);
    await born(story, 1, "01-05");
    expect(await on(story, "2027-01-05T12:00:00Z")).toBe(0);
    await born(story, 1, "06-20");
    expect(await on(story, "2027-06-20T12:00:00Z")).toBe(1);
    expect(await points(story, 1)).toBe(200);
  });

  test("on 29 February is on the 28th in other years", () => {
    expect(daysToCelebrate(new Date("2027-02-28T12:00:00Z"), "UTC", 1)[0]?.monthDays).toEqual(["02-28", "02-29"]);
    expect(daysToCelebrate(new Date("2028-02-28T12:00:00Z"), "UTC", 1)[0]?.monthDays).toEqual(["02-28"]);
    expect(daysToCelebrate(new Date("2028-02-29T12:00:00Z"), "UTC", 2).map((one) => one.monthDays)).toEqual([["02-29"], ["02-28"]]);
  });

  test("of many is settled in bites, and a run that dies in the middle is taken up again", async () => {
    const story = await membersBorn({ 1: "06-15" });
    await at.owner.query(
      `with made as (insert into member (program_id, member_id, state, joined_at, changed_at)
         select $1, gen_random_uuid(), 'active', '2026-01-02', now() from generate_series(1, 650) returning member_id)
       insert into customer (program_id, shop_id, customer_gid, member_id, tags, has_account, birthday)
         select $1, $2, 'gid://shopify/Customer/' || (90000 + row_number() over ()), member_id, '{}', true, '06-15' from made`,
      [story.programId, story.shopId],
    );
    story.clock.at = new Date("2026-06-15T12:00:00Z");
    let bites = 0;
    const dying = {
      ...story.context,
      passing: (point: string) => {
        bites += point === "a bite of birthdays is settled, not committed" ? 1 : 0;
        if (bites === 2) throw new Error("killed");
      },
    };
    await expect(celebrate(dying)).rejects.toThrow("killed");
    expect(await celebrate(story.context)).toBe(351);
    const { rows } = await at.owner.query(
      "select sum(available)::int as points, count(*)::int as members from balance where program_id = $1",
      [story.programId],
    );
    expect(rows).toEqual([{ points: 65_100, members: 651 }]);
  });

  test("of somebody who is blocked, and of a day before they joined, is nothing", async () => {
    const story = await membersBorn({ 1: "06-15", 2: "06-15" }, "2026-06-15T12:00:00Z");
    expect(await on(story, "2026-06-16T12:00:00Z")).toBe(0);
    await at.owner.query("update member set joined_at = '2026-01-02', state = 'blocked' where program_id = $1", [story.programId]);
    expect(await on(story, "2026-06-16T12:00:00Z")).toBe(0);
  });
});

test("an anniversary of joining comes every year but the first", async () => {
  const story = await membersBorn({ 1: null }, "2025-06-16T02:00:00Z");
  // By the clocks of New York they joined on the 15th.
  expect(await on(story, "2026-06-15T12:00:00Z")).toBe(1);
  expect(await on(story, "2026-06-16T12:00:00Z")).toBe(0);
  expect(await points(story, 1)).toBe(10);
  const fresh = await membersBorn({ 1: null }, "2026-06-14T12:00:00Z");
  expect(await on(fresh, "2026-06-15T12:00:00Z")).toBe(0);
});
