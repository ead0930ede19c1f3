import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { programmeNamed, readVersions } from "../db/read-versions.ts";
import { diffProgrammes } from "../loyalty/program/diff.ts";
import { wordsOfProgrammes } from "../loyalty/program/words-of-programmes.ts";
import { publish as t } from "../ui/texts/publish.ts";
import { ComparePage } from "../ui/versions/compare-page.tsx";

export const meta: MetaFunction = () => [{ title: `${t.compare.title} · Laurel` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const asked = new URL(request.url).searchParams;
  return context.db.inProgramme(context.scope, async (tx) => {
    const { newest, draft, currency } = await workingProgramme(tx);
    const from = asked.get("from") ?? String(Math.max(1, draft ? newest.version : newest.version - 1));
    const to = asked.get("to") ?? (draft ? "draft" : String(newest.version));
    const [before, after] = [await programmeNamed(tx, from), await programmeNamed(tx, to)];
    if (!before || !after) throw new Response(null, { status: 404 });
    return {
      from,
      to,
      hasDraft: draft !== null,
      versions: (await readVersions(tx, { below: null, limit: 500 })).map(({ version, note }) => ({ version, note })),
      changes: diffProgrammes(before, after, wordsOfProgrammes(currency, after, before)),
    };
  });
}

export default function Compare() {
  return <ComparePage {...useLoaderData<typeof loader>()} />;
}
