-- The draft: what the merchant's staff edit together before it is published, and the steps that led to it.

create table public.program_draft (
  program_id uuid not null,
  definition jsonb not null,
  based_on integer not null,
  revision integer not null,
  changed_at timestamptz(6) not null,
  changed_by text not null,
  constraint program_draft_pkey primary key (program_id)
);

-- What the draft was after each step. Without a definition there was none: the programme was as its version based_on.
create table public.program_draft_step (
  program_id uuid not null,
  revision integer not null,
  how text not null,
  what text,
  definition jsonb,
  based_on integer not null,
  at timestamptz(6) not null,
  by text not null,
  constraint program_draft_step_pkey primary key (program_id, revision)
);

alter table program_draft_step
  add constraint draft_step_how check (how in ('begun', 'saved', 'discarded', 'undone', 'rebased', 'published'));

alter table program_version
  add column rolled_back_from integer,
  add constraint rolled_back_from_older check (rolled_back_from < version);

do $$
declare tenant text;
begin
  foreach tenant in array array['program_draft', 'program_draft_step']
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format('create policy in_programme on %I to laurel_app using (program_id = laurel.program()) with check (program_id = laurel.program())', tenant);
    execute format('create policy owner_sees_all on %I to %I using (true) with check (true)', tenant, current_user);
  end loop;
end $$;

grant select, insert, update, delete on program_draft to laurel_app;
-- Steps are added and, when there are many, the oldest ones let go. None is edited.
grant select, insert, delete on program_draft_step to laurel_app;
create trigger append_only before update on program_draft_step for each row execute function laurel.refuse_change();

-- What is in force is not written over, nor what was: a new version begins no earlier than any that has begun. One that
-- still waits for its day may be overtaken, and then never is in force. The clock is the latest that any version was
-- published at, for a server's own may go back.
create or replace function laurel.version_in_order() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (
    select from program_version v
    where v.program_id = new.program_id and v.version < new.version and v.effective_from > new.effective_from
      and v.effective_from <= (select greatest(new.published_at, max(o.published_at)) from program_version o where o.program_id = new.program_id)) then
    raise exception 'Version % would take effect before an older one that has begun.', new.version using errcode = 'check_violation';
  end if;
  return new;
end $$;
