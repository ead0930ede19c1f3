import { holdProgramme, versionNumbered } from "../../db/drafts.ts";
import { changeVersions } from "../../db/programme.ts";
import { isSame } from "../../loyalty/program/setting-changes.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";
import { type PutInForce, putInForce } from "./put-in-force.ts";

/** `callsOff`: the newest version, whose day has not come. */
type Wish = { to: number; note: string; callsOff?: number | null };

/**
 * Publishes what an older version says again, as a new one: what was published is never edited or taken away. It is done
 * also where a new programme would be refused for it today, and then the answer tells what to mind. A version that still
 * waits for its day is called off by what is in force until then, published again from that very instant on.
 */
export async function rollBack(context: Context, { to, note, callsOff = null }: Wish): Promise<PutInForce | Refusal> {
  const why = note.trim();
  if (why === "") return refuse("no note", "Say why, so that others can follow later.", "note");
  if (why.length > 500) return refuse("long note", "Use 500 characters or fewer.", "note");
  return context.db.inProgramme(context.scope, async (tx) => {
    await changeVersions(tx);
    const working = await holdProgramme(tx);
    const definition = Number.isSafeInteger(to) && to > 0 && to < 2 ** 31 ? await versionNumbered(tx, to) : undefined;
    if (!definition) return refuse("no such version", `There is no version ${to}.`);
    const { newest } = working;
    if (callsOff !== null && (newest.version !== callsOff || newest.effectiveFrom <= context.now()))
      return refuse("not planned", `Version ${callsOff} has begun, or something was published after it. Look at the versions again.`);
    const from = callsOff === null ? null : newest.effectiveFrom;
    // One that still waits for its day may be wanted now.
    const isInForce = newest.effectiveFrom <= context.now() || callsOff !== null;
    if (isInForce && isSame(definition, await versionNumbered(tx, newest.version)))
      return refuse("the same", `Version ${newest.version} says the same already.`);
    return putInForce(tx, context, working, { definition, note: why, from, rolledBackFrom: to });
  });
}
