import { expect, test } from "vitest";
import { useMerchant } from "./merchant.ts";

const { ask, at, shop, anotherShop } = useMerchant();
const boostPage = () => import("../../app/routes/app.boosts.$boostId.tsx");
const tiersPage = () => import("../../app/routes/app.tiers._index.tsx");
const unitsPage = () => import("../../app/routes/app.settings.units.tsx");

const refusedWith = (work: Promise<unknown>) =>
  work.then(
    () => "it was answered",
    (thrown) => (thrown instanceof Response ? thrown.status : thrown),
  );

const openedBoost = async (boostId: string) => ask((await boostPage()).loader, { path: `/app/boosts/${boostId}`, params: { boostId } });
const saveBoost = async (boostId: string, body: object) =>
  ask((await boostPage()).action, { path: `/app/boosts/${boostId}`, params: { boostId }, body });
const openedTiers = async () => ask((await tiersPage()).loader, { path: "/app/tiers" });
const saveTiers = async (body: object) => ask((await tiersPage()).action, { path: "/app/tiers", body });

test("a boost is made, found on the calendar, changed and deleted, all of it in the draft", async () => {
  const { version } = await openedBoost("new");
  const draft = {
    name: "Double weekend",
    active: true,
    times: "200",
    rules: [],
    when: { kind: "all", of: [{ kind: "order amount", least: "20.00", below: "" }] },
    runs: { from: "2026-11-27T09:00", until: "2026-11-30T00:00" },
  };
  expect(await saveBoost("new", { draft: { ...draft, times: "0" }, basedOn: version })).toMatchObject({
    errors: { times: "Enter 0.01 % or more." },
  });
  const upsideDown = { ...draft, runs: { from: "2026-11-30T00:00", until: "2026-11-27T09:00" } };
  expect(await saveBoost("new", { draft: upsideDown, basedOn: version })).toMatchObject({
    errors: { "runs.until": "It has to end after it starts." },
  });
  expect(await saveBoost("new", { draft, basedOn: version })).toMatchObject({ saved: true, to: "/app/campaigns" });
  const found = await openedBoost("double-weekend");
  expect(found.boost).toMatchObject({ times: 20_000, when: { of: [{ least: 2000, below: null }] } });

  const { loader } = await import("../../app/routes/app.campaigns._index.tsx");
  const november = await ask(loader, { path: "/app/campaigns?month=2026-11" });
  expect(november).toMatchObject({
    month: "2026-11",
    runs: [
      {
        kind: "boost",
        id: "double-weekend",
        from: "2026-11-27T09:00",
        sentence: expect.stringMatching(/^Double points, on orders of \$20/),
      },
      { kind: "rule", id: "every-order", from: null },
    ],
  });
  const absurd = await ask(loader, { path: "/app/campaigns?month=2026-99" });
  expect(absurd.month).toBe(absurd.today.slice(0, 7));

  expect(await saveBoost("double-weekend", { what: "remove", basedOn: found.version })).toMatchObject({ done: true });
  expect(await refusedWith(openedBoost("double-weekend"))).toBe(404);
});

test("tiers get ids from their names, keep them when they are renamed, and never take one that was another's", async () => {
  const { version } = await openedTiers();
  const ladder = { window: { kind: "lifetime" }, term: { kind: "for ever" }, countsAfterDays: "0", graceDays: "0", drop: "full" };
  const levels = [
    { id: "", name: "Member" },
    { id: "", name: "Gold", reach: [{ kind: "spend", least: "500.00" }], perks: [{ name: "Lounge" }, { name: "Lounge" }] },
  ];
  expect(await saveTiers({ draft: { ...ladder, levels }, basedOn: version })).toMatchObject({ saved: true });
  const first = await openedTiers();
  expect(first.definition.tiers?.levels).toMatchObject([
    { id: "member", times: 10_000 },
    { id: "gold", reach: [{ least: 50_000 }], perks: [{ id: "lounge" }, { id: "lounge-2" }] },
  ]);

  const renamed = [
    { id: "member", name: "Member" },
    { id: "", name: "Gold" },
    { id: "gold", name: "Platinum" },
  ];
  expect(await saveTiers({ draft: { ...ladder, levels: renamed }, basedOn: first.version })).toMatchObject({ saved: true });
  const second = await openedTiers();
  expect(second.definition.tiers?.levels.map(({ id, name }) => [id, name])).toEqual([
    ["member", "Member"],
    ["gold-2", "Gold"],
    ["gold", "Platinum"],
  ]);

  const wrong = [{ id: "member", name: "", colour: "red" }];
  expect(await saveTiers({ draft: { ...ladder, levels: wrong }, basedOn: second.version })).toEqual({
    saved: false,
    errors: { "levels.0.name": "Fill this in.", "levels.0.colour": "Enter a colour such as #c9a227." },
  });
  expect(await saveTiers({ what: "remove", basedOn: second.version })).toMatchObject({ done: true });
  expect((await openedTiers()).definition.tiers).toBeNull();
});

