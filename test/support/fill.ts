import { fillsOf } from "../../app/db/mirror-fills.ts";
import type { Context } from "../../app/flows/context.ts";
import { askForFill, fillMirror } from "../../app/flows/mirror/fill-mirror.ts";
import type { Story } from "./story.ts";

type What = NonNullable<Parameters<typeof askForFill>[1]["what"]>;

/** Takes step after step of filling the mirror, as the worker does, without its pauses. */
export async function goOnFilling(story: Story, context: Context = story.context): Promise<void> {
  for (let steps = 0; steps < 400; steps++) {
    const fills = await fillsNow(story);
    if (fills.every((one) => one.state === "done" || one.state === "failed")) return;
    await fillMirror(context, story.shopId);
    await new Promise((go) => setTimeout(go, 10));
  }
  throw new Error(`The mirror is not filled: ${JSON.stringify(await fillsNow(story))}`);
}

export async function fill(story: Story, what?: What): Promise<void> {
  await story.context.db.inProgramme(story.context.scope, (tx) =>
    askForFill(tx, { shopId: story.shopId, at: story.context.now(), ...(what && { what }) }),
  );
  await goOnFilling(story);
}

export const fillsNow = (story: Story) => story.context.db.inProgramme(story.context.scope, (tx) => fillsOf(tx, story.shopId));
