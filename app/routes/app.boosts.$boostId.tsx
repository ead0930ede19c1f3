import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useParams } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme, workingSince } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import { boost as boostSchema } from "../loyalty/earning/rule.ts";
import { withItem, withoutItem } from "../loyalty/program/edit.ts";
import { BoostForm, type BoostProps } from "../ui/campaigns/boost-form.tsx";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { useFormKey } from "../ui/form/use-form-key.ts";
import { readItem } from "../ui/items/read-item.ts";
import { removeAnswer } from "../ui/items/remove-answer.ts";
import { unlessDeleted } from "../ui/items/unless-deleted.ts";
import { editor } from "../ui/texts/editor.ts";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.boost?.name ?? editor.boosts.newTitle} · ${t.app}` }];

export const shouldRevalidate = unlessDeleted;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const boost = definition.boosts.find((one) => one.id === params.boostId) ?? null;
  if (!boost && params.boostId !== "new") throw new Response(null, { status: 404 });
  return { boost, version, definition, now: context.now().toISOString() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { what, draft, basedOn } = await request.json();
  const id = params.boostId ?? "new";
  const { currency, definition, opened } = await context.db.inProgramme(context.scope, (tx) => workingSince(tx, basedOn));
  const known = definition.boosts.find((one) => one.id === id);

  if (what === "remove") {
    const change = (before: typeof definition) => withoutItem(before, "boosts", id);
    const removed = await saveDraft(context, { revision: basedOn, change, what: t.notes.removed(known?.name ?? id) });
    return removeAnswer(removed, editor.boosts.removed);
  }
  const { value, errors } = readItem(boostSchema, { draft, id, items: definition.boosts, opened: opened.boosts, currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: typeof definition) => withItem(before, "boosts", value);
  const noted = known ? t.notes.changed(value.name) : t.notes.added(value.name);
  const saved = await saveDraft(context, { revision: basedOn, change, what: noted });
  const at = known ? definition.boosts.indexOf(known) : definition.boosts.length;
  return saveAnswer(saved, {
    part: `boosts.${at}.`,
    said: t.form.saved,
    ...(id === "new" ? { to: "/app/campaigns", at: `/app/boosts/${value.id}` } : {}),
    gone: !known && id !== "new",
  });
}

export default function BoostPage() {
  return <BoostForm key={useFormKey(useParams().boostId)} {...(useLoaderData<typeof loader>() as BoostProps)} />;
}
