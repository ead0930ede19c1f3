import { challengerDefinition, challengerIsDue, endChallenger, putChallenger, readChallenger, saveDays } from "../../db/challenger.ts";
import type { Tx } from "../../db/database.ts";
import { workingProgramme } from "../../db/drafts.ts";
import { checkProgramme } from "../../loyalty/program/check.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { runBacktest } from "./run-backtest.ts";

const soon = (tx: Tx): Promise<void> => tx.addJob("run-challenger", {}, { key: `run-challenger ${tx.scope.programId}` });

/** Lets the draft, as it is now, run beside the live programme from now on. It takes the place of an earlier one. */
export async function startChallenger(context: Context): Promise<object | Refusal> {
  const { db, scope, now, actor } = context;
  return db.inProgramme(scope, async (tx) => {
    const { draft, definition } = await workingProgramme(tx);
    if (!draft) return refuse("no draft", "There is no draft. Change something first, so that there is something to compare.");
    const checked = checkProgramme(definition);
    if (!checked.ok) return refuse("not valid", `The draft is not complete: ${checked.problems[0]?.said ?? ""}`);
    await putChallenger(tx, { definition: checked.definition, since: now(), startedBy: actor });
    await audit(tx, context, "started a challenger", null, {});
    return {};
  });
}

export async function stopChallenger(context: Context): Promise<object | Refusal> {
  const { db, scope, now } = context;
  return db.inProgramme(scope, async (tx) => {
    if (!(await endChallenger(tx, now()))) return refuse("none", "None is running.");
    await audit(tx, context, "stopped the challenger", null, {});
    await soon(tx);
    return {};
  });
}

/** Asks for the challenger to be looked at where something was settled since. By the clock, and by whoever asks. */
export async function lookAtChallenger({ db, scope }: Context): Promise<object> {
  await db.inProgramme(scope, async (tx) => {
    if (await challengerIsDue(tx)) await soon(tx);
  });
  return {};
}

/**
 * Judges what was settled since the challenger began by it too, and writes down day by day what it would have given. A
 * late order or a refund changes days that were written already, so all of them are worked out anew.
 */
export async function workChallenger(context: Context): Promise<void> {
  const { db, scope, now } = context;
  const wide = { ...scope, shopId: "*" };
  const one = await db.inProgramme(wide, readChallenger);
  if (!one) return;
  const definition = await db.inProgramme(wide, challengerDefinition);
  const { since, until } = one;
  const computedAt = now();
  const { days } = await runBacktest(context, { definition, from: since, beginsAt: since, until: until ?? computedAt });
  await db.inProgramme(wide, (tx) => saveDays(tx, { since, computedAt }, days));
}
