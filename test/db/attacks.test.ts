import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../app/ids.ts";
import { type AShop, aShop } from "../support/a-shop.ts";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();
let app: pg.PoolClient;
let mine: AShop;
let theirs: AShop;

// Somebody who got hold of a connection of the app's and may say what they like, except that they are the owner.
beforeAll(async () => {
  [mine, theirs] = await Promise.all([aShop(at), aShop(at)]);
  app = await at.db.connect();
});
afterAll(() => app.release(true));

async function say(...statements: [sql: string, values?: unknown[]][]): Promise<string> {
  await app.query("begin");
  try {
    await app.query("select set_config('laurel.program', $1, true), set_config('laurel.shop', '*', true)", [mine.scope.programId]);
    for (const [sql, values = []] of statements) await app.query(sql, values);
    return "done";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await app.query("rollback");
  }
}

const notAllowed = "42501";

describe("the role that the app works as", () => {
  test.each([
    "select rolpassword from pg_authid",
    "select pg_read_file('/etc/hostname')",
    "copy (select 1) to program 'true'",
    "alter role laurel_app superuser",
    "create schema mine",
    "create table public.mine (a int)",
    "create function laurel.mine() returns int language sql as 'select 1'",
    "set session_replication_role = replica",
    "alter table transaction disable trigger all",
    "alter table member disable row level security",
    "drop policy in_programme on member",
    "truncate transaction",
    "truncate member",
    "update posting set amount = 1",
    "delete from transaction",
    "delete from member",
    "delete from shop_directory",
    "update shopify_app set secret = ''",
    "update program_version set note = ''",
    "delete from audit",
    "select * from graphile_worker._private_jobs",
  ])("may not say: %s", async (sql) => expect(await say([sql])).toBe(notAllowed));

  test("is not let past the guards by a setting that erasing uses", async () => {
    const version = "update program_version set note = 'x' where program_id = $1";
    const { programId } = mine.scope;
    expect(await say(["select set_config('laurel.erasing', $1, true)", [programId]], [version, [programId]])).toBe(notAllowed);
  });

  test("cannot have a programme erased whose shop has the app installed", async () => {
    expect(await say(["select laurel.erase_program($1, 'me')", [theirs.scope.programId]])).toBe("23001");
  });

  test("cannot give the ledger's guards tables of its own to look into", async () => {
    const { programId } = mine.scope;
    const [transactionId, lotId] = [newId(), newId()];
    const decoy: [string, unknown[]] = ["insert into pg_temp.transaction values ($1, $2)", [programId, transactionId]];
    const posting: [string, unknown[]] = [
      "insert into public.posting values ($1, $2, 0, 'issued', null, 'available', $3, 'points', 1000000)",
      [programId, transactionId, newId()],
    ];
    const use: [string, unknown[]] = [
      "insert into public.lot_use values ($1, $2, $3, 'taken back', 1, null)",
      [programId, transactionId, lotId],
    ];
    for (const write of [posting, use])
      expect(await say(["create temp table transaction (program_id uuid, transaction_id uuid) on commit drop"], decoy, write)).toBe(
        "23503",
      );

    const late: [string, unknown[]] = [
      "insert into public.program_version values ($1, 2, '{}', '-infinity', now(), 'me', null)",
      [programId],
    ];
    const nothing = "create temp table program_version (program_id uuid, version int, effective_from timestamptz) on commit drop";
    expect(await say([nothing], late)).toBe("23514");
  });
});

test("every function that looks into a table looks where it was told to", async () => {
  const { rows } = await at.owner.query(`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'laurel' and (p.prosecdef or p.prosrc ~* '\\m(from|into|update)\\s+[a-z]')
      and not coalesce(p.proconfig::text, '') ~ 'search_path='`);
  expect(rows).toEqual([]);
});

test("nobody but the app and the owner may call what crosses programmes", async () => {
  const { rows } = await at.owner.query(`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'laurel' and p.prosecdef and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))`);
  expect(rows).toEqual([]);
});
