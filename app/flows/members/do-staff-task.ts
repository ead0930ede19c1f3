import { markStaffTask, type StaffTask } from "../../db/staff-tasks.ts";
import { type Refusal, refuse } from "../../loyalty/refusal.ts";
import { audit } from "../audit.ts";
import type { Context } from "../context.ts";

/** Staff did what a member was promised, or did not after all. */
export async function doStaffTask(
  context: Context,
  { taskId, state }: Pick<StaffTask, "taskId" | "state">,
): Promise<{ taskId: string } | Refusal> {
  return context.db.inProgramme(context.scope, async (tx) => {
    if (!(await markStaffTask(tx, taskId, state, { by: context.actor, now: context.now() })))
      return refuse("done before", "Somebody else has just done this. Reload the page.");
    await audit(tx, context, state === "done" ? "did a task" : "reopened a task", taskId, {});
    return { taskId };
  });
}
