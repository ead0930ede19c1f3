import { afterEach, describe, expect, test } from "vitest";
import { claimMember } from "../../app/flows/members/claim-member.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { fetchForEvent } from "../../app/flows/receiving/fetch-for-event.ts";
import { type EventWish, tellHappening } from "../../app/flows/receiving/hear-happening.ts";
import { tellJoined } from "../../app/flows/receiving/welcome.ts";
import { settleHappenings, settleHappeningsSince } from "../../app/flows/settling/settle-happenings.ts";
import type { Definition } from "../../app/loyalty/program/definition.ts";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { programme } from "../support/rules.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };
const ann = "gid://shopify/Customer/7";
const all = <T>(of: T[]) => ({ kind: "all" as const, of });

async function annIn(definition: Definition, wish: Parameters<typeof openStory>[1] = {}) {
  const shopify = smallShopify();
  const story = await openStory(at, { definition, adminOf: async () => shopify.admin, ...wish });
  await story.deliver("customers/create", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
  await story.drain();
  expect(story.failures).toEqual([]);
  return { story, shopify, memberId: await story.memberOf(7) };
}

const tell = (story: Story, wish: Partial<EventWish> = {}) =>
  tellHappening(story.context, {
    member: { shopId: story.shopId, customerGid: ann },
    trigger: "event",
    name: "review.written",
    source: "review 1",
    ...wish,
  } as EventWish);

const review = programme({
  earning: [{ id: "review", on: { kind: "event", name: "review.written" }, award: { kind: "fixed", points: 50, unit: "points" } }],
});

describe("an event", () => {
  test("earns what its rule gives, as a gift, and the books say why", async () => {
    const { story } = await annIn(review);
    expect(await tell(story)).toMatchObject({ before: false });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    const { rows } = await at.owner.query(
      `select t.kind, t.explanation->'event' as event, l.origin, l.net_sale_minor from transaction t join lot l using (program_id, transaction_id) where t.program_id = $1`,
      [story.programId],
    );
    expect(rows).toEqual([{ kind: "event", event: { trigger: "event", name: "review.written" }, origin: "gift", net_sale_minor: null }]);
  });

  test("that is told twice, or settled again, earns once; told otherwise it is refused", async () => {
    const { story } = await annIn(review);
    const first = await tell(story, { properties: { stars: 5 } });
    expect(await tell(story, { properties: { stars: 5 } })).toEqual({ ...first, before: true });
    expect(await tell(story, { properties: { stars: 4 } })).toMatchObject({ refused: "told before" });
    expect(await tell(story, { properties: { stars: 5 }, at: new Date("2026-05-01T00:00:00Z") })).toMatchObject({ refused: "told before" });
    if (isRefusal(first)) throw new Error(first.sentence);
    await story.context.db.inProgramme(story.context.scope, (tx) => settleHappenings(tx, [first.happeningId], story.clock.at));
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("that many tell at once is one", async () => {
    const { story } = await annIn(review);
    const told = await Promise.all(Array.from({ length: 6 }, () => tell(story)));
    expect(told.filter((one) => !isRefusal(one) && !one.before)).toHaveLength(1);
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("of a day before the programme was live earns nothing, one to come is refused", async () => {
    const { story } = await annIn(review);
    expect(await tell(story, { at: new Date("2025-12-31T23:00:00Z") })).toMatchObject({ before: false });
    expect(await story.balance(7)).toEqual(none);
    expect(await tell(story, { source: "review 2", at: new Date("2026-06-01T12:00:01Z") })).toMatchObject({
      refused: "in the future",
      field: "at",
    });
  });

  test.each([
    ["no such member", { member: { memberId: "019a0000-0000-7000-8000-000000000000" } }],
    ["no such member", { member: { memberId: "'; drop table member; --" } }],
    ["bad name", { name: "Review written!" }],
    ["bad source", { source: "   " }],
    ["bad source", { source: "x".repeat(201) }],
    ["bad properties", { properties: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`p${n}`, 1])) }],
    ["bad properties", { properties: { deep: { a: 1 } } }],
    ["bad properties", { properties: { long: "x".repeat(201) } }],
    ["bad properties", { properties: { far: Number.POSITIVE_INFINITY } }],
    ["bad properties", { properties: JSON.parse('{"__proto__": 1}') }],
    ["bad properties", { properties: ["a"] }],
    ["bad properties", { properties: { "": "empty" } }],
    ["bad time", { at: new Date("soon") }],
  ])("that makes no sense is refused and says what to do: %s", async (refused, wish) => {
    const { story } = await annIn(review);
    const answer = await tell(story, wish as Partial<EventWish>);
    expect(answer).toMatchObject({ refused });
    expect((await at.owner.query("select from happening where program_id = $1", [story.programId])).rowCount).toBe(0);
  });

  test("of another programme's member is nobody's", async () => {
    const other = await annIn(review);
    const { story } = await annIn(review);
    expect(await tell(story, { member: { memberId: other.memberId } })).toMatchObject({ refused: "no such member" });
    expect(await tell(story, { member: { shopId: other.story.shopId, customerGid: ann } })).toMatchObject({ refused: "no such member" });
    expect(await other.story.balance(7)).toEqual(none);
  });

  test("is judged by its properties, by the version of its instant, whatever is published since", async () => {
    const definition = programme({
      earning: [
        {
          id: "review",
          on: { kind: "event", name: "review.written" },
          award: { kind: "fixed", points: 50, unit: "points" },
          when: all([{ kind: "event property", property: "stars", operator: "at least", values: [4] }]) as never,
        },
      ],
    });
    const { story } = await annIn(definition);
    await tell(story, { properties: { stars: 3 } });
    expect(await story.balance(7)).toEqual(none);
    await tell(story, { properties: { stars: 4 }, source: "review 2" });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    const richer = {
      ...definition,
      earning: definition.earning.map((rule) => ({ ...rule, award: { kind: "fixed" as const, points: 500, unit: "points" } })),
    };
    expect(await publishProgramme(story.context, { definition: richer, basedOn: 1 })).toMatchObject({ version: 2 });
    await story.context.db.inProgramme(story.context.scope, async (tx) =>
      settleHappeningsSince(tx, await story.memberOf(7), new Date(0), story.clock.at),
    );
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("counts towards its limit in the order in which events happened, however they arrive", async () => {
    const definition = programme({
      earning: [
        {
          id: "review",
          on: { kind: "event", name: "review.written" },
          award: { kind: "fixed", points: 50, unit: "points" },
          limits: [{ most: 70, of: "points", per: "month", days: null }],
        },
      ],
    });
    const times = ["2026-05-03T10:00:00Z", "2026-05-01T10:00:00Z", "2026-05-02T10:00:00Z", "2026-06-01T10:00:00Z"];
    const earned: number[][] = [];
    for (const order of [times, [...times].reverse()]) {
      const { story, memberId } = await annIn(definition);
      for (const time of order) await tell(story, { source: time, at: new Date(time) });
      for (const job of await story.jobs("settle-again")) {
        const since = new Date(String(job.payload.since));
        await story.context.db.inProgramme(story.context.scope, (tx) => settleHappeningsSince(tx, memberId, since, story.clock.at));
      }
      expect(await story.balance(7)).toEqual({ ...none, available: 120 });
      const { rows } = await at.owner.query(
        `select coalesce(sum(case when p.from_account = 'issued' then p.amount else -p.amount end), 0)::int as points
         from happening h left join transaction t on t.program_id = h.program_id and t.kind = 'event' and split_part(t.source, ' ', 1) = h.happening_id::text
           left join posting p on p.program_id = t.program_id and p.transaction_id = t.transaction_id where h.program_id = $1 group by h.at order by h.at`,
        [story.programId],
      );
      earned.push(rows.map((row) => row.points));
    }
    expect(earned).toEqual([
      [50, 20, 0, 50],
      [50, 20, 0, 50],
    ]);
  });

  test("gives other units, held for as long as they are, and a budget that stops", async () => {
    const definition = programme({
      units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, holdDays: 2, expiry: { kind: "never" } }],
      earning: [
        { id: "visit", on: { kind: "event", name: "review.written" }, award: { kind: "fixed", points: 1, unit: "stamps" } },
        {
          id: "thanks",
          on: { kind: "event", name: "review.written" },
          award: { kind: "fixed", points: 30, unit: "points" },
          budget: "acquisition",
        },
      ],
      budgets: { retention: null, acquisition: { points: 50, per: "month", alertAt: 8000, stops: true } },
    });
    const { story, memberId } = await annIn(definition);
    await tell(story, { source: "1" });
    await tell(story, { source: "2" });
    expect(await story.balance(7)).toMatchObject({ available: 50 });
    const { rows } = await at.owner.query(
      "select unit, pending::int, available::int from balance where program_id = $1 and member_id = $2 order by unit",
      [story.programId, memberId],
    );
    expect(rows).toEqual([
      { unit: "points", pending: 0, available: 50 },
      { unit: "stamps", pending: 2, available: 0 },
    ]);
    expect((await at.owner.query("select used::int from budget_use where program_id = $1", [story.programId])).rows).toEqual([
      { used: 50 },
    ]);
  });

  test("waits for tags that decide, and is kept meanwhile", async () => {
    const { story, shopify } = await annIn(programme({ ...review, policies: { excludeTag: "staff" } }));
    shopify.tags.set(ann, ["vip"]);
    await tell(story);
    expect(await story.balance(7)).toEqual(none);
    const [job] = await story.jobs("fetch-for-event");
    await fetchForEvent(story.context, job?.payload as never);
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("outlives a process that dies between noting and settling it", async () => {
    const { story } = await annIn(review);
    const dying = {
      ...story.context,
      passing: (point: string) => {
        if (point === "event is noted, not settled") throw new Error("killed");
      },
    };
    await expect(
      tellHappening(dying, {
        member: { shopId: story.shopId, customerGid: ann },
        trigger: "event",
        name: "review.written",
        source: "review 1",
      }),
    ).rejects.toThrow("killed");
    const [job] = await story.jobs("settle-event");
    await story.context.db.inProgramme(story.context.scope, (tx) =>
      settleHappenings(tx, [String(job?.payload.happeningId)], story.clock.at),
    );
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
  });

  test("of a guest goes with their points when they claim them", async () => {
    const { story } = await annIn(review);
    await story.deliver("orders/paid", orderBody({ customer: null, email: "ann@example.com", lines: [{ price: "0.50" }] }));
    await story.drain();
    const { rows } = await at.owner.query(
      "select member_id, customer_gid from customer where program_id = $1 and customer_gid like 'guest:%'",
      [story.programId],
    );
    await tell(story, { member: { memberId: rows[0].member_id } });
    await claimMember(story.context, { customerGid: ann, email: "ann@example.com" });
    expect(await story.balance(7)).toEqual({ ...none, available: 50 });
    expect(await tell(story, { member: { memberId: rows[0].member_id } })).toMatchObject({
      before: true,
      memberId: await story.memberOf(7),
    });
  });
});

describe("joining", () => {
  const joined = programme({ earning: [{ id: "welcome", on: { kind: "joined" }, award: { kind: "fixed", points: 200, unit: "points" } }] });

  async function runJoined(story: Story) {
    for (const { payload } of await story.jobs("tell-joined"))
      await tellJoined(story.context, { memberId: String(payload.memberId), at: new Date(String(payload.at)) });
  }

  test("is rewarded once, whether the webhook or the shopper comes first, and however often", async () => {
    const { story } = await annIn(joined);
    await runJoined(story);
    expect(await story.balance(7)).toEqual({ ...none, available: 200 });
    await claimMember(story.context, { customerGid: ann });
    await story.deliver("customers/update", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
    await story.drain();
    await runJoined(story);
    expect(await story.balance(7)).toEqual({ ...none, available: 200 });
  });

  test("is not rewarded where no rule asks, nor for an account from before the rule", async () => {
    const { story } = await annIn(review);
    expect(await story.jobs("tell-joined")).toEqual([]);
    story.clock.at = new Date("2026-06-10T12:00:00Z");
    expect(await publishProgramme(story.context, { definition: joined, basedOn: 1 })).toMatchObject({ version: 2 });
    await story.deliver("customers/update", { id: 7, admin_graphql_api_id: ann, state: "enabled" });
    await story.drain();
    await claimMember(story.context, { customerGid: ann });
    expect(await story.jobs("tell-joined")).toEqual([]);
    await claimMember(story.context, { customerGid: "gid://shopify/Customer/8" });
    await runJoined(story);
    expect(await story.balance(8)).toEqual({ ...none, available: 200 });
  });
});
