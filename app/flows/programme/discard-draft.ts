import { holdProgramme, takeStep } from "../../db/drafts.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";

/** Puts the draft away, as it was seen at `revision`. It can be undone for as long as its steps are kept. */
export async function discardDraft(context: Context, { revision }: { revision: number }): Promise<{ revision: number } | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await holdProgramme(tx);
    if (!working.draft) return refuse("no draft", "There is no draft any more.");
    if (working.revision !== revision)
      return refuse("changed meanwhile", "Somebody has changed the draft meanwhile. Look at it again before you discard it.");
    const basedOn = working.newest.version;
    const step = { how: "discarded", what: null, definition: null, basedOn, now: context.now(), by: context.actor } as const;
    return { revision: await takeStep(tx, working, step) };
  });
}
