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
