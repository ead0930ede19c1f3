import { holdProgramme } from "../../db/drafts.ts";
import { changeVersions } from "../../db/programme.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { type PutInForce, putInForce } from "./put-in-force.ts";

/**
 * Publishes the draft as it was reviewed, with the reason. A draft that somebody changed since, or that lacks what was
 * published since, is to be looked at again first.
 */
export async function publishDraft(
  context: Context,
  wish: { revision: number; note: string; from: Date | null },
): Promise<PutInForce | Refusal> {
  const note = wish.note.trim();
  if (note === "") return refuse("no note", "Say why, so that others can follow later.", "note");
  if (note.length > 500) return refuse("long note", "Use 500 characters or fewer.", "note");
  return context.db.inProgramme(context.scope, async (tx) => {
    await changeVersions(tx);
    const working = await holdProgramme(tx);
    if (!working.draft) return refuse("no draft", "Nothing differs from what is published.");
    if (working.revision !== wish.revision)
      return refuse("changed meanwhile", "The draft was changed after you opened this page. Look at the changes again.");
    if (working.basedOn !== working.newest.version)
      return refuse("published meanwhile", `Version ${working.newest.version} was published meanwhile. Bring it into the draft first.`);
    return putInForce(tx, context, working, { definition: working.definition, note, from: wish.from });
  });
}
