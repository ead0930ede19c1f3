import type { WorkerEvents } from "graphile-worker";
import type pg from "pg";

/** The queue's library says by an event under which name it takes jobs. */
type Options = { pool: pg.Pool; events: WorkerEvents; gaveBack: (workers: string[]) => void; failed: (error: Error) => void };

const everyMs = 3000;
// A name is locked as soon as it is known; a job that was taken in between is not yet an orphan.
const youngSeconds = 2;

/**
 * A worker that was killed leaves its jobs locked, and the queue's library takes them for dead after four hours only.
 * So the name under which jobs are taken is held by a lock that ends with its connection: where the lock is free the
 * worker is gone, and its jobs are given to somebody else. Every job is harmless to repeat.
 */
export function watchForOrphans({ pool, events, gaveBack, failed }: Options): { stop: () => Promise<void> } {
  let name: string | undefined;
  let letGo: (() => void) | undefined;
  let stopping = false;
  let rounds: Promise<void> = Promise.resolve();

  const hold = async (): Promise<void> => {
    const client = await pool.connect();
    // Thrown away and never returned: its lock would live on in the pool. Broken, it is replaced in the next round.
    letGo = () => {
      letGo = undefined;
      client.release(true);
    };
    client.on("error", () => letGo?.());
    await client.query("select pg_advisory_lock(hashtext('worker'), hashtext($1))", [name]);
  };
  const round = async (): Promise<void> => {
    if (stopping || !name) return;
    if (!letGo) await hold();
    const workers = await giveBackOrphans(pool);
    if (workers.length > 0) gaveBack(workers);
  };
  const goRound = () => {
    rounds = rounds.then(round).catch((error: Error) => {
      letGo?.();
      failed(error);
    });
  };

  events.on("pool:create", ({ workerPool }) => {
    name = workerPool.id;
    goRound();
  });
  const timer = setInterval(goRound, everyMs);

  return {
    stop: async () => {
      stopping = true;
      clearInterval(timer);
      await rounds;
      letGo?.();
    },
  };
}

/** Unlocks the jobs of workers that are gone. @returns their names */
async function giveBackOrphans(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ worker: string }>(
    `select worker from (select distinct locked_by as worker from graphile_worker.jobs where locked_at < now() - make_interval(secs => $1)) held
     where pg_try_advisory_xact_lock(hashtext('worker'), hashtext(worker))`,
    [youngSeconds],
  );
  const workers = rows.map((row) => row.worker);
  if (workers.length > 0) await pool.query("select graphile_worker.force_unlock_workers($1)", [workers]);
  return workers;
}
