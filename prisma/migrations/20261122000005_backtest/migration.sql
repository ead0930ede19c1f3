-- A draft tried on past orders, beside the live programme; orders from before Laurel, for that only; and a draft that
-- runs beside the live one day by day.

create table backtest (
  program_id uuid not null,
  backtest_id uuid not null,
  definition jsonb not null,
  definition_hash text not null,
  with_imported boolean not null default false,
  from_at timestamptz(6),
  until_at timestamptz(6),
  state text not null,
  cancel_asked boolean not null default false,
  done integer not null default 0,
  total integer,
  report jsonb,
  reason text,
  asked_by text not null,
  asked_at timestamptz(6) not null,
  finished_at timestamptz(6),
  constraint backtest_pkey primary key (program_id, backtest_id),
  constraint backtest_state check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
  constraint backtest_reports check ((state = 'done') = (report is not null))
);

-- It never earns: nothing that settles reads it. Facts are without personal data, as those of orders are.
create table past_order (
  program_id uuid not null,
  shop_id uuid not null,
  order_gid text not null,
  placed_at timestamptz(6) not null,
  customer_gid text,
  facts jsonb not null,
  imported_at timestamptz(6) not null,
  constraint past_order_pkey primary key (program_id, shop_id, order_gid)
);

create table program_challenger (
  program_id uuid not null,
  definition jsonb not null,
  since timestamptz(6) not null,
  until timestamptz(6),
  started_by text not null,
  computed_at timestamptz(6),
  constraint program_challenger_pkey primary key (program_id),
  constraint program_challenger_ends_later check (until >= since)
);

create table challenge_day (
  program_id uuid not null,
  day text not null,
  live bigint not null,
  challenger bigint not null,
  orders integer not null,
  changed integer not null,
  constraint challenge_day_pkey primary key (program_id, day)
);

-- Imported orders are asked for and read as the mirror is.
alter table mirror_fill drop constraint mirror_fill_what;
alter table mirror_fill add constraint mirror_fill_what check (what in ('products', 'customers', 'orders'));

do $$
declare tenant text;
begin
  foreach tenant in array array['backtest', 'program_challenger', 'challenge_day']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', tenant, current_user);
  end loop;
  -- Shops of one programme share members, not orders.
  alter table past_order enable row level security;
  alter table past_order force row level security;
  create policy in_programme_and_shop on past_order to laurel_app using (program_id = laurel.program() and laurel.sees_shop(shop_id)) with check (program_id = laurel.program() and laurel.sees_shop(shop_id));
  execute format('create policy owner_sees_all on past_order to %I using (true) with check (true)', current_user);
end $$;

grant select, insert, update, delete on backtest, past_order, program_challenger, challenge_day to laurel_app;
