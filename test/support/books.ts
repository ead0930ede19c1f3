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
  "an order has earned what its last judgement says": `
    with posted as (
      select t.program_id, t.shop_id, t.order_gid, sum(case when p.from_account = 'issued' then p.amount when p.to_account = 'issued' then -p.amount else 0 end) as points
      from transaction t join posting p using (program_id, transaction_id) where t.kind = 'order' group by 1, 2, 3),
    last as (
      select distinct on (program_id, shop_id, order_gid, coalesce(m.merged_into, t.member_id)) program_id, shop_id, order_gid, (explanation->>'due')::bigint as due
      from transaction t join member m using (program_id, member_id) where kind = 'order'
      order by program_id, shop_id, order_gid, coalesce(m.merged_into, t.member_id), transaction_id desc),
    due as (select program_id, shop_id, order_gid, sum(due) as due from last group by 1, 2, 3)
    select order_gid, p.points, d.due from posted p join due d using (program_id, shop_id, order_gid) where p.points <> d.due`,
  "a transaction moves something": `
    select t.transaction_id, t.kind from transaction t left join posting p using (program_id, transaction_id) where p.transaction_id is null`,
  "no delivery failed": `select id, topic, reason from inbox where state = 'failed'`,
} as const;
