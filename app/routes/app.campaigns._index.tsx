import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { workingProgramme } from "../db/drafts.ts";
import { daysItMayHold } from "../loyalty/earning/days-it-may-hold.ts";
import { ruleForStaff } from "../loyalty/earning/for-staff.ts";
import { boostSentence } from "../loyalty/earning/sentence.ts";
import { clockOf } from "../loyalty/local-time.ts";
import { CampaignsPage } from "../ui/campaigns/campaigns-page.tsx";
import { daysShown, isMonth, type Run } from "../ui/campaigns/month.ts";
import { sayOf } from "../ui/form/use-say.ts";
import { stateOf } from "../ui/items/state-badge.tsx";
import { editor } from "../ui/texts/editor.ts";
import { en as t } from "../ui/texts/en.ts";

export const meta: MetaFunction = () => [{ title: `${editor.campaigns.title} · ${t.app}` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { definition, currency, timeZone } = await context.db.inProgramme(context.scope, workingProgramme);
  const say = sayOf(definition, currency);
  const { day: today, text: now } = clockOf(timeZone)(context.now().getTime());
  const wanted = new URL(request.url).searchParams.get("month");
  const month = isMonth(wanted) ? wanted : today.slice(0, 7);
  const shown = daysShown(month);
  const world = { timeZone, currency, tiers: [] };
  const runs: Run[] = [
    ...definition.boosts.map((one) => ({ kind: "boost" as const, ...one, ...one.runs, sentence: boostSentence(one, say) })),
    ...definition.earning.map((one) => ({ kind: "rule" as const, ...one, ...one.runs, sentence: ruleForStaff(one, say) })),
  ].map(({ kind, id, name, sentence, active, runs, when, from, until }) => {
    const days = daysItMayHold(when, shown, world);
    return { kind, id, name, sentence, state: stateOf({ active, runs }, now), active, from, until, days };
  });
  return { runs, today, month };
}

export default function Campaigns() {
  return <CampaignsPage {...useLoaderData<typeof loader>()} />;
}
