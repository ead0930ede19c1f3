import type { TaskList } from "graphile-worker";
import { now } from "../clock.server.ts";
import { contextFor } from "../context.server.ts";
import { database } from "../db.server.ts";
import { lookAtChallenger } from "../flows/insight/challenge.ts";
import { rollUp } from "../flows/insight/roll-up.ts";
import { celebrate } from "../flows/settling/celebrate.ts";
import { overdueRedemptions } from "../flows/settling/overdue.ts";
import { settleDue } from "../flows/settling/settle-due.ts";
import { reviewTiers } from "../flows/tiers/review-tiers.ts";

const inboxDays = 30;

/** Each programme that has something of this kind due. One that fails does not keep the others waiting. */
async function eachProgramme(
  what: "maturing" | "expiring" | "overdue" | "all" | "cards" | "tiers",
  act: (context: ReturnType<typeof contextFor>) => Promise<unknown>,
): Promise<void> {
  const rows = await database().global<{ program: string }>("select laurel.programs_with($1, $2) as program", [what, now()]);
  const failed: unknown[] = [];
  for (const { program } of rows)
    await act(contextFor({ programId: program, shopId: "*" }, "laurel")).catch((error: unknown) => failed.push(error));
  if (failed.length > 0) throw failed[0];
}

export async function everyMinute(): Promise<void> {
  await eachProgramme("maturing", settleDue);
  await eachProgramme("expiring", settleDue);
  await eachProgramme("overdue", overdueRedemptions);
  await eachProgramme("tiers", reviewTiers);
  await eachProgramme("cards", (context) =>
    context.db.inProgramme(context.scope, (tx) => tx.addJob("publish-cards", {}, { key: `publish-cards ${tx.scope.programId}` })),
  );
}

/** What the clock asks for, whatever else happens. Nothing is lost when a run is missed: the next does it. */
export const regular: TaskList = {
  "every-minute": everyMinute,
  "every-hour": async () => {
    await database().global("select laurel.purge_inbox($1)", [new Date(now().getTime() - inboxDays * 86_400_000)]);
    await eachProgramme("all", rollUp);
    await eachProgramme("all", lookAtChallenger);
    await eachProgramme("all", celebrate);
  },
};
