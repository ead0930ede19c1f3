-- Where members stand in the ladder, every step they took, what staff decided, and what staff have to do.

-- What a member's trail and the ladder say, worked out anew whenever one of them or time changes it: a copy, to read.
create table member_tier (
  program_id uuid not null,
  member_id uuid not null,
  tier_id text,
  since timestamptz(6),
  until timestamptz(6),
  grace_until timestamptz(6),
  review_at timestamptz(6),
  why jsonb,
  counters jsonb,
  next jsonb,
  keep jsonb,
  version integer,
  computed_at timestamptz(6),
  constraint member_tier_pkey primary key (program_id, member_id)
);
create index member_tier_program_id_review_at_idx on member_tier (program_id, review_at);
create index member_tier_program_id_tier_id_idx on member_tier (program_id, tier_id);

create table tier_step (
  program_id uuid not null,
  member_id uuid not null,
  seq integer not null,
  at timestamptz(6) not null,
  from_tier text,
  to_tier text,
  why jsonb not null,
  version integer not null,
  recorded_at timestamptz(6) not null,
  constraint tier_step_pkey primary key (program_id, member_id, seq),
  constraint tier_step_moves check (from_tier is distinct from to_tier)
);

create table tier_decision (
  program_id uuid not null,
  decision_id uuid not null,
  member_id uuid not null,
  at timestamptz(6) not null,
  kind text not null,
  tier_id text not null,
  until timestamptz(6),
  by text not null,
  why text not null,
  constraint tier_decision_pkey primary key (program_id, decision_id),
  constraint tier_decision_kind check (kind in ('given', 'hold', 'release')),
  constraint tier_decision_ends_later check (until > at)
);
create index tier_decision_program_id_member_id_idx on tier_decision (program_id, member_id);

create table staff_task (
  program_id uuid not null,
  task_id uuid not null,
  member_id uuid not null,
  title text not null,
  note text,
  state text not null,
  cause text not null,
  created_at timestamptz(6) not null,
  done_at timestamptz(6),
  done_by text,
  constraint staff_task_pkey primary key (program_id, task_id),
  constraint staff_task_state check (state in ('open', 'done')),
  constraint staff_task_done check ((state = 'done') = (done_at is not null))
);
-- One cause asks for one thing to be done, however often it is told.
create unique index staff_task_program_id_cause_key on staff_task (program_id, cause);
create index staff_task_program_id_state_created_at_idx on staff_task (program_id, state, created_at);
create index staff_task_program_id_member_id_idx on staff_task (program_id, member_id);

do $$
declare tenant text;
begin
  foreach tenant in array array['member_tier', 'tier_step', 'tier_decision', 'staff_task']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', tenant, current_user);
  end loop;
end $$;
grant select, insert, update on member_tier, staff_task to laurel_app;
-- A guest who became somebody else has no standing of their own any more.
grant delete on member_tier to laurel_app;
grant select, insert on tier_step, tier_decision to laurel_app;
create trigger append_only before update or delete on tier_step for each row execute function laurel.refuse_change();
create trigger append_only before update or delete on tier_decision for each row execute function laurel.refuse_change();

create or replace function laurel.programs_with(what text, as_of timestamptz) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select distinct program_id from lot where what = 'maturing' and not matured and "left" > 0 and available_from <= as_of
  union select distinct program_id from lot where what = 'expiring' and "left" > 0 and expires_at <= as_of
  union select distinct program_id from redemption where what = 'overdue' and
    ((state = 'issued' and expires_at <= as_of) or (state in ('reserved', 'releasing') and changed_at <= as_of - interval '2 minutes'))
  union select program_id from program where what = 'all'
  union select distinct program_id from card_due where what = 'cards'
  union select p.program_id from program p where what = 'tiers' and
    exists (select from member_tier t where t.program_id = p.program_id and t.review_at <= as_of)
$$;
