import { compiledVersion } from "../db/programme.ts";
import { readStatement, type StatementRow } from "../db/read-member.ts";
import type { More } from "../loyalty/explain/would-have-earned.ts";
import { judgementOf } from "../loyalty/explain.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import type { Context } from "./context.ts";
import { whatWasMissed } from "./what-was-missed.ts";

/** A movement with what explains it: the version that judged it, and what would have earned more. */
export type ExplainedRow = StatementRow & { definition: Definition | null; more: readonly More[] };

export async function readExplained(
  context: Pick<Context, "db" | "scope">,
  { memberId, before, size }: { memberId: string; before: string | null; size: number },
): Promise<{ rows: ExplainedRow[]; older: string | null }> {
  const { rows, older, definitions } = await context.db.inProgramme(context.scope, async (tx) => {
    const page = await readStatement(tx, memberId, before, size);
    const versions = new Set(page.rows.flatMap((row) => judgementOf(row)?.version ?? []));
    const definitions = new Map<number, Definition>();
    for (const version of versions) definitions.set(version, (await compiledVersion(tx, version)).definition);
    return { ...page, definitions };
  });
  const missed = await whatWasMissed(context, rows);
  return {
    rows: rows.map((row) => ({
      ...row,
      definition: definitions.get(judgementOf(row)?.version ?? -1) ?? null,
      more: missed.get(row.transactionId) ?? [],
    })),
    older,
  };
}
