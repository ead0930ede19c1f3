import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useParams } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme, workingSince } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import { earningRule } from "../loyalty/program/definition.ts";
import { withItem, withoutItem } from "../loyalty/program/edit.ts";
import { EarningForm, type EarningProps } from "../ui/earning/earning-form.tsx";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { useFormKey } from "../ui/form/use-form-key.ts";
import { readItem } from "../ui/items/read-item.ts";
import { removeAnswer } from "../ui/items/remove-answer.ts";
import { unlessDeleted } from "../ui/items/unless-deleted.ts";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction } from "../ui/frame/lost.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.rule?.name ?? t.earning.newTitle} · ${t.app}` }];

export const shouldRevalidate = unlessDeleted;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const rule = definition.earning.find((one) => one.id === params.ruleId) ?? null;
  if (!rule && params.ruleId !== "new") throw new Response(null, { status: 404 });
  return { rule, version, definition, now: context.now().toISOString() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { what, draft, basedOn } = await request.json();
  const id = params.ruleId ?? "new";
  const { currency, definition, opened } = await context.db.inProgramme(context.scope, (tx) => workingSince(tx, basedOn));
  const known = definition.earning.find((one) => one.id === id);

  if (what === "remove") {
    const change = (before: typeof definition) => withoutItem(before, "earning", id);
    return removeAnswer(
      await saveDraft(context, { revision: basedOn, change, what: t.notes.removed(known?.name ?? id) }),
      t.earning.removed,
    );
  }
  const { value, errors } = readItem(earningRule, { draft, id, items: definition.earning, opened: opened.earning, currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: typeof definition) => withItem(before, "earning", value);
  const noted = known ? t.notes.changed(value.name) : t.notes.added(value.name);
  const saved = await saveDraft(context, { revision: basedOn, change, what: noted });
  const at = known ? definition.earning.indexOf(known) : definition.earning.length;
  return saveAnswer(saved, {
    part: `earning.${at}.`,
    said: t.form.saved,
    ...(id === "new" ? { to: "/app/earning", at: `/app/earning/${value.id}` } : {}),
    gone: !known && id !== "new",
  });
}

export default function EarningPage() {
  return <EarningForm key={useFormKey(useParams().ruleId)} {...(useLoaderData<typeof loader>() as EarningProps)} />;
}
