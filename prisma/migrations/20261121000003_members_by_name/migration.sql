-- The list of members by name, and members by their e-mails. lower() too keeps an index away under row-level
-- security, so these ask as the owner, and look at the asker's programme and nothing else.

drop index member_by_name;
create index member_by_name on member (program_id, (coalesce(lower(name), '')), member_id) where state <> 'merged';

-- So many members from a name and an id on; from the first one where there is no id.
create function laurel.members_by_name(from_name text, from_member uuid, descending boolean, most integer)
returns setof uuid language plpgsql stable security definer set search_path = public, pg_temp as $$
declare asker uuid := laurel.program();
begin
  if from_member is null and descending then
    return query select member_id from member where program_id = asker and state <> 'merged'
      order by coalesce(lower(name), '') desc, member_id desc limit most;
  elsif from_member is null then
    return query select member_id from member where program_id = asker and state <> 'merged'
      order by coalesce(lower(name), ''), member_id limit most;
  elsif descending then
    return query select member_id from member where program_id = asker and state <> 'merged' and (coalesce(lower(name), ''), member_id) < (from_name, from_member)
      order by coalesce(lower(name), '') desc, member_id desc limit most;
  else
    return query select member_id from member where program_id = asker and state <> 'merged' and (coalesce(lower(name), ''), member_id) > (from_name, from_member)
      order by coalesce(lower(name), ''), member_id limit most;
  end if;
end $$;

create function laurel.members_with_email(emails text[]) returns table (email text, member_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (lower(m.email)) lower(m.email), m.member_id from member m
  where m.program_id = laurel.program() and m.state <> 'merged' and lower(m.email) = any (emails)
  order by lower(m.email), m.joined_at
$$;

revoke all on function laurel.members_by_name(text, uuid, boolean, integer), laurel.members_with_email(text[]) from public;
grant execute on function laurel.members_by_name(text, uuid, boolean, integer), laurel.members_with_email(text[]) to laurel_app;
