import type { Tx } from "./database.ts";

/** Orders are not mirrored: those from before Laurel are read for backtests, when somebody asks. */
export type FillOf = "products" | "customers" | "orders";
export type FillState = "waiting" | "running" | "reading" | "done" | "failed";

/** How far one part of a shop's mirror is filled. */
export type Fill = {
  what: FillOf;
  state: FillState;
  operationGid: string | null;
  withNames: boolean;
  found: number;
  expected: number | null;
  askedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  reason: string | null;
};

const columns = `what, state, operation_gid as "operationGid", with_names as "withNames", found, expected, asked_at as "askedAt",
  started_at as "startedAt", finished_at as "finishedAt", reason`;

/** Asks for a fill, from the beginning also where one is under way. */
export async function wishFill(tx: Tx, shopId: string, what: readonly FillOf[], at: Date): Promise<void> {
  await tx.rows(
    `insert into mirror_fill (program_id, shop_id, what, state, asked_at) select $1, $2, w, 'waiting', $4 from unnest($3::text[]) w
     on conflict (program_id, shop_id, what) do update set state = 'waiting', operation_gid = null, with_names = true, found = 0, expected = null,
       asked_at = excluded.asked_at, started_at = null, finished_at = null, reason = null`,
    [tx.scope.programId, shopId, what, at],
  );
}

/** What a shop's mirror is being filled with, products first; undefined when nothing is left to do. */
export const nextFill = (tx: Tx, shopId: string): Promise<Fill | undefined> =>
  tx.one<Fill>(
    `select ${columns} from mirror_fill where program_id = $1 and shop_id = $2 and state in ('waiting', 'running', 'reading')
     order by what = 'customers', what limit 1`,
    [tx.scope.programId, shopId],
  );

/** The fills of a shop, as the settings show them. */
export const fillsOf = (tx: Tx, shopId: string): Promise<Fill[]> =>
  tx.rows<Fill>(`select ${columns} from mirror_fill where program_id = $1 and shop_id = $2 order by what desc`, [
    tx.scope.programId,
    shopId,
  ]);

export type FillChange = Partial<Omit<Fill, "what" | "askedAt">>;

const names: Record<keyof FillChange, string> = {
  state: "state",
  operationGid: "operation_gid",
  withNames: "with_names",
  found: "found",
  expected: "expected",
  startedAt: "started_at",
  finishedAt: "finished_at",
  reason: "reason",
};

/** Notes how far a fill has come. @returns false when somebody asked for another one meanwhile, which is then the one that counts */
export async function noteFill(tx: Tx, shopId: string, fill: Fill, change: FillChange): Promise<boolean> {
  const changed = Object.entries(change) as [keyof FillChange, unknown][];
  const set = changed.map(([name], index) => `${names[name]} = $${index + 6}`).join(", ");
  const noted = await tx.rows(
    `update mirror_fill set ${set} where program_id = $1 and shop_id = $2 and what = $3 and asked_at = $4 and operation_gid is not distinct from $5 returning 1`,
    [tx.scope.programId, shopId, fill.what, fill.askedAt, fill.operationGid, ...changed.map(([, value]) => value)],
  );
  return noted.length > 0;
}

/** A line of a bulk answer; rootGid is its parent's, or its own where it has none. */
export type BulkLine = { seq: number; gid: string; rootGid: string; line: object };

/** Puts lines of a bulk answer aside until their parents and children are there too. */
export async function keepLines(tx: Tx, { shopId, run }: { shopId: string; run: string }, lines: readonly BulkLine[]): Promise<void> {
  await tx.rows(
    `insert into mirror_line (program_id, shop_id, run, root_gid, seq, gid, line)
     select $1, $2, $3, "rootGid", seq, gid, line from json_to_recordset($4) as l("rootGid" text, seq int, gid text, line jsonb)`,
    [tx.scope.programId, shopId, run, JSON.stringify(lines)],
  );
}

export type Kept = { rootGid: string; lines: { gid: string; line: object }[] };

/** So many roots after one, each with all that belongs to it: the table is read along its key, once from end to end. */
export const keptAfter = (
  tx: Tx,
  { shopId, run, after, limit }: { shopId: string; run: string; after: string; limit: number },
): Promise<Kept[]> =>
  tx.rows<Kept>(
    `with roots as materialized (
       select distinct root_gid from mirror_line where program_id = $1 and shop_id = $2 and run = $3 and root_gid > $4 order by root_gid limit $5)
     select root_gid as "rootGid", json_agg(json_build_object('gid', gid, 'line', line) order by seq) as lines from mirror_line
     where program_id = $1 and shop_id = $2 and run = $3 and root_gid > $4 and root_gid <= (select max(root_gid) from roots)
     group by root_gid order by root_gid`,
    [tx.scope.programId, shopId, run, after, limit],
  );

export async function forgetLines(tx: Tx, shopId: string): Promise<void> {
  await tx.rows("delete from mirror_line where program_id = $1 and shop_id = $2", [tx.scope.programId, shopId]);
}

/** What a whole answer did not tell of is gone, unless it was heard of since it was asked for. */
export async function restIsDeleted(tx: Tx, table: "product" | "collection", shopId: string, askedAt: Date): Promise<void> {
  await tx.rows(`update ${table} set deleted_at = $3 where program_id = $1 and shop_id = $2 and known_at < $3 and deleted_at is null`, [
    tx.scope.programId,
    shopId,
    askedAt,
  ]);
}
