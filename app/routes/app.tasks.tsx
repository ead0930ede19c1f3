import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { readStaffTasks } from "../db/staff-tasks.ts";
import { doStaffTask } from "../flows/members/do-staff-task.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { TasksPage } from "../ui/tasks/tasks-page.tsx";
import { en } from "../ui/texts/en.ts";
import { tiers } from "../ui/texts/tiers.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${tiers.tasks.title} · ${en.app}` }];

const size = 50;
const asked = z.object({ state: z.enum(["open", "done"]).catch("open"), page: z.coerce.number().int().min(0).max(10_000).catch(0) });
const wish = z.object({ taskId: z.uuid(), state: z.enum(["open", "done"]) });

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { state, page } = asked.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { tasks, count } = await context.db.inProgramme(context.scope, (tx) => readStaffTasks(tx, state, { page, size }));
  return { tasks, state, page, more: count > (page + 1) * size };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { taskId, state } = wish.parse(await request.json());
  return actAnswer(await doStaffTask(context, { taskId, state }), state === "done" ? tiers.tasks.saidDone : tiers.tasks.saidOpen);
}

export default function Tasks() {
  return <TasksPage {...useLoaderData<typeof loader>()} />;
}
