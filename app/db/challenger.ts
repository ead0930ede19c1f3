import type { DayTotal } from "../loyalty/insight/report.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { readParts } from "../loyalty/program/draft.ts";
import type { Tx } from "./database.ts";

/** A draft that runs beside the live programme and posts nothing. */
export type Challenger = { since: Date; until: Date | null; startedBy: string; computedAt: Date | null };

const columns = `since, until, started_by as "startedBy", computed_at as "computedAt"`;

export const readChallenger = (tx: Tx): Promise<Challenger | undefined> =>
  tx.one<Challenger>(`select ${columns} from program_challenger where program_id = $1`, [tx.scope.programId]);

export async function challengerDefinition(tx: Tx): Promise<Definition> {
  const row = await tx.one<{ definition: unknown }>("select definition from program_challenger where program_id = $1", [
    tx.scope.programId,
  ]);
  const { definition } = readParts(row?.definition);
  if (!definition) throw new Error("The challenger cannot be read.");
  return definition;
}

/** Begins anew: what an earlier one found goes. */
export async function putChallenger(tx: Tx, one: { definition: Definition; since: Date; startedBy: string }): Promise<void> {
  const { programId } = tx.scope;
  await tx.rows(
    `insert into program_challenger (program_id, definition, since, started_by) values ($1, $2, $3, $4)
     on conflict (program_id) do update set definition = excluded.definition, since = excluded.since, until = null, started_by = excluded.started_by, computed_at = null`,
    [programId, JSON.stringify(one.definition), one.since, one.startedBy],
  );
  await tx.rows("delete from challenge_day where program_id = $1", [programId]);
}

/** @returns false when none runs */
export async function endChallenger(tx: Tx, until: Date): Promise<boolean> {
  const ended = await tx.rows(
    "update program_challenger set until = greatest($2, since) where program_id = $1 and until is null returning 1",
    [tx.scope.programId, until],
  );
  return ended.length > 0;
}

/** Whether anything was settled that it has not looked at. */
export async function challengerIsDue(tx: Tx): Promise<boolean> {
  const row = await tx.one(
    `select from program_challenger c where c.program_id = $1 and (c.computed_at is null or (c.until is null or c.computed_at <= c.until) and
       (exists (select from order_facts o where o.program_id = $1 and o.settled_at > c.computed_at)
         or exists (select from happening h where h.program_id = $1 and h.settled_at > c.computed_at)))`,
    [tx.scope.programId],
  );
  return row !== undefined;
}

/** All its days anew. Nothing is written when another one was started meanwhile. */
export async function saveDays(tx: Tx, { since, computedAt }: { since: Date; computedAt: Date }, days: readonly DayTotal[]): Promise<void> {
  const { programId } = tx.scope;
  const [is] = await tx.rows("update program_challenger set computed_at = $3 where program_id = $1 and since = $2 returning 1", [
    programId,
    since,
    computedAt,
  ]);
  if (!is) return;
  await tx.rows("delete from challenge_day where program_id = $1", [programId]);
  await tx.rows(
    `insert into challenge_day (program_id, day, live, challenger, orders, changed)
     select $1, day, live, draft, orders, changed from json_to_recordset($2) as d(day text, live bigint, draft bigint, orders int, changed int)`,
    [programId, JSON.stringify(days)],
  );
}

export const challengeDays = (tx: Tx): Promise<DayTotal[]> =>
  tx.rows<DayTotal>("select day, live, challenger as draft, orders, changed from challenge_day where program_id = $1 order by day desc", [
    tx.scope.programId,
  ]);
