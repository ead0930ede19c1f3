import { settleAgain } from "../../app/flows/receiving/await-facts.ts";
import { fetchForEvent } from "../../app/flows/receiving/fetch-for-event.ts";
import { fetchTags } from "../../app/flows/receiving/fetch-missing.ts";
import type { Story } from "./story.ts";

const tasks: Record<string, (story: Story, payload: never) => Promise<void>> = {
  "fetch-tags": ({ context }, wish) => fetchTags(context, wish),
  "fetch-for-event": ({ context }, wish) => fetchForEvent(context, wish),
  "settle-again": ({ context }, { memberId, since }: { memberId: string; since: string }) =>
    settleAgain(context, { memberId, since: new Date(since) }),
};

/** Everything that waits is done: what was heard, what Shopify is to be asked, and what that makes due, until nothing is. */
export async function settled(story: Story): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await story.drain();
    if (story.failures.length > 0) throw new Error(story.failures.join("\n"));
    const due = (await story.jobs()).filter(({ task }) => tasks[task]);
    if (due.length === 0) return;
    for (const task of new Set(due.map((job) => job.task))) await story.drop(task);
    for (const { task, payload } of due) await tasks[task]?.(story, payload as never);
  }
  throw new Error("It never ends.");
}
