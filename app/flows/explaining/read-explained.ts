import { compiledVersion } from "../../db/programme.ts";
import { readLatestOf, readStatement, type StatementRow } from "../../db/read-member.ts";
import type { More } from "../../loyalty/explain/would-have-earned.ts";
import { judgementOf } from "../../loyalty/explain.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import type { Context } from "../context.ts";
import { whatWasMissed } from "./what-was-missed.ts";

/** A movement with what explains it: the version that judged it, and what would have earned more. */
export type Reasons = { definition: Definition | null; more: readonly More[] };
export type ExplainedRow = StatementRow & Reasons;

/** A page of a member's statement. */
export async function readExplained(
  context: Reading,
  { memberId, before, size }: { memberId: string; before: string | null; size: number },
): Promise<{ rows: ExplainedRow[]; older: string | null }> {
  const page = await context.db.inProgramme(context.scope, (tx) => readStatement(tx, memberId, before, size));
  return { rows: await withReasons(context, page.rows), older: page.older };
}

/** The last movements of members, for their cards. */
export async function readLatestExplained(context: Reading, memberIds: readonly string[], size: number) {
  return withReasons(context, await context.db.inProgramme(context.scope, (tx) => readLatestOf(tx, memberIds, size)));
}

type Reading = Pick<Context, "db" | "scope">;

async function withReasons<Row extends StatementRow>(context: Reading, rows: readonly Row[]): Promise<(Row & Reasons)[]> {
  const definitions = await context.db.inProgramme(context.scope, async (tx) => {
    const found = new Map<number, Definition>();
    for (const version of new Set(rows.flatMap((row) => judgementOf(row)?.version ?? [])))
      found.set(version, (await compiledVersion(tx, version)).definition);
    return found;
  });
  const missed = await whatWasMissed(context, rows);
  return rows.map((row) => ({
    ...row,
    definition: definitions.get(judgementOf(row)?.version ?? -1) ?? null,
    more: missed.get(row.transactionId) ?? [],
  }));
}
