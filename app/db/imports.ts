import { newId } from "../ids.ts";
import type { Tx } from "./database.ts";

/**
 * checked: read and judged, nothing has been given. running and undoing: under way, row by row. done, undone.
 * A row is waiting, given, taken back, or has a problem and is left out.
 */
export type ImportState = "checked" | "running" | "done" | "undoing" | "undone";

export type Import = {
  importId: string;
  fileName: string;
  state: ImportState;
  rows: number;
  problems: number;
  points: number;
  done: number;
  createdBy: string;
  createdAt: Date;
  finishedAt: Date | null;
};

export type ImportLine = { line: number; email: string | null; points: number | null; problem: string | null };

const columns = `import_id as "importId", file_name as "fileName", state, "rows", problems, points, done, created_by as "createdBy", created_at as "createdAt", finished_at as "finishedAt"`;

export const readImports = (tx: Tx): Promise<Import[]> =>
  tx.rows<Import>(`select ${columns} from import where program_id = $1 order by created_at desc limit 50`, [tx.scope.programId]);

export const readImport = (tx: Tx, importId: string, lock = false): Promise<Import | undefined> =>
  tx.one<Import>(`select ${columns} from import where program_id = $1 and import_id = $2 ${lock ? "for update" : ""}`, [
    tx.scope.programId,
    importId,
  ]);

export async function readProblems(tx: Tx, importId: string, size: number): Promise<ImportLine[]> {
  return tx.rows<ImportLine>(
    "select line, email, points, problem from import_row where program_id = $1 and import_id = $2 and problem is not null order by line limit $3",
    [tx.scope.programId, importId, size],
  );
}

export async function addImport(tx: Tx, one: { fileName: string; lines: ImportLine[]; by: string; now: Date }): Promise<string> {
  const importId = newId();
  const good = one.lines.filter((line) => line.problem === null);
  await tx.rows(
    `insert into import (program_id, import_id, file_name, state, "rows", problems, points, created_by, created_at) values ($1, $2, $3, 'checked', $4, $5, $6, $7, $8)`,
    [
      tx.scope.programId,
      importId,
      one.fileName,
      good.length,
      one.lines.length - good.length,
      good.reduce((sum, line) => sum + (line.points ?? 0), 0),
      one.by,
      one.now,
    ],
  );
  await tx.rows(
    `insert into import_row (program_id, import_id, line, email, points, problem, state)
     select $1, $2, line, email, points, problem, case when problem is null then 'waiting' else 'left out' end
     from json_to_recordset($3) as r(line int, email text, points bigint, problem text)`,
    [tx.scope.programId, importId, JSON.stringify(one.lines)],
  );
  return importId;
}

export async function setImportState(tx: Tx, importId: string, state: ImportState, finishedAt: Date | null): Promise<void> {
  await tx.rows("update import set state = $3, finished_at = $4 where program_id = $1 and import_id = $2", [
    tx.scope.programId,
    importId,
    state,
    finishedAt,
  ]);
}

export type DueLine = { line: number; email: string; points: number; memberId: string | null };

/** The next lines in a state, held until the transaction ends so that two workers never take the same. */
export async function nextLines(tx: Tx, importId: string, state: "waiting" | "given", size: number): Promise<DueLine[]> {
  return tx.rows<DueLine>(
    `select line, email, points, member_id as "memberId" from import_row where program_id = $1 and import_id = $2 and state = $3 order by line limit $4 for update skip locked`,
    [tx.scope.programId, importId, state, size],
  );
}

/** E-mails of the next waiting lines that no member of ours has. */
export async function strangersOf(tx: Tx, importId: string, size: number): Promise<string[]> {
  const rows = await tx.rows<{ email: string }>(
    `select r.email from import_row r join import i using (program_id, import_id)
     where r.program_id = $1 and r.import_id = $2 and r.state = 'waiting' and i.state = 'running' order by r.line limit $3`,
    [tx.scope.programId, importId, size],
  );
  const emails = rows.map((row) => row.email);
  const known = emails.length > 0 ? await membersByEmail(tx, emails) : new Map();
  return emails.filter((email) => !known.has(email));
}

/** Marks lines and counts them on the import, in the transaction that moves their points. */
export async function markLines(
  tx: Tx,
  importId: string,
  state: "given" | "taken back",
  lines: { line: number; memberId: string | null }[],
): Promise<void> {
  await tx.rows(
    `update import_row r set state = $3, member_id = coalesce(l."memberId", r.member_id) from json_to_recordset($4) as l(line int, "memberId" uuid)
     where r.program_id = $1 and r.import_id = $2 and r.line = l.line`,
    [tx.scope.programId, importId, state, JSON.stringify(lines)],
  );
  await tx.rows("update import set done = done + $3 where program_id = $1 and import_id = $2", [
    tx.scope.programId,
    importId,
    state === "given" ? lines.length : -lines.length,
  ]);
}

export type GivenLot = { line: number; lotId: string; memberId: string };

/** The lots that these lines gave, and whose they are now: a guest may have become somebody else since. */
export async function lotsGiven(tx: Tx, importId: string, lines: readonly number[]): Promise<GivenLot[]> {
  return tx.rows<GivenLot>(
    `select w.line, l.lot_id as "lotId", l.member_id as "memberId" from unnest($3::int[]) as w(line)
     join transaction t on t.program_id = $1 and t.kind = 'import' and t.source = $2 || ' ' || w.line
     join lot l on l.program_id = t.program_id and l.lot_id = t.transaction_id`,
    [tx.scope.programId, importId, lines],
  );
}

/** Members by their e-mail, in small letters. */
export async function membersByEmail(tx: Tx, emails: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ email: string; member_id: string }>("select email, member_id from laurel.members_with_email($1)", [emails]);
  return new Map(rows.map((row) => [row.email, row.member_id]));
}

/** A dry run that nobody wants goes without a trace: nothing of it was posted. */
export async function dropImport(tx: Tx, importId: string): Promise<void> {
  await tx.rows("delete from import_row where program_id = $1 and import_id = $2", [tx.scope.programId, importId]);
  await tx.rows("delete from import where program_id = $1 and import_id = $2", [tx.scope.programId, importId]);
}
