import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import type { Scope } from "../../app/db/database.ts";
import { askForBacktest } from "../../app/flows/insight/ask-for-backtest.ts";
import { startChallenger } from "../../app/flows/insight/challenge.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { publishProgramme } from "../../app/flows/programme/publish-programme.ts";
import { saveDraft } from "../../app/flows/programme/save-draft.ts";
import { issueDiscount } from "../../app/flows/redeeming/issue-discount.ts";
import { type Reserved, reserveReward } from "../../app/flows/redeeming/reserve-reward.ts";
import { newId } from "../../app/ids.ts";
import { simplePoints } from "../../app/loyalty/program/definition.ts";
import { aContext, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";
import { orderBody } from "../support/order-body.ts";
import { smallShopify } from "../support/small-shopify.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
let mine: Story;
let theirs: Story;
let tables: { name: string; shops: boolean }[];

// Two programmes that have something in every table.
beforeAll(async () => {
  [mine, theirs] = await Promise.all([full(), full()]);
  const { rows } = await at.owner.query(`
    select c.relname as name, exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'shop_id' and s.attnotnull)
      and c.relname in ('order_facts', 'past_order', 'redemption', 'data_request') as shops
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id'
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('shop_directory', 'erasure') order by 1`);
  tables = rows;
  for (const { name } of tables) {
    const filled = await at.owner.query(`select count(distinct program_id)::int as programmes from ${name}`);
    expect({ table: name, ...filled.rows[0] }).toEqual({ table: name, programmes: 2 });
  }
});

async function full(): Promise<Story> {
  const shopify = smallShopify();
  const story = await openStory(at, { adminOf: async () => shopify.admin });
  await story.deliver("orders/paid", orderBody({ lines: [{ price: "600.00" }] }));
  await story.deliver("customers/data_request", { shop_domain: story.shop, customer: { id: 7 } });
  await story.drain();
  const reserved = (await reserveReward(story.context, {
    customerGid: "gid://shopify/Customer/7",
    rewardId: "five-off",
    requestId: "1",
  })) as Reserved;
  await issueDiscount(story.context, reserved.redemptionId);
  await adjustPoints(story.context, { memberId: await story.memberOf(7), points: 5, reason: "Why", requestId: randomUUID() });
  await publishProgramme(story.context, { definition: simplePoints(100), basedOn: 1 });
  await saveDraft(story.context, { definition: { ...simplePoints(100), rewards: [] } });
  await askForBacktest(story.context, {});
  await startChallenger(story.context);
  const { programId, shopId } = story;
  await at.owner.query("insert into challenge_day values ($1, '2026-05-01', 1, 2, 1, 1)", [programId]);
  await at.owner.query("insert into past_order values ($1, $2, 'gid://shopify/Order/1', now(), null, '{}', now())", [programId, shopId]);
  const importId = newId();
  await at.owner.query(
    `insert into import (program_id, import_id, file_name, state, "rows", problems, points, created_by, created_at) values ($1, $2, 'a.csv', 'checked', 1, 0, 5, 'test', now())`,
    [programId, importId],
  );
  await at.owner.query("insert into import_row (program_id, import_id, line, email, points) values ($1, $2, 1, 'a@example.com', 5)", [
    programId,
    importId,
  ]);
  await at.owner.query(
    `insert into product (program_id, shop_id, product_gid, title, handle, type, vendor, variants, changed_at, known_at) values ($1, $2, 'p', '', '', '', '', '[]', now(), now())`,
    [programId, shopId],
  );
  await at.owner.query(
    `insert into collection (program_id, shop_id, collection_gid, title, handle, changed_at, known_at) values ($1, $2, 'c', '', '', now(), now())`,
    [programId, shopId],
  );
  await at.owner.query(
    "insert into mirror_fill (program_id, shop_id, what, state, asked_at) values ($1, $2, 'products', 'waiting', now())",
    [programId, shopId],
  );
  await at.owner.query(
    "insert into mirror_line (program_id, shop_id, run, root_gid, seq, gid, line) values ($1, $2, $3, 'p', 1, 'p', '{}')",
    [programId, shopId, newId()],
  );
  await tiersOf(story, await story.memberOf(7));
  await eventsOf(story, await story.memberOf(7));
  await at.owner.query("insert into account_rollup values ($1, 'points', 'issued', $2, 1, 0)", [programId, newId()]);
  return story;
}

async function tiersOf({ programId }: Story, memberId: string): Promise<void> {
  const values = [programId, memberId, newId()];
  await at.owner.query("insert into member_tier (program_id, member_id) values ($1, $2)", values.slice(0, 2));
  await at.owner.query(
    "insert into tier_step (program_id, member_id, seq, at, to_tier, why, version, recorded_at) values ($1, $2, 1, now(), 'gold', '{}', 1, now())",
    values.slice(0, 2),
  );
  await at.owner.query(
    "insert into tier_decision (program_id, member_id, decision_id, at, kind, tier_id, by, why) values ($1, $2, $3, now(), 'hold', 'gold', 'test', 'Why')",
    values,
  );
  await at.owner.query(
    "insert into staff_task (program_id, member_id, task_id, title, state, cause, created_at) values ($1, $2, $3, 'Call', 'open', 'x', now())",
    values,
  );
}

async function eventsOf({ programId }: Story, memberId: string): Promise<void> {
  const values = [programId, memberId, newId()];
  await at.owner.query(
    "insert into happening (program_id, member_id, happening_id, trigger, at, source, recorded_at) values ($1, $2, $3, 'joined', now(), 'x', now())",
    values,
  );
  await at.owner.query(
    "insert into gift (program_id, member_id, gift_id, cause, rule_id, kind, what, state, created_at, changed_at) values ($1, $2, $3, 'x', 'r', 'badge', 'b', 'due', now(), now())",
    values,
  );
  await at.owner.query("insert into budget_use (program_id, budget, period) values ($1, 'retention', '2026')", [programId]);
}

const whole = (story: Story): Scope => ({ programId: story.programId, shopId: "*" });

describe("a programme", () => {
  test("sees its own rows and none of another, through every table", async () => {
    for (const { name } of tables) {
      const seen = await at.db.inProgramme(whole(mine), (tx) => tx.rows<{ program_id: string }>(`select distinct program_id from ${name}`));
      expect({ name, seen }).toEqual({ name, seen: [{ program_id: mine.programId }] });
    }
  });

  test("sees nothing where no programme was named, and the context ends with its transaction", async () => {
    await at.db.inProgramme(whole(mine), (tx) => tx.rows("select 1"));
    for (const { name } of tables) expect({ name, rows: await at.db.global(`select 1 from ${name}`) }).toEqual({ name, rows: [] });
  });

  test("cannot change or delete a row of another, whatever the statement says", async () => {
    for (const { name } of tables) {
      const column = name === "inbox" ? "reason" : "program_id";
      for (const statement of [
        `update ${name} set ${column} = ${column} where program_id = $1`,
        `delete from ${name} where program_id = $1`,
      ]) {
        // Either the app has no right at all, or it finds no row.
        const done = await at.db
          .inProgramme(whole(mine), (tx) => tx.rows(`${statement} returning 1`, [theirs.programId]))
          .catch((error: { code?: string }) => error.code);
        expect({ statement, done: done === "42501" ? [] : done }).toEqual({ statement, done: [] });
      }
    }
  });

  test("cannot write a row in another's name", async () => {
    for (const { name } of tables) {
      const done = await at.db
        .inProgramme(whole(mine), async (tx) => {
          const [row] = await tx.rows<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from ${name} t limit 1`);
          const copy = JSON.stringify({ ...row?.row, program_id: theirs.programId, ...fresh(name) });
          return tx.rows(`insert into ${name} select * from jsonb_populate_record(null::${name}, $1)`, [copy]);
        })
        .catch((error: { code?: string }) => error.code);
      // 42501: insufficient privilege, which is what a violated policy is.
      expect({ name, done }).toEqual({ name, done: "42501" });
    }
  });

  test("cannot move a row of its own into another", async () => {
    for (const { name } of tables) {
      const done = await at.db
        .inProgramme(whole(mine), (tx) => tx.rows(`update ${name} set program_id = $1`, [theirs.programId]))
        .catch((error: { code?: string }) => error.code);
      expect({ name, done }).toEqual({ name, done: "42501" });
    }
  });

  test("plain reads through Prisma see one programme too", async () => {
    const seen = await at.db.reading(whole(mine), (prisma) => prisma.member.findMany({ select: { programId: true } }));
    expect(new Set(seen.map((one) => one.programId))).toEqual(new Set([mine.programId]));
  });

  test("a search for members finds the asker's only", async () => {
    await at.owner.query("update member set email = 'ann@example.com'");
    const found = await at.db.inProgramme(whole(mine), (tx) => tx.rows<{ id: string }>("select laurel.members_like('%ann@%') as id"));
    expect(found).toEqual([{ id: await mine.memberOf(7) }]);
    expect(await at.db.global("select laurel.members_like('%') as id")).toEqual([]);
  });
});

// Keys that are unique across programmes must not be what refuses.
const fresh = (table: string): Record<string, unknown> => {
  if (table === "inbox") return { id: newId(), webhook_id: newId() };
  if (table === "shop") return { domain: `${newId()}.myshopify.com`, shop_id: newId() };
  if (table === "program") return { program_id: newId() };
  return {};
};

describe("a programme of two shops", () => {
  test("its shops share members, versions and points, not orders, redemptions and data requests", async () => {
    const { scope: second } = await aShop(at, { programId: mine.programId });
    const orderOf = (scope: Scope) => at.db.inProgramme(scope, (tx) => tx.rows<{ shop_id: string }>("select shop_id from order_facts"));
    const first: Scope = { programId: mine.programId, shopId: mine.shopId };
    expect(await orderOf(first)).toEqual([{ shop_id: mine.shopId }]);
    expect(await orderOf(second)).toEqual([]);
    expect(await orderOf(whole(mine))).toEqual([{ shop_id: mine.shopId }]);

    for (const { name, shops } of tables.filter((one) => !["shop", "inbox", "customer"].includes(one.name))) {
      const rows = await at.db.inProgramme(second, (tx) => tx.rows(`select 1 from ${name} limit 1`));
      expect({ name, rows: rows.length }).toEqual({ name, rows: shops ? 0 : 1 });
    }
    const moved = await at.db
      .inProgramme(second, (tx) => tx.rows("update order_facts set name = 'mine now' where program_id = $1 returning 1", [mine.programId]))
      .catch((error: Error) => error.message);
    expect(moved).toEqual([]);
    const written = await at.db
      .inProgramme(second, (tx) =>
        tx.rows(
          "insert into data_request (program_id, request_id, shop_id, kind, customer_gid, asked_at) values ($1, $2, $3, 'data request', 'x', now())",
          [mine.programId, newId(), mine.shopId],
        ),
      )
      .catch((error: { code?: string }) => error.code);
    expect(written).toBe("42501");
  });

  test("points that were earned in one are spent in the other", async () => {
    const shopify = smallShopify();
    const { scope: second } = await aShop(at, { programId: theirs.programId });
    const memberId = await theirs.memberOf(7);
    await at.owner.query(
      "insert into customer (program_id, shop_id, customer_gid, member_id, tags) values ($1, $2, 'gid://shopify/Customer/900', $3, '{}')",
      [theirs.programId, second.shopId, memberId],
    );
    await adjustPoints(theirs.context, { memberId, points: 1000, reason: "Why", requestId: randomUUID() });
    const elsewhere = aContext(
      at,
      second,
      () => shopify.admin,
      () => theirs.clock.at,
    );
    const before = await theirs.balance(7);
    const reserved = (await reserveReward(elsewhere, {
      customerGid: "gid://shopify/Customer/900",
      rewardId: "five-off",
      requestId: "here",
    })) as Reserved;
    expect(await theirs.balance(7)).toEqual({ ...before, available: before.available - 500, reserved: before.reserved + 500 });
    // The other shop does not see it, and cannot issue it.
    expect(await issueDiscount(theirs.context, reserved.redemptionId)).toMatchObject({ refused: "no such redemption" });
  });
});
