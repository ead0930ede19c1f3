import { holdProgramme } from "../../db/drafts.ts";
import { changeVersions } from "../../db/programme.ts";
import { isRefusal, type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
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
