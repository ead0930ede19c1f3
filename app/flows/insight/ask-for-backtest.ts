import { addBacktest, backtestUnderWay, noteBacktest } from "../../db/backtests.ts";
import { workingProgramme } from "../../db/drafts.ts";
import { newId } from "../../ids.ts";
import { checkProgramme } from "../../loyalty/program/check.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import type { Context } from "../context.ts";

type Wish = { from?: Date | null; until?: Date | null; withImported?: boolean };

/** Asks for the draft, as it is now, to be tried on the past: a job does it, and what is edited meanwhile is not in it. */
export async function askForBacktest(context: Context, wish: Wish): Promise<{ backtestId: string } | Refusal> {
  const { db, scope, now, actor, fingerprint } = context;
  const { from = null, until = null, withImported = false } = wish;
  if (from && until && from >= until) return refuse("no time", "It has to begin before it ends.", "until");
  return db.inProgramme(scope, async (tx) => {
    const { definition } = await workingProgramme(tx);
    const checked = checkProgramme(definition);
    if (!checked.ok) return refuse("not valid", `The draft is not complete: ${checked.problems[0]?.said ?? ""}`);
    await tx.rows("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`backtest ${scope.programId}`]);
    if (await backtestUnderWay(tx)) return refuse("under way", "Another one is under way. Wait for it, or cancel it.");
    const backtestId = newId();
    const definitionHash = fingerprint("backtest", JSON.stringify(definition));
    const asked = { backtestId, definitionHash, withImported, fromAt: from, untilAt: until, askedBy: actor, askedAt: now() };
    await addBacktest(tx, { ...asked, definition: checked.definition });
    await tx.addJob("run-backtest", { backtestId }, { key: `run-backtest ${backtestId}`, maxAttempts: 5 });
    return { backtestId };
  });
}

/** Asks for it to end. One that nobody works on yet is over at once; the worker sees it between two bites of the past. */
export async function cancelBacktest({ db, scope, now }: Context, backtestId: string): Promise<object | Refusal> {
  return db.inProgramme(scope, async (tx) => {
    const one = await noteBacktest(tx, backtestId, { cancelAsked: true });
    if (!one) return refuse("over", "It is over already.");
    if (one.state !== "running") await noteBacktest(tx, backtestId, { state: "cancelled", finishedAt: now() });
    return {};
  });
}
