import pg from "pg";

/** Which programme, and which of its shops, somebody may see. "*" is for work that serves a whole programme. */
export type Scope = { programId: string; shopId: string | "*" };

export type Row = Record<string, unknown>;

/** An open transaction in one programme. Values are bound, never pasted; bigints come as safe numbers. */
export type Tx = {
  scope: Scope;
  rows: <R extends object = Row>(sql: string, values?: readonly unknown[]) => Promise<R[]>;
  one: <R extends object = Row>(sql: string, values?: readonly unknown[]) => Promise<R | undefined>;
  /** Runs a job after this transaction has committed, and only then. Jobs of one key are one job. */
  addJob: (task: string, payload: Row, options?: JobOptions) => Promise<void>;
  /** Something to be counted: told after this transaction has committed, and only then. */
  happened: (what: Happened) => void;
};

export type Happened = { what: "posted"; kind: string; points: number } | { what: "redemption"; step: string };

export type JobOptions = { key?: string; runAt?: Date; mode?: "replace" | "preserve_run_at"; maxAttempts?: number };

/** Where a database is, and as whom to come: plain values that another thread can be handed. */
export type Address = { url: string; options?: string };

/** A pool whose connections read points and minor units as safe numbers. */
export function openPool({ url, options }: Address, connections: number, name = "laurel"): pg.Pool {
  const types = { getTypeParser: parserFor as typeof pg.types.getTypeParser };
  const pool = new pg.Pool({ connectionString: url, options, types, max: connections, application_name: name });
  // An idle connection that breaks is replaced; without a listener node would end the process.
  pool.on("error", () => undefined);
  return pool;
}

export const beginReading = "begin isolation level repeatable read read only";

/** What another connection has to be told to see what this transaction sees, while it is open. */
export async function exportSnapshot(tx: Tx): Promise<string> {
  const row = await tx.one<{ snapshot: string }>("select pg_export_snapshot() as snapshot");
  if (!row) throw new Error("A select without a from has one row.");
  return row.snapshot;
}

/** A snapshot, and where it is; the connection is known by a name. */
export type Elsewhere = { snapshot: string; address: Address; scope: Scope; name: string };

/** Reads what a transaction of somebody else sees, over a connection of its own. */
export async function inSnapshotOf<T>({ snapshot, address, scope, name }: Elsewhere, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!/^[0-9A-F-]+$/i.test(snapshot)) throw new Error(`${snapshot} is no snapshot.`);
  const pool = openPool(address, 1, name);
  try {
    return await transaction(pool, scope, work, { begin: `${beginReading}; set transaction snapshot '${snapshot}'` });
  } finally {
    await pool.end();
  }
}

type Begin = { begin?: string; tell?: ((what: Happened) => void) | undefined };

export async function transaction<T>(
  pool: pg.Pool,
  scope: Scope,
  work: (tx: Tx) => Promise<T>,
  { begin = "begin", tell }: Begin = {},
): Promise<T> {
  const client = await pool.connect();
  const happened: Happened[] = [];
  const jobs = new Map<string, JobWish>();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    await client.query({
      name: "scope",
      text: "select set_config('laurel.program', $1, true), set_config('laurel.shop', $2, true)",
      values: [scope.programId, scope.shopId],
    });
    const result = await work(openTx(client, scope, { happened, jobs }));
    await addJobs(client, jobs);
    await client.query("commit");
    if (tell) for (const one of happened) tell(one);
    return result;
  } catch (error) {
    await client.query("rollback").catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

type JobWish = { task: string; payload: Row; key: string | null; runAt: Date | null; mode: string | null; maxAttempts: number | null };

// The last that a transaction locks, in the order of their keys: two that ask for the same jobs never wait crosswise.
async function addJobs(client: pg.PoolClient, wishes: ReadonlyMap<string, JobWish>): Promise<void> {
  if (wishes.size === 0) return;
  const sorted = [...wishes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, wish]) => wish);
  await client.query(
    `select laurel.add_job(task, payload, key, "runAt", mode, "maxAttempts")
     from json_to_recordset($1) as j(task text, payload json, key text, "runAt" timestamptz, mode text, "maxAttempts" int)`,
    [JSON.stringify(sorted)],
  );
}

type Kept = { happened: Happened[]; jobs: Map<string, JobWish> };

function openTx(client: pg.PoolClient, scope: Scope, { happened, jobs }: Kept): Tx {
  const rows = async <R extends object = Row>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, values as unknown[])).rows as R[];
  return {
    scope,
    rows,
    one: async <R extends object = Row>(sql: string, values: readonly unknown[] = []): Promise<R | undefined> =>
      (await rows<R>(sql, values)).at(0),
    addJob: async (task, payload, { key = null, runAt = null, mode = null, maxAttempts = null } = {}) => {
      const wish = { task, payload: { ...payload, programId: scope.programId }, key, runAt, mode, maxAttempts };
      // Of one key the last counts, or the first time that somebody asked for.
      const before = key === null ? undefined : jobs.get(key);
      const kept = mode === "preserve_run_at" && before ? { runAt: before.runAt, mode: before.mode } : {};
      jobs.set(key ?? `~ ${jobs.size}`, { ...wish, ...kept });
    },
    happened: (what) => void happened.push(what),
  };
}

const INT8 = 20;
const NUMERIC = 1700;

// Points and minor units are whole and safe: larger ones are our bug, and say so instead of losing digits.
function parserFor(oid: number, format?: "text" | "binary") {
  if (oid !== INT8 && oid !== NUMERIC) return pg.types.getTypeParser(oid, format as "text");
  return (text: string) => {
    const number = Number(text);
    if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is not a safe whole number.`);
    return number;
  };
}
