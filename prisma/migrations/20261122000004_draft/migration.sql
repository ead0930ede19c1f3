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
