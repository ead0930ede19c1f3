import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { readImports } from "../db/imports.ts";
import { checkBalances } from "../flows/members/decide-import.ts";
import { isRefusal, refuse } from "../loyalty/refusal.ts";
import { actAnswer } from "../ui/frame/act-answer.ts";
import { ImportsPage } from "../ui/imports/imports-page.tsx";
import { en as t } from "../ui/texts/en.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.imports.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  return { imports: await context.db.inProgramme(context.scope, readImports) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const file = (await request.formData()).get("file");
  if (!file || typeof file === "string") return actAnswer(refuse("no file", t.imports.noFile, "file"), "");
  const checked = await checkBalances(context, { name: file.name, text: await file.text() });
  return isRefusal(checked) ? actAnswer(checked, "") : redirect(`/app/settings/imports/${checked.importId}`);
}

export default function Imports() {
  return <ImportsPage {...useLoaderData<typeof loader>()} />;
}
