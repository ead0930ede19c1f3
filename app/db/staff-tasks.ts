import { newId } from "../ids.ts";
import type { Tx } from "./database.ts";

export type StaffTask = {
  taskId: string;
  memberId: string;
  memberName: string | null;
  title: string;
  note: string | null;
  state: "open" | "done";
  createdAt: Date;
  doneAt: Date | null;
  doneBy: string | null;
};

/** Something that a person has to do for a member. One cause asks once. */
export async function addStaffTask(
  tx: Tx,
  task: { memberId: string; title: string; note: string | null; cause: string },
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into staff_task (program_id, task_id, member_id, title, note, state, cause, created_at) values ($1, $2, $3, $4, $5, 'open', $6, $7)
     on conflict (program_id, cause) do nothing`,
    [tx.scope.programId, newId(), task.memberId, task.title, task.note, task.cause, now],
  );
}

/** Oldest first while they are open; what was done last first. */
export async function readStaffTasks(tx: Tx, state: StaffTask["state"], { page, size }: { page: number; size: number }) {
  const tasks = await tx.rows<StaffTask>(
    `select t.task_id as "taskId", coalesce(m.merged_into, t.member_id) as "memberId", coalesce(into_member.name, m.name) as "memberName", t.title, t.note, t.state,
       t.created_at as "createdAt", t.done_at as "doneAt", t.done_by as "doneBy"
     from staff_task t join member m using (program_id, member_id)
       left join member into_member on into_member.program_id = m.program_id and into_member.member_id = m.merged_into
     where t.program_id = $1 and t.state = $2
     order by ${state === "open" ? "t.created_at, t.task_id" : "t.done_at desc, t.task_id"} limit $3 offset $4`,
    [tx.scope.programId, state, size, page * size],
  );
  const counted = await tx.one<{ count: number }>("select count(*)::int as count from staff_task where program_id = $1 and state = $2", [
    tx.scope.programId,
    state,
  ]);
  return { tasks, count: counted?.count ?? 0 };
}

/** @returns false when there is no such task, or it is that way already */
export async function markStaffTask(
  tx: Tx,
  taskId: string,
  state: StaffTask["state"],
  { by, now }: { by: string; now: Date },
): Promise<boolean> {
  const done = state === "done";
  const rows = await tx.rows(
    "update staff_task set state = $3, done_at = $4, done_by = $5 where program_id = $1 and task_id = $2 and state <> $3 returning task_id",
    [tx.scope.programId, taskId, state, done ? now : null, done ? by : null],
  );
  return rows.length > 0;
}
