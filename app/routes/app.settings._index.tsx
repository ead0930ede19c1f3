import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import { settingsForm } from "../loyalty/program/settings-form.ts";
import { readDraft } from "../ui/form/draft.ts";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { SettingsPage } from "../ui/settings/settings-page.tsx";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.settings.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  return { version: revision, settings: { points: definition.points, policies: definition.policies } };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { draft, basedOn } = await request.json();
  const { currency } = await context.db.inProgramme(context.scope, workingProgramme);
  const { value, errors } = readDraft(settingsForm, draft, currency);
  if (errors) return { saved: false as const, errors };
  const saved = await saveDraft(context, {
    revision: basedOn,
    what: t.notes.settings,
    change: (definition) => ({ ...definition, ...value }),
  });
  return saveAnswer(saved, { part: "", said: t.settings.saved });
}

export default function Settings() {
  return <SettingsPage {...useLoaderData<typeof loader>()} />;
}
