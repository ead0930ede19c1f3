-- What the ledger must never allow is refused here too, whatever the code above it does.

create extension if not exists pg_trgm;

-- The role the app works as. It owns nothing and cannot pass row-level security.
do $$
begin
  if not exists (select from pg_roles where rolname = 'laurel_app') then
    create role laurel_app nologin nobypassrls;
  end if;
  execute format('grant laurel_app to %I', current_user);
end $$;

grant usage on schema public to laurel_app;

------------------------------------------------------------------------------------------------
-- Who is asking: set once per transaction, empty outside of one, and then nothing is visible.

create schema if not exists laurel;
grant usage on schema laurel to laurel_app;

create function laurel.program() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('laurel.program', true), '')::uuid $$;

-- A shop's id, or * for work that serves a whole programme.
create function laurel.sees_shop(shop_id uuid) returns boolean language sql stable parallel safe as
  $$ select current_setting('laurel.shop', true) = '*' or current_setting('laurel.shop', true) = shop_id::text $$;

do $$
declare tenant text;
begin
  foreach tenant in array array['program', 'program_phase', 'program_version', 'shop', 'member', 'customer', 'card_due', 'transaction',
    'posting', 'balance', 'lot', 'lot_use', 'account_rollup', 'redemption_step', 'import', 'import_row', 'audit']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
  end loop;

  -- Shops of one programme share members, not orders.
  foreach tenant in array array['order_facts', 'redemption', 'data_request']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme_and_shop on %I to laurel_app using (program_id = laurel.program() and laurel.sees_shop(shop_id)) with check (program_id = laurel.program() and laurel.sees_shop(shop_id))', tenant);
  end loop;
end $$;

alter table inbox enable row level security;
alter table inbox force row level security;
create policy in_programme on inbox to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program());

-- The owner is bound by policies too (force), and needs one of its own for migrations, jobs and the functions below.
do $$
declare t record;
begin
  for t in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relrowsecurity
  loop
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', t.relname, current_user);
  end loop;
end $$;

grant select, insert, update on program, shop, member, customer, order_facts, balance, lot, account_rollup, redemption, import, import_row, data_request, inbox to laurel_app;
grant select, insert on program_phase, program_version, transaction, posting, lot_use, redemption_step, audit to laurel_app;
grant select, insert, update, delete on card_due, session to laurel_app;
grant select on shop_directory, shopify_app, erasure to laurel_app;
grant insert, update on shop_directory to laurel_app;
grant delete on import, import_row, data_request to laurel_app;

------------------------------------------------------------------------------------------------
-- Checks.

alter table posting
  add constraint posting_amount_positive check (amount > 0),
  add constraint posting_moves check ((from_account, from_member) is distinct from (to_account, to_member)),
  add constraint posting_accounts check (
    from_account in ('pending', 'available', 'reserved', 'owed', 'issued', 'redeemed', 'expired', 'adjusted', 'written off', 'imported') and
    to_account in ('pending', 'available', 'reserved', 'owed', 'issued', 'redeemed', 'expired', 'adjusted', 'written off', 'imported')),
  add constraint posting_members check (
    (from_account in ('pending', 'available', 'reserved', 'owed')) = (from_member is not null) and
    (to_account in ('pending', 'available', 'reserved', 'owed')) = (to_member is not null));

alter table balance
  add constraint no_silent_overdraft check (pending >= 0 and available >= 0 and reserved >= 0 and owed >= 0),
  add constraint owed_only_when_nothing_is_available check (owed = 0 or available = 0);

alter table lot
  add constraint lot_amount_positive check (amount > 0),
  add constraint lot_left_within check ("left" between 0 and amount),
  add constraint lot_origin check (origin in ('sale', 'gift'));

alter table lot_use add constraint lot_use_moves check (amount <> 0);
alter table member add constraint member_state check (state in ('active', 'blocked', 'left', 'merged'));
alter table program_phase add constraint phase_known check (phase in ('off', 'testing', 'live', 'paused'));
alter table inbox add constraint inbox_state check (state in ('waiting', 'done', 'failed', 'ignored'));
alter table redemption
  add constraint redemption_state check (state in ('reserved', 'issued', 'used', 'releasing', 'released', 'refused')),
  add constraint redemption_points check (points > 0 and charged >= 0 and charged <= points);

------------------------------------------------------------------------------------------------
-- Append-only: a mistake is corrected by another line that says why.

