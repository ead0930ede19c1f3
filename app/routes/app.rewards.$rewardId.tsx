import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useParams } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme, workingSince } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import { reward } from "../loyalty/program/definition.ts";
import { withItem, withoutItem } from "../loyalty/program/edit.ts";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { useFormKey } from "../ui/form/use-form-key.ts";
import { readItem } from "../ui/items/read-item.ts";
import { removeAnswer } from "../ui/items/remove-answer.ts";
import { unlessDeleted } from "../ui/items/unless-deleted.ts";
import { RewardForm, type RewardProps } from "../ui/rewards/reward-form.tsx";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.found?.name ?? t.rewards.newTitle} · ${t.app}` }];

export const shouldRevalidate = unlessDeleted;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const found = definition.rewards.find((one) => one.id === params.rewardId) ?? null;
  if (!found && params.rewardId !== "new") throw new Response(null, { status: 404 });
  return { found, version, definition };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { what, draft, basedOn } = await request.json();
  const id = params.rewardId ?? "new";
  const { currency, definition, opened } = await context.db.inProgramme(context.scope, (tx) => workingSince(tx, basedOn));
  const known = definition.rewards.find((one) => one.id === id);

  if (what === "remove") {
    const change = (before: typeof definition) => withoutItem(before, "rewards", id);
    return removeAnswer(
      await saveDraft(context, { revision: basedOn, change, what: t.notes.removed(known?.name ?? id) }),
      t.rewards.removed,
    );
  }
  const { value, errors } = readItem(reward, { draft, id, items: definition.rewards, opened: opened.rewards, currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: typeof definition) => withItem(before, "rewards", value);
  const noted = known ? t.notes.changed(value.name) : t.notes.added(value.name);
  const saved = await saveDraft(context, { revision: basedOn, change, what: noted });
  const at = known ? definition.rewards.indexOf(known) : definition.rewards.length;
  return saveAnswer(saved, {
    part: `rewards.${at}.`,
    said: t.form.saved,
    ...(id === "new" ? { to: "/app/rewards", at: `/app/rewards/${value.id}` } : {}),
    gone: !known && id !== "new",
  });
}

export default function RewardPage() {
  return <RewardForm key={useFormKey(useParams().rewardId)} {...(useLoaderData<typeof loader>() as RewardProps)} />;
}
