import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { removeAnswer } from "../ui/items/remove-answer.ts";
import { editor } from "../ui/texts/editor.ts";
import { en as t } from "../ui/texts/en.ts";
import { readLadder } from "../ui/tiers-editor/read-ladder.ts";
import { TiersPage, type TiersProps } from "../ui/tiers-editor/tiers-page.tsx";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${editor.tiers.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  return { version, definition };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { what, draft, basedOn: revision } = await request.json();
  if (what === "remove") {
    const change = (before: Definition): Definition => ({ ...before, tiers: null });
    return removeAnswer(await saveDraft(context, { revision, change, what: editor.tiers.removeNote }), editor.tiers.removed);
  }
  const { currency, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const { value, errors } = readLadder(draft, { taken: definition.tiers?.levels.map((one) => one.id) ?? [], currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: Definition): Definition => ({ ...before, tiers: value });
  const saved = await saveDraft(context, { revision, change, what: editor.tiers.note });
  return saveAnswer(saved, { part: "tiers.", said: editor.tiers.saved });
}

export default function Tiers() {
  return <TiersPage {...(useLoaderData<typeof loader>() as TiersProps)} />;
}
