import { expect, test } from "vitest";
import { publishCards } from "../../app/flows/cards/publish-cards.ts";
import { publishProgrammeCard } from "../../app/flows/cards/publish-programme-card.ts";
import type { Card } from "../../app/loyalty/card.ts";
import { type Admin, ShopGone } from "../../app/shopify/admin.ts";
import { aContext, aMember, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();

type Wish = { ownerId: string; namespace?: string; key: string; value: string };

/** Shopify as far as metafields go: a call is all or nothing, and an owner that is gone spoils it. */
function aShopify() {
  const metafields = new Map<string, string>();
  const gone = new Set<string>();
  const calls: number[] = [];
  const failing: { with?: Error } = {};
  const admin: Admin = {
    shop: "test",
    call: async <T>(document: string, variables: Record<string, unknown> = {}) => {
      if (failing.with) throw failing.with;
      if (document.includes("currentAppInstallation")) return { currentAppInstallation: { id: "gid://shopify/AppInstallation/7" } } as T;
      const wishes = variables.metafields as Wish[];
      calls.push(wishes.length);
      const userErrors = wishes.flatMap((wish, index) =>
        gone.has(wish.ownerId)
          ? [{ field: ["metafields", String(index), "ownerId"], message: "Owner does not exist.", code: "INVALID", elementIndex: null }]
          : [],
      );
      if (userErrors.length === 0)
        for (const wish of wishes) metafields.set(`${wish.ownerId} ${wish.namespace ?? "$app"}.${wish.key}`, wish.value);
      return { metafieldsSet: { metafields: [], userErrors } } as T;
    },
  };
  const card = (customerGid: string): Card | undefined => {
    const value = metafields.get(`${customerGid} $app.card`);
    return value === undefined ? undefined : JSON.parse(value);
  };
  return { admin, metafields, gone, calls, failing, card };
}

async function aProgramme(members: number) {
  const shopify = aShopify();
  const { scope } = await aShop(at);
  const inShop = aContext(at, scope, () => shopify.admin);
  const people = [];
  for (let n = 0; n < members; n++) people.push(await aMember(inShop, at, { points: 100 + n }));
  return { shopify, scope, inShop, people, context: { ...inShop, scope: { programId: scope.programId, shopId: "*" } } };
}

const due = async (programId: string): Promise<number> =>
  (await at.owner.query("select 1 from card_due where program_id = $1", [programId])).rows.length;

test("a member's card and balance reach their customer, and are due no longer", async () => {
  const { context, shopify, people, scope } = await aProgramme(1);
  const [ann] = people;
  expect(await publishCards(context)).toEqual({ written: 1, unchanged: 0, refused: 0, more: false });
  expect(shopify.card(ann?.customerGid ?? "")).toMatchObject({ v: 1, open: true, points: 100, next: { missing: 400 } });
  expect(shopify.card(ann?.customerGid ?? "")?.latest).toMatchObject([{ sentence: "Staff added 100 points.", points: 100, steps: [] }]);
  expect(shopify.metafields.get(`${ann?.customerGid} $app.points_balance`)).toBe("100");
  expect(await due(scope.programId)).toBe(0);
});

test("many members need few calls, never more than 25 metafields each", async () => {
  const { context, shopify } = await aProgramme(30);
  expect(await publishCards(context)).toMatchObject({ written: 30, more: false });
  expect(shopify.calls).toEqual([24, 24, 12]);
});

test("more members than a bite ask for another job", async () => {
  const { context, scope, people } = await aProgramme(1);
  const [ann] = people;
  await at.owner.query(
    "insert into member (program_id, member_id, joined_at, changed_at) select $1, gen_random_uuid(), now(), now() from generate_series(1, 70)",
    [scope.programId],
  );
  await at.owner.query("insert into card_due select $1, member_id, now() from member where program_id = $1 on conflict do nothing", [
    scope.programId,
  ]);
  await at.owner.query("delete from graphile_worker._private_jobs");
  expect(await publishCards(context)).toMatchObject({ more: true });
  expect((await at.owner.query("select task_identifier from graphile_worker.jobs")).rows).toEqual([{ task_identifier: "publish-cards" }]);
  expect(await publishCards(context)).toMatchObject({ more: false });
  expect(await due(scope.programId)).toBe(0);
  expect(ann).toBeDefined();
});

test("a card that says the same is not written again", async () => {
  const { context, shopify, people, scope } = await aProgramme(1);
  await publishCards(context);
  await at.owner.query("insert into card_due values ($1, $2, now())", [scope.programId, people[0]?.memberId]);
  expect(await publishCards(context)).toEqual({ written: 0, unchanged: 1, refused: 0, more: false });
  expect(shopify.calls).toHaveLength(1);
  expect(await due(scope.programId)).toBe(0);
});

test("one customer that is gone from Shopify does not keep the others waiting", async () => {
  const { context, shopify, people, scope } = await aProgramme(5);
  shopify.gone.add(people[2]?.customerGid ?? "");
  expect(await publishCards(context)).toEqual({ written: 4, unchanged: 0, refused: 1, more: false });
  expect(people.map(({ customerGid }) => shopify.card(customerGid)?.points)).toEqual([100, 101, undefined, 103, 104]);
  expect(await due(scope.programId)).toBe(0);
});

test("points that move while the card is written make it due again", async () => {
  const { context, shopify, people, scope } = await aProgramme(1);
  const call = shopify.admin.call;
  shopify.admin.call = async (document, variables) => {
    await at.owner.query("update card_due set marked_at = now() + interval '1 second' where program_id = $1", [scope.programId]);
    return call(document, variables);
  };
  await publishCards(context);
  expect(await due(scope.programId)).toBe(1);
  expect(people).toHaveLength(1);
});

test("when Shopify cannot be asked the cards stay due and the job comes again", async () => {
  const { context, shopify, scope } = await aProgramme(2);
  shopify.failing.with = new Error("Shopify is down");
  await expect(publishCards(context)).rejects.toThrow("Shopify is down");
  expect(await due(scope.programId)).toBe(2);
  shopify.failing.with = undefined;
  expect(await publishCards(context)).toMatchObject({ written: 2 });
});

test("a shop that left neither fails the job nor keeps its sister shop's cards waiting", async () => {
  const { shopify, people, scope, context } = await aProgramme(1);
  const { scope: sister } = await aShop(at, { programId: scope.programId });
  const there = await aMember({ ...context, scope: sister }, at, { memberId: people[0]?.memberId ?? "" });
  const other = aShopify();
  shopify.failing.with = new ShopGone("gone");
  const both = aContext(at, context.scope, (shopId) => (shopId === sister.shopId ? other.admin : shopify.admin));
  expect(await publishCards(both)).toMatchObject({ written: 1 });
  expect(other.card(there.customerGid)?.points).toBe(100);
  expect(await due(scope.programId)).toBe(0);
});

test("a code is on the card of the customer it was made for, and on no other of the same member", async () => {
  const { context, shopify, people, scope, inShop } = await aProgramme(1);
  const [ann] = people;
  const alias = await aMember(inShop, at, { memberId: ann?.memberId ?? "" });
  await at.owner.query(
    `insert into redemption (program_id, redemption_id, shop_id, member_id, customer_gid, request_id, version, reward_id, reward, unit, points, state, code, reserved_at, expires_at, changed_at)
     values ($1, gen_random_uuid(), $2, $3, $4, 'r', 1, 'five-off', '{"name": "Thank you"}', 'points', 500, 'issued', 'LRL-1', now(), now() + interval '1 day', now())`,
    [scope.programId, scope.shopId, ann?.memberId, ann?.customerGid],
  );
  await publishCards(context);
  expect(shopify.card(ann?.customerGid ?? "")?.codes).toMatchObject([{ code: "LRL-1", reward: "Thank you" }]);
  expect(shopify.card(alias.customerGid)?.codes).toEqual([]);
});

test("two jobs at once: one works, the other comes later", async () => {
  const { context, shopify } = await aProgramme(1);
  let inside: Promise<unknown> | undefined;
  const call = shopify.admin.call;
  shopify.admin.call = async (document, variables) => {
    inside = publishCards(context);
    await inside;
    return call(document, variables);
  };
  expect(await publishCards(context)).toMatchObject({ written: 1 });
  expect(await inside).toEqual({ written: 0, unchanged: 0, refused: 0, more: true });
  expect(shopify.calls).toHaveLength(1);
});

test("every shop is told the programme once, as the installation's own data", async () => {
  const { context, shopify, scope } = await aProgramme(1);
  expect(await publishProgrammeCard(context)).toEqual([scope.shopId]);
  expect(JSON.parse(shopify.metafields.get("gid://shopify/AppInstallation/7 laurel.programme") ?? "")).toMatchObject({
    open: true,
    proxyPath: "/apps/laurel",
    rewards: [{ id: "five-off", sentence: "$5 off", points: 500 }],
  });
  expect(await publishProgrammeCard(context)).toEqual([]);
});

test("a shop that comes back gets every card again, for Shopify threw them away", async () => {
  const { context, shopify, scope } = await aProgramme(2);
  await publishProgrammeCard(context);
  await publishCards(context);
  shopify.metafields.clear();
  await at.owner.query("update shop set config_card_hash = null where shop_id = $1", [scope.shopId]);
  expect(await publishProgrammeCard(context)).toEqual([scope.shopId]);
  expect(await publishCards(context)).toMatchObject({ written: 2, unchanged: 0 });
});
