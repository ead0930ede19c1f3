import { everyCardDue } from "../db/cards.ts";
import type { Tx } from "../db/database.ts";
import { publishedVersions } from "../db/programme.ts";
import { newId } from "../ids.ts";
import { checkProgramme, fieldNamed, sayProblem } from "../loyalty/program/check.ts";
import { type Refusal, refuse } from "../loyalty/refusal.ts";
import type { Context } from "./context.ts";

/**
 * Publishes a new version of the programme, in force from now on or from an instant to come. Nothing that was published is edited, and no
 * version takes effect in the past. A save that was begun on an older version is refused, so that nobody's
 * change is lost.
 */
export async function publishProgramme(
  context: Context,
  wish: { definition: unknown; basedOn: number; note?: string; from?: Date | null },
): Promise<{ version: number } | Refusal> {
  const checked = checkProgramme(wish.definition);
  if (!checked.ok) {
    const [problem] = checked.problems;
    return problem
      ? refuse("not valid", sayProblem(problem), fieldNamed(problem))
      : refuse("not valid", "The programme is not valid.");
  }
  if (wish.from && wish.from < context.now())
    return refuse("in the past", "No version takes effect in the past. Choose a time to come, or leave it empty for now.", "from");
  return context.db.inProgramme(context.scope, async (tx) => {
    await tx.rows("select 1 from program where program_id = $1 for update", [tx.scope.programId]);
    const newest = (await publishedVersions(tx)).at(-1);
    if (!newest) throw new Error("The programme has no version.");
    if (newest.version !== wish.basedOn) {
      return refuse(
        "changed meanwhile",
        `${newest.publishedBy === context.actor ? "You" : "Somebody else"} saved version ${newest.version} after you opened this page. Reload to see it, then make your change again.`,
      );
    }
    const now = context.now();
    const version = newest.version + 1;
    const wanted = wish.from && wish.from > now ? wish.from : now;
    // Of two versions the newer one takes effect last: one that waits for its day is not overtaken.
    const effectiveFrom = newest.effectiveFrom > wanted ? newest.effectiveFrom : wanted;
    await tx.rows(
      "insert into program_version (program_id, version, definition, effective_from, published_at, published_by, note) values ($1, $2, $3, $4, $5, $6, $7)",
      [tx.scope.programId, version, JSON.stringify(checked.definition), effectiveFrom, now, context.actor, wish.note ?? null],
    );
    await audit(tx, context, "published the programme", String(version), { note: wish.note ?? null });
    await everyCardIsDue(tx, now);
    return { version };
  });
}

/** Who did what, for ever. */
export async function audit(
  tx: Tx,
  { actor, now }: Pick<Context, "actor" | "now">,
  action: string,
  subject: string | null,
  details: object,
): Promise<void> {
  await tx.rows("insert into audit (program_id, audit_id, actor, action, subject, details, at) values ($1, $2, $3, $4, $5, $6, $7)", [
    tx.scope.programId,
    newId(),
    actor,
    action,
    subject,
    JSON.stringify(details),
    now(),
  ]);
}

/** What all members may see has changed. Each card is compared before it is sent, so that only changed ones are. */
export async function everyCardIsDue(tx: Tx, now: Date): Promise<void> {
  await everyCardDue(tx, now);
  await tx.addJob("publish-cards", {}, { key: `publish-cards ${tx.scope.programId}` });
  await tx.addJob("publish-programme-card", {}, { key: `publish-programme-card ${tx.scope.programId}` });
}
