import { expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";

const at = useDatabase();

test("every table that names a programme is bound by row-level security, also for its owner, and has a policy for the app", async () => {
  const { rows } = await at.owner.query(`
    select c.relname as table, c.relrowsecurity and c.relforcerowsecurity as secured,
      exists (select from pg_policy p where p.polrelid = c.oid and 'laurel_app'::regrole = any (p.polroles)) as has_policy
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'program_id' and not a.attisdropped)
      and c.relname not in ('shop_directory', 'erasure')`);
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((row) => !(row.secured && row.has_policy))).toEqual([]);
});

test("without a programme the app sees nothing", async () => {
  await at.owner.query("insert into program values (gen_random_uuid(), 'Hidden', 'USD', 'UTC', now())");
  expect(await at.db.global("select * from program")).toEqual([]);
});

test("the app role owns nothing", async () => {
  const { rows } = await at.owner.query("select relname from pg_class where relowner = 'laurel_app'::regrole");
  expect(rows).toEqual([]);
});
