import { holdProgramme, versionNumbered } from "../db/drafts.ts";
import { isSame } from "../loyalty/program/setting-changes.ts";
import { type Refusal, refuse } from "../loyalty/refusal.ts";
import type { Context } from "./context.ts";
import { type PutInForce, putInForce } from "./put-in-force.ts";

/**
 * Publishes what an older version says again, as a new one: what was published is never edited or taken away. Where the
 * newest version still waits for its day the new one takes its place from that instant on, which calls it off.
 */
export async function rollBack(context: Context, { to, note }: { to: number; note: string }): Promise<PutInForce | Refusal> {
  const why = note.trim();
  if (why === "") return refuse("no note", "Say why, so that others can follow later.", "note");
  if (why.length > 500) return refuse("long note", "Use 500 characters or fewer.", "note");
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await holdProgramme(tx);
    const definition = Number.isSafeInteger(to) && to > 0 && to < 2 ** 31 ? await versionNumbered(tx, to) : undefined;
    if (!definition) return refuse("no such version", `There is no version ${to}.`);
    if (isSame(definition, await versionNumbered(tx, working.newest.version)))
      return refuse("the same", `Version ${working.newest.version} says the same already.`);
    return putInForce(tx, context, working, { definition, note: why, from: null, rolledBackFrom: to });
  });
}
