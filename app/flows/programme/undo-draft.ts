import type { Tx } from "../../db/database.ts";
import { definitionOf, holdProgramme, stepAt, type Working } from "../../db/drafts.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { mergeProgrammes } from "../../loyalty/program/merge.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { keepDraft, type Saved } from "./save-draft.ts";

/** Takes one of the draft's latest steps back, and leaves what was done since. */
export async function undoDraft(context: Context, { revision }: { revision: number }): Promise<Saved | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await holdProgramme(tx);
    const [before, after] = [await stepAt(tx, revision - 1), await stepAt(tx, revision)];
    if (!before || !after) return refuse("too long ago", "This can no longer be undone.");
    if (after.how === "published") return refuse("published", "This has been published. Publish the older version again instead.");
    const undone = await without(tx, working, before, after);
    if (!undone) return refuse("changed meanwhile", "Somebody has changed the same place since, so this can no longer be undone.");
    return keepDraft(tx, context, working, { how: "undone", what: after.what, ...undone });
  });
}

type Stood = NonNullable<Awaited<ReturnType<typeof stepAt>>>;

async function without(
  tx: Tx,
  working: Working,
  before: Stood,
  after: Stood,
): Promise<{ definition: Definition; basedOn: number } | undefined> {
  if (working.revision === after.revision) return { definition: before.stood, basedOn: before.basedOn };
  // A step that only edited is taken out of what stands now; a discarded draft comes back on top of what is published now.
  const edited = before.basedOn === after.basedOn;
  if (!edited && working.draft) return undefined;
  const base = edited ? after.stood : await definitionOf(tx, before.basedOn);
  const { definition } = mergeProgrammes(base, before.stood, working.definition);
  return definition && { definition, basedOn: working.basedOn };
}
