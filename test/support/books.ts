import type pg from "pg";

/**
 * What is wrong with the books: every sentence is a broken promise of the ledger, and there should be none.
 * Read as the owner straight from the tables, so that nothing of the app has a say in it.
 */
export async function wrongInTheBooks(owner: pg.Pool): Promise<string[]> {
  const found: string[] = [];
  for (const [promise, sql] of Object.entries(promises)) {
    const { rows } = await owner.query(sql);
    for (const row of rows.slice(0, 5)) found.push(`${promise}: ${JSON.stringify(row)}`);
  }
  return found;
}

const moved = `
  select program_id, to_member as member_id, unit, to_account as account, amount from posting where to_member is not null
  union all select program_id, from_member, unit, from_account, -amount from posting where from_member is not null`;

// An order's id, or an event's.
const cause = "coalesce(t.shop_id || ' ' || t.order_gid, split_part(t.source, ' ', 1))";

const promises = {
  "a balance is the sum of its postings": `
    with sums as (
      select program_id, member_id, unit,
        coalesce(sum(amount) filter (where account = 'pending'), 0) as pending,
        coalesce(sum(amount) filter (where account = 'available'), 0) as available,
        coalesce(sum(amount) filter (where account = 'reserved'), 0) as reserved,
        -coalesce(sum(amount) filter (where account = 'owed'), 0) as owed
      from (${moved}) m group by 1, 2, 3)
    select member_id, b.pending, b.available, b.reserved, b.owed, s.pending as "postings pending", s.available as "postings available",
      s.reserved as "postings reserved", s.owed as "postings owed"
    from balance b full join sums s using (program_id, member_id, unit)
    where (coalesce(b.pending, 0), coalesce(b.available, 0), coalesce(b.reserved, 0), coalesce(b.owed, 0))
      is distinct from (coalesce(s.pending, 0), coalesce(s.available, 0), coalesce(s.reserved, 0), coalesce(s.owed, 0))`,
  "what the lots have left is what is pending and available": `
    with lots as (
      select program_id, member_id, unit, coalesce(sum("left") filter (where not matured), 0) as pending, coalesce(sum("left") filter (where matured), 0) as available
      from lot group by 1, 2, 3)
    select member_id, b.pending, b.available, l.pending as "lots pending", l.available as "lots available"
    from balance b full join lots l using (program_id, member_id, unit)
    where (coalesce(b.pending, 0), coalesce(b.available, 0)) is distinct from (coalesce(l.pending, 0), coalesce(l.available, 0))`,
  "a lot has left what nothing used": `
    select lot_id, l.amount, l."left", u.used from lot l
    left join (select program_id, lot_id, sum(amount) as used from lot_use group by 1, 2) u using (program_id, lot_id)
    where l."left" <> l.amount - coalesce(u.used, 0)`,
  "reserved points are those of open redemptions": `
    with open as (select program_id, member_id, unit, sum(points) as points from redemption where state in ('reserved', 'issued', 'releasing') group by 1, 2, 3)
    select member_id, b.reserved, o.points from balance b full join open o using (program_id, member_id, unit)
    where coalesce(b.reserved, 0) <> coalesce(o.points, 0)`,
  "a redemption was charged what was posted as redeemed": `
    with posted as (
      select t.program_id, t.redemption_id, sum(case when p.to_account = 'redeemed' then p.amount when p.from_account = 'redeemed' then -p.amount else 0 end) as points
      from transaction t join posting p using (program_id, transaction_id) where t.redemption_id is not null group by 1, 2)
    select redemption_id, r.state, r.charged, p.points from redemption r left join posted p using (program_id, redemption_id)
    where r.charged <> coalesce(p.points, 0)`,
  "an order or an event has earned what its last judgement says": `
    with posted as (
      select t.program_id, t.kind, ${cause} as cause, p.unit, sum(case when p.from_account = 'issued' then p.amount when p.to_account = 'issued' then -p.amount else 0 end) as points
      from transaction t join posting p using (program_id, transaction_id) where t.kind in ('order', 'event') group by 1, 2, 3, 4),
    last as (
      select distinct on (t.program_id, t.kind, ${cause}, coalesce(m.merged_into, t.member_id)) t.program_id, t.kind, ${cause} as cause, explanation
      from transaction t join member m using (program_id, member_id) where t.kind in ('order', 'event')
      order by t.program_id, t.kind, ${cause}, coalesce(m.merged_into, t.member_id), transaction_id desc),
    dues as (
      select program_id, kind, cause, 'points' as unit, (explanation->>'due')::bigint as due from last
      union all select program_id, kind, cause, u.key, (u.value->>'due')::bigint from last, jsonb_each(explanation->'units') u),
    due as (select program_id, kind, cause, unit, sum(due) as due from dues group by 1, 2, 3, 4)
    select kind, cause, unit, p.points, d.due from posted p full join due d using (program_id, kind, cause, unit) where coalesce(p.points, 0) <> coalesce(d.due, 0)`,
  "a transaction moves something": `
    select t.transaction_id, t.kind from transaction t left join posting p using (program_id, transaction_id) where p.transaction_id is null`,
  "no delivery failed": `select id, topic, reason from inbox where state = 'failed'`,
} as const;
