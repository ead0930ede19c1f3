import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { readPrivacyRequests } from "../db/read-settings.ts";
import { PrivacyPage } from "../ui/settings/privacy-page.tsx";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${t.privacy.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  return { requests: await context.db.inProgramme(context.scope, readPrivacyRequests) };
}

export default function Privacy() {
  return <PrivacyPage {...useLoaderData<typeof loader>()} />;
}
