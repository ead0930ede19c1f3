-- What rules ask of a member's history, events that are no orders, gifts that are no points, and what budgets spent.

-- trail: what an order adds to its member's history, and when. pins: the facts that were used, as they were when the
-- order was first seen. Both empty where no rule asks for them.
alter table order_facts add column trail jsonb, add column pins jsonb;

create table happening (
  program_id uuid not null,
  happening_id uuid not null,
  member_id uuid not null,
  shop_id uuid,
  trigger text not null,
  name text,
  at timestamptz(6) not null,
  properties jsonb not null default '{}',
  source text not null,
  recorded_at timestamptz(6) not null,
  version integer,
  phase text,
  member_state text,
  tags text[] not null default '{}',
  pins jsonb,
  trail jsonb,
  settlements integer not null default 0,
  settled_at timestamptz(6),
  constraint happening_pkey primary key (program_id, happening_id),
  constraint happening_trigger check (trigger in ('joined', 'birthday', 'anniversary', 'event')),
  constraint happening_named check ((trigger = 'event') = (name is not null))
);
-- The same event is one event, however often it is told.
create unique index happening_program_id_source_key on happening (program_id, source);
create index happening_program_id_member_id_at_idx on happening (program_id, member_id, at);

create table gift (
  program_id uuid not null,
  gift_id uuid not null,
  member_id uuid not null,
  shop_id uuid,
  cause text not null,
  rule_id text not null,
  kind text not null,
  what text not null,
  months integer,
  state text not null,
  redemption_id uuid,
  why text,
  created_at timestamptz(6) not null,
  changed_at timestamptz(6) not null,
  constraint gift_pkey primary key (program_id, gift_id),
  constraint gift_kind check (kind in ('reward', 'badge', 'tier')),
  constraint gift_state check (state in ('due', 'given', 'withdrawn', 'refused'))
);
create unique index gift_program_id_cause_rule_id_kind_what_key on gift (program_id, cause, rule_id, kind, what);
create index gift_program_id_member_id_idx on gift (program_id, member_id);

create table budget_use (
  program_id uuid not null,
  budget text not null,
  period text not null,
  used bigint not null default 0,
  alerted_at timestamptz(6),
  constraint budget_use_pkey primary key (program_id, budget, period),
  constraint budget_use_known check (budget in ('retention', 'acquisition')),
  constraint budget_use_not_negative check (used >= 0)
);

do $$
declare tenant text;
begin
  foreach tenant in array array['happening', 'gift', 'budget_use']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', tenant, current_user);
  end loop;
end $$;
grant select, insert, update on happening, gift, budget_use to laurel_app;

-- A free reward takes no points.
alter table redemption drop constraint redemption_points;
alter table redemption add constraint redemption_points check (points >= 0 and charged >= 0 and charged <= points);
