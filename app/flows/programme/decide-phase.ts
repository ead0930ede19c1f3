import { changeVersions, phaseChanges } from "../../db/programme.ts";
import { type Phase, phases } from "../../loyalty/program/phase.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";
import { everyCardIsDue } from "./every-card-is-due.ts";

/**
 * Switches the programme off, to testing, live or to a pause, at once or from an instant to come. Orders are
 * judged by the phase in force when they were placed, so a change never reaches back.
 */
export async function decidePhase(
  context: Context,
  wish: { phase: Phase; from: Date | null; testTag: string | null },
): Promise<{ seq: number } | Refusal> {
  if (!phases.includes(wish.phase)) return refuse("no such phase", "Choose off, testing, live or paused.", "phase");
  if (wish.phase === "testing" && !wish.testTag?.trim())
    return refuse("no test tag", "Name the customer tag that your testers have.", "testTag");
  if (wish.from && wish.from.getTime() < context.now().getTime() - 60_000)
    return refuse("in the past", "Choose a time to come: orders that were placed already keep what they earned.", "from");
  return context.db.inProgramme(context.scope, async (tx) => {
    await changeVersions(tx);
    const now = context.now();
    await tx.rows("select 1 from program where program_id = $1 for update", [tx.scope.programId]);
    const seq = ((await phaseChanges(tx)).at(-1)?.seq ?? 0) + 1;
    const from = wish.from && wish.from > now ? wish.from : now;
    await tx.rows(
      `insert into program_phase (program_id, seq, phase, "from", test_tag, decided_at, decided_by) values ($1, $2, $3, $4, $5, $6, $7)`,
      [tx.scope.programId, seq, wish.phase, from, wish.testTag?.trim() || null, now, context.actor],
    );
    await audit(tx, context, `decided: ${wish.phase}`, null, { from: from.toISOString(), testTag: wish.testTag });
    await everyCardIsDue(tx, now);
    // Cards say whether the programme is open: they are due again when a later change begins.
    if (from > now)
      await tx.addJob(
        "all-cards-due",
        {},
        { key: `all-cards-due ${tx.scope.programId} ${seq}`, runAt: new Date(Date.now() + (from.getTime() - now.getTime())) },
      );
    return { seq };
  });
}
