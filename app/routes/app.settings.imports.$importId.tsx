import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { asMerchant } from "../context.server.ts";
import { readImport, readProblems } from "../db/imports.ts";
import { discardImport, startImport, undoImport } from "../flows/members/decide-import.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { ImportPage } from "../ui/imports/import-page.tsx";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.imports.title} · ${t.app}` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const importId = z.uuid().safeParse(params.importId);
  if (!importId.success) throw new Response(null, { status: 404 });
  return context.db.inProgramme(context.scope, async (tx) => {
    const one = await readImport(tx, importId.data);
    if (!one) throw new Response(null, { status: 404 });
    return { one, problems: await readProblems(tx, one.importId, 200) };
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const importId = z.uuid().parse(params.importId);
  const { what } = await request.json();
  if (what === "start") return actAnswer(await startImport(context, importId), t.imports.started);
  if (what === "undo") return actAnswer(await undoImport(context, importId), t.imports.undoing);
  return actAnswer(await discardImport(context, importId), t.imports.dropped);
}

export default function Import() {
  return <ImportPage {...useLoaderData<typeof loader>()} />;
}
