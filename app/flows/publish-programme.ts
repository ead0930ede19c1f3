import { everyCardDue } from "../db/cards.ts";
import type { Tx } from "../db/database.ts";
import { holdProgramme } from "../db/drafts.ts";
import { changeVersions } from "../db/programme.ts";
import { newId } from "../ids.ts";
import { isRefusal, type Refusal, refuse } from "../loyalty/refusal.ts";
import type { Context } from "./context.ts";
import { standingsAreDue } from "./ladders.ts";
import { putInForce } from "./put-in-force.ts";

/**
 * Publishes a whole programme that was made elsewhere (a file, the demo), in force from now on or from an instant to
 * come. One that was begun on an older version is refused, so that nobody's change is lost. A draft stays as it is.
 */
export async function publishProgramme(
  context: Context,
  wish: { definition: unknown; basedOn: number; note?: string; from?: Date | null },
): Promise<{ version: number } | Refusal> {
  const { definition, from = null } = wish;
  const note = wish.note?.trim() || null;
  if (note && note.length > 500) return refuse("long note", "Use 500 characters or fewer to say why.", "note");
  return context.db.inProgramme(context.scope, async (tx) => {
    await changeVersions(tx);
    const working = await holdProgramme(tx);
    const { newest } = working;
    if (wish.basedOn > newest.version)
      return refuse("changed meanwhile", `There is no version ${wish.basedOn}: the newest is ${newest.version}.`);
    if (newest.version !== wish.basedOn)
      return refuse(
        "changed meanwhile",
        `${newest.publishedBy === context.actor ? "You" : "Somebody else"} published version ${newest.version} after this was begun. Look at it, then make your change again.`,
      );
    const published = await putInForce(tx, context, working, { definition, note, from });
    return isRefusal(published) ? published : { version: published.version };
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
  await standingsAreDue(tx, now);
  await tx.addJob("publish-cards", {}, { key: `publish-cards ${tx.scope.programId}` });
  await tx.addJob("publish-programme-card", {}, { key: `publish-programme-card ${tx.scope.programId}` });
}
