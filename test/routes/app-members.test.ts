import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { isRefusal } from "../../app/loyalty/refusal.ts";
import type { AShop } from "../support/a-shop.ts";
import { aContext, aMember } from "../support/a-shop.ts";
import { useMerchant } from "./merchant.ts";

const { at, ask, shop, anotherShop } = useMerchant();
const memberPage = () => import("../../app/routes/app.members.$memberId.tsx");

const context = (from: AShop = shop()) =>
  aContext(at, from.scope, () => {
    throw new Error("Nothing here calls Shopify.");
  });
const member = (points = 0) => aMember(context(), at, { points });
const look = async (memberId: string, from = shop(), search = "") => {
  const { loader } = await memberPage();
  return ask(loader, { path: `/app/members/${memberId}${search}`, params: { memberId }, from });
};
const act = async (memberId: string, body: object) => {
  const { action } = await memberPage();
  return ask(action, { path: `/app/members/${memberId}`, params: { memberId }, body });
};

test("an adjustment moves the points once, however often it is sent, and its reason is on the statement", async () => {
  const { memberId } = await member(100);
  const wish = { what: "adjust", way: "take", points: "30", reason: "Counted twice", requestId: randomUUID() };
  const answers = await Promise.all([act(memberId, wish), act(memberId, wish)]);
  expect(answers).toEqual([
    { done: true, said: "Points adjusted" },
    { done: true, said: "Points adjusted" },
  ]);
  const { balance, statement } = await look(memberId);
  expect(balance).toMatchObject({ available: 70 });
  expect(statement.rows.map((row) => [row.sentence, row.change, row.by])).toEqual([
    ["Staff took away 30 points: Counted twice.", -30, "staff"],
    ["Staff added 100 points: A gift.", 100, "test"],
  ]);
});

test("an adjustment that cannot be says why, beside its field", async () => {
  const { memberId } = await member(10);
  const wish = { what: "adjust", way: "take", points: "30", reason: "x", requestId: randomUUID() };
  expect(await act(memberId, wish)).toMatchObject({ done: false, field: "points" });
  expect(await act(memberId, { ...wish, points: "1.5" })).toEqual({
    done: false,
    sentence: "Enter a whole number of 1 or more.",
    field: "points",
  });
  expect(await act(memberId, { ...wish, points: "5", reason: " " })).toMatchObject({ done: false, field: "reason" });
  expect((await look(memberId)).balance).toMatchObject({ available: 10 });
});

test("a member is blocked with a reason and unblocked without", async () => {
  const { memberId } = await member();
  expect(await act(memberId, { what: "block", reason: "" })).toMatchObject({ done: false, field: "reason" });
  expect(await act(memberId, { what: "block", reason: "Fraud" })).toMatchObject({ done: true });
  expect((await look(memberId)).member).toMatchObject({ state: "blocked", stateNote: "Fraud" });
  await act(memberId, { what: "unblock", reason: "" });
  expect((await look(memberId)).member.state).toBe("active");
});

test("staff take an unused reward back, and a used one not", async () => {
  const { reserveReward } = await import("../../app/flows/redeeming/reserve-reward.ts");
  const { memberId, customerGid } = await member(600);
  const reserved = await reserveReward(context(), { customerGid, rewardId: "five-off", requestId: randomUUID() });
  if (isRefusal(reserved)) throw new Error(reserved.sentence);
  expect(await look(memberId)).toMatchObject({
    balance: { available: 100, reserved: 500 },
    rewards: [{ name: "Thank you", state: "reserved", points: 500 }],
  });

  // Shopify knows no such code: it was never made.
  vi.stubGlobal("fetch", async () => Response.json({ data: { codeDiscountNodeByCode: null } }));
  const release = { what: "release", redemptionId: reserved.redemptionId, why: "Asked for by phone" };
  expect(await act(memberId, release)).toMatchObject({ done: true });
  vi.unstubAllGlobals();
  expect((await look(memberId)).rewards[0]?.state).toBe("releasing");

  await at.owner.query("update redemption set state = 'used' where redemption_id = $1", [reserved.redemptionId]);
  expect(await act(memberId, release)).toEqual({ done: false, sentence: "This reward has been used on an order." });
});

test("a long statement is read page by page", async () => {
  const { memberId } = await member();
  for (let n = 1; n <= 30; n += 1)
    await act(memberId, { what: "adjust", way: "add", points: String(n), reason: "More", requestId: randomUUID() });
  const first = await look(memberId);
  expect(first.statement.rows).toHaveLength(25);
  const second = await look(memberId, shop(), `?before=${first.statement.older}`);
  expect(second.statement).toMatchObject({ older: null, newest: false });
  expect([...first.statement.rows, ...second.statement.rows].map((row) => row.change)).toEqual(
    Array.from({ length: 30 }, (_, n) => 30 - n),
  );
});

