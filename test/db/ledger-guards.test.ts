import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { holdBooks } from "../../app/db/books.ts";
import type { Scope } from "../../app/db/database.ts";
import { AlreadyPosted, post, type Transaction } from "../../app/db/ledger.ts";
import { adjustPoints } from "../../app/flows/members/adjust-points.ts";
import { newId } from "../../app/ids.ts";
import { addLot, move, turnPage } from "../../app/loyalty/ledger/book.ts";
import { useDatabase } from "../support/database.ts";
import { openStory, type Story } from "../support/story.ts";

const at = useDatabase();
let story: Story;
let memberId: string;
let scope: Scope;

beforeAll(async () => {
  story = await openStory(at);
  await story.deliver("customers/create", { id: 7, state: "enabled" });
  await story.drain();
  memberId = await story.memberOf(7);
  scope = { programId: story.programId, shopId: "*" };
  await adjustPoints(story.context, { memberId, points: 100, reason: "Welcome", requestId: randomUUID() });
  await adjustPoints(story.context, { memberId, points: -10, reason: "A mistake", requestId: randomUUID() });
  // Every table that is only added to has a row, so that its trigger has something to refuse.
  await at.owner.query(
    `insert into redemption_step (program_id, redemption_id, seq, "to", why, at) values ($1, $2, 1, 'reserved', 'test', now())`,
    [story.programId, newId()],
  );
});

const addedTo = ["transaction", "posting", "lot_use", "program_version", "program_phase", "redemption_step", "audit"];
const codeOf = (error: { code?: string }) => error.code;
const change = (table: string) => `update ${table} set program_id = program_id`;

describe("what was written stays written", () => {
  test.each(addedTo)("%s is not changed or deleted by the app", async (table) => {
    for (const statement of [change(table), `delete from ${table}`, `truncate ${table}`])
      expect({ statement, code: await at.db.inProgramme(scope, (tx) => tx.rows(statement)).catch(codeOf) }).toEqual({
        statement,
        code: "42501",
      });
  });

  test.each(addedTo)("%s is not changed or deleted by the owner either", async (table) => {
    for (const statement of [change(table), `delete from ${table}`])
      expect({ statement, code: await at.owner.query(statement).catch(codeOf) }).toEqual({ statement, code: "23001" });
  });

  test.each(["transaction", "posting", "lot_use"])("%s is never truncated, not with all that hangs on it", async (table) => {
    expect(await at.owner.query(`truncate ${table} cascade`).catch(codeOf)).toBe("23001");
  });
});

describe("what must not be is refused by the database itself", () => {
  const bad: [string, string, string][] = [
    ["an overdraft", "update balance set available = -1 where member_id = $1", "23514"],
    ["a negative reservation", "update balance set reserved = -1 where member_id = $1", "23514"],
    ["a debt beside points", "update balance set owed = 1 where member_id = $1", "23514"],
    ["a lot with more left than it had", 'update lot set "left" = amount + 1 where member_id = $1', "23514"],
    ["a lot with less than nothing", 'update lot set "left" = -1 where member_id = $1', "23514"],
    [
      "a phase that nobody knows",
      "insert into program_phase values ((select program_id from member where member_id = $1), 9, 'asleep', now(), null, now(), 'test')",
      "23514",
    ],
  ];
  test.each(bad)("%s", async (_, statement, code) => {
    expect(await at.db.inProgramme(scope, (tx) => tx.rows(statement, [memberId])).catch(codeOf)).toBe(code);
  });

  const posting = (from: string, fromMember: boolean, to: string, toMember: boolean, amount: number) =>
    at.db
      .inProgramme(scope, async (tx) => {
        const [any] = await tx.rows<{ id: string }>("select transaction_id as id from transaction limit 1");
        return tx.rows("insert into posting values ($1, $2, 99, $3, $4, $5, $6, 'points', $7)", [
          scope.programId,
          any?.id,
          from,
          fromMember ? memberId : null,
          to,
          toMember ? memberId : null,
          amount,
        ]);
      })
      .catch(codeOf);

  test.each([
    ["of nothing", "issued", false, "available", true, 0],
    ["of less than nothing", "issued", false, "available", true, -5],
    ["from a place to itself", "available", true, "available", true, 5],
    ["to a member's account without a member", "issued", false, "available", false, 5],
    ["to a programme's account with a member", "available", true, "expired", true, 5],
    ["to an account that nobody knows", "available", true, "the till", false, 5],
  ] as const)("a posting %s", async (_, from, fromMember, to, toMember, amount) => {
    expect(await posting(from, fromMember, to, toMember, amount)).toBe("23514");
  });

  test("a posting without a cause", async () => {
    const orphan = at.db.inProgramme(scope, (tx) =>
      tx.rows("insert into posting values ($1, $2, 1, 'issued', null, 'available', $3, 'points', 5)", [scope.programId, newId(), memberId]),
    );
    expect(await orphan.catch(codeOf)).toBe("23503");
  });

  test("a version that would take effect before an older one", async () => {
    const backwards = at.db.inProgramme(scope, async (tx) => {
      await tx.rows("insert into program_version values ($1, 2, '{}', '2026-06-01', now(), 'test', null)", [scope.programId]);
      await tx.rows("insert into program_version values ($1, 3, '{}', '2026-05-01', now(), 'test', null)", [scope.programId]);
    });
    expect(await backwards.catch(codeOf)).toBe("23514");
  });
});

