import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { saveDraft } from "../flows/programme/save-draft.ts";
import type { Definition } from "../loyalty/program/definition.ts";
import { translatable, withTexts } from "../loyalty/program/translatable.ts";
import { languages as spoken } from "../loyalty/say.ts";
import { saveAnswer } from "../ui/form/save-answer.ts";
import { LanguagesPage, languageName } from "../ui/languages/languages-page.tsx";
import { en as t } from "../ui/texts/en.ts";
import { languages } from "../ui/texts/languages.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${languages.title} · ${t.app}` }];

// Those that Laurel itself speaks to shoppers, less the merchant's own.
const locales: string[] = spoken.filter((one) => one !== "en");
const localeOf = (request: Request) => locales.find((one) => one === new URL(request.url).searchParams.get("in")) ?? locales[0] ?? "fr";

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { revision: version, definition } = await context.db.inProgramme(context.scope, workingProgramme);
  const locale = localeOf(request);
  return { version, locale, locales, names: translatable(definition), texts: definition.texts[locale] ?? {} };
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { draft, basedOn: revision } = await request.json();
  const locale = localeOf(request);
  const change = (before: Definition): Definition => withTexts(before, locale, draft);
  const saved = await saveDraft(context, { revision, change, what: languages.note(languageName(locale)) });
  return saveAnswer(saved, { part: `texts.${locale}.`, said: languages.saved });
}

export default function Languages() {
  const page = useLoaderData<typeof loader>();
  return <LanguagesPage key={page.locale} {...page} />;
}
