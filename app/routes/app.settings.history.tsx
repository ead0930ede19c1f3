import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { programmeNow } from "../db/programme-now.ts";
import { HistoryPage } from "../ui/settings/history-page.tsx";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${t.history.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { version, versions, phases } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  return { current: version, versions: versions.toReversed().slice(0, 200), phases: phases.toReversed() };
}

export default function History() {
  return <HistoryPage {...useLoaderData<typeof loader>()} />;
}
