import { workingProgramme } from "../../db/drafts.ts";
import { beginFrom } from "../../loyalty/program/templates/begin-from.ts";
import { templates } from "../../loyalty/program/templates/index.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { type Newer, type Saved, saveDraft } from "./save-draft.ts";

/**
 * Puts a template into the draft, in the place of all that stands there as it was seen at `revision`. Nothing is live
 * until the draft is published, and one step of undo brings back what was there.
 */
export async function beginFromTemplate(
  context: Context,
  { templateId, revision, what }: { templateId: string; revision: number; what: string },
): Promise<Saved | Newer | Refusal> {
  const template = templates.find((one) => one.id === templateId);
  if (!template) return refuse("no such template", "There is no such template.");
  const working = await context.db.inProgramme(context.scope, workingProgramme);
  // What somebody saved meanwhile would be replaced unseen.
  if (working.revision !== revision) return { newer: working.revision, places: [], theirs: [] };
  return saveDraft(context, { definition: beginFrom(template, working.definition, working.currency), revision, what });
}