create function laurel.refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('laurel.erasing', true) = old.program_id::text and current_user <> 'laurel_app' then
    return old;
  end if;
  raise exception 'Rows of % are never changed or deleted: add a correcting row instead.', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger append_only before update or delete on transaction for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on posting for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on lot_use for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on program_version for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on program_phase for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on redemption_step for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on audit for each row execute function laurel.refuse_change();

create function laurel.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is never truncated.' using errcode = 'restrict_violation';
end $$;
create trigger never_truncated before truncate on transaction execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on posting execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on lot_use execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on program_version execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on program_phase execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on redemption_step execute function laurel.refuse_truncate();
create trigger never_truncated before truncate on audit execute function laurel.refuse_truncate();

-- A version that is in force cannot be written into the past of another.
create function laurel.version_in_order() returns trigger language plpgsql as $$
begin
  if exists (select from program_version v where v.program_id = new.program_id and v.version < new.version and v.effective_from > new.effective_from) then
    raise exception 'Version % would take effect before an older one.', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger in_order before insert on program_version for each row execute function laurel.version_in_order();

-- A posting that has no transaction would have no cause. Checked once per statement: a foreign key would look up
-- and lock the transaction for every row.
create function laurel.has_cause() returns trigger language plpgsql as $$
begin
  -- Counted one by one, so that each is a look into the index whatever the planner believes of the table.
  if exists (
    select from (select distinct program_id, transaction_id from added) a
    cross join lateral (select count(*) as causes from transaction t where t.program_id = a.program_id and t.transaction_id = a.transaction_id) t
    where t.causes = 0) then
    raise exception 'Every row of % belongs to a transaction, and here is one that does not.', tg_table_name using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger has_cause after insert on posting referencing new table as added for each statement execute function laurel.has_cause();
create trigger has_cause after insert on lot_use referencing new table as added for each statement execute function laurel.has_cause();

------------------------------------------------------------------------------------------------
-- Reading quickly.

create index inbox_waiting on inbox (program_id, id) where state = 'waiting';
create index inbox_oldest on inbox (id) where state = 'waiting';
create index inbox_done on inbox (done_at) where state in ('done', 'ignored');
create index inbox_failed on inbox (received_at) where state = 'failed';
create index lot_open on lot (program_id, member_id, unit, expires_at) where "left" > 0;
create index lot_maturing on lot (available_from) where not matured and "left" > 0;
create index lot_expiring on lot (expires_at) where "left" > 0 and expires_at is not null;
create index redemption_open on redemption (expires_at) where state in ('reserved', 'issued', 'releasing');
create index redemption_order on redemption (program_id, shop_id, order_gid) where order_gid is not null;
create index redemption_member on redemption (program_id, shop_id, customer_gid);
create index member_name_search on member using gin (lower(name) gin_trgm_ops);
create index member_email_search on member using gin (lower(email) gin_trgm_ops);
create index member_email on member (program_id, lower(email));
create index member_joined on member (program_id, joined_at desc, member_id);
create index member_by_name on member (program_id, lower(name), member_id);
create index balance_available on balance (program_id, unit, available desc, member_id);
create index order_waiting on order_facts (program_id, waiting_for) where waiting_for is not null;
create index transaction_order on transaction (program_id, shop_id, order_gid) where order_gid is not null;

alter table balance set (fillfactor = 80);
alter table order_facts set (fillfactor = 55);
alter table inbox set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02);
-- Bodies are written once and read once: lz4 where the server has it, else stored as they are, for pglz costs
-- more than the write it saves.
do $$
begin
  alter table inbox alter column body set compression lz4;
exception when feature_not_supported then
  alter table inbox alter column body set storage external;
end $$;

------------------------------------------------------------------------------------------------
-- What the app may ask the owner to do: nothing else crosses a programme.

-- Stores deliveries once per webhook id; answers the ids that were new.
create function laurel.receive(ids uuid[], shops text[], topics text[], webhook_ids text[], event_ids text[], versions text[], triggered timestamptz[], received timestamptz, bodies text[])
returns setof uuid language sql security definer set search_path = public, pg_temp as $$
  insert into inbox (id, program_id, shop, topic, webhook_id, event_id, api_version, triggered_at, received_at, not_before, body)
  select d.id, s.program_id, d.shop, d.topic, d.webhook_id, d.event_id, d.version, d.triggered, received, received, d.body
  from unnest(ids, shops, topics, webhook_ids, event_ids, versions, triggered, bodies) as d(id, shop, topic, webhook_id, event_id, version, triggered, body)
  left join shop_directory s on s.shop = d.shop
  on conflict (shop, webhook_id) do nothing
  returning id