describe("a cause is posted once", () => {
  const give = (source: string, points: number, spoil?: (transaction: Transaction) => void) =>
    at.db.inProgramme(scope, async (tx) => {
      const now = story.clock.at;
      const books = await holdBooks(tx, [memberId]);
      const book = books.get(memberId);
      if (!book) throw new Error("The balance is not held.");
      const transactionId = newId();
      const lot = {
        lotId: newId(),
        transactionId,
        origin: "gift" as const,
        shopId: null,
        orderGid: null,
        matured: true,
        availableFrom: now,
      };
      addLot(book, "adjusted", { ...lot, amount: points, expiresAt: null, netSaleMinor: null, currency: null, earnedAt: now });
      const transaction: Transaction = {
        transactionId,
        kind: "adjust",
        source,
        memberId,
        shopId: null,
        orderGid: null,
        redemptionId: null,
        version: 1,
        actor: "test",
        explanation: {},
        occurredAt: now,
        ...turnPage(book),
      };
      spoil?.(transaction);
      return post(tx, [book], [transaction], now);
    });

  test("again with the same contents it is left alone, with other contents it is an error", async () => {
    const before = await story.balance(7);
    expect((await give("one cause", 10)).size).toBe(1);
    await expect(give("one cause", 10)).rejects.toThrow(AlreadyPosted);
    await expect(give("one cause", 11)).rejects.toThrow("posted before with other contents");
    expect(await story.balance(7)).toEqual({ ...before, available: before.available + 10 });
  });

  test("postings that do not add up to the balance that was decided on are not written", async () => {
    const before = await story.balance(7);
    const spoiled = give("spoiled", 10, ({ postings: [first] }) => {
      if (first) first.amount = 11;
    });
    await expect(spoiled).rejects.toThrow("do not add up");
    expect(await story.balance(7)).toEqual(before);
    const { rows } = await at.owner.query("select 1 from transaction where source = 'spoiled'");
    expect(rows).toEqual([]);
  });

  test("a book refuses to go below zero before the database has to", async () => {
    const overdraft = at.db.inProgramme(scope, async (tx) => {
      const book = (await holdBooks(tx, [memberId])).get(memberId);
      if (book) move(book, "available", "adjusted", 1_000_000);
    });
    await expect(overdraft).rejects.toThrow(/would be -/);
  });
});

describe("erasing a programme", () => {
  const tenantTables = async (): Promise<string[]> =>
    (
      await at.owner.query(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id'
        where n.nspname = 'public' and c.relkind = 'r' and c.relname <> 'erasure' order by 1`)
    ).rows.map((row) => row.name);

  test("is refused while a shop has the app, and leaves no row behind when none has", async () => {
    const gone = await openStory(at);
    const other = await openStory(at);
    for (const each of [gone, other]) {
      await each.deliver("customers/create", { id: 7, state: "enabled" });
      await each.drain();
      await adjustPoints(each.context, { memberId: await each.memberOf(7), points: 100, reason: "Welcome", requestId: randomUUID() });
    }
    const erase = () =>
      at.db.inProgramme({ programId: gone.programId, shopId: "*" }, (tx) =>
        tx.rows("select laurel.erase_program($1, 'test')", [gone.programId]),
      );
    expect(await erase().catch(codeOf)).toBe("23001");
    expect(await gone.balance(7)).toMatchObject({ available: 100 });

    await at.owner.query("update shop_directory set uninstalled_at = now() where program_id = $1", [gone.programId]);
    await erase();
    for (const table of await tenantTables()) {
      const { rows } = await at.owner.query(`select count(*)::int as left from ${table} where program_id = $1`, [gone.programId]);
      expect({ table, ...rows[0] }).toEqual({ table, left: 0 });
    }
    expect((await at.owner.query("select shop from erasure where program_id = $1", [gone.programId])).rows).toEqual([{ shop: "test" }]);
    expect(await other.balance(7)).toMatchObject({ available: 100 });
    // The door is shut again.
    expect(await at.owner.query("delete from posting").catch(codeOf)).toBe("23001");
  });
});
