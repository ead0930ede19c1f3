import { expect, test } from "vitest";
import { reviewMembers } from "../../app/flows/tiers/review-tiers.ts";
import { newId } from "../../app/ids.ts";
import { definition, simplePoints } from "../../app/loyalty/program/definition.ts";
import { aContext, aMember } from "../support/a-shop.ts";
import { threeTiers } from "../support/tiers.ts";
import { useMerchant } from "./merchant.ts";

const { at, ask, anotherShop } = useMerchant();

const noShopify = () => {
  throw new Error("Nothing here calls Shopify.");
};

async function aTieredShop() {
  const from = await anotherShop();
  const tiered = definition.parse({ ...simplePoints(100), tiers: threeTiers() });
  await at.owner.query(
    "insert into program_version (program_id, version, definition, effective_from, published_at, published_by) values ($1, 2, $2, now() - interval '1 day', now(), 'test')",
    [from.scope.programId, JSON.stringify(tiered)],
  );
  const context = aContext(at, from.scope, noShopify);
  const { memberId } = await aMember(context, at);
  await at.db.inProgramme(from.scope, (tx) => reviewMembers(tx, [memberId], new Date()));
  const page = await import("../../app/routes/app.members.$memberId.tsx");
  const { action } = await import("../../app/routes/app.members.$memberId.tier.ts");
  const look = async () => (await ask(page.loader, { path: `/app/members/${memberId}`, params: { memberId }, from })).tier;
  const act = (body: object) => ask(action, { path: `/app/members/${memberId}/tier`, params: { memberId }, body, from });
  return { from, memberId, look, act };
}

test("staff hold a member in a tier until a day, and the page says so at once, with why", async () => {
  const { look, act } = await aTieredShop();
  expect(await look()).toMatchObject({ tier: { name: "Bronze" }, holds: [], goals: [{ sentence: "$3 more to reach Silver." }] });
  const wish = { kind: "hold", tierId: "gold", until: "2099-06-30", reason: "A good friend" };
  expect(await act({ ...wish, reason: " " })).toMatchObject({ done: false, field: "reason" });
  expect(await act({ ...wish, until: "2020-01-01" })).toMatchObject({ done: false, field: "until" });
  expect(await act({ ...wish, until: "tomorrow" })).toMatchObject({ done: false, field: "until" });
  expect(await act({ ...wish, tierId: "platinum" })).toMatchObject({ done: false, field: "tierId" });
  expect(await act(wish)).toEqual({ done: true, said: "Tier held" });
  const now = await look();
  expect(now).toMatchObject({ tier: { name: "Gold" }, until: "2099-06-30T23:59:59.999Z", holds: [{ tier: "Gold", why: "A good friend" }] });
  expect(now?.steps[0]).toMatchObject({ to: "Gold", sentence: "Held there by staff: A good friend" });

  expect(await act({ kind: "release", tierId: "gold", until: null, reason: "Over" })).toEqual({ done: true, said: "Tier released" });
  expect(await look()).toMatchObject({ tier: { name: "Bronze" }, holds: [] });
});

test("a tier that the programme has no more keeps its name in the member's history", async () => {
  const { from, look } = await aTieredShop();
  const [bronze, ...upper] = threeTiers().levels;
  const dropped = { ...threeTiers(), levels: [{ ...bronze, id: "friend", name: "Friend" }, ...upper] };
  await at.owner.query(
    "insert into program_version (program_id, version, definition, effective_from, published_at, published_by) values ($1, 3, $2, now() - interval '1 minute', now(), 'test')",
    [from.scope.programId, JSON.stringify(definition.parse({ ...simplePoints(100), tiers: dropped }))],
  );
  expect((await look())?.steps.at(-1)).toMatchObject({ to: "Bronze" });
});

test("a member of another programme cannot be held", async () => {
  const other = await aTieredShop();
  const { action } = await import("../../app/routes/app.members.$memberId.tier.ts");
  const answer = await ask(action, {
    path: `/app/members/${other.memberId}/tier`,
    params: { memberId: other.memberId },
    body: { kind: "hold", tierId: "gold", until: null, reason: "Mine" },
    from: (await aTieredShop()).from,
  });
  expect(answer).toMatchObject({ done: false });
  expect((await other.look())?.tier?.name).toBe("Bronze");
});

test("a task is done once, says by whom, and can be opened again", async () => {
  const { from, memberId } = await aTieredShop();
  const taskId = newId();
  await at.owner.query(
    "insert into staff_task (program_id, task_id, member_id, title, state, cause, created_at) values ($1, $2, $3, 'Personal shopper', 'open', 'x', now())",
    [from.scope.programId, taskId, memberId],
  );
  const { loader, action } = await import("../../app/routes/app.tasks.tsx");
  const list = async (state: string) => (await ask(loader, { path: `/app/tasks?state=${state}`, from })).tasks.map((task) => task.title);
  const mark = (state: string) => ask(action, { path: "/app/tasks", body: { taskId, state }, from });
  expect([await list("open"), await list("done")]).toEqual([["Personal shopper"], []]);
  expect(await mark("done")).toEqual({ done: true, said: "Marked as done" });
  expect(await mark("done")).toMatchObject({ done: false });
  expect([await list("open"), await list("done")]).toEqual([[], ["Personal shopper"]]);
  expect(await mark("open")).toMatchObject({ done: true });
  expect(await list("open")).toEqual(["Personal shopper"]);
});
