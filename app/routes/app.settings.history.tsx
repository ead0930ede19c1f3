import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { programmeNow } from "../db/programme-now.ts";
import { readVersions } from "../db/read-versions.ts";
import { rollBack } from "../flows/programme/roll-back.ts";
import { publishedAnswer } from "../ui/publish/published-answer.ts";
import { publish as t } from "../ui/texts/publish.ts";
import { HistoryPage } from "../ui/versions/history-page.tsx";
import { versionRows } from "../ui/versions/version-rows.ts";

export { sendOrSayLost as clientAction, unlessLost as shouldRevalidate } from "../ui/frame/lost.ts";

export const meta: MetaFunction = () => [{ title: `${t.history.title} · Laurel` }];

const page = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const asked = Number(new URL(request.url).searchParams.get("below"));
  const below = Number.isInteger(asked) && asked > 1 && asked < 2 ** 31 ? asked : null;
  const now = context.now();
  return context.db.inProgramme(context.scope, async (tx) => {
    const { version, phases } = await programmeNow(tx, now);
    const { newest, draft } = await workingProgramme(tx);
    const lines = await readVersions(tx, { below, limit: page + 1 });
    return {
      versions: versionRows(lines, { inForce: version, newest: newest.version, now }).slice(0, page),
      older: lines.length > page ? (lines[page - 1]?.version ?? null) : null,
      hasDraft: draft !== null,
      phases: phases.toReversed(),
    };
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const { context } = await asMerchant(request);
  const { to, note, callsOff = null } = await request.json();
  const { timeZone } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  return publishedAnswer(await rollBack(context, { to, note: String(note), callsOff }), { now: context.now(), timeZone });
}

export default function History() {
  return <HistoryPage {...useLoaderData<typeof loader>()} />;
}
