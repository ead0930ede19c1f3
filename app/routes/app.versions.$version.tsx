import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { readVersion } from "../db/read-versions.ts";
import { describeProgramme } from "../loyalty/program/describe.ts";
import { wordsOfProgrammes } from "../loyalty/program/words-of-programmes.ts";
import { publish as t } from "../ui/texts/publish.ts";
import { VersionPage } from "../ui/versions/version-page.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${t.version.title(data?.version ?? 0)} · Laurel` }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  if (!/^[1-9]\d{0,8}$/.test(params.version ?? "")) throw new Response(null, { status: 404 });
  return context.db.inProgramme(context.scope, async (tx) => {
    const found = await readVersion(tx, Number(params.version));
    if (!found) throw new Response(null, { status: 404 });
    const { definition, ...line } = found;
    const { currency } = await workingProgramme(tx);
    return { ...line, parts: describeProgramme(definition, wordsOfProgrammes(currency, definition)) };
  });
}

export default function Version() {
  return <VersionPage {...useLoaderData<typeof loader>()} />;
}
