import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { beginFromTemplate } from "../flows/programme/begin-from-template.ts";
import { draftBar } from "../flows/programme/review-draft.ts";
import { templates } from "../loyalty/program/templates/index.ts";
import { stepAnswer } from "../ui/frame/act-answer.ts";
import { standingNow } from "../ui/templates/standing-now.ts";
import { TemplatePage } from "../ui/templates/template-page.tsx";
import { tellTemplate } from "../ui/templates/told-template.ts";
import { en } from "../ui/texts/en.ts";
import { templates as t } from "../ui/texts/templates.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.template.name ?? t.title} · ${en.app}` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const template = templateNamed(params.templateId);
  return context.db.inProgramme(context.scope, async (tx) => {
    const working = await workingProgramme(tx);
    const bar = await draftBar(tx);
    return { template: tellTemplate(template, working), standing: standingNow(working, bar?.changes ?? 0) };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision } = await request.json();
  const { id, name } = templateNamed(params.templateId);
  const saved = await beginFromTemplate(context, { templateId: id, revision, what: t.note(name) });
  if ("newer" in saved) return { done: false as const, sentence: t.meanwhile };
  return stepAnswer(saved, t.used(name));
}

function templateNamed(id: string | undefined) {
  const found = templates.find((one) => one.id === id);
  if (!found) throw new Response(null, { status: 404 });
  return found;
}

export default function Template() {
  return <TemplatePage {...useLoaderData<typeof loader>()} />;
}