test("what somebody did as a guest is on their statement, and claiming it adds nothing", async () => {
  const { becomeOne } = await import("../../app/flows/members/claim-member.ts");
  const [guest, ann] = [await member(40), await member(5)];
  await at.db.inProgramme(shop().scope, (tx) => becomeOne(tx, context(), { from: guest.memberId, to: ann.memberId }));
  const { balance, statement } = await look(ann.memberId);
  expect(balance.available).toBe(45);
  expect(statement.rows.reduce((sum, row) => sum + row.change, 0)).toBe(45);
  expect(statement.rows[0]).toMatchObject({ sentence: "40 points earned as a guest were claimed.", change: 0 });
});

test("another shop's member is nobody here", async () => {
  const { memberId } = await member(10);
  const other = await anotherShop();
  const answer = await look(memberId, other).catch((thrown: Response) => thrown.status);
  expect(answer).toBe(404);
  expect(await look("not-an-id").catch((thrown: Response) => thrown.status)).toBe(404);
});

test("the list shows members by their customer's number where Shopify gives no names, and says so", async () => {
  const { loader } = await import("../../app/routes/app.members._index.tsx");
  const { customerId, memberId } = await member(7);
  const { members, nameless } = await ask(loader, { path: `/app/members?search=${customerId}` });
  expect(members).toMatchObject([{ memberId, available: 7, customerGid: `gid://shopify/Customer/${customerId}` }]);
  expect(nameless).toBe(true);
  expect((await ask(loader, { path: "/app/members?cursor=nonsense&sort=points+asc" })).members.length).toBeGreaterThan(1);
});

test("the home page sums up what was issued and what is held", async () => {
  const from = await anotherShop();
  await aMember(context(from), at, { points: 500 });
  const { loader } = await import("../../app/routes/app._index.tsx");
  const home = await ask(loader, { path: "/app", from });
  expect(home.totals).toEqual({ issued: 500, redeemed: 0, givenMinor: 0, outstanding: 500, members: 1 });
  // What has been rolled up is not counted a second time from the postings.
  await at.owner.query(
    "insert into account_rollup (program_id, unit, account, through, taken, given) values ($1, 'points', 'issued', $2, 1000, 200), ($1, 'points', 'adjusted', $2, 500, 0), ($1, 'points', 'redeemed', $2, 0, 60)",
    [from.scope.programId, "ffffffff-ffff-7fff-bfff-ffffffffffff"],
  );
  expect((await ask(loader, { path: "/app", from })).totals).toMatchObject({ issued: 1300, redeemed: 60 });
  expect(home.worthPerPoint).toEqual({ minor: 500, points: 500 });
  expect(home.phase).toMatchObject({ phase: "live", next: null });
  expect(home.latest).toMatchObject([{ sentence: "Staff added 500 points: A gift.", change: 500 }]);
});

test("the programme is switched at once, or from a day and time of the shop's own zone", async () => {
  const { loader, action } = await import("../../app/routes/app._index.tsx");
  const wish = { what: "phase", phase: "testing", testTag: " vip ", later: false, day: "", time: "00:00" };
  const send = (change: object) => ask(action, { path: "/app", body: { ...wish, ...change } });
  expect(await send({ testTag: "" })).toMatchObject({ done: false, field: "testTag" });
  expect(await send({ later: true, day: "2030-02-30" })).toMatchObject({ done: false, field: "from" });
  expect(await send({ later: true, day: "2001-01-01" })).toMatchObject({ done: false, field: "from" });
  expect(await send({})).toMatchObject({ done: true });
  await at.owner.query("update program set time_zone = 'America/New_York' where program_id = $1", [shop().scope.programId]);
  expect(await send({ phase: "live", later: true, day: "2030-07-01", time: "09:30" })).toMatchObject({ done: true });
  const { phase } = await ask(loader, { path: "/app" });
  expect(phase).toMatchObject({ phase: "testing", testTag: "vip", next: { phase: "live", from: "2030-07-01T13:30:00.000Z" } });
});

test("a delivery that could not be used is named, and can be tried again", async () => {
  const { loader, action } = await import("../../app/routes/app._index.tsx");
  await at.owner.query(
    "insert into inbox (id, program_id, shop, topic, webhook_id, triggered_at, received_at, body, state, attempts, reason) values (gen_random_uuid(), $1, $2, 'orders/paid', 'w1', now(), now(), '{}', 'failed', 9, 'It has no currency.')",
    [shop().scope.programId, shop().shop],
  );
  expect((await ask(loader, { path: "/app" })).todo).toMatchObject({ failedDeliveries: 1, failedReason: "It has no currency." });
  await ask(action, { path: "/app", body: { what: "retry" } });
  expect((await ask(loader, { path: "/app" })).todo).toMatchObject({ failedDeliveries: 0 });
  const { rows } = await at.owner.query("select state, attempts from inbox");
  expect(rows).toEqual([{ state: "waiting", attempts: 0 }]);
});

test("the setup guide that was put away stays away", async () => {
  const { loader, action } = await import("../../app/routes/app._index.tsx");
  expect((await ask(loader, { path: "/app" })).guide.dismissed).toBe(false);
  await ask(action, { path: "/app", body: { what: "dismiss" } });
  expect((await ask(loader, { path: "/app" })).guide.dismissed).toBe(true);
});
