import type { Tx } from "../../db/database.ts";
import { definitionOf, type How, holdProgramme, stepAt, takeStep, type Working } from "../../db/drafts.ts";
import type { Definition } from "../../loyalty/program/definition.ts";
import { diffProgrammes, sayChange } from "../../loyalty/program/diff.ts";
import { firstOf, readParts } from "../../loyalty/program/draft.ts";
import { isAt, mergeProgrammes, type Place } from "../../loyalty/program/merge.ts";
import { isSame } from "../../loyalty/program/setting-changes.ts";
import { wordsOfProgrammes } from "../../loyalty/program/words-of-programmes.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";

export type Saved = { definition: Definition; revision: number };

/** Somebody saved the very same place meanwhile: `newer` is the revision that they made, `theirs` what they changed there. */
export type Newer = { newer: number; places: Place[]; theirs: string[] };

/** A change of what was open at `revision`, or a whole programme to put in the draft's place (a template, a file). */
export type DraftWish = { what?: string } & (
  | { change: (definition: Definition) => Definition; revision: number }
  | { definition: unknown; revision?: number }
);

/**
 * Saves a change into the draft that all staff share. What others saved since `revision` stays; where they touched the
 * same rule, reward, tier or setting, nothing is saved and the answer says what they made of it.
 */
export async function saveDraft(context: Context, wish: DraftWish): Promise<Saved | Newer | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await holdProgramme(tx);
    const base = await openedAt(tx, working, wish.revision ?? working.revision);
    if (!base) return { newer: working.revision, places: [], theirs: [] };
    const { definition: mine, problems } = readParts("change" in wish ? wish.change(base) : wish.definition);
    if (!mine) {
      const { sentence, field } = firstOf(problems);
      return refuse("not valid", sentence, field);
    }
    const merged = mergeProgrammes(base, mine, working.definition);
    if (merged.places) {
      const say = wordsOfProgrammes(working.currency, working.definition, base);
      const changes = diffProgrammes(base, working.definition, say);
      const theirs = changes.filter((change) => merged.places.some((place) => isAt(change, place))).map(sayChange);
      return { newer: working.revision, places: merged.places, theirs };
    }
    return keepDraft(tx, context, working, {
      how: "saved",
      what: wish.what ?? null,
      definition: merged.definition,
      basedOn: working.basedOn,
    });
  });
}

/** What a page showed that was opened at a revision; undefined where that is too long ago to be known. */
async function openedAt(tx: Tx, working: Working, revision: number): Promise<Definition | undefined> {
  return revision === working.revision ? working.definition : (await stepAt(tx, revision))?.stood;
}

/** Makes this the draft. Where nothing differs from the version that it was begun on there is none any more. */
export async function keepDraft(
  tx: Tx,
  { now, actor }: Pick<Context, "now" | "actor">,
  working: Working,
  { how, what, definition, basedOn }: { how: How; what: string | null; definition: Definition; basedOn: number },
): Promise<Saved> {
  if (basedOn === working.basedOn && isSame(definition, working.definition)) return { definition, revision: working.revision };
  const differs = !isSame(definition, await definitionOf(tx, basedOn));
  const { newest } = working;
  const next = differs ? { definition, basedOn } : { definition: null, basedOn: newest.version };
  const revision = await takeStep(tx, working, { how, what, ...next, now: now(), by: actor });
  return { definition: next.definition ?? (await definitionOf(tx, newest.version)), revision };
}