test("units, badges and budgets are saved together, and leave everything else alone", async () => {
  const { loader, action } = await unitsPage();
  const { version } = await ask(loader, { path: "/app/settings/units" });
  const before = await openedTiers();
  const unit = { id: "", name: { one: "stamp", other: "stamps" }, holdDays: "0", expiry: { kind: "end of year", years: "0" } };
  const budget = { points: "10000", per: "month", alertAt: "80", stops: true };
  const draft = { units: [unit], badges: [{ id: "", name: "Early bird" }], budgets: { retention: budget, acquisition: "" } };
  expect(await ask(action, { path: "/app/settings/units", body: { draft, basedOn: version } })).toMatchObject({ saved: true });
  expect((await ask(loader, { path: "/app/settings/units" })).parts).toEqual({
    units: [{ id: "stamps", name: unit.name, holdDays: 0, expiry: { kind: "end of year", years: 0 } }],
    badges: [{ id: "early-bird", name: "Early bird" }],
    budgets: { retention: { points: 10_000, per: "month", alertAt: 8000, stops: true }, acquisition: null },
  });
  expect((await openedTiers()).definition).toMatchObject({ earning: before.definition.earning, rewards: before.definition.rewards });
});

test("what the shop has is proposed while somebody types, and what another shop has is not", async () => {
  const { loader } = await import("../../app/routes/app.suggest.tsx");
  const other = await anotherShop();
  for (const [{ scope }, type] of [
    [shop(), "Coffee"],
    [other, "Coffins"],
  ] as const)
    await at.owner.query(
      `insert into product (program_id, shop_id, product_gid, title, handle, type, vendor, tags, collections, variants, changed_at, known_at)
       values ($1, $2, 'gid://shopify/Product/1', 'P', 'p', $3, '', '{}', '{}', '[]', now(), now())`,
      [scope.programId, scope.shopId, type],
    );
  const suggested = (what: string, text: string) => ask(loader, { path: `/app/suggest?${new URLSearchParams({ what, text })}` });
  expect(await suggested("types", "cof")).toEqual({ found: [{ value: "Coffee", label: "Coffee" }] });
  expect(await suggested("types", "%")).toEqual({ found: [] });
  expect(await suggested("named products", "gid://shopify/Product/1,x")).toEqual({
    found: [{ value: "gid://shopify/Product/1", label: "P" }],
  });
  expect(await suggested("countries", "switzer")).toEqual({ found: [{ value: "CH", label: "Switzerland (CH)" }] });
  expect(await suggested("currencies", "kuwaiti")).toEqual({ found: [{ value: "KWD", label: "Kuwaiti Dinar (KWD)" }] });
  expect(await suggested("__proto__", "")).toEqual({ found: [] });

  const order = async ({ scope }: typeof other, id: number, paidWith: string[]) =>
    at.owner.query(
      `insert into order_facts (program_id, shop_id, order_gid, name, placed_at, version_at, triggered_at, body_hash, facts, tags)
       values ($1, $2, $3, '', now(), now(), now(), '', $4, '{}')`,
      [
        scope.programId,
        scope.shopId,
        `gid://shopify/Order/${id}`,
        JSON.stringify({ gateways: paidWith, channel: paidWith.length > 0 ? "web" : "" }),
      ],
    );
  await order(shop(), 1, ["store card"]);
  await order(shop(), 2, ["gift_card", "store card"]);
  await order(shop(), 3, []);
  await order(other, 4, ["card of another"]);
  expect((await suggested("gateways", "card")).found.map((one: { value: string }) => one.value)).toEqual(["store card", "gift_card"]);
  expect(await suggested("channels", "")).toEqual({ found: [{ value: "web", label: "web" }] });
});
