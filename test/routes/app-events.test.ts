import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aContext, aMember } from "../support/a-shop.ts";
import { programme } from "../support/rules.ts";
import { useMerchant } from "./merchant.ts";

const { at, ask, shop, anotherShop } = useMerchant();
const route = () => import("../../app/routes/app.members.$memberId.event.ts");
const page = () => import("../../app/routes/app.members.$memberId.tsx");

const review = programme({
  units: [{ id: "stamps", name: { one: "stamp", other: "stamps" }, holdDays: 0, expiry: { kind: "never" } }],
  earning: [
    { id: "stamps", on: { kind: "event", name: "review.written" }, award: { kind: "fixed", points: 2, unit: "stamps" } },
    { id: "review", name: "Reviews", on: { kind: "event", name: "review.written" }, award: { kind: "fixed", points: 50, unit: "points" } },
  ],
});

async function reviewShop() {
  const from = await anotherShop();
  await at.owner.query(
    "insert into program_version (program_id, version, definition, effective_from, published_at, published_by) values ($1, 2, $2, 'epoch', now(), 'test')",
    [from.scope.programId, JSON.stringify(review)],
  );
  const context = aContext(at, from.scope, () => {
    throw new Error("Nothing here calls Shopify.");
  });
  const { memberId } = await aMember(context, at);
  const act = async (body: object, of = memberId) =>
    ask((await route()).action, { path: `/app/members/${of}/event`, params: { memberId: of }, body, from });
  return { from, memberId, act };
}

test("staff record an event that a rule rewards; pressing twice records it once, and the books say who", async () => {
  const { from, memberId, act } = await reviewShop();
  const { events } = await ask((await route()).loader, { path: `/app/members/${memberId}/event`, params: { memberId }, from });
  expect(events).toEqual([{ name: "review.written", rules: ["stamps", "Reviews"] }]);
  const wish = { name: "review.written", properties: "stars = 5\ntext=nice", requestId: randomUUID() };
  expect(await Promise.all([act(wish), act(wish)])).toEqual([
    { done: true, said: "Event recorded" },
    { done: true, said: "Event recorded" },
  ]);
  const { balance, statement, member } = await ask((await page()).loader, { path: `/app/members/${memberId}`, params: { memberId }, from });
  expect(balance).toMatchObject({ available: 50 });
  expect(statement.rows.map((row) => [row.sentence, row.change])).toEqual([["“review.written” earned 50 points and 2 stamps.", 50]]);
  expect(member).toMatchObject({ units: [{ id: "stamps", one: "stamp", available: 2, pending: 0 }], badges: [], gifts: [] });
  const { rows } = await at.owner.query("select action, subject, details from audit where program_id = $1", [from.scope.programId]);
  expect(rows).toEqual([
    { action: "recorded an event", subject: memberId, details: { name: "review.written", properties: { stars: 5, text: "nice" } } },
  ]);
});

test("an event that no rule rewards, or that says nothing that can be read, is refused beside its field", async () => {
  const { act } = await reviewShop();
  expect(await act({ name: "followed", properties: "", requestId: randomUUID() })).toMatchObject({ done: false, field: "name" });
  expect(await act({ name: "review.written", properties: "five stars", requestId: randomUUID() })).toMatchObject({
    done: false,
    field: "properties",
  });
});

test("another shop's member cannot be told of", async () => {
  const { act } = await reviewShop();
  const context = aContext(at, shop().scope, () => {
    throw new Error("Nothing here calls Shopify.");
  });
  const stranger = await aMember(context, at);
  expect(await act({ name: "review.written", properties: "", requestId: randomUUID() }, stranger.memberId)).toMatchObject({ done: false });
});
