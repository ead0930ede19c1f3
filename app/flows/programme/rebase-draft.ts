import { definitionOf, holdProgramme } from "../../db/drafts.ts";
import { mergeProgrammes } from "../../loyalty/program/merge.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { keepDraft, type Saved } from "./save-draft.ts";

/** Where the draft and the version published meanwhile say different things: which of them stays. */
export type Keep = "draft" | "published";

/** Brings what was published meanwhile into the draft, so that publishing it takes nothing of that back. */
export async function rebaseDraft(context: Context, wish: { revision: number; keep: Keep | null }): Promise<Saved | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await holdProgramme(tx);
    if (!working.draft) return refuse("no draft", "There is no draft any more.");
    if (working.revision !== wish.revision)
      return refuse("changed meanwhile", "The draft was changed after you opened this page. Look at the changes again.");
    const { version } = working.newest;
    const base = await definitionOf(tx, working.basedOn);
    const published = await definitionOf(tx, version);
    const { definition } = mergeProgrammes(base, working.definition, published, wish.keep === null ? null : KEEP[wish.keep]);
    if (!definition) return refuse("both changed", "Both changed the same places. Choose which of them stays.");
    return keepDraft(tx, context, working, { how: "rebased", what: null, definition, basedOn: version });
  });
}

const KEEP = { draft: "mine", published: "theirs" } as const;
