import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { asMerchant } from "../context.server.ts";
import { programmeNow } from "../db/programme-now.ts";
import { whatRulesCost } from "../flows/insight/rule-costs.ts";
import { CostsPage } from "../ui/backtest/costs-page.tsx";
import { readDays } from "../ui/backtest/read-time.ts";
import { backtest as t } from "../ui/texts/backtest.ts";

export const meta: MetaFunction = () => [{ title: `${t.costs.title} · Laurel` }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { context } = await asMerchant(request);
  const { timeZone } = await context.db.inProgramme(context.scope, (tx) => programmeNow(tx, context.now()));
  const { days, ...time } = readDays(new URL(request.url), timeZone, context.now());
  return { time: days, costs: await whatRulesCost(context, time) };
}

export default function Costs() {
  return <CostsPage {...useLoaderData<typeof loader>()} />;
}