$$;

-- The programme with the oldest waiting delivery, the given ones left out.
create function laurel.next_program(as_of timestamptz, but_not uuid[]) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select program_id from inbox
  where state = 'waiting' and not_before <= as_of and program_id is not null and not (program_id = any (but_not))
  order by id limit 1
$$;

-- Deliveries that came before their shop was known get their programme when it is.
create function laurel.claim_for(of_shop text) returns integer language sql security definer set search_path = public, pg_temp as $$
  with claimed as (
    update inbox i set program_id = d.program_id from shop_directory d
    where d.shop = of_shop and i.shop = of_shop and i.program_id is null and i.state = 'waiting' returning 1)
  select count(*)::int from claimed
$$;

create function laurel.inbox_health(as_of timestamptz) returns table (waiting bigint, failed bigint, oldest_seconds double precision)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) filter (where state = 'waiting'), count(*) filter (where state = 'failed'),
    coalesce(extract(epoch from as_of - min(received_at) filter (where state = 'waiting' and not_before <= as_of)), 0)
  from inbox where state in ('waiting', 'failed') and program_id is not null
$$;

-- Bodies are kept for thirty days. A failed one is kept until somebody has looked.
create function laurel.purge_inbox(before timestamptz) returns bigint language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from inbox where (state in ('done', 'ignored') and done_at < before) or (program_id is null and received_at < before) returning 1)
  select count(*) from gone
$$;

create function laurel.programs_with(what text, as_of timestamptz) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct program_id from lot where what = 'maturing' and not matured and "left" > 0 and available_from <= as_of
  union select distinct program_id from lot where what = 'expiring' and "left" > 0 and expires_at <= as_of
  union select distinct program_id from redemption where what = 'overdue' and
    ((state = 'issued' and expires_at <= as_of) or (state in ('reserved', 'releasing') and changed_at <= as_of - interval '2 minutes'))
  union select program_id from program where what = 'all'
  union select distinct program_id from card_due where what = 'cards'
$$;

-- A young database has no statistics, and the planner then reads whole tables where it should look up keys. A
-- year of orders can arrive before autovacuum's first minute is over.
create function laurel.refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze inbox, order_facts, customer, member, balance, transaction, posting, lot, lot_use, redemption, card_due;
end $$;

-- Everything of a programme goes: for shop/redact, after every shop of it has left. The trace is a row in erasure.
create function laurel.erase_program(gone uuid, asked_by text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare tenant text;
begin
  if exists (select from shop_directory where program_id = gone and uninstalled_at is null) then
    raise exception 'A shop of this programme still has the app installed; nothing was erased.' using errcode = 'restrict_violation';
  end if;
  perform set_config('laurel.erasing', gone::text, true);
  foreach tenant in array array['posting', 'lot_use', 'lot', 'balance', 'card_due', 'redemption_step', 'redemption', 'transaction', 'order_facts', 'customer',
    'import_row', 'import', 'data_request', 'audit', 'account_rollup', 'member', 'shop', 'program_version', 'program_phase', 'program', 'inbox']
  loop
    execute format('delete from %I where program_id = $1', tenant) using gone;
  end loop;
  delete from session where shop in (select d.shop from shop_directory d where d.program_id = gone);
  delete from shop_directory where program_id = gone;
  insert into erasure (program_id, shop, reason) values (gone, asked_by, 'shop/redact') on conflict do nothing;
  perform set_config('laurel.erasing', '', true);
end $$;

-- The job queue's tables belong to the owner and have row-level security without policies: the app may add a
-- job, in its own transaction, and nothing else. The queue's schema is made by its own library at first start.
create function laurel.add_job(task text, payload json, key text, run_at timestamptz, mode text, max_attempts integer)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload, job_key := key, run_at := run_at, job_key_mode := coalesce(mode, 'replace'), max_attempts := coalesce(max_attempts, 25));
end $$;

create function laurel.jobs_health(as_of timestamptz) returns table (waiting bigint, failed bigint, oldest_seconds double precision)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select count(*) filter (where j.attempts < j.max_attempts), count(*) filter (where j.attempts >= j.max_attempts),
    coalesce(extract(epoch from as_of - min(j.run_at) filter (where j.attempts < j.max_attempts and j.run_at <= as_of and j.locked_at is null)), 0)::double precision
  from graphile_worker.jobs j;
end $$;

do $$
declare f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'laurel'
  loop
    execute format('revoke all on function %s from public', f.signature);
    execute format('grant execute on function %s to laurel_app', f.signature);
  end loop;
end $$;
