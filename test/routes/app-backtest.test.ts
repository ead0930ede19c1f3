import { expect, test } from "vitest";
import { contextFor } from "../../app/context.server.ts";
import { workBacktest } from "../../app/flows/insight/work-backtest.ts";
import { newId } from "../../app/ids.ts";
import { orderFacts } from "../support/order-facts.ts";
import { useMerchant } from "./merchant.ts";

const { ask, at, shop, anotherShop } = useMerchant();
const list = () => import("../../app/routes/app.backtest._index.tsx");
const page = () => import("../../app/routes/app.backtest.$backtestId.tsx");
const costs = () => import("../../app/routes/app.earning.costs.tsx");

const statusOf = (work: Promise<unknown>) =>
  work.then(
    (answer) => (answer instanceof Response ? answer.status : "answered"),
    (thrown) => (thrown instanceof Response ? thrown.status : thrown),
  );

test("a merchant without orders tries the draft, follows it, and reads what it found", async () => {
  const { action, loader } = await list();
  expect(await ask(loader, { path: "/app/backtest" })).toMatchObject({
    changes: null,
    backtests: [],
    fill: null,
    held: 0,
    challenger: null,
  });
  const answer = (await ask(action, { path: "/app/backtest", body: { what: "try", from: "", until: "" } })) as Response;
  const where = answer.headers.get("location") ?? "";
  const backtestId = where.split("/").at(-1) ?? "";
  const wish = { path: where, params: { backtestId } };
  const one = await page();
  expect(await ask(one.loader, wish)).toMatchObject({ one: { state: "waiting" }, report: null });
  expect(await ask(action, { path: "/app/backtest", body: { what: "try" } })).toMatchObject({ done: false });
  await workBacktest(contextFor({ programId: shop().scope.programId, shopId: "*" }, "laurel"), backtestId);
  expect(await ask(one.loader, wish)).toMatchObject({ one: { state: "done" }, report: { counted: { orders: 0 }, live: { points: 0 } } });
  expect(await ask(one.action, { ...wish, body: { what: "cancel" } })).toMatchObject({ done: false });

  const other = await anotherShop();
  expect(await statusOf(ask(one.loader, { ...wish, from: other }))).toBe(404);
  expect(await statusOf(ask(one.loader, { path: "/app/backtest/x", params: { backtestId: "x" } }))).toBe(404);
  expect(await ask(loader, { path: "/app/backtest", from: other })).toMatchObject({ backtests: [] });
});

test("one that was cancelled is run again with the same days and orders", async () => {
  const from = await anotherShop();
  const { action } = await list();
  const one = await page();
  const asked = { what: "try", from: "2026-05-01", until: "2026-05-02", withImported: true };
  const where = async (work: Promise<unknown>) => ((await work) as Response).headers.get("location") ?? "";
  const wishOf = (path: string) => ({ path, from, params: { backtestId: path.split("/").at(-1) ?? "" } });
  const first = wishOf(await where(ask(action, { path: "/app/backtest", from, body: asked })));
  expect(await ask(one.action, { ...first, body: { what: "again" } })).toMatchObject({ done: false });
  await ask(one.action, { ...first, body: { what: "cancel" } });

  const second = wishOf(await where(ask(one.action, { ...first, body: { what: "again" } })));
  const { one: was } = await ask(one.loader, first);
  const { one: is } = await ask(one.loader, second);
  const { fromAt, untilAt, withImported, definitionHash } = was;
  expect(is).toMatchObject({ state: "waiting", fromAt, untilAt, withImported, definitionHash });
  expect(is.backtestId).not.toBe(was.backtestId);
  expect(fromAt).not.toBeNull();

  const stranger = await anotherShop();
  expect(await statusOf(ask(one.action, { ...second, from: stranger, body: { what: "again" } }))).toBe(404);
});

test("a day that is none is said beside its field, and nothing is asked for", async () => {
  const { action } = await list();
  const from = await anotherShop();
  for (const day of ["2026-13-45", "yesterday", 7])
    expect(await ask(action, { path: "/app/backtest", from, body: { what: "try", from: day } })).toMatchObject({
      done: false,
      field: "from",
    });
  expect(await ask(action, { path: "/app/backtest", from, body: { what: "try", from: "2026-05-02", until: "2026-05-01" } })).toMatchObject({
    done: false,
    field: "until",
  });
  expect(await ask(action, { path: "/app/backtest", from, body: { what: "start" } })).toMatchObject({ done: false });
  expect(await ask(action, { path: "/app/backtest", from, body: { what: "import" } })).toMatchObject({ done: true });
  const { loader } = await list();
  expect(await ask(loader, { path: "/app/backtest", from })).toMatchObject({ backtests: [], fill: { state: "waiting" } });
});

test("what rules cost is this shop's, in days that somebody may write by hand", async () => {
  const { loader } = await costs();
  const { programId, shopId } = shop().scope;
  const facts = orderFacts();
  await at.owner.query(
    `insert into order_facts (program_id, shop_id, order_gid, name, placed_at, version_at, triggered_at, body_hash, facts, tags) values ($1, $2, $3, '#1', $4, $4, $4, '', $5, '{}')`,
    [programId, shopId, facts.orderGid, facts.placedAt, JSON.stringify(facts)],
  );
  const judgement = { rules: [{ ruleId: "every-order", name: "Shopping", unit: "points", points: 40, why: null }] };
  await at.owner.query(
    `insert into transaction (program_id, transaction_id, kind, source, input_hash, shop_id, order_gid, explanation, occurred_at, recorded_at) values ($1, $2, 'order', 'a', '', $3, $4, $5, now(), now())`,
    [programId, newId(), shopId, facts.orderGid, JSON.stringify({ judgement })],
  );
  const asked = (query: string, from = shop()) => ask(loader, { path: `/app/earning/costs?${query}`, from });
  expect(await asked("from=2026-05-01&until=2026-05-01")).toMatchObject({
    costs: { rules: [{ ruleId: "every-order", points: 40, gave: 1, money: 40 }], silent: [] },
  });
  expect(await asked("from=2026-05-02&until=2026-05-03")).toMatchObject({ costs: { rules: [], silent: [{ ruleId: "every-order" }] } });
  expect(await asked("from=x'&until=2026-99-99")).toMatchObject({ costs: { rules: [] } });
  expect(await asked("from=2026-05-01&until=2026-05-01", await anotherShop())).toMatchObject({ costs: { rules: [] } });
});
