import type { Movement } from "../loyalty/explain.ts";
import { POINTS } from "./books.ts";
import type { Tx } from "./database.ts";

export type Totals = {
  /** Given for orders, by staff and as opening balances, less what was taken back. */
  issued: number;
  redeemed: number;
  /** What rewards took off orders, in minor units. */
  givenMinor: number;
  /** What members hold, less what they owe. */
  outstanding: number;
  members: number;
};

/** The programme's sums: roll-ups, plus the postings that came after them. */
export async function readTotals(tx: Tx): Promise<Totals> {
  const accounts = await tx.rows<{ account: string; out: number }>(
    `with named as (select unnest(array['issued', 'imported', 'adjusted', 'redeemed']) as account),
       rolled as (select n.account, r.through, coalesce(r.taken, 0) - coalesce(r.given, 0) as out from named n
         left join account_rollup r on r.program_id = $1 and r.unit = $2 and r.account = n.account)
     select account, (out
       + coalesce((select sum(amount) from posting p where p.program_id = $1 and p.unit = $2 and p.from_account = account and (through is null or p.transaction_id > through)), 0)
       - coalesce((select sum(amount) from posting p where p.program_id = $1 and p.unit = $2 and p.to_account = account and (through is null or p.transaction_id > through)), 0)
     )::bigint as out from rolled`,
    [tx.scope.programId, POINTS],
  );
  const out = (account: string) => accounts.find((one) => one.account === account)?.out ?? 0;
  const held = await tx.one<{ held: number; members: number }>(
    "select coalesce(sum(pending + available + reserved - owed), 0)::bigint as held, count(*) filter (where pending + available + reserved > 0) as members from balance where program_id = $1 and unit = $2",
    [tx.scope.programId, POINTS],
  );
  const used = await tx.one<{ given: number }>(
    "select coalesce(sum(given_minor), 0)::bigint as given from redemption where program_id = $1 and state = 'used'",
    [tx.scope.programId],
  );
  return {
    issued: out("issued") + out("imported") + out("adjusted"),
    redeemed: 0 - out("redeemed"),
    givenMinor: used?.given ?? 0,
    outstanding: held?.held ?? 0,
    members: held?.members ?? 0,
  };
}

export type LatestMovement = Movement & {
  transactionId: string;
  memberId: string;
  name: string | null;
  email: string | null;
  customerGid: string | null;
  at: Date;
};

/** The newest movements of members' points. */
export async function readLatest(tx: Tx, size: number): Promise<LatestMovement[]> {
  return tx.rows<LatestMovement>(
    `select t.transaction_id as "transactionId", t.kind, t.explanation, t.occurred_at as at, t.member_id as "memberId", m.name, m.email,
       (select customer_gid from customer c where c.program_id = t.program_id and c.member_id = t.member_id order by customer_gid limit 1) as "customerGid",
       (select json_agg(json_build_object('from', p.from_account, 'to', p.to_account, 'amount', p.amount, 'unit', p.unit) order by p.seq)
        from posting p where p.program_id = t.program_id and p.transaction_id = t.transaction_id) as postings
     from (select * from transaction where program_id = $1 and member_id is not null order by transaction_id desc limit $2) t
     join member m on m.program_id = t.program_id and m.member_id = t.member_id
     order by t.transaction_id desc`,
    [tx.scope.programId, size],
  );
}

export type ToDo = {
  /** Deliveries that Laurel could not read or settle; they are kept. */
  failedDeliveries: number;
  failedReason: string | null;
  /** Orders that wait for something of Shopify, such as a customer's tags. */
  waitingOrders: number;
  unfinishedImports: { importId: string; fileName: string; state: string }[];
  /** Rewards that have been between two states for long: Shopify did not answer. */
  stuckRedemptions: number;
  refusedRedemptions: number;
  openRequests: number;
  openTasks: number;
};

export async function readToDo(tx: Tx, now: Date): Promise<ToDo> {
  const found = await tx.one<Omit<ToDo, "unfinishedImports">>(
    `select (select count(*) from inbox where program_id = $1 and state = 'failed') as "failedDeliveries",
       (select reason from inbox where program_id = $1 and state = 'failed' order by received_at desc limit 1) as "failedReason",
       (select count(*) from order_facts where program_id = $1 and waiting_for is not null) as "waitingOrders",
       (select count(*) from redemption where program_id = $1 and state in ('reserved', 'releasing') and changed_at < $2) as "stuckRedemptions",
       (select count(*) from redemption where program_id = $1 and state = 'refused' and changed_at > $3) as "refusedRedemptions",
       (select count(*) from data_request where program_id = $1 and answered_at is null) as "openRequests",
       (select count(*) from staff_task where program_id = $1 and state = 'open') as "openTasks"`,
    [tx.scope.programId, new Date(now.getTime() - 10 * 60_000), new Date(now.getTime() - 7 * 86_400_000)],
  );
  const unfinishedImports = await tx.rows<ToDo["unfinishedImports"][number]>(
    `select import_id as "importId", file_name as "fileName", state from import where program_id = $1 and state in ('checked', 'running', 'undoing') order by created_at desc limit 5`,
    [tx.scope.programId],
  );
  if (!found) throw new Error("A select without a from has one row.");
  return { ...found, unfinishedImports };
}

/** Whether somebody has put the setup guide away. */
export async function guideDismissed(tx: Tx): Promise<boolean> {
  return (
    (await tx.one("select from audit where program_id = $1 and action = $2 limit 1", [tx.scope.programId, "put the setup guide away"])) !==
    undefined
  );
}
