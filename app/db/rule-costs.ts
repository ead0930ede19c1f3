import type { Tx } from "./database.ts";

/** What one rule did in a time, from the traces of what was posted. */
export type RuleCost = {
  ruleId: string;
  name: string;
  unit: string;
  points: number;
  /** Orders and events for which it gave something. */
  gave: number;
  /** For which another rule of its group gave more. */
  beaten: number;
  /** What limits and budgets took of it. */
  cut: number;
};

/**
 * What each rule gave for what was placed, or happened, in a time: by the newest trace of every order and event, so that
 * what was refunded is not in it. Nothing is judged again.
 */
export const ruleCosts = (tx: Tx, { from, until }: { from: Date; until: Date }): Promise<RuleCost[]> =>
  tx.rows<RuleCost>(
    `with newest as (
       select distinct on (t.shop_id, t.order_gid) t.transaction_id from order_facts o
         join transaction t on t.program_id = o.program_id and t.shop_id = o.shop_id and t.order_gid = o.order_gid
       where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and t.kind = 'order'
       order by t.shop_id, t.order_gid, t.transaction_id desc),
     newest_events as (
       select distinct on (h.happening_id) t.transaction_id from happening h
         join transaction t on t.program_id = h.program_id and t.member_id = h.member_id and t.kind = 'event' and split_part(t.source, ' ', 1) = h.happening_id::text
       where h.program_id = $1 and h.at >= $2 and h.at < $3
       order by h.happening_id, t.transaction_id desc)
     select r.trace->>'ruleId' as "ruleId", (array_agg(r.trace->>'name' order by t.transaction_id desc))[1] as name, r.trace->>'unit' as unit,
       sum((r.trace->>'points')::bigint)::bigint as points,
       count(*) filter (where (r.trace->>'points')::bigint > 0) as gave,
       count(*) filter (where r.trace->'why'->>'reason' = 'beaten') as beaten,
       coalesce(sum(((r.trace->'caps'->0->>'before')::bigint - (r.trace->>'points')::bigint)) filter (where r.trace ? 'caps'), 0)::bigint as cut
     from (select transaction_id from newest union all select transaction_id from newest_events) n
       join transaction t on t.program_id = $1 and t.transaction_id = n.transaction_id
       cross join lateral jsonb_array_elements(t.explanation->'judgement'->'rules') as r(trace)
     where (r.trace->>'points')::bigint > 0 or r.trace->'why'->>'reason' = 'beaten' or r.trace ? 'caps'
     group by 1, 3 order by points desc, 1, 3`,
    [tx.scope.programId, from, until],
  );

/** What rules gave in a time that is no amount, and the certificates that rules made: how many, by the rule and what. */
export type RuleGift = { ruleId: string; kind: "reward" | "badge" | "tier" | "certificate"; what: string; count: number };

/**
 * Dated like what rules gave of points: by when the order was placed, or the event happened. What was withdrawn since,
 * or could not be given, is not in it. A certificate is dated by the day on which it was made.
 */
export const ruleGifts = (tx: Tx, { from, until }: { from: Date; until: Date }): Promise<RuleGift[]> =>
  tx.rows<RuleGift>(
    `select "ruleId", kind, what, count(*) as count from (
       select g.rule_id as "ruleId", g.kind, g.what from gift g
         join order_facts o on o.program_id = g.program_id and o.shop_id = case when g.cause like 'order %' then split_part(g.cause, ' ', 2)::uuid end
           and o.order_gid = split_part(g.cause, ' ', 3)
       where g.program_id = $1 and g.state in ('due', 'given') and o.placed_at >= $2 and o.placed_at < $3
       union all
       select g.rule_id, g.kind, g.what from gift g
         join happening h on h.program_id = g.program_id and h.happening_id = case when g.cause like 'event %' then split_part(g.cause, ' ', 2)::uuid end
       where g.program_id = $1 and g.state in ('due', 'given') and h.at >= $2 and h.at < $3
       union all
       select split_part(r.request_id, ' ', 2), 'certificate', r.reward_id from redemption r
       where r.program_id = $1 and starts_with(r.request_id, 'certificate ') and r.state <> 'refused' and r.reserved_at >= $2 and r.reserved_at < $3
     ) given group by 1, 2, 3 order by 1, 2, 3`,
    [tx.scope.programId, from, until],
  );
