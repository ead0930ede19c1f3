import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useParams } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { programmeNow } from "../db/programme-now.ts";
import { changeProgramme } from "../flows/change-programme.ts";
import { earningRule } from "../loyalty/program/definition.ts";
import { withItem, withoutItem } from "../loyalty/program/edit.ts";
import { EarningForm } from "../ui/earning/earning-form.tsx";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { readItem } from "../ui/items/read-item.ts";
import { removeAnswer } from "../ui/items/remove-answer.ts";
import { unlessDeleted } from "../ui/items/unless-deleted.ts";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.rule?.name ?? t.earning.newTitle} · ${t.app}` }];

export const shouldRevalidate = unlessDeleted;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { version, definition } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const rule = definition.earning.find((one) => one.id === params.ruleId) ?? null;
  if (!rule && params.ruleId !== "new") throw new Response(null, { status: 404 });
  return { rule, version };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { what, draft, basedOn } = await request.json();
  const id = params.ruleId ?? "new";
  const { currency, definition } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const known = definition.earning.find((one) => one.id === id);

  if (what === "remove") {
    const change = (before: typeof definition) => withoutItem(before, "earning", id);
    return removeAnswer(await changeProgramme(context, { basedOn, change, note: t.notes.removed(known?.name ?? id) }), t.earning.removed);
  }
  const { value, errors } = readItem(earningRule, { draft, id, taken: definition.earning.map((one) => one.id), currency });
  if (errors) return { saved: false as const, errors };
  const change = (before: typeof definition) => withItem(before, "earning", value);
  const published = await changeProgramme(context, {
    basedOn,
    change,
    note: known ? t.notes.changed(value.name) : t.notes.added(value.name),
  });
  const at = known ? definition.earning.indexOf(known) : definition.earning.length;
  return saveAnswer(published, { part: `earning.${at}.`, said: t.form.saved, to: known ? undefined : "/app/earning" });
}

export default function EarningPage() {
  return <EarningForm key={useParams().ruleId} {...useLoaderData<typeof loader>()} />;
}
