import type { Tx } from "../../db/database.ts";
import { takeStep, type Working } from "../../db/drafts.ts";
import { checkProgramme, fieldNamed, sayProblem } from "../../loyalty/program/check.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { lastBeginning } from "../../loyalty/program/phase.ts";
import { isSame } from "../../loyalty/program/setting-changes.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { everyCardIsDue } from "./every-card-is-due.ts";

/** `mind`: what a new programme would be refused for today, where an older one is published again. */
export type PutInForce = { version: number; effectiveFrom: Date; mind?: string[] };

type Wish = { note: string | null; from: Date | null } & (
  | { definition: unknown; rolledBackFrom?: undefined }
  | { definition: Definition; rolledBackFrom: number }
);

/**
 * Adds a version to the programme that this transaction holds, in force from now on or from an instant to come. Nothing
 * that was published is edited, and no version takes effect in the past: what was placed before keeps its terms. One that
 * still waits for its day is overtaken by a newer one that begins before it, and then never is in force.
 */
export async function putInForce(tx: Tx, context: Context, working: Working, wish: Wish): Promise<PutInForce | Refusal> {
  const checked = checkProgramme(wish.definition);
  // What was in force once can be again, whatever is asked of new programmes since: the way back stays open.
  if (!checked.ok && wish.rolledBackFrom === undefined) {
    const [problem] = checked.problems;
    return problem ? refuse("not valid", sayProblem(problem), fieldNamed(problem)) : refuse("not valid", "The programme is not valid.");
  }
  const { newest, versions } = working;
  const now = context.now();
  // A form tells whole minutes: the one that is running is now.
  if (wish.from && wish.from.getTime() < now.getTime() - 60_000)
    return refuse("in the past", "No version takes effect in the past. Choose a time to come, or leave it empty for now.", "from");
  const effectiveFrom = new Date(Math.max(now.getTime(), wish.from?.getTime() ?? 0, lastBeginning(versions, now).getTime()));

  const version = newest.version + 1;
  const definition = checked.ok ? checked.definition : (wish.definition as Definition);
  await tx.rows(
    `insert into program_version (program_id, version, definition, effective_from, published_at, published_by, note, rolled_back_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.scope.programId, version, JSON.stringify(definition), effectiveFrom, now, context.actor, wish.note, wish.rolledBackFrom ?? null],
  );
  // Whoever edits goes on from here, unless there is a draft that says something else.
  if (!working.draft || isSame(working.definition, definition))
    await takeStep(tx, working, { how: "published", what: wish.note, definition: null, basedOn: version, now, by: context.actor });
  const { note, rolledBackFrom } = wish;
  await audit(tx, context, rolledBackFrom ? "published again" : "published the programme", String(version), {
    note,
    from: effectiveFrom.toISOString(),
    ...(rolledBackFrom ? { rolledBackFrom } : {}),
  });
  await everyCardIsDue(tx, now);
  // Cards speak of the version in force: they are due again when this one begins.
  if (effectiveFrom > now)
    await tx.addJob(
      "all-cards-due",
      {},
      {
        key: `all-cards-due ${tx.scope.programId} version ${version}`,
        runAt: new Date(Date.now() + (effectiveFrom.getTime() - now.getTime())),
      },
    );
  return { version, effectiveFrom, ...(checked.ok ? {} : { mind: checked.problems.map(sayProblem) }) };
}
