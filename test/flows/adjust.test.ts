import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { newId } from "../../app/ids.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { wrongInTheBooks } from "../support/books.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { openStory } from "../support/story.ts";

const at = useDatabase();

afterEach(async () => {
  expect(await wrongInTheBooks(at.owner)).toEqual([]);
});

const none = { pending: 0, available: 0, reserved: 0, owed: 0 };

async function aStory(policies = {}) {
  const story = await openStory(at, { definition: { policies: { ...simplePoints(100).policies, ...policies } } });
  for (const id of [7, 8]) await story.deliver("customers/create", { id, state: "enabled" });
  await story.drain();
  const memberId = await story.memberOf(7);
  const adjust = (points: number, requestId: string = randomUUID(), reason = "Sorry for the wait") =>
    adjustPoints(story.context, { memberId, points, reason, requestId });
  return { story, memberId, adjust };
}

test("staff give and take points and say why", async () => {
  const { story, memberId, adjust } = await aStory();
  await adjust(120);
  await adjust(-50, randomUUID(), "  Counted twice  ");
  expect(await story.balance(7)).toEqual({ ...none, available: 70 });
  const { rows } = await at.owner.query("select kind, actor, explanation from transaction where member_id = $1 order by transaction_id", [
    memberId,
  ]);
  expect(rows).toEqual([
    { kind: "adjust", actor: "test", explanation: { reason: "Sorry for the wait", points: 120 } },
    { kind: "adjust", actor: "test", explanation: { reason: "Counted twice", points: -50 } },
  ]);
  const audit = await at.owner.query("select actor, action, subject from audit where program_id = $1", [story.programId]);
  expect(audit.rows).toEqual([
    { actor: "test", action: "adjusted points", subject: memberId },
    { actor: "test", action: "adjusted points", subject: memberId },
  ]);
});

test("one request adjusts once, however often it is sent, also at once", async () => {
  const { story, adjust } = await aStory();
  const answers = await Promise.all(Array.from({ length: 6 }, () => adjust(30, "the same")));
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(await adjust(30, "the same")).toEqual(answers[0]);
  expect(await story.balance(7)).toEqual({ ...none, available: 30 });
});

test("a request that was sent before with other contents, or for somebody else, is refused", async () => {
  const { story, adjust } = await aStory();
  await adjust(30, "the same");
  expect(await adjust(40, "the same")).toMatchObject({ refused: "sent before" });
  const other = { memberId: await story.memberOf(8), points: 30, reason: "Sorry for the wait", requestId: "the same" };
  expect(await adjustPoints(story.context, other)).toMatchObject({ refused: "sent before" });
  expect(await story.balance(7)).toEqual({ ...none, available: 30 });
  expect(await story.balance(8)).toEqual(none);
});

test.each([
  ["no points", 0, "Why", "points"],
  ["no points", 1.5, "Why", "points"],
  ["no points", Number.NaN, "Why", "points"],
  ["too many", 10_000_001, "Why", "points"],
  ["too many", -10_000_001, "Why", "points"],
  ["no reason", 10, "   ", "reason"],
  ["too long", 10, "x".repeat(201), "reason"],
  ["too few points", -1, "Why", "points"],
])("what staff must not do is refused beside its field: %s (%s)", async (refused, points, reason, field) => {
  const { story, adjust } = await aStory();
  expect(await adjust(points, "1", reason)).toMatchObject({ refused, field });
  expect(await story.balance(7)).toEqual(none);
});

test("pending and reserved points cannot be taken", async () => {
  const { story, adjust } = await aStory({ holdDays: 30 });
  await story.deliver("orders/paid", orderBody({ at: "2026-05-31T10:00:00Z" }));
  await story.drain();
  expect(await adjust(-1)).toMatchObject({ refused: "too few points" });
  expect(await story.balance(7)).toEqual({ ...none, pending: 100 });
});

test("somebody who does not exist gets nothing, and leaves no trace", async () => {
  const { story } = await aStory();
  const nobody = newId();
  expect(await adjustPoints(story.context, { memberId: nobody, points: 5, reason: "Why", requestId: "1" })).toMatchObject({
    refused: "no such member",
  });
  expect((await at.owner.query("select 1 from balance where member_id = $1", [nobody])).rows).toEqual([]);
});

test("another programme's member does not exist", async () => {
  const [one, other] = [await aStory(), await aStory()];
  const wish = { memberId: other.memberId, points: 5, reason: "Why", requestId: "1" };
  expect(await adjustPoints(one.story.context, wish)).toMatchObject({ refused: "no such member" });
  expect(await other.story.balance(7)).toEqual(none);
});

test("given points expire as earned ones do, and due ones expire before anything is taken", async () => {
  const { story, adjust } = await aStory({ expiryDays: 30 });
  await adjust(100);
  story.clock.at = new Date("2026-06-21T12:00:00Z");
  await adjust(40);
  story.clock.at = new Date("2026-07-01T12:00:00Z");
  expect(await adjust(-41)).toMatchObject({ refused: "too few points" });
  expect(await story.balance(7)).toEqual({ ...none, available: 40 });
});

test("given points repay a debt first", async () => {
  const { story, adjust } = await aStory();
  await story.deliver("orders/paid", orderBody({ at: "2026-05-31T10:00:00Z" }));
  await story.drain();
  await adjust(-100);
  await story.deliver(
    "orders/cancelled",
    orderBody({ at: "2026-05-31T10:00:00Z", updated: "2026-06-01T10:00:00Z", cancelled: "2026-06-01T10:00:00Z" }),
  );
  await story.drain();
  expect(await story.balance(7)).toEqual({ ...none, owed: 100 });
  await adjust(130);
  expect(await story.balance(7)).toEqual({ ...none, available: 30 });
});
