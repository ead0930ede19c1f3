import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { editor } from "../ui/texts/editor.ts";
import { en as t } from "../ui/texts/en.ts";
import { readUnits } from "../ui/units/units-form.ts";
import { UnitsPage, type UnitsProps } from "../ui/units/units-page.tsx";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${editor.units.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const { units, badges, budgets } = definition;
  return { version, parts: { units, badges, budgets } };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { draft, basedOn: revision } = await request.json();
  const { currency, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const { value, errors } = readUnits(draft, { before: definition, currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: Definition): Definition => ({ ...before, ...value });
  const saved = await saveDraft(context, { revision, change, what: editor.units.note });
  return saveAnswer(saved, { part: "", said: editor.units.saved });
}

export default function Units() {
  return <UnitsPage {...(useLoaderData<typeof loader>() as UnitsProps)} />;
}
