-- Row-level security keeps an index away from every comparison that could leak what it compares, and LIKE is one.
-- The search therefore asks as the owner, and looks at the asker's programme and nothing else.
create function laurel.members_like(term text) returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select member_id from member
  where program_id = laurel.program() and (lower(name) like term or lower(email) like term)
$$;
revoke all on function laurel.members_like(text) from public;
grant execute on function laurel.members_like(text) to laurel_app;
