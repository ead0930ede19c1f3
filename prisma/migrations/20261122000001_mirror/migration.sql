-- The mirror: what order bodies do not say of products, collections and customers, kept beside the orders.

create table public.product (
  program_id uuid not null,
  shop_id uuid not null,
  product_gid text not null,
  title text not null,
  handle text not null,
  type text not null,
  vendor text not null,
  tags text[],
  collections text[],
  collections_at timestamptz(6),
  collections_due boolean not null default false,
  variants jsonb not null,
  image text,
  deleted_at timestamptz(6),
  changed_at timestamptz(6) not null,
  known_at timestamptz(6) not null,
  constraint product_pkey primary key (program_id, shop_id, product_gid)
);

create table public.collection (
  program_id uuid not null,
  shop_id uuid not null,
  collection_gid text not null,
  title text not null,
  handle text not null,
  deleted_at timestamptz(6),
  changed_at timestamptz(6) not null,
  known_at timestamptz(6) not null,
  constraint collection_pkey primary key (program_id, shop_id, collection_gid)
);

create table public.mirror_fill (
  program_id uuid not null,
  shop_id uuid not null,
  what text not null,
  state text not null,
  operation_gid text,
  with_names boolean not null default true,
  found integer not null default 0,
  expected integer,
  asked_at timestamptz(6) not null,
  started_at timestamptz(6),
  finished_at timestamptz(6),
  reason text,
  constraint mirror_fill_pkey primary key (program_id, shop_id, what)
);

-- The lines of a bulk answer until they are put together: a product's variants may come long before or after it.
-- Not logged, for after a crash they are read again.
create unlogged table public.mirror_line (
  program_id uuid not null,
  shop_id uuid not null,
  run uuid not null,
  root_gid text not null,
  seq integer not null,
  gid text not null,
  line jsonb not null,
  constraint mirror_line_pkey primary key (program_id, shop_id, run, root_gid, seq)
);

alter table mirror_fill
  add constraint mirror_fill_what check (what in ('products', 'customers')),
  add constraint mirror_fill_state check (state in ('waiting', 'running', 'reading', 'done', 'failed'));

-- Products whose collections may have changed are asked for together.
create index product_collections_due on product (program_id, shop_id) where collections_due;

alter table customer
  add column birthday text,
  add column birthday_known_at timestamptz(6),
  add column order_count integer,
  add column last_order_at timestamptz(6),
  add column counted_at timestamptz(6),
  add constraint customer_birthday check (birthday ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');

-- The shops of a programme share its rules, and rules name products: the mirror is the programme's.
do $$
declare tenant text;
begin
  foreach tenant in array array['product', 'collection', 'mirror_fill', 'mirror_line']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', tenant, current_user);
  end loop;
end $$;

grant select, insert, update, delete on product, collection, mirror_fill, mirror_line to laurel_app;

create or replace function laurel.refresh_statistics() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze inbox, order_facts, customer, member, balance, transaction, posting, lot, lot_use, redemption, card_due, product;
end $$;

-- Everything of a programme goes: for shop/redact, after every shop of it has left. The trace is a row in erasure.
-- What belongs to a programme is what row-level security guards by its id, so that no list can forget a table.
create or replace function laurel.erase_program(gone uuid, asked_by text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare tenant text;
begin
  if exists (select from shop_directory where program_id = gone and uninstalled_at is null) then
    raise exception 'A shop of this programme still has the app installed; nothing was erased.' using errcode = 'restrict_violation';
  end if;
  perform set_config('laurel.erasing', gone::text, true);
  for tenant in
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'program_id' and not a.attisdropped
    where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relrowsecurity order by c.relname
  loop
    execute format('delete from public.%I where program_id = $1', tenant) using gone;
  end loop;
  delete from session where shop in (select d.shop from shop_directory d where d.program_id = gone);
  delete from shop_directory where program_id = gone;
  insert into erasure (program_id, shop, reason) values (gone, asked_by, 'shop/redact') on conflict do nothing;
  perform set_config('laurel.erasing', '', true);
end $$;
