import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { discardDraft } from "../flows/programme/discard-draft.ts";
import { publishDraft } from "../flows/programme/publish-draft.ts";
import { rebaseDraft } from "../flows/programme/rebase-draft.ts";
import { reviewDraft } from "../flows/programme/review-draft.ts";
import { undoDraft } from "../flows/programme/undo-draft.ts";
import { isRefusal } from "../loyalty/refusal.ts";
import { actAnswer, stepAnswer } from "../ui/frame/act-answer.ts";
import { problemRow } from "../ui/publish/place-of.ts";
import { publishedAnswer } from "../ui/publish/published-answer.ts";
import { readPublishWish, readStep } from "../ui/publish/read-publish-wish.ts";
import { ReviewPage } from "../ui/publish/review-page.tsx";
import { publish as t } from "../ui/texts/publish.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.title} · Laurel` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const review = await reviewDraft(context);
  if (!review) return { review: null };
  const { definition, problems, ...rest } = review;
  return { review: { ...rest, problems: problems.map((one) => problemRow(one, definition)) } };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const sent = await request.json();
  if (sent.what === "publish") {
    const { timeZone, newest } = await context.db.inProgramme(context.scope, workingProgramme);
    const planned = newest.effectiveFrom > context.now() ? newest.effectiveFrom : null;
    const wish = readPublishWish(sent, { timeZone, planned });
    return publishedAnswer(isRefusal(wish) ? wish : await publishDraft(context, wish), { now: context.now(), timeZone });
  }
  const step = readStep(sent);
  if (step.what === "undo") return actAnswer(await undoDraft(context, step), t.undone);
  if (step.what === "discard") return stepAnswer(await discardDraft(context, step), t.discard.done);
  return stepAnswer(await rebaseDraft(context, step), t.meanwhile.brought);
}

export default function Publish() {
  return <ReviewPage {...useLoaderData<typeof loader>()} />;
}
